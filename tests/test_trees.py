"""Trees: the arrays that ship score as the models do that they were made from."""

import numpy as np
import pytest

from evals.embedding import half_of


@pytest.mark.slow
def test_flattened_trees_score_as_lightgbm_does():
    lightgbm = pytest.importorskip("lightgbm")
    from evals.training import flatten

    random = np.random.default_rng(7)
    table = random.normal(size=(400, 5)).astype(np.float32)
    told = table[:, 0] * table[:, 1] + table[:, 2]
    settings = {"num_leaves": 15, "min_data_in_leaf": 5, "verbose": -1, "num_threads": 1}
    booster = lightgbm.train(settings, lightgbm.Dataset(table, told), 20)
    assert np.allclose(flatten(booster).score(table), booster.predict(table), atol=1e-4)


def test_all_papers_of_a_folder_are_in_the_same_half():
    assert half_of("kent_a/one.txt") == half_of("kent_a/deep/two.txt")
    assert {half_of(f"{name}/x.txt") for name in ("kent_a", "kent_b")} == {0, 1}
