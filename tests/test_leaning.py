"""Leaning: a question that points back, or says little, owes something to the turns before."""

import pytest

from assistant.leaning import is_alien, is_new, leans


@pytest.mark.parametrize(
    "question", ["and the year before?", "Why?", "How many of them closed?", "What about ferries?"]
)
def test_a_question_that_points_back_leans(question):
    assert leans(question)


def test_a_question_that_stands_on_its_own_leans_on_nothing():
    assert not leans("How many villages does the mobile library visit each week?")


def test_a_question_of_new_words_only_is_alien_and_one_that_shares_or_points_is_not():
    known = {"harbour", "due"}
    assert is_alien("How many lights were red?", known)
    assert not is_alien("How many harbour lights were red?", known)
    assert not is_alien("How many lights of those were red?", known)


def test_what_is_introduced_is_new_however_few_its_words():
    assert is_new("what's the latest on dredging?", "what's the latest on dredging?", set())
    assert not is_new("what's the latest on it?", "what's the latest on it?", set())
