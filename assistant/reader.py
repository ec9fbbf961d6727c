"""Reading: which spans of the hits answer, and how sure it is that any does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.lexical import Lexical
from assistant.questions import Question
from assistant.retriever import Hit
from assistant.spans import SPAN_FEATURES, Span, span_features, spans_of
from assistant.trees import Trees
from assistant.verdict import verdict_features

# Hits whose spans are read
READ = 8


@dataclass(frozen=True, slots=True)
class Scored:
    """A span with the reader's score."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The spans of the first hits, best first, and the probability that they answer."""

    spans: tuple[Scored, ...]
    probability: float


class Reader:
    """Scores the spans of hits; holds no state of any question."""

    def __init__(self) -> None:
        self._reader = Trees.load("reader")
        self._verdict = Trees.load("verdict")

    def read(self, question: Question, hits: Sequence[Hit], vocabulary: Lexical) -> Reading:
        """The spans of the first `READ` hits, best first; empty where there is no hit."""
        hits = hits[:READ]
        if not hits:
            return Reading((), 0.0)
        spans, table = span_table(question, hits, vocabulary)
        scores = self._reader.score(table)
        row = verdict_features(question, hits, table, scores, SPAN_FEATURES, vocabulary)
        order = np.argsort(-scores, kind="stable")
        return Reading(
            tuple(Scored(spans[at], float(scores[at])) for at in order),
            float(self._verdict.score(row)[0]),
        )


def span_table(
    question: Question, hits: Sequence[Hit], vocabulary: Lexical
) -> tuple[list[Span], NDArray[np.float32]]:
    """The spans of hits and their features, row for row."""
    spans = spans_of(hits)
    return spans, span_features(question, hits, spans, vocabulary)
