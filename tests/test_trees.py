"""Trees: the arrays that ship score as the models do that they were made from."""

import numpy as np
import pytest

from assistant.trees import Trees
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


@pytest.mark.parametrize("name", ["ranker", "reader", "verdict"])
def test_a_row_ends_in_the_leaf_that_walking_each_tree_leads_to(name):
    trees = Trees.load(name)
    random = np.random.default_rng(11)
    # Values that nodes ask about, and others between them
    table = random.choice(trees.threshold.ravel(), (40, int(trees.feature.max()) + 1))
    table += random.choice(np.array([0.0, 0.01, -0.01], np.float32), table.shape)
    walked = [sum(_walked(trees, tree, row) for tree in range(len(trees.leaf))) for row in table]
    assert np.allclose(trees.score(table), walked, atol=1e-4)


def _walked(trees, tree, row):
    at = 0
    while at >= 0:
        left = row[trees.feature[tree, at]] <= trees.threshold[tree, at]
        at = int((trees.left if left else trees.right)[tree, at])
    return float(trees.leaf[tree, -1 - at])


def test_no_rows_have_no_scores():
    trees = Trees.load("reader")
    none = np.zeros((0, int(trees.feature.max()) + 1), np.float32)
    assert trees.score(none).shape == (0,)


def test_all_papers_of_a_folder_are_in_the_same_half():
    assert half_of("kent_a/one.txt") == half_of("kent_a/deep/two.txt")
    assert {half_of(f"{name}/x.txt") for name in ("kent_a", "kent_b")} == {0, 1}
