"""Learned scores: gradient-boosted trees over features, made by `python -m evals.training`.

Training needs LightGBM; scoring a question's few hundred rows needs only the arrays below, so
that the program runs where LightGBM's system library is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "models"


@dataclass(frozen=True, slots=True)
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
        # Every row walks every tree at once, a level a round, over the arrays laid out flat.
        trees = np.arange(len(self.feature)) * self.feature.shape[1]
        row = np.arange(len(table))[:, None] * table.shape[1]
        flat, at = np.ascontiguousarray(table).ravel(), np.zeros((len(table), len(trees)), np.intp)
        while (inner := at >= 0).any():
            node = trees + np.maximum(at, 0)
            value = flat.take(row + self.feature.ravel().take(node))
            goes_left = value <= self.threshold.ravel().take(node)
            step = np.where(goes_left, self.left.ravel().take(node), self.right.ravel().take(node))
            at = np.where(inner, step, at)
        leaves = self.leaf.ravel().take(trees - 1 - at)
        return np.asarray(leaves.sum(axis=1), dtype=np.float32)
