"""Learned scores: gradient-boosted trees over features, made by `python -m evals.training`.

Training needs LightGBM; scoring a question's few hundred rows needs only the arrays below, so
that the program runs where LightGBM's system library is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "models"
LEAVES = 16  # of a tree, at most


@dataclass(frozen=True)
class Trees:
    """A sum of binary trees; row t of each array is tree t, padded at the end.

    Node 0 is the root. A child below zero is a leaf: -1 - its number. A row goes left where its
    feature is at most the threshold.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    leaf: NDArray[np.float32]

    @classmethod
    def load(cls, name: str) -> Trees:
        """One model: "ranker" (of passages), "reader" (of spans) or "verdict" (of questions)."""
        with np.load(FOLDER / f"{name}.npz") as kept:
            return cls(
                kept["feature"],
                kept["threshold"],
                kept["left"],
                kept["right"],
                kept["leaf"],
            )

    def save(self, name: str) -> None:
        """Writes the model where `load` finds it."""
        FOLDER.mkdir(exist_ok=True)
        np.savez_compressed(
            FOLDER / f"{name}.npz",
            feature=self.feature,
            threshold=self.threshold,
            left=self.left,
            right=self.right,
            leaf=self.leaf,
        )

    def score(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """One score for each row of features, float32; only order and distance mean anything."""
        to_the_right = table.take(self._quick.feature, axis=1) > self._quick.threshold
        left_out = (to_the_right * self._quick.left_out).reshape(len(table), *self._quick.shape)
        out = left_out[:, 0].copy()
        for each in range(1, left_out.shape[1]):
            out |= left_out[:, each]
        reached = self._quick.leaf.take(_LOWEST.take(~out) + self._quick.starts)
        return np.asarray(reached.sum(axis=1), dtype=np.float32)

    @cached_property
    def _quick(self) -> _Quick:
        return _quick_of(self)


# The place of the lowest bit of each number of sixteen
_BITS = np.arange(1 << LEAVES)
_LOWEST = np.bitwise_count((_BITS & -_BITS) - 1).astype(np.intp)


@dataclass(frozen=True, slots=True)
class _Quick:
    """Trees laid out for QuickScorer (Lucchese et al., SIGIR 2015): no row walks any tree.

    A row that goes right at a node cannot end in a leaf under its left child. Of the leaves of a
    tree, from left to right, it ends in the first that no node has ruled out.
    """

    feature: NDArray[np.intp]  # of every node: the first node of each tree, then the second ...
    threshold: NDArray[np.float32]
    left_out: NDArray[np.uint16]  # the leaves under its left child, a bit for each
    shape: tuple[int, int]  # nodes of a tree, trees
    leaf: NDArray[np.float32]  # `LEAVES` for each tree, from left to right
    starts: NDArray[np.intp]  # where those of each tree start


def _quick_of(trees: Trees) -> _Quick:
    left_out = np.zeros(trees.feature.shape, np.uint16)
    leaf = np.zeros((len(trees.leaf), LEAVES), np.float32)
    for tree in range(len(leaf)):
        order: list[int] = []
        _lay_out(trees, tree, 0, order, left_out)
        leaf[tree, : len(order)] = trees.leaf[tree, order]
    return _Quick(
        trees.feature.T.ravel().astype(np.intp),
        trees.threshold.T.ravel(),
        left_out.T.ravel(),
        trees.feature.T.shape,
        leaf.ravel(),
        np.arange(len(leaf)) * LEAVES,
    )


def _lay_out(
    trees: Trees, tree: int, child: int, order: list[int], left_out: NDArray[np.uint16]
) -> int:
    """Puts the leaves under a child into order, and returns their bits."""
    if child < 0:
        order.append(-1 - child)
        return 1 << len(order) - 1
    left = _lay_out(trees, tree, int(trees.left[tree, child]), order, left_out)
    left_out[tree, child] = left
    return left | _lay_out(trees, tree, int(trees.right[tree, child]), order, left_out)
