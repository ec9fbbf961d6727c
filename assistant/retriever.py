"""Retrieval: the passages that may hold the answer, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.embedder import Embedder
from assistant.features import FEATURES, features_of
from assistant.index import Index
from assistant.passages import Passage
from assistant.questions import Question
from assistant.traits import Traits
from assistant.trees import Trees

# Candidates taken from each of the three rankings; nearly all evidence lies within them.
CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with what speaks for it."""

    passage: Passage
    traits: Traits
    score: float
    features: tuple[float, ...]  # in the order of `FEATURES`

    def feature(self, name: str) -> float:
        """One feature by its name."""
        return self.features[FEATURES.index(name)]


def retrieve(
    question: Question, text: str, index: Index, embedder: Embedder, ranker: Trees, limit: int
) -> list[Hit]:
    """At most `limit` passages for a question, best first; `text` is what the embedder reads."""
    if not index.manifest.passages:
        return []
    passages, traits, table = candidates(question, text, index, embedder)
    scores = ranker.score(table)
    order = np.argsort(-scores, kind="stable")[:limit]
    return [
        Hit(passages[at], traits[at], float(scores[at]), tuple(map(float, table[at])))
        for at in order
    ]


def candidates(
    question: Question, text: str, index: Index, embedder: Embedder
) -> tuple[list[Passage], list[Traits], NDArray[np.float32]]:
    """What one of the three rankings puts first: passages, traits and features, row for row."""
    vector = embedder.embed([text])
    words = index.words.scores(question.weights)
    every = index.all.scores(question.weights)
    count = min(CANDIDATES, index.manifest.passages)
    similar, nearest = index.vectors.search(vector, count)
    keys = _union(_top(words, count), _top(every, count), nearest[0])
    known = dict(zip(nearest[0].tolist(), similar[0].tolist(), strict=True))
    dense = _similarities(index, vector, keys, known)
    passages, traits = index.store.get(keys), index.store.traits(keys)
    table = features_of(question, passages, traits, words[keys], every[keys], dense, index)
    return passages, traits, table


def _top(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    found = np.argpartition(-scores, min(count, len(scores) - 1))[:count]
    return found[scores[found] > 0]


def _union(*parts: NDArray[np.int64]) -> list[int]:
    return list(dict.fromkeys(int(key) for part in parts for key in part if key >= 0))


def _similarities(
    index: Index, vector: NDArray[np.float32], keys: Sequence[int], known: dict[int, float]
) -> NDArray[np.float32]:
    rest = [key for key in keys if key not in known]
    if rest:
        rows = np.stack([index.vectors.reconstruct(int(key)) for key in rest])
        known = known | dict(zip(rest, (rows @ vector[0]).tolist(), strict=True))
    return np.asarray([known[key] for key in keys], dtype=np.float32)
