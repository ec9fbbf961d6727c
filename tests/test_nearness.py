"""Nearness: a follow-up looks first where the turns before were answered."""

from dataclasses import replace

import pytest
from making import make_passage, make_record

from assistant.answers import Answer, Citation, Refusal
from assistant.conversation import Turn, make_whole
from assistant.evidence import Evidence
from assistant.features import nearness
from assistant.nearness import goes_on, places_of

BEFORE = [Turn("How many moorings were let in Brackwater?", "Moorings let fell from 412 to 389.")]


@pytest.fixture
def places(assistant):
    return lambda asked, turns=BEFORE: places_of(make_whole(asked, turns), assistant.index)


def test_the_words_that_answered_a_turn_before_are_found(assistant, places):
    ((paper, key),) = places("and before?")
    (found,) = assistant.index.store.get([key])
    assert (found.paper, "389" in found.text) == (paper, True)


def test_the_figure_that_was_told_tells_the_place_before_other_words(assistant, places):
    told = [
        Turn("Did the mobile library lend books or visit villages, or was it moorings?", "412.")
    ]
    ((_, key),) = places("and before?", told)
    assert "412" in assistant.index.store.get([key])[0].text


def test_a_fragment_was_answered_where_the_question_made_whole_speaks_of(assistant, places):
    turns = [
        Turn("Who chairs the friends of the Thornmere branch?", "Wren Ashby."),
        Turn("why?", ""),
    ]
    newest, oldest = places("and before?", turns)
    assert newest == oldest and "Ashby" in assistant.index.store.get([oldest[1]])[0].text


def test_a_first_question_stands_nowhere(places):
    assert places("How many moorings were let?", []) == ()


def test_a_passage_is_the_nearer_the_fewer_stand_between(assistant, places):
    question = replace(assistant.search("and before?", BEFORE).question, places=(("a.pdf", 9),))
    near, far, other = (
        nearness(question, make_passage("x", paper=paper, key=key))
        for paper, key in (("a.pdf", 10), ("a.pdf", 40), ("b.pdf", 9))
    )
    assert 1 > near[1] > far[1] > other[1] == 0


def test_a_follow_up_of_whose_own_matter_nothing_is_said_is_refused(assistant):
    assert isinstance(assistant.ask("how many potholes were mended there?", BEFORE), Refusal)


def of_first(assistant, asked):
    """Whether the first hit's own words go on with what a follow-up asks."""
    found = assistant.search(asked, BEFORE)
    cited = found.hits[0].passage
    citation = Citation(1, Evidence(cited, 0, len(cited.text)), make_record())
    return goes_on(found.question, Answer(f"{cited.text} [1]", (citation,)), found.hits)


@pytest.mark.parametrize("asked", ["and the year before?", "how many moorings fell?", "who says?"])
def test_a_fragment_and_a_question_that_the_words_speak_of_are_not(assistant, asked):
    assert of_first(assistant, asked)


@pytest.mark.parametrize(
    "asked",
    ["who got the moorings job?", "how much money did moorings bring?", "what is the rent there?"],
)
def test_words_with_no_name_answer_not_who_got_a_post_nor_those_without_money_what_is_paid(
    assistant, asked
):
    assert not of_first(assistant, asked)
