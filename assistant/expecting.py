"""Expecting: what a question's vector says that its answer will hold, however it was typed.

"bridge repairs overspend nov 24" asks for money in no word of asking; a logistic regression on the
question's vector, learned from questions and their answers, tells (`python -m evals.training`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.traits import Asked

# What an answer may hold; the last is not a kind of value but that it takes a sentence.
EXPECTED: tuple[str, ...] = (
    Asked.PERCENTAGE,
    Asked.MONEY,
    Asked.COUNT,
    Asked.DATE,
    Asked.PERSON,
    "sentence",
)
UNKNOWN = (0.5,) * len(EXPECTED)
LEARNED = Path(__file__).parent / "models" / "expecting.npz"


@dataclass(frozen=True, slots=True)
class Expecting:
    """Weights by which the vectors of one embedding model tell what is asked for."""

    weights: NDArray[np.float64]  # one row for each dimension, and one for the rest
    model: str  # the name of the embedding model whose vectors they were learned from

    def expect(self, vector: NDArray[np.float32], model: str) -> tuple[float, ...]:
        """The probability of each of `EXPECTED`; `UNKNOWN` for a vector of another model."""
        if model != self.model:
            return UNKNOWN
        return tuple(float(p) for p in _chances(vector[None].astype(np.float64), self.weights)[0])

    def save(self) -> None:
        """Writes them where `load` finds them."""
        np.savez(LEARNED, weights=self.weights.astype(np.float32), model=np.array(self.model))

    @classmethod
    def load(cls) -> Expecting:
        """The weights that ship."""
        with np.load(LEARNED) as held:
            return cls(held["weights"].astype(np.float64), str(held["model"]))


def learn(
    vectors: NDArray[np.float32], holds: NDArray[np.float64], model: str, ridge: float = 1.0
) -> Expecting:
    """Weights learned by Newton's method from one row of vectors and of what holds a question."""
    table = np.hstack([vectors, np.ones((len(vectors), 1))]).astype(np.float64)
    penalty = np.diag([*np.full(vectors.shape[1], ridge), 1e-6])
    weights = np.zeros((table.shape[1], holds.shape[1]))
    for _ in range(12):
        chances = _chances(vectors.astype(np.float64), weights)
        for kind in range(holds.shape[1]):
            spread = chances[:, kind] * (1 - chances[:, kind])
            slope = table.T @ (chances[:, kind] - holds[:, kind]) + penalty @ weights[:, kind]
            weights[:, kind] -= np.linalg.solve(
                (table * spread[:, None]).T @ table + penalty, slope
            )
    return Expecting(weights, model)


def _chances(vectors: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-(vectors @ weights[:-1] + weights[-1]))))
