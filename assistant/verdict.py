"""The verdict: whether what reads best answers a question, or the papers do not say.

What is certain is a rule: words without a value of the kind asked for, of another period or of the
opposite answer nothing, however well they read (`Binding.holds`). How much of the question's names
and matter must stand there, how well it must read and how far ahead of the rest is learned, from
questions that the papers answer, from near misses, and from questions whose paper is not there:
"Know What You Don't Know" (Rajpurkar and others, ACL 2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from assistant.questions import Question
from assistant.reader import Scored
from assistant.retriever import Hit
from assistant.spans import SPAN_FEATURES
from assistant.trees import Trees

# Log-odds below which the papers do not say: of the questions that papers of unseen councils answer
# one in twenty is refused there, of those told their evidence one in seventy (`evals.training`).
LEAST = -2.0
# Of a follow-up's names, the share that what answers it must hold: "and for Scotland?"
LEAST_NAMES = 0.6
# What a place has of which there is none, below all that there are
NONE = -9.0
READ_AFTER = {"second": 1, "third": 2, "fifth": 4, "ninth": 8}
HITS_AFTER = {"second": 1, "third": 2, "fifth": 4}
FIRST_READ = 5

VERDICT_FEATURES = (
    *(f"best_{name}" for name in SPAN_FEATURES),
    "best_whole",
    "most_names",
    "most_matter",
    "most_whole",
    "score",
    "behind",
    "answering",
    *(f"read_{place}" for place in READ_AFTER),
    "hit",
    *(f"hit_{place}" for place in HITS_AFTER),
    "papers",
    "known",
    "own",
    "matter",
    "names",
    "wants_figure",
    "years",
    "months",
)


class Verdict:
    """Says which of the spans that were read answer; holds no state of any question."""

    def __init__(self) -> None:
        self._trees = Trees.load("verdict")

    def answering(
        self, question: Question, hits: Sequence[Hit], spans: Sequence[Scored]
    ) -> list[Scored]:
        """The spans that answer, best first; none where the papers do not say.

        A question that leans on the turns before has few words to be judged by; it is held to its
        names alone.
        """
        bound = bound_spans(spans)
        if question.leans:
            return [one for one in bound if one.span.binding.names >= LEAST_NAMES]
        return bound if bound and self.odds(question, hits, spans) >= LEAST else []

    def odds(self, question: Question, hits: Sequence[Hit], spans: Sequence[Scored]) -> float:
        """The log-odds that the best span that can answer does; `NONE` where none can."""
        row = verdict_features(question, hits, spans)
        return float(self._trees.score(np.array([row], np.float32))[0]) if row else NONE


def bound_spans(spans: Sequence[Scored]) -> list[Scored]:
    """The spans that can answer the question as it was asked, in their order."""
    return [scored for scored in spans if scored.span.binding.holds]


def verdict_features(
    question: Question, hits: Sequence[Hit], spans: Sequence[Scored]
) -> list[float]:
    """`VERDICT_FEATURES` of a question and what was read for it; empty where no span can answer."""
    bound = bound_spans(spans)
    if not bound:
        return []
    best = bound[0]
    held = [(b.names, b.matter, b.whole) for b in (one.span.binding for one in spans)]
    return [
        *best.features.tolist(),
        best.span.binding.whole,
        *(max(one) for one in zip(*held, strict=True)),
        best.score,
        spans[0].score - best.score,
        len(bound) / len(spans),
        *_behind([one.score for one in spans], READ_AFTER.values()),
        hits[0].score,
        *_behind([one.score for one in hits], HITS_AFTER.values()),
        float(len({one.span.passage.paper for one in spans[:FIRST_READ]})),
        question.known,
        float(len(question.own)),
        float(len(question.matter)),
        float(len(question.names)),
        float(question.wants_figure),
        float(len(question.years)),
        float(len(question.months)),
    ]


def _behind(scores: Sequence[float], places: Iterable[int]) -> list[float]:
    """How far the scores at these places stay behind the first."""
    return [scores[at] - scores[0] if at < len(scores) else NONE for at in places]
