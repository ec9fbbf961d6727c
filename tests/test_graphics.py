"""The graphics processor: used where it is there, and done without where it is not or fails."""

import numpy as np
import pytest

from assistant.embedder import Embedder
from assistant.graphics import MANY, Graphics, find_device

TEXTS = [f"Berth {number} was let. {'And so on. ' * (number % 4)}" for number in range(MANY)]


def never():
    raise AssertionError("PyTorch was loaded")


def test_pytorch_is_not_even_asked_where_there_is_no_driver(tmp_path):
    assert find_device([tmp_path / "none"], never) == ""


@pytest.mark.parametrize(("usable", "found"), [(True, "cuda"), (False, "")])
def test_a_driver_is_used_where_pytorch_can_use_it(tmp_path, usable, found):
    assert find_device([tmp_path / "none", tmp_path], lambda: usable) == found


@pytest.fixture(scope="module")
def embedder():
    made = Embedder()
    made.device = ""
    return made


@pytest.mark.slow
def test_its_vectors_are_those_of_the_processor(embedder):
    few = TEXTS[:20]
    there = Graphics("cpu", embedder.path, embedder.layers).encode(few)
    cosines = (there * embedder.embed(few)).sum(axis=1) / np.linalg.norm(there, axis=1)
    assert cosines.min() > 0.999


@pytest.mark.slow
def test_many_texts_are_embedded_there_and_every_one_is_ticked(embedder):
    other, ticks = Embedder(), []
    other.device = "cpu"
    made = other.embed(TEXTS, ticks.append)
    assert sum(ticks) == MANY
    assert not (made == embedder.embed(TEXTS)).all()
    assert np.allclose(np.linalg.norm(made, axis=1), 1)


@pytest.mark.slow
def test_where_it_fails_the_processor_does_its_work(embedder):
    other = Embedder()
    other.device = "meta"  # a device of PyTorch's that holds no numbers
    assert (other.embed(TEXTS) == embedder.embed(TEXTS)).all()
    assert other.device == ""
