"""Many texts at once: the same vectors as one text alone, in the order of the texts."""

import numpy as np
import pytest

from assistant.embedder import Embedder

TEXTS = [
    "The ferry closes at nine.",
    "",
    "Moorings were let. " * 200,
    "Boats have berths.",
    "12.5% | 7",
]


@pytest.fixture(scope="module")
def embedder():
    return Embedder()


@pytest.mark.slow
def test_many_texts_get_the_vectors_that_each_gets_alone(embedder):
    together = embedder.load_for_many().embed(TEXTS)
    alone = embedder.load().encode(TEXTS, batch_size=1)
    cosines = (together * alone).sum(axis=1) / np.linalg.norm(together, axis=1)
    assert cosines.min() > 0.999


@pytest.mark.slow
def test_the_model_is_compiled_once(embedder):
    assert embedder.load_for_many() is embedder.load_for_many()
