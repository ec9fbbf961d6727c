from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import write_lexical

import assistant.lexical as lexical_module
from assistant.lexical import Lexical

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


@pytest.mark.parametrize("part", [3, 1_000])
def test_scores_are_those_of_bm25s_to_the_last_bit(tmp_path, monkeypatch, part):
    bm25s = pytest.importorskip("bm25s")
    monkeypatch.setattr(lexical_module, "PART", part)
    chance = Random(3)
    documents = [chance.choices(WORDS, k=chance.randrange(9)) for _ in range(20)]
    write_lexical(tmp_path / "ours", documents)
    held = bm25s.BM25(method="lucene", k1=lexical_module.K1, b=lexical_module.B)
    held.index([one or ["\x00"] for one in documents], show_progress=False)
    ours = Lexical(tmp_path / "ours")
    assert all((ours.scores({w: 0.7}) == 0.7 * held.get_scores([w])).all() for w in ours.counts)


def test_an_index_whose_files_are_of_two_is_refused(tmp_path):
    write_lexical(tmp_path / "one", DOCUMENTS)
    write_lexical(tmp_path / "two", [["quay"]])
    (tmp_path / "two" / "ends.npy").replace(tmp_path / "one" / "ends.npy")
    with pytest.raises(ValueError, match="another index"):
        Lexical(tmp_path / "one")
