"""What speaks for a passage as the evidence of an answer, as numbers that a ranker weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.binding import Binder, Binding
from assistant.coverage import Wanted
from assistant.expecting import EXPECTED, UNKNOWN
from assistant.index import Index
from assistant.likeness import CLOSE, Likeness
from assistant.papers import Kind
from assistant.passages import Passage
from assistant.questions import Question
from assistant.terms import terms
from assistant.traits import ANSWERS, Asked, Traits

BINDING_FEATURES = (
    "bound_period",
    "bound_names",
    "bound_matter",
    "bound_value",
    "row_label",
    "row_head",
)
# Passages apart at which nearness is halved, and what an earlier turn's counts for
NEARBY = 5
FADES = 0.8
NEARNESS = ("leans", "near_last", "near_turns")
LIKES = ("like", "like_close", "like_least")
COVERAGE = ("covered", "covered_all", "covered_context", "pairs", "rarest_missing")
# What also counts by how far a passage stays behind the best of its question
BEHIND = (
    "dense",
    *COVERAGE,
    "years_text",
    "bound_names",
    "near_covered",
    "cell_covered",
    "expected_held",
    "like",
    "like_close",
)
FEATURES = (
    "words",
    "all",
    "dense",
    "words_rank",
    "all_rank",
    "dense_rank",
    *COVERAGE,
    "years_text",
    "years_context",
    "months",
    "quarters",
    "figures_named",
    "holds_asked",
    "asked_figure",
    "asked_decision",
    "asked_list",
    "row",
    "list",
    "minute",
    "agenda",
    "length",
    "digits",
    "asked_person",
    "asked_date",
    "asked_reason",
    "asked_comparison",
    *BINDING_FEATURES,
    "table_best",
    "near_best",
    "near_dense",
    "near_covered",
    "cell_covered",
    *NEARNESS,
    "expected_held",
    *(f"expected_{kind}" for kind in EXPECTED),
    *LIKES,
    *(f"behind_{name}" for name in BEHIND),
)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What of a question is held against every passage, worked out once."""

    question: Question
    wanted: Wanted
    pairs: Counter[tuple[str, str]]  # terms typed beside each other
    figures: frozenset[str]
    asks_thing: tuple[float, ...]  # a figure, a decision, a list
    asks_other: tuple[float, ...]  # a person, a date, a reason, a comparison

    @classmethod
    def of(cls, question: Question, index: Index) -> _Sought:
        asked, wanted = question.asked, Wanted(question.own, index.words, question.alternates)
        said = (term for term in _label_terms(question.text) if term in wanted.weights)
        return cls(
            question,
            wanted,
            Counter(pairwise(said)),
            frozenset(word for word in question.own if word[:1] in "£0123456789") - question.years,
            (
                float(asked in (Asked.MONEY, Asked.PERCENTAGE, Asked.COUNT, Asked.RANK)),
                float(asked in (Asked.DECISION, Asked.RECOMMENDATION)),
                float(asked is Asked.LIST),
            ),
            (
                float(asked is Asked.PERSON),
                float(asked is Asked.DATE),
                float(asked is Asked.REASON),
                float(asked in (Asked.COMPARISON, Asked.TREND)),
            ),
        )


def features_of(
    question: Question,
    passages: Sequence[Passage],
    traits: Sequence[Traits],
    words: NDArray[np.float32],
    every: NDArray[np.float32],
    dense: NDArray[np.float32],
    index: Index,
) -> NDArray[np.float32]:
    """One row of `FEATURES` for each passage, float32; scores are relative to the best."""
    best_words, best_all = max(float(words.max()), 1e-6), max(float(every.max()), 1e-6)
    ranked = [_reciprocal_ranks(scores) for scores in (words, every, dense)]
    sought = _Sought.of(question, index)
    binder = Binder(question, index)
    held = [frozenset(one.terms) for one in traits]
    beside = _beside(passages, every / best_all)
    near = _near(sought.wanted, passages, held, dense)
    rows = []
    for at, passage in enumerate(passages):
        bound = binder.bind(passage, traits[at], [passage.text])[0]
        rows.append(
            [
                float(words[at]) / best_words,
                float(every[at]) / best_all,
                float(dense[at]),
                *(float(ranks[at]) for ranks in ranked),
                *_coverage(sought, traits[at], held[at]),
                *_time(question, passage, traits[at]),
                *_shape(sought, passage, traits[at], held[at]),
                *binding_features(question, bound, passage),
                *beside[at],
                *near[at],
                cell_covered(passage, sought.wanted),
                *nearness(question, passage),
                expected_held(question, traits[at].answers),
                *(question.expected or UNKNOWN),
            ]
        )
    likes = likes_of(Likeness(question, index.words), passages)
    table = np.hstack([np.asarray(rows, dtype=np.float32), likes])
    counted = table[:, [FEATURES.index(name) for name in BEHIND]]
    return np.hstack([table, counted - counted.max(axis=0)])


def likes_of(likeness: Likeness, passages: Sequence[Passage]) -> NDArray[np.float32]:
    """What of a question each passage says in like words, in words close to it, and its least."""
    likes = likeness.of([passage.text for passage in passages])
    shares = [likeness.share(likes), likeness.share(likes, CLOSE), likes.min(axis=1)]
    return np.stack(shares, axis=1)


def nearness(question: Question, passage: Passage) -> tuple[float, float, float]:
    """Whether the question leans on turns before, and how near a passage stands to what
    answered the last of them and any.
    """
    apart = [
        abs(passage.key - key) if paper == passage.paper else None for paper, key in question.places
    ]
    near = [0.0 if gap is None else 1 / (1 + gap / NEARBY) for gap in apart]
    faded = (value * FADES**back for back, value in enumerate(near))
    leans = 1.0 if question.leans else 0.5 if near else 0.0
    return leans, near[0] if near else 0.0, max(faded, default=0.0)


def expected_held(question: Question, answers: frozenset[str]) -> float:
    """The chance that the values of these kinds are what the question expects."""
    return _chance_of(question.expected or UNKNOWN, answers)


@lru_cache(maxsize=1024)
def _chance_of(expected: tuple[float, ...], answers: frozenset[str]) -> float:
    # The passages found for a question hold the same few kinds, time and again.
    chances = dict(zip(EXPECTED, expected, strict=True))
    wanted = [(chance, kind in answers) for kind, chance in chances.items() if kind in ANSWERS]
    total = sum(chance for chance, _ in wanted) or 1.0
    return sum(chance for chance, held in wanted if held) / total


def _reciprocal_ranks(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 / (10 + rank) with ranks from 0, times 10, so that the best has 1."""
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return np.asarray(10 / (10 + ranks), dtype=np.float32)


def _coverage(sought: _Sought, traits: Traits, held: frozenset[str]) -> list[float]:
    wanted, pairs = sought.wanted, sought.pairs
    missing = wanted.missing(wanted.held(held | traits.beside))
    return [
        wanted.share(held),
        1 - sum(missing) / (wanted.total or 1.0),
        wanted.share(traits.beside),
        pairs_held(pairs, traits.terms),
        max(missing, default=0.0) / 10,
    ]


def pairs_held(pairs: Counter[tuple[str, str]], held: Sequence[str]) -> float:
    """The share of pairs of terms that stand side by side among these; 0 of none."""
    stand = pairs.keys() & pairwise(held) if pairs else ()
    return sum(pairs[pair] for pair in stand) / (pairs.total() or 1)


def _time(question: Question, passage: Passage, traits: Traits) -> list[float]:
    """How far the periods that the question names stand in the passage, or are its meeting's."""
    if not (question.years or question.months or question.quarters):
        return [0.5] * 4
    day = passage.meeting_date
    years = traits.years_beside | ({str(day.year)} if day else frozenset())
    named = traits.months | ({day.strftime("%Y-%m")} if day else frozenset())
    months = [any(have.endswith(want) for have in named) for want in question.months]
    text = passage.text.lower()
    return [
        _share(question.years, traits.years),
        _share(question.years, years),
        sum(months) / len(months) if months else 0.5,
        _share(question.quarters, {q for q in question.quarters if q in text}),
    ]


def _share(wanted: frozenset[str], held: set[str] | frozenset[str]) -> float:
    """The share of what is wanted that is held; a half where nothing is wanted."""
    return len(wanted & held) / len(wanted) if wanted else 0.5


def _shape(sought: _Sought, passage: Passage, traits: Traits, held: frozenset[str]) -> list[float]:
    figures, asked = sought.figures, sought.question.asked
    return [
        len(figures & held) / len(figures) if figures else 0.5,
        0.5 if asked not in ANSWERS else float(asked in traits.answers),
        *sought.asks_thing,
        float(passage.kind is Kind.TABLE_ROW),
        float(passage.kind is Kind.LIST_ITEM or "\n" in passage.text),
        float(passage.kind is Kind.MINUTE),
        float(passage.type == "agenda"),
        float(np.log1p(traits.words)) / 5,
        traits.digits,
        *sought.asks_other,
    ]


def binding_features(question: Question, bound: Binding, passage: Passage) -> list[float]:
    """Period, names, matter, value, row label and column head, each as far as it is asked for."""
    if passage.kind is not Kind.TABLE_ROW:
        row = [0.5, 0.5]
    else:
        label = passage.cells[0] if passage.cells else ""
        row = [
            _asked_of(question, label),
            max(map(partial(_asked_of, question), passage.heads), default=0.0),
        ]
    return [float(bound.period), bound.names, bound.matter, float(bound.value), *row]


def _asked_of(question: Question, label: str) -> float:
    """The share of a label's terms that the question holds."""
    held = _label_terms(label)
    return sum(term in question.weights for term in held) / len(held) if held else 0.0


@lru_cache(maxsize=20_000)
def _label_terms(label: str) -> tuple[str, ...]:
    # Labels and heads come again with every row of their table, a question with every passage.
    return tuple(terms(label))


def _beside(passages: Sequence[Passage], scores: NDArray[np.float32]) -> list[tuple[float, float]]:
    """The best score in the same table and that of the next passages on either side."""
    tables: dict[tuple[str, int], float] = {}
    by_key: dict[int, float] = {}
    for passage, score in zip(passages, scores, strict=True):
        by_key[passage.key] = float(score)
        if passage.table:
            place = (passage.paper, passage.table)
            tables[place] = max(float(score), tables.get(place, 0.0))
    return [
        (
            tables.get((passage.paper, passage.table), 0.0),
            max(by_key.get(passage.key - 1, 0.0), by_key.get(passage.key + 1, 0.0)),
        )
        for passage in passages
    ]


def _near(
    wanted: Wanted,
    passages: Sequence[Passage],
    terms_held: Sequence[frozenset[str]],
    dense: NDArray[np.float32],
) -> list[tuple[float, float]]:
    """The best similarity of the passages next to each, and what of the question they all hold."""
    similar = {passage.key: float(one) for passage, one in zip(passages, dense, strict=True)}
    held = {
        passage.key: wanted.held(terms) for passage, terms in zip(passages, terms_held, strict=True)
    }
    rows = []
    for passage in passages:
        sides = (passage.key - 1, passage.key + 1)
        around = held[passage.key].union(*(held.get(key, ()) for key in sides))
        rows.append(
            (
                max(similar.get(key, 0.0) for key in sides),
                wanted.share_of(around),
            )
        )
    return rows


def cell_covered(passage: Passage, wanted: Wanted) -> float:
    """The most of the question that one cell has in its row's label, its head and what is above.

    A half for what is no row: a row whose other columns hold the words is no nearer for it.
    """
    if passage.kind is not Kind.TABLE_ROW or not passage.cells:
        return 0.5
    above = {
        term
        for text in (passage.cells[0], passage.caption, passage.title, *passage.trail)
        for term in _label_terms(text)
    }
    heads = dict.fromkeys(passage.heads) or {"": None}
    return max(wanted.share(above.union(_label_terms(head))) for head in heads)
