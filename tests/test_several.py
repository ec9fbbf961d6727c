import pytest

from assistant.answers import Answer, Refusal
from assistant.several import asked_in, together


def test_questions_one_after_another_come_apart():
    asked = asked_in("How many moorings were let? And who chairs the friends of the branch?")
    assert asked == ["How many moorings were let?", "And who chairs the friends of the branch?"]


@pytest.mark.parametrize(
    "one", ["How many, and why?", "How many moorings? I need it for tonight.", "Morning. How many?"]
)
def test_one_question_stays_whole(one):
    assert asked_in(one) == [one]


def test_replies_are_numbered_through_and_say_which_is_not_answered(assistant):
    asked = "How many moorings were let in Brackwater? What is the best recipe for lasagne?"
    asked += " What are the dues of visiting yachts in the committee's review?"
    replies = [assistant.ask(one) for one in asked_in(asked)]
    both = together([replies[0], replies[1], replies[0]])
    assert isinstance(both, Answer) and isinstance(replies[1], Refusal)
    assert [c.number for c in both.citations] == list(range(1, len(both.citations) + 1))
    assert "second question" in both.text
    assert f"[{len(both.citations)}]" in both.text
