"""Retrieval: the passages that may hold the answer, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.encoder import Vectors
from assistant.features import FEATURES, features_of
from assistant.index import Index
from assistant.passages import Passage
from assistant.questions import Question
from assistant.traits import Traits

# Candidates taken from each of the three rankings; nearly all evidence lies within them.
CANDIDATES = 60


# Words that a hit holds at most, with what stands around the passage that was found.
STRETCH_WORDS = 180
# Neighbours looked at on either side, at most.
REACH = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with what speaks for it and what stands around it."""

    passage: Passage
    traits: Traits
    score: float
    features: tuple[float, ...]  # in the order of `FEATURES`
    stretch: tuple[Passage, ...]  # it and its neighbours, in reading order
    scores: tuple[float, ...]  # of each in the stretch

    @property
    def text(self) -> str:
        """The words of the whole stretch."""
        return "\n".join(passage.text for passage in self.stretch)

    def feature(self, name: str) -> float:
        """One feature by its name."""
        return self.features[FEATURES.index(name)]


def stretched(
    passages: Sequence[Passage],
    traits: Sequence[Traits],
    table: NDArray[np.float32],
    scores: NDArray[np.float32],
    index: Index,
    limit: int,
) -> list[Hit]:
    """At most `limit` hits, best first: each candidate with its neighbours, none of them twice.

    What answers often stands beside what is found: the other rows of a table, the sentence
    after. A stretch stays within an agenda item and within the heading above its own.
    """
    known = {passage.key: float(score) for passage, score in zip(passages, scores, strict=True)}
    taken: set[int] = set()
    hits: list[Hit] = []
    for at in np.argsort(-scores, kind="stable"):
        if len(hits) == limit:
            break
        passage = passages[at]
        if passage.key not in taken:
            stretch = _stretch(passage, known, taken, index)
            taken.update(member.key for member in stretch)
            own = tuple(known.get(member.key, float(scores.min())) for member in stretch)
            row = tuple(map(float, table[at]))
            hits.append(Hit(passage, traits[at], float(scores[at]), row, stretch, own))
    return hits


def _stretch(
    passage: Passage, known: Mapping[int, float], taken: Set[int], index: Index
) -> tuple[Passage, ...]:
    """The passage and as many of its neighbours as there is room for, the likelier side first."""
    near = {one.key: one for one in index.store.around(passage, REACH, REACH)}
    first = last = passage.key
    room = STRETCH_WORDS - len(passage.text.split())
    while True:
        sides = [
            (known.get(key, -np.inf), key)
            for key in (first - 1, last + 1)
            if key in near
            and key not in taken
            and _belongs(near[key], passage)
            and len(near[key].text.split()) <= room
        ]
        if not sides:
            return tuple(near[key] for key in range(first, last + 1))
        key = max(sides)[1]
        room -= len(near[key].text.split())
        first, last = min(first, key), max(last, key)


def _belongs(neighbour: Passage, passage: Passage) -> bool:
    """Whether two passages stand in one agenda item, under one heading or two of one section."""
    one, other = neighbour.trail, passage.trail
    placed = (neighbour.item, neighbour.item_title) == (passage.item, passage.item_title)
    return placed and (one == other or one[:-1] == other[:-1])


def candidates(
    question: Question, vector: Vectors, index: Index
) -> tuple[list[Passage], list[Traits], NDArray[np.float32]]:
    """What one of the three rankings puts first: passages, traits and features, row for row."""
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
