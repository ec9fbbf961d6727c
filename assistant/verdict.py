"""The verdict: how probable it is that the evidence found answers the question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.lexical import Lexical
from assistant.questions import Question
from assistant.retriever import Hit

_OF_HIT = (
    "words",
    "all",
    "dense",
    "covered",
    "covered_all",
    "covered_context",
    "pairs",
    "rarest_missing",
    "years_text",
    "years_context",
    "months",
    "quarters",
    "figures_named",
    "holds_asked",
    "row",
    "length",
)
_OF_SPAN = (
    "covered",
    "covered_whole",
    "covered_near",
    "pairs",
    "answers",
    "figure",
    "asked_figure",
    "asked_person",
    "asked_date",
    "asked_reason",
    "years",
    "months",
    "length",
    "new_words",
)
VERDICT_FEATURES = (
    *(f"hit_{name}" for name in _OF_HIT),
    *(f"span_{name}" for name in _OF_SPAN),
    "hit_score",
    "hit_margin",
    "span_score",
    "span_margin",
    "best_dense",
    "best_covered",
    "terms",
    "unknown",
)


def verdict_features(
    question: Question,
    hits: Sequence[Hit],
    table: NDArray[np.float32],
    scores: NDArray[np.float32],
    names: Sequence[str],
    vocabulary: Lexical,
) -> NDArray[np.float32]:
    """The row of `VERDICT_FEATURES` for a question; `table` and `scores` are of its spans."""
    order = np.argsort(-scores, kind="stable")
    best = table[order[0]]
    rarity = {term: vocabulary.rarity(term) for term in question.own}
    unknown = sum(value for term, value in rarity.items() if term not in vocabulary.counts)
    row = [
        *(hits[0].feature(name) for name in _OF_HIT),
        *(float(best[names.index(name)]) for name in _OF_SPAN),
        hits[0].score,
        hits[0].score - hits[1].score if len(hits) > 1 else 0.0,
        float(scores[order[0]]),
        float(scores[order[0]] - scores[order[1]]) if len(order) > 1 else 0.0,
        max(hit.feature("dense") for hit in hits),
        max(hit.feature("covered_all") for hit in hits),
        float(len(question.own)),
        unknown / (sum(rarity.values()) or 1.0),
    ]
    return np.asarray([row], dtype=np.float32)
