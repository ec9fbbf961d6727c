import numpy as np
import pytest
from making import WordEmbedder, make_passage

from assistant import embedded
from assistant.embedded import Embedded, write_vectors

TEXTS = ["quay", "dues", "quay", "fog", "ferry", "dues"]
PASSAGES = [make_passage(text, key=key) for key, text in enumerate(TEXTS)]


def written(file, known=None):
    embedder = WordEmbedder()
    known = known or Embedded()
    count = write_vectors(file, PASSAGES, known, lambda one: one.text, embedder, None)
    return np.load(file), count, embedder


@pytest.mark.parametrize("slab", [2, 100])
def test_each_passage_has_the_vector_of_its_text_and_each_text_is_embedded_once(
    tmp_path, monkeypatch, slab
):
    monkeypatch.setattr(embedded, "SLAB", slab)
    vectors, count, embedder = written(tmp_path / "v.npy")
    assert np.array_equal(vectors, WordEmbedder().embed(TEXTS))
    assert count == len(embedder.embedded) == len(set(TEXTS))


def test_a_vector_that_is_known_is_taken_as_it_is(tmp_path):
    known = Embedded()
    known.add("fog", np.full((3, 256), 0.5, dtype=np.float32), 1)
    vectors, count, embedder = written(tmp_path / "v.npy", known)
    assert vectors[3].tolist() == [0.5] * 256
    assert count == 3 and "fog" not in embedder.embedded
