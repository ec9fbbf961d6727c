import pytest

from assistant.answers import Answer, Refusal
from assistant.conversation import Turn
from assistant.rejoinders import rejoinder

ASKED = "How many moorings were let in Brackwater?"
TURNS = [Turn(ASKED, "412 moorings were let."), Turn("thanks", "You are welcome.")]


@pytest.mark.parametrize(
    "back",
    ["What?", "say that again", "where does it say that?", "and the page?", "are you sure?"],
)
def test_who_asks_back_is_told_the_answer_before_once_more(assistant, back):
    before, again = assistant.ask(ASKED), assistant.ask(back, TURNS)
    assert isinstance(again, Answer) and again.text.endswith(before.text)
    assert again.citations == before.citations


@pytest.mark.parametrize(
    "asked", ["why?", "where is it?", "what is that?", "what did the report say?", "is it free?"]
)
def test_what_asks_something_of_the_matter_is_no_rejoinder(asked):
    assert rejoinder(asked) is None


def test_a_follow_up_leans_on_the_question_before_a_rejoinder(assistant):
    turns = [*TURNS, Turn("are you sure?", "The papers say so: 412 moorings were let.")]
    assert assistant.ask("and in Saltmarsh?", turns) == assistant.ask("and in Saltmarsh?", TURNS)


def test_who_asks_back_before_anything_was_asked_is_told_so(assistant):
    reply = assistant.ask("where does it say that?")
    assert isinstance(reply, Refusal) and "Nothing has been asked" in reply.text
