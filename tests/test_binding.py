"""Binding: words answer only where they are of the thing and the group asked for."""

from dataclasses import replace

import pytest
from making import make_passage

from assistant.binding import Binder, Binding, is_of_another, is_opposed
from assistant.questions import understand
from assistant.terms import terms
from assistant.traits import traits_of


@pytest.fixture
def asked(assistant):
    index = assistant.index
    return lambda text: understand(text, index.glossary, index.words)


@pytest.mark.parametrize(
    ("question", "words", "opposed"),
    [
        ("How many girls sail?", "Boys: 14 sail.", True),
        ("How many girls sail?", "Boys: 14 sail, girls: 12.", False),
        ("How do girls and boys compare?", "Boys: 14 sail.", False),
        ("How many children sail?", "Boys: 14 sail.", False),
    ],
)
def test_words_about_the_opposite_do_not_answer(asked, question, words, opposed):
    assert is_opposed(asked(question), words, set(terms(words))) is opposed


@pytest.mark.parametrize(
    ("question", "words", "heading", "other"),
    [
        ("How did girls do in writing?", "66% of girls reached it.", "Maths", True),
        ("How did girls do in writing?", "66% of girls reached it.", "Writing", False),
        ("How did girls do in writing?", "Maths 66% and writing 71%.", "Results", False),
        ("How did girls do in writing and maths?", "Maths stood at 66%.", "Maths", False),
        ("What was KS2 progress?", "Progress stood at 1.9.", "Key Stage 4", True),
        ("What was KS2 progress?", "Progress stood at 1.9.", "Key Stage 1-2 Progress", False),
        ("How many girls sail?", "14 girls sail.", "Maths", False),
    ],
)
def test_what_is_told_of_another_thing_answers_nothing(question, words, heading, other):
    passage = make_passage(words, trail=("Results", heading))
    held = set(terms(f"{words} {heading}"))
    assert is_of_another(question, words, passage, held) is other


@pytest.mark.parametrize(
    ("value", "period", "opposed", "holds"),
    [
        (True, True, False, True),
        (False, True, False, False),
        (True, False, False, False),
        (True, True, True, False),
    ],
)
def test_without_the_value_the_period_or_the_right_side_words_never_answer(
    value, period, opposed, holds
):
    assert Binding(value, period, 1.0, 1.0, 1.0, opposed).holds is holds


@pytest.mark.parametrize(
    ("question", "words", "share"),
    [
        ("How many boats has the Metro harbour?", "The Metropolitan harbour has 412 boats.", 1.0),
        ("How many European boats are there?", "Of the boats 412 came from Europe.", 1.0),
        ("How many boats has the Manx harbour?", "The Manxley harbour has 412 boats.", 0.0),
    ],
)
def test_a_name_is_held_by_its_longer_or_shorter_form(asked, assistant, question, words, share):
    passage = replace(next(assistant.index.store.every()), text=words)
    binder = Binder(asked(question), assistant.index)
    (bound,) = binder.bind(passage, traits_of(passage), [words])
    assert bound.names == share


def test_what_was_not_paid_is_of_the_unpaid(asked):
    words = "Of dues that are not yet paid 12% is charged."
    question = asked("What interest do unpaid dues bear?")
    assert not is_opposed(question, words, set(terms(words)))
    assert is_opposed(question, "Of dues that are paid 12% is returned.", {"paid"})
