"""Likeness: words count for what they nearly say, figures only where they stand."""

import numpy as np
import pytest

from assistant import likeness
from assistant.glossary import Glossary
from assistant.likeness import UNLIKE, Likeness, known_words
from assistant.questions import understand


@pytest.fixture
def liken(assistant):
    def of(asked, *texts):
        found = Likeness(
            understand(asked, Glossary({}), assistant.index.words), assistant.index.words
        )
        likes = found.of(texts)
        return likes, found.share(likes)

    return of


def test_other_words_for_the_same_count_more_than_words_of_something_else(liken):
    _, (near, far) = liken(
        "By when is the debt wiped out?", "The deficit is cleared.", "The school is painted."
    )
    assert near > far + 0.05


def test_a_term_that_stands_counts_whole_in_each_of_its_forms(liken):
    likes, shares = liken("ferries", "The ferry sails.", "No ferries sail.")
    assert likes.tolist() == [[1.0], [1.0]]
    assert shares.tolist() == [1.0, 1.0]


def test_a_figure_counts_only_where_it_stands(liken):
    _, (stands, near) = liken("2017", "In 2017 it rose.", "In 2018 it rose.")
    assert (stands, near) == (1.0, 0.0)


def test_a_text_without_words_is_like_nothing(liken):
    likes, shares = liken("ferries", "...", "The ferry sails.", "")
    assert likes[:, 0].tolist() == [UNLIKE, 1.0, UNLIKE]
    assert shares.tolist() == [0.0, 1.0, 0.0]


def test_a_text_is_likened_the_same_beside_whatever_other_texts(liken):
    texts = ["The ferry sails at noon.", "The school is painted.", "A boat leaves the quay."]
    together, _ = liken("When does the ship go?", *texts)
    alone = [liken("When does the ship go?", text)[0][0] for text in texts]
    np.testing.assert_allclose(together, np.stack(alone), atol=1e-6)


def test_a_question_of_small_words_is_like_nothing(liken):
    assert liken("What is it?", "The ferry sails.")[1].tolist() == [0.0]


def test_more_words_than_there_is_room_for_are_still_likened(liken, monkeypatch):
    monkeypatch.setattr(likeness, "MOST_WORDS", 4)
    monkeypatch.setattr(likeness, "_kept", [])
    text = "The ferry sails at noon from the old quay behind the school."
    assert liken("ferries", text)[1].tolist() == [1.0]


def test_too_many_words_are_let_go_before_the_next_question(monkeypatch):
    monkeypatch.setattr(likeness, "MOST_TEXTS", 2)
    monkeypatch.setattr(likeness, "_kept", [])
    known = known_words()
    assert known_words() is known
    for text in ("ferry", "quay"):
        known.rows([text])
    assert known_words() is not known
