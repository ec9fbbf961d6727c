import math
from random import Random

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import write_lexical

from assistant.lexical import K1, B, Lexical, highest

DOCUMENTS = [["quay", "dues"], ["quay", "fog", "fog"], [], ["ferry"]]
WORDS = ("quay", "dues", "fog", "ferry", "none")


@pytest.fixture(scope="module")
def lexical(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lexical") / "words"
    write_lexical(folder, DOCUMENTS)
    return Lexical(folder)


def test_a_document_scores_where_it_holds_a_term_and_nowhere_else(lexical):
    scores = lexical.scores({"quay": 1.0})
    assert [bool(score > 0) for score in scores] == [True, True, False, False]


@given(st.lists(st.integers(-1, 4), max_size=30), st.integers(1, 12))
def test_the_highest_scores_are_those_that_sorting_all_puts_first(marks, count):
    scores = np.array(marks, dtype=np.float32)
    order = np.argsort(-scores, kind="stable")[:count]
    assert highest(scores, count) == [at for at in order if scores[at] > 0]


def test_a_rare_term_scores_more_than_a_common_one(lexical):
    assert lexical.rarity("none") > lexical.rarity("fog") > lexical.rarity("quay") > 0
    assert lexical.scores({"dues": 1.0})[0] > lexical.scores({"quay": 1.0})[0]


def test_an_unknown_term_scores_nothing(lexical):
    assert not lexical.scores({"yacht": 1.0, "\x00": 1.0}).any()


def test_terms_are_counted_once_for_each_document(lexical):
    assert lexical.counts == {"quay": 2, "dues": 1, "fog": 1, "ferry": 1}
    assert lexical.size == len(DOCUMENTS)


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(WORDS), st.floats(0, 2), max_size=4))
def test_scores_add_up_over_weighted_terms(lexical, weights):
    parts = [weight * lexical.scores({term: 1.0}) for term, weight in weights.items()]
    assert np.allclose(lexical.scores(weights), sum(parts, np.zeros(4)), atol=1e-4)


def test_an_index_of_one_document_can_be_searched(tmp_path):
    write_lexical(tmp_path / "one", [["quay"]])
    assert Lexical(tmp_path / "one").scores({"quay": 1.0})[0] > 0


def test_scores_are_those_of_the_library_to_the_last_bit(tmp_path):
    chance = Random(3)
    write_lexical(tmp_path / "l", [chance.choices(WORDS, k=chance.randrange(9)) for _ in range(20)])
    theirs, ours = bm25s.BM25.load(tmp_path / "l"), Lexical(tmp_path / "l")
    assert all((ours.scores({w: 0.7}) == 0.7 * theirs.get_scores([w])).all() for w in ours.counts)
    assert (ours.scores(dict.fromkeys(WORDS, 1.0)) == theirs.get_scores(list(WORDS))).all()


def test_a_document_scores_by_lucenes_formula(lexical):
    mean = (2 + 3 + 1 + 1) / 4  # a document without terms counts as long as one
    rarity = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    wanted = rarity * 2 / (2 + K1 * (1 - B + B * 3 / mean))
    assert lexical.scores({"fog": 1.0})[1] == pytest.approx(wanted)


def test_an_index_whose_files_are_of_two_is_refused(tmp_path):
    write_lexical(tmp_path / "one", DOCUMENTS)
    write_lexical(tmp_path / "two", [["quay"]])
    (tmp_path / "two" / "indptr.csc.index.npy").replace(tmp_path / "one" / "indptr.csc.index.npy")
    with pytest.raises(ValueError, match="another index"):
        Lexical(tmp_path / "one")
