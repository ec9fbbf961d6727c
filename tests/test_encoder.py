"""The encoder: the vectors of sentence-transformers, and one text's alone or among others."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.conversion import plain_model
from assistant.embedder import Embedder
from assistant.encoder import BATCH, batches_of

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


def test_texts_of_as_many_tokens_go_through_the_model_together():
    cut = [[0] * (2 + number % 5) for number in range(5 * BATCH)]
    batches = batches_of(cut)
    assert sorted(at for batch in batches for at in batch) == list(range(len(cut)))
    assert all(len({len(cut[at]) for at in batch}) == 1 for batch in batches)


@pytest.mark.slow
def test_many_texts_get_the_vectors_that_sentence_transformers_gives_each_alone(embedder):
    together = embedder.load().encode(TEXTS)
    alone = plain_model(embedder.path, embedder.layers).encode(TEXTS, batch_size=1)
    cosines = (together * alone).sum(axis=1) / np.linalg.norm(together, axis=1)
    assert cosines.min() > 0.999


@pytest.mark.slow
def test_a_text_that_cannot_be_read_keeps_no_later_one_from_being_read(embedder):
    encoder = embedder.load()
    for _ in range(9):
        with pytest.raises(TypeError):
            encoder.encode(["The ferry closes at nine."] * 40 + ["none " * 40, None])
    assert len(encoder.encode(TEXTS)) == len(TEXTS)


@pytest.mark.slow
def test_many_threads_share_the_requests_and_get_their_own_vectors(embedder):
    encoder = embedder.load()
    batches = [[f"Berth {number} of quay {other}" for other in range(20)] for number in range(30)]
    with ThreadPoolExecutor(30) as pool:
        together = list(pool.map(encoder.encode, batches))
    for batch, vectors in zip(batches, together, strict=True):
        assert np.allclose(encoder.encode(batch), vectors, atol=0.02)


@pytest.mark.slow
def test_the_model_is_compiled_once(embedder):
    assert embedder.load() is embedder.load()


@pytest.mark.slow
def test_a_model_that_goes_right_after_its_last_text_ends(embedder):
    ended = (
        "from assistant.embedder import Embedder\n"
        "for _ in range(5): Embedder().embed(['The ferry closes at nine.'] * 9)\n"
    )
    subprocess.run([sys.executable, "-c", ended], check=True, timeout=300)
