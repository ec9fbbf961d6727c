"""Reading: which spans of the hits answer the question best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.index import Index
from assistant.questions import Question
from assistant.retriever import Hit
from assistant.spans import Span, span_features, spans_of
from assistant.trees import Trees

# Hits whose spans are read; with 8 the same questions are answered rightly, more slowly
READ = 6

Row = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scored:
    """A span with the reader's score and what it was scored by."""

    span: Span
    score: float
    features: Row = field(repr=False, compare=False)  # in the order of `SPAN_FEATURES`


class Reader:
    """Scores the spans of hits; holds no state of any question."""

    def __init__(self) -> None:
        self._trees = Trees.load("reader")

    def read(self, question: Question, hits: Sequence[Hit], index: Index) -> list[Scored]:
        """The spans of the first `READ` hits, best first; empty where there is no hit."""
        hits = hits[:READ]
        if not hits:
            return []
        spans, table = span_table(question, hits, index)
        scores = self._trees.score(table)
        order = np.argsort(-scores, kind="stable")
        return [Scored(spans[at], float(scores[at]), table[at]) for at in order]


def span_table(
    question: Question, hits: Sequence[Hit], index: Index
) -> tuple[list[Span], NDArray[np.float32]]:
    """The spans of hits and their features, row for row."""
    spans = spans_of(question, hits, index)
    return spans, span_features(question, hits, spans, index)
