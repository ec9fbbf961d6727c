"""The verdict: whether the best evidence found bears on the question at all."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.retriever import Hit

# Below these, what was found shares too little with the question to be shown as its answer.
LEAST_COVERED = 0.45
LEAST_SIMILAR = 0.30


def bears(hits: Sequence[Hit]) -> bool:
    """Whether the best hit is evidence for an answer, not only the nearest passage."""
    if not hits:
        return False
    covered, similar = hits[0].feature("covered_all"), hits[0].feature("dense")
    return covered >= LEAST_COVERED and similar >= LEAST_SIMILAR
