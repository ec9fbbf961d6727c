"""The nearest vectors: exact while they are few, and hardly less so when they are many."""

import shutil

import numpy as np
import pytest

from assistant import nearest
from assistant.nearest import CODES, VECTORS, Nearest, mapped, write_codes

MANY, COUNT = 6_000, 20


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def made(folder):
    """Vectors in clusters, as texts about like matters have them."""
    chance = np.random.default_rng(7)
    middles = chance.standard_normal((300, 64))
    rows = middles[chance.integers(300, size=MANY)] + 0.7 * chance.standard_normal((MANY, 64))
    np.save(folder / VECTORS, unit(rows))
    write_codes(folder)
    return unit(middles[:40] + 0.5 * chance.standard_normal((40, 64)))


@pytest.fixture
def exact(tmp_path):
    return made(tmp_path), Nearest.open(tmp_path)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A folder of so many vectors that they have codes, and questions to them."""
    folder = tmp_path_factory.mktemp("many")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(nearest, "EXACT_UP_TO", 500)
        yield folder, made(folder)


@pytest.fixture
def coarse(many):
    folder, questions = many
    return questions, Nearest.open(folder)


def recall(questions, found, among):
    similar = questions @ found.vectors[among].T
    best = among[np.argsort(-similar, axis=1)[:, :COUNT]]
    keys = found.among(among).search(questions, COUNT)[1]
    return np.mean([len(set(a) & set(b)) / COUNT for a, b in zip(best, keys, strict=True)])


def test_few_vectors_are_all_looked_at(exact, tmp_path):
    assert not (tmp_path / CODES).exists()
    assert recall(*exact, np.arange(MANY)) == 1


def test_of_many_vectors_nearly_all_of_the_nearest_are_found(coarse, many):
    questions, found = coarse
    keys = found.search(questions, COUNT)[1]
    best = np.argsort(-(questions @ found.vectors.T), axis=1)[:, :COUNT]
    shared = [len(set(a) & set(b)) / COUNT for a, b in zip(best, keys, strict=True)]
    assert (many[0] / CODES).exists() and np.mean(shared) >= 0.98


@pytest.mark.parametrize("kept", [5_000, 2_000, 600, 100])
def test_a_filter_costs_no_recall(coarse, kept):
    among = np.random.default_rng(kept).choice(MANY, kept, replace=False)
    assert recall(*coarse, np.sort(among)) >= 0.98


def test_a_filter_of_what_lies_far_from_the_question_costs_none(coarse):
    questions, found = coarse
    far = np.argsort(questions[0] @ found.vectors.T)[:2_000]
    assert recall(questions[:1], found, np.sort(far)) == 1


@pytest.mark.parametrize("kept", [3, 600])
def test_nothing_outside_of_a_filter_is_found(coarse, kept):
    questions, found = coarse
    similar, keys = found.among(range(kept)).search(questions, COUNT)
    assert set(keys.ravel()) <= {*range(kept), -1}
    assert (keys[:, : min(kept, COUNT)] >= 0).all()
    assert (np.diff(similar, axis=1) <= 0).all()


def test_similarities_are_those_of_the_vectors_themselves(coarse):
    questions, found = coarse
    similar, keys = found.search(questions[:1], COUNT)
    assert np.allclose(similar[0], found.vectors[keys[0]] @ questions[0], atol=1e-6)


def test_codes_of_other_vectors_are_refused(many, tmp_path):
    shutil.copy(many[0] / CODES, tmp_path)
    np.save(tmp_path / VECTORS, np.ones((MANY + 1, 64), dtype=np.float32))
    with pytest.raises(ValueError, match="other vectors"):
        Nearest.open(tmp_path)


def test_an_array_of_another_type_is_refused(tmp_path):
    np.save(tmp_path / "a.npy", np.ones(3))
    with pytest.raises(ValueError, match="another type"):
        mapped(tmp_path / "a.npy", np.float32)
