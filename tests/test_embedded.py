import numpy as np
import pytest
from making import WordEmbedder, make_passage

from assistant import embedded
from assistant.embedded import Embedded, write_vectors

TEXTS = ["quay", "dues", "quay", "fog", "ferry", "dues"]
PASSAGES = [make_passage(text, key=key) for key, text in enumerate(TEXTS)]


def written(folder, known):
    embedder = WordEmbedder()
    write_vectors(folder / "v.npy", PASSAGES, 6, known, lambda one: one.text, embedder, None)
    return np.load(folder / "v.npy"), embedder


@pytest.mark.parametrize("slab", [2, 100])
def test_each_passage_has_the_vector_of_its_text_and_each_text_is_embedded_once(
    tmp_path, monkeypatch, slab
):
    monkeypatch.setattr(embedded, "SLAB", slab)
    known = Embedded(tmp_path / "new")
    vectors, embedder = written(tmp_path, known)
    assert np.array_equal(vectors, WordEmbedder().embed(TEXTS))
    assert known.made == len(embedder.embedded) == len(set(TEXTS))


def test_a_vector_that_is_known_is_taken_as_it_is(tmp_path):
    known = Embedded(tmp_path / "new", np.full((3, 256), 0.5, dtype=np.float32))
    known.add("fog", 1)
    vectors, embedder = written(tmp_path, known)
    assert vectors[3].tolist() == [0.5] * 256
    assert known.made == 3 and "fog" not in embedder.embedded


def test_a_text_that_was_embedded_ahead_is_not_embedded_again(tmp_path):
    known = Embedded(tmp_path / "new")
    known.embed(["fog", "quay"], WordEmbedder())
    vectors, embedder = written(tmp_path, known)
    assert sorted(embedder.embedded) == ["dues", "ferry"]
    assert np.array_equal(vectors, WordEmbedder().embed(TEXTS))
