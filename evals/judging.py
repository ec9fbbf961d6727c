"""The training of the verdict, on questions that are answered and on those that are not.

Part of `python -m evals.training`, whose ranker and reader read for it as they read for councils
that they have not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
from numpy.typing import NDArray

from assistant.verdict import LEAST, VERDICT_FEATURES

# Why papers do not answer a question: they answer its twin, it is about other councils, or the
# paper that answers it is not among them.
NEAR, ELSEWHERE, TAKEN_OUT = "near miss", "elsewhere", "taken out"
# What one question counts for, by why it is not answered; "" is one that is
WEIGHTS = {"": 1.0, NEAR: 4.0, ELSEWHERE: 0.5, TAKEN_OUT: 0.5}
WIDEST = 15  # leaves of a tree, at most
# What every model is grown with
BOOSTING: dict[str, object] = {
    "num_leaves": WIDEST,
    "lambda_l2": 5.0,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}
JUDGING: dict[str, object] = {
    **BOOSTING,
    "objective": "binary",
    "learning_rate": 0.03,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.3,
}
ROUNDS = 250


@dataclass(frozen=True, slots=True)
class Judged:
    """A question of whose answer the verdict is known."""

    group: str  # folder of its paper, left out together in validation
    lacking: str  # why it is not answered; "" where it is
    row: tuple[float, ...]  # in the order of `VERDICT_FEATURES`


def fit(judged: Sequence[Judged]) -> lightgbm.Booster:
    """The model whose raw score is the log-odds that a question is answered."""
    data = lightgbm.Dataset(
        _table(judged),
        [not one.lacking for one in judged],
        weight=[WEIGHTS[one.lacking] for one in judged],
        feature_name=list(VERDICT_FEATURES),
    )
    return lightgbm.train(dict(JUDGING), data, ROUNDS)


def tell(judged: Sequence[Judged]) -> None:
    """Prints, of each kind and each group that a model did not see, how many it refuses."""
    refused: dict[tuple[str, str], list[bool]] = {}
    for group in sorted({one.group for one in judged}):
        model = fit([one for one in judged if one.group != group])
        own = [one for one in judged if one.group == group]
        odds = np.asarray(model.predict(_table(own), raw_score=True))
        for one, value in zip(own, odds, strict=True):
            refused.setdefault((one.lacking or "answered", group), []).append(bool(value < LEAST))
    for (kind, group), found in sorted(refused.items()):
        print(f"verdict on {group:<15} unseen: {kind} refused {np.mean(found):.1%} of {len(found)}")


def _table(judged: Sequence[Judged]) -> NDArray[np.float32]:
    return np.asarray([one.row for one in judged], dtype=np.float32)
