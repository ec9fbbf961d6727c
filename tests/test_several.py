import pytest

from assistant.answers import Answer, Refusal
from assistant.several import asked_in, left_over, together


def test_questions_one_after_another_come_apart():
    asked = asked_in("How many moorings were let? And who chairs the friends of the branch?")
    assert asked == ["How many moorings were let?", "And who chairs the friends of the branch?"]


@pytest.mark.parametrize(
    "one", ["How many, and why?", "How many moorings? I need it for tonight.", "Morning. How many?"]
)
def test_one_question_stays_whole(one):
    assert asked_in(one) == [one]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("How many moorings were let in Brackwater", "who is the harbour director"),
        ("What is the fee of visiting yachts", "what is the rent of a berth in Saltmarsh"),
    ],
)
def test_two_questions_in_a_sentence_come_apart_where_each_has_a_subject(first, second):
    assert asked_in(f"{first} and {second}?") == [f"{first}?", f"{second}?"]


@pytest.mark.parametrize(
    "one",
    [
        "How many moorings and how many berths were let?",
        "Which quays are closed and which are open?",
        "What are the dues and the rents of the harbour?",
        "What did the review find and how does it compare?",
        "How long and how high will the wall be?",
    ],
)
def test_what_is_asked_of_one_subject_stays_whole(one):
    assert asked_in(one) == [one]


def test_what_an_answer_holds_nothing_of_is_left_to_ask(assistant):
    reply = assistant.ask("How many moorings were let in Brackwater?")
    asked = "How many moorings were let in Brackwater and"
    assert left_over(f"{asked} how much was paid?", reply) == ["how much was paid?"]
    assert left_over(f"{asked} how many were they?", reply) == []
    assert len(left_over(f"{asked} how much was paid?", Refusal("No."))) == 2


def test_replies_are_numbered_through_and_say_which_is_not_answered(assistant):
    asked = "How many moorings were let in Brackwater? What is the best recipe for lasagne?"
    asked += " What are the dues of visiting yachts in the committee's review?"
    replies = [assistant.ask(one) for one in asked_in(asked)]
    both = together([replies[0], replies[1], replies[0]])
    assert isinstance(both, Answer) and isinstance(replies[1], Refusal)
    assert [c.number for c in both.citations] == list(range(1, len(both.citations) + 1))
    assert "second question" in both.text
    assert f"[{len(both.citations)}]" in both.text
