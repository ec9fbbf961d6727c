"""The benchmarks: indexes made for them are whole, and the page is written from what they saved."""

import json

import numpy as np
import pytest
from making import WordEmbedder

from assistant.assistant import Assistant
from assistant.index import Index
from benchmarks import report
from benchmarks.scale import recall, searched
from benchmarks.synthesis import made, read_real, write_index


@pytest.fixture(scope="module")
def synthetic(small_index, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "index"
    write_index(folder, [small_index], 60)
    return Index.open(folder, WordEmbedder.name)


def test_a_made_index_has_as_many_passages_as_asked_for_and_answers(synthetic):
    assert synthetic.manifest.passages == len(list(synthetic.store.every())) == 60
    reply = Assistant(synthetic, WordEmbedder()).ask("How many moorings were let in Brackwater?")
    assert "389" in reply.text


def test_made_papers_begin_with_the_real_ones_and_are_no_copies_of_them(small_index):
    papers, _ = read_real([small_index])
    texts = ["".join(one.text for one in held.passages) for held, _, _ in made(papers, 60)]
    assert texts[0] == "".join(one.passage.text for one in papers[0].passages)
    assert len(set(texts)) == len(texts)


def test_made_papers_are_the_same_each_time(small_index):
    papers, _ = read_real([small_index])
    one, other = (list(made(papers, 30)) for _ in range(2))
    assert [held for held, _, _ in one] == [held for held, _, _ in other]
    assert np.array_equal(one[-1][2], other[-1][2])


def test_a_search_that_looks_at_all_vectors_misses_none(synthetic):
    row = searched(synthetic, WordEmbedder().embed(["moorings", "library books"]))
    assert {row[name] for name in row if name.startswith("recall")} == {1.0}


def test_recall_is_the_share_of_the_best_that_is_found():
    assert recall(np.array([[1, 2, -1]]), np.array([[2, 3, -1]])) == 0.5


def test_the_page_shows_what_was_measured_and_leaves_out_what_was_not(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    body = {"machine": {"cores": 2, "load": 0.5}, "rows": [{"way": "a build", "ms": 1.25}]}
    (tmp_path / "vectors.json").write_text(json.dumps(body))
    assert "| a build | 1.25 |" in report.section("# Vectors", "vectors")
    assert report.section("# Words", "words") == ""
