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
        """One model: "ranker" (of passages) or "reader" (of spans)."""
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
        trees = np.arange(len(self.feature))
        at = np.zeros((len(table), len(trees)), dtype=np.int64)
        while (inner := at >= 0).any():
            node = np.maximum(at, 0)
            value = np.take_along_axis(table, self.feature[trees, node].astype(np.int64), axis=1)
            goes_left = value <= self.threshold[trees, node]
            step = np.where(goes_left, self.left[trees, node], self.right[trees, node])
            at = np.where(inner, step, at)
        return np.asarray(self.leaf[trees, -1 - at].sum(axis=1), dtype=np.float32)
