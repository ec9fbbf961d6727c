"""Nearness: a follow-up looks first where the turns before were answered."""

import numpy as np
import pytest
from making import make_record

from assistant.answers import Answer, Citation, Refusal
from assistant.conversation import Turn, make_whole
from assistant.evidence import Evidence
from assistant.nearness import drawn, goes_on

BEFORE = [Turn("How many moorings were let in Brackwater?", "Moorings let fell from 412 to 389.")]


@pytest.fixture
def passages(assistant):
    return list(assistant.index.store.every())


def test_what_stands_where_the_turn_before_was_answered_is_raised(assistant, passages):
    scores = np.linspace(0, 1, len(passages), dtype=np.float32)
    gains = drawn(scores, passages, make_whole("and before?", BEFORE), assistant.index) - scores
    near = [gain for gain, one in zip(gains, passages, strict=True) if "389" in one.text]
    other = {one.paper for one in passages} - {one.paper for one in passages if "389" in one.text}
    far = [gain for gain, one in zip(gains, passages, strict=True) if one.paper in other]
    assert min(near) > 0
    assert far and max(far) < 1e-6


def test_a_first_question_is_drawn_nowhere(assistant, passages):
    scores = np.ones(len(passages), dtype=np.float32)
    whole = make_whole("How many moorings were let?", [])
    assert np.array_equal(drawn(scores, passages, whole, assistant.index), scores)


def test_a_follow_up_of_whose_own_matter_nothing_is_said_is_refused(assistant):
    assert isinstance(assistant.ask("how many potholes were mended there?", BEFORE), Refusal)


@pytest.mark.parametrize("asked", ["and the year before?", "how many moorings fell?", "who says?"])
def test_a_fragment_and_a_question_that_the_words_speak_of_are_not(assistant, asked):
    found = assistant.search(asked, BEFORE)
    cited = found.hits[0].passage
    answer = Answer(
        cited.text,
        (Citation(1, Evidence(cited, 0, len(cited.text)), make_record()),),
    )
    assert goes_on(found.question, answer, found.hits)
