import pytest

from assistant.courtesy import GREETED, HELPED, THANKED, courtesy


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("Hello!", GREETED),
        ("good morning", GREETED),
        ("thanks a lot", THANKED),
        ("brill, cheers for that", THANKED),
        ("OK", THANKED),
        ("help", HELPED),
        ("What can I ask?", HELPED),
    ],
)
def test_a_courtesy_is_known(said, reply):
    assert courtesy(said) == reply


@pytest.mark.parametrize(
    "asked",
    [
        "What help is there for carers?",
        "thanks, and girls?",
        "Thanks. Who chairs it?",
        "thanks, 2019 now",
        "girls",
        "hello, how many moorings were let?",
    ],
)
def test_a_question_is_no_courtesy(asked):
    assert courtesy(asked) is None
