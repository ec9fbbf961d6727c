import pytest

from assistant.conversation import Turn, leans, make_whole
from assistant.terms import stem

TURNS = [
    Turn("How many moorings were let in 2023-24?", "The number was 389."),
    Turn("How much did dredging cost in 2018?", "Dredging cost £5,000."),
]


@pytest.mark.parametrize(
    "question", ["and the year before?", "Why?", "How many of them closed?", "What about ferries?"]
)
def test_a_question_that_points_back_leans(question):
    assert leans(question)


def test_a_question_that_stands_on_its_own_owes_nothing_to_the_turns_before():
    question = "How many villages does the mobile library visit each week?"
    assert not leans(question)
    whole = make_whole(question, TURNS)
    assert (whole.text, whole.carried) == (question, {})


def test_the_first_question_stands_as_it_is():
    assert make_whole("Why?", []).carried == {}


def test_what_was_asked_last_counts_more_than_what_was_asked_before():
    carried = make_whole("and how much?", TURNS).carried
    assert carried[stem("dredging")] > carried[stem("moorings")] > 0
    assert all(weight < 1 for weight in carried.values())


def test_a_year_that_is_typed_replaces_the_one_before():
    carried = make_whole("and in 2019?", TURNS[1:]).carried
    assert "2018" not in carried and stem("dredging") in carried


def test_the_embedder_reads_the_question_before_too():
    assert make_whole("and why?", TURNS).text.endswith("and why?")
    assert "dredging" in make_whole("and why?", TURNS).text
