"""The ranker: a score for each candidate from its features."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.features import FEATURES

WEIGHTS = {
    "words": 1.0,
    "all": 1.2,
    "dense": 2.0,
    "words_rank": 0.3,
    "all_rank": 0.4,
    "dense_rank": 0.4,
    "covered": 0.6,
    "covered_all": 0.8,
    "pairs": 0.6,
    "rarest_missing": -0.5,
    "years_text": 0.3,
    "years_context": 0.3,
    "months": 0.5,
    "quarters": 0.4,
    "figures_named": 0.3,
    "holds_asked": 0.4,
    "agenda": -0.2,
}


class Ranker:
    """Scores candidates."""

    def score(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """One score for each row of features; only their order and distance mean anything."""
        weights = np.asarray([WEIGHTS.get(name, 0.0) for name in FEATURES], dtype=np.float32)
        return table @ weights
