"""Spans: the sentences, lines and rows of hits, with what speaks for each as the answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.binding import Binder, Binding
from assistant.coverage import Wanted
from assistant.expecting import EXPECTED, UNKNOWN
from assistant.features import (
    BINDING_FEATURES,
    NEARNESS,
    binding_features,
    cell_covered,
    expected_held,
    nearness,
    pairs_held,
)
from assistant.holding import counts_asked
from assistant.index import Index
from assistant.likeness import CLOSE, Likeness
from assistant.papers import Kind
from assistant.passages import Passage
from assistant.periods import months_in, years_in
from assistant.questions import Question
from assistant.retriever import Hit
from assistant.terms import stem, terms
from assistant.text import sentences
from assistant.traits import ANSWERS, Asked, Traits

# A table row of at most this many words is one span: its cells mean nothing apart.
ROW_WORDS = 62
NEAR_VALUE = 10
# Passages before a hit that may say of what or where it speaks
SAID_BEFORE = 6
_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*%?")

SPAN_LIKES = ("like", "like_close", "like_least", "like_before", "like_after", "like_passage")
SPAN_FEATURES = (
    "hit_score",
    "hit_rank",
    "dense",
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
    "asked_list",
    "years",
    "months",
    "quarters",
    "length",
    "place",
    "spans",
    "row",
    "listed",
    "new_words",
    "digits",
    "names",
    *BINDING_FEATURES,
    "passage_score",
    "passage_best",
    "counts",
    "cell_covered",
    "value_near",
    *NEARNESS,
    "expected_held",
    *(f"expected_{kind}" for kind in EXPECTED),
    *SPAN_LIKES,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence, line or row of a hit."""

    hit: int  # rank of its hit, from 0
    passage: Passage
    traits: Traits
    score: float  # of its passage, by the ranker
    binding: Binding  # to the question
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.start : self.end]


def spans_of(question: Question, hits: Sequence[Hit], index: Index) -> list[Span]:
    """The spans of all hits in order, each bound to the question among its hit's other words."""
    binder = Binder(question, index)
    keys = [passage.key for hit in hits for passage in hit.stretch]
    traits = dict(zip(keys, index.store.traits(keys), strict=True))
    spans = []
    for rank, hit in enumerate(hits):
        around = frozenset(t for passage in hit.stretch for t in traits[passage.key].terms)
        if not question.names <= around:
            around |= _said_before(hit.stretch[0], index)
        for passage, score in zip(hit.stretch, hit.scores, strict=True):
            known, cuts = traits[passage.key], _cuts(passage)
            texts = [passage.text[start:end] for start, end in cuts]
            bound = binder.bind(passage, known, texts, around)
            for (start, end), binding in zip(cuts, bound, strict=True):
                spans.append(Span(rank, passage, known, score, binding, start, end))
    return spans


def _said_before(first: Passage, index: Index) -> frozenset[str]:
    """The terms of the passages before one under the same heading: a name may be said there."""
    before = index.store.around(first, SAID_BEFORE, 0)
    keys = [one.key for one in before if (one.trail, one.item) == (first.trail, first.item)]
    return frozenset(term for one in index.store.traits(keys) for term in one.terms)


def _cuts(passage: Passage) -> list[tuple[int, int]]:
    whole = [(0, len(passage.text))]
    if passage.kind is Kind.TABLE_ROW and len(passage.text.split()) <= ROW_WORDS:
        return whole
    return sentences(passage.text) or whole


def span_features(
    question: Question, hits: Sequence[Hit], spans: Sequence[Span], index: Index
) -> NDArray[np.float32]:
    """One row of `SPAN_FEATURES` for each span, float32."""
    rarity = {term: weight * index.words.rarity(term) for term, weight in question.weights.items()}
    wanted = Wanted(question.own, index.words, question.alternates)
    pairs = Counter(pairwise(_terms(question.text)))
    held = [_terms(span.text) for span in spans]
    counts: dict[int, int] = {}
    for span in spans:
        counts[span.hit] = counts.get(span.hit, 0) + 1
    rows = []
    first = 0
    for at, span in enumerate(spans):
        if at and spans[at - 1].hit != span.hit:
            first = at
        hit = hits[span.hit]
        near = set().union(
            *(
                held[n]
                for n in (at - 1, at, at + 1)
                if 0 <= n < len(spans) and spans[n].hit == span.hit
            )
        )
        rows.append(
            [
                hit.score - hits[0].score,
                1 / (1 + span.hit),
                hit.feature("dense"),
                wanted.share(frozenset(held[at])),
                wanted.share(span.traits.beside.union(held[at])),
                _share(rarity, near),
                pairs_held(pairs, held[at]),
                *_asked(question, span.text),
                *_time(question, span.text),
                float(np.log1p(len(held[at]))) / 4,
                (at - first) / counts[span.hit],
                float(np.log1p(counts[span.hit])) / 3,
                float(span.passage.kind is Kind.TABLE_ROW),
                float("\n" in span.passage.text),
                _new(question, held[at]),
                sum(letter.isdigit() for letter in span.text) / len(span.text),
                sum(word[:1].isupper() for word in span.text.split()) / len(span.text.split()),
                *binding_features(question, span.binding, span.passage),
                span.score - hits[0].score,
                float(span.passage is hit.passage),
                counts_asked(question, span.text),
                cell_covered(span.passage, wanted),
                _value_near(question, span.text, wanted),
                *nearness(question, span.passage),
                expected_held(question, _values(span.text)),
                *(question.expected or UNKNOWN),
            ]
        )
    table = np.asarray(rows, dtype=np.float32)
    return np.hstack([table, _likes(Likeness(question, index.words), spans)])


def _likes(likeness: Likeness, spans: Sequence[Span]) -> NDArray[np.float32]:
    """One row of `SPAN_LIKES` for each span: its own, its neighbours' and its passage's."""
    likes = likeness.of([span.text for span in spans])
    share = likeness.share(likes)
    hits = np.array([span.hit for span in spans])
    beside = (hits[1:] == hits[:-1]) * 1.0
    before = np.concatenate([[0.0], share[:-1] * beside])
    after = np.concatenate([share[1:] * beside, [0.0]])
    starts = np.flatnonzero(np.diff([span.passage.key for span in spans], prepend=-1))
    whole = likeness.share(np.maximum.reduceat(likes, starts, axis=0))
    passage = np.repeat(whole, np.diff([*starts, len(spans)]))
    columns = [share, likeness.share(likes, CLOSE), likes.min(axis=1), before, after, passage]
    return np.stack(columns, axis=1).astype(np.float32)


def _value_near(question: Question, text: str, wanted: Wanted) -> float:
    """The most of the question that stands within `NEAR_VALUE` words of a number it
    does not say.
    """
    stems, numbers = _numbers(text)
    near = (
        frozenset(stems[max(0, at - NEAR_VALUE) : at + NEAR_VALUE + 1])
        for at in numbers
        if stems[at] not in question.own
    )
    return max(map(wanted.share, near), default=0.0)


@lru_cache(maxsize=20_000)
def _numbers(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The stems of the words of a text, and the places of those with a digit among them."""
    found = _WORD.findall(text)
    places = (at for at, word in enumerate(found) if any(map(str.isdigit, word)))
    return tuple(stem(word.lower()) for word in found), tuple(places)


@lru_cache(maxsize=20_000)
def _values(text: str) -> frozenset[str]:
    """The kinds of value among `EXPECTED` that a text holds."""
    kinds = (kind for kind in EXPECTED if kind in ANSWERS)
    return frozenset(kind for kind in kinds if ANSWERS[Asked(kind)].search(text))


@lru_cache(maxsize=20_000)
def _terms(text: str) -> tuple[str, ...]:
    # Other questions read the same sentences.
    return tuple(terms(text))


def _share(rarity: Mapping[str, float], held: Set[str]) -> float:
    """The share of the question's weight whose terms are held."""
    total = sum(rarity.values()) or 1.0
    return sum(value for term, value in rarity.items() if term in held) / total


def _asked(question: Question, text: str) -> list[float]:
    needs = ANSWERS.get(question.asked)
    return [
        0.5 if needs is None else float(bool(needs.search(text))),
        float(any(letter.isdigit() for letter in text)),
        float(question.asked in (Asked.MONEY, Asked.PERCENTAGE, Asked.COUNT, Asked.RANK)),
        float(question.asked is Asked.PERSON),
        float(question.asked is Asked.DATE),
        float(question.asked is Asked.REASON),
        float(question.asked in (Asked.LIST, Asked.RECOMMENDATION, Asked.DECISION)),
    ]


def _time(question: Question, text: str) -> list[float]:
    lowered = text.lower()
    months = months_in(text) if question.months else frozenset()
    return [
        _part(question.years, years_in(text)) if question.years else 0.5,
        _part(frozenset(m[-2:] for m in question.months), frozenset(m[-2:] for m in months)),
        _part(question.quarters, frozenset(q for q in question.quarters if q in lowered)),
    ]


def _part(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.5


def _new(question: Question, held: Sequence[str]) -> float:
    """The share of the span's terms that the question lacks: an answer says something new."""
    return sum(term not in question.weights for term in held) / (len(held) or 1)
