"""Expecting: what an answer will hold is learned from vectors, and only for their own model."""

import numpy as np
import pytest

from assistant.expecting import EXPECTED, UNKNOWN, Expecting, learn

RANDOM = np.random.default_rng(7)


@pytest.fixture(scope="module")
def learnt():
    vectors = RANDOM.normal(size=(200, 4)).astype(np.float32)
    holds = np.repeat(vectors[:, :1] > 0, len(EXPECTED), axis=1).astype(np.float64)
    return learn(vectors, holds, "a model")


def test_what_the_vectors_tell_is_learned(learnt):
    yes, no = (np.asarray([side, 0, 0, 0], np.float32) for side in (2, -2))
    assert all(chance > 0.9 for chance in learnt.expect(yes, "a model"))
    assert all(chance < 0.1 for chance in learnt.expect(no, "a model"))


def test_a_vector_of_another_model_tells_nothing(learnt):
    assert learnt.expect(np.zeros(7, np.float32), "another model") == UNKNOWN


@pytest.mark.slow
def test_the_shipped_weights_know_what_is_asked_for():
    from assistant.embedder import Embedder

    asked = {
        "money": "bridge repair overspend quarter 2",
        "percentage": "what share of the berths is let",
        "person": "Who runs the harbour office?",
        "date": "when does the ferry end",
    }
    embedder, weights = Embedder(), Expecting.load()
    chances = {
        kind: weights.expect(embedder.embed([question])[0], embedder.name)
        for kind, question in asked.items()
    }
    for kind in asked:
        column = EXPECTED.index(kind)
        assert max(chances, key=lambda other: chances[other][column]) == kind
