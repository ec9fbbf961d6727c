"""Measures: what a value tells, so that values of one measure can be set side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers import Citation, say_date
from assistant.evidence import Evidence
from assistant.figures import column_of, figures_in
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.points import Point, period_in, runs_in, undated, when
from assistant.series import FEWEST, cell_figures
from assistant.terms import terms
from assistant.text import sentences

_NAMES = re.compile(r"[^\W\d_]{2}")
_NUMBERED = re.compile(r"^(?:table|figure|chart|appendix)\s+\w{1,4}\b", re.I)
# How a sentence says that a value moved; the one before may say that it moved otherwise.
_MOVES = frozenset(
    terms(
        "rise rose risen fall fell fallen increase increased decrease decreased grow grew grown"
        " drop dropped reduce reduced up down stand stood remain remained currently now end"
    )
)
FEWEST_TERMS = 4


@dataclass(frozen=True, slots=True)
class Measure:
    """What a value tells, but for its period."""

    named: frozenset[str]  # terms of the row, of the heading above a run of values, of a sentence
    column: frozenset[str]
    within: frozenset[str]  # terms of the table's title, or of the heading above
    unit: str
    basis: str  # "target", "provisional", as the paper says behind it
    dated: bool  # whether the words tell the period; otherwise it is the day of the meeting


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its measure, and its period in years."""

    measure: Measure
    point: Point
    at: float


def values_of(passage: Passage, record: PaperRecord, number: int) -> list[Value]:
    """The values of a passage of which it is told what they measure, cited by this number."""
    return measured(Citation(number, Evidence(passage, 0, len(passage.text)), record))


def measured(citation: Citation) -> list[Value]:
    """The values of a citation of which it is told what they measure."""
    if any(citation.evidence.passage.heads):
        return _of_row(citation)
    return [*_of_runs(citation), *_of_sentences(citation)]


def names_of(passage: Passage) -> list[frozenset[str]]:
    """What the values of a passage may be of; quickly found, before any figure is looked for."""
    if any(passage.heads):
        return [_terms(row_name(passage))]
    return [_above(passage), *(_told(passage.text[a:b]) for a, b in sentences(passage.text))]


def _of_row(citation: Citation) -> list[Value]:
    passage = citation.evidence.passage
    named = _terms(row_name(passage))
    # One directorate or area names rows of many tables.
    within = _terms(_NUMBERED.sub("", passage.caption)) or _above(passage)
    found: list[Value] = []
    for figure in cell_figures(citation) if named else []:
        head = passage.heads[column_of(figure)]
        label = period_in(head) or period_in(passage.cells[0]) or period_in(passage.caption)
        value = _value(Point(label, figure, citation), named, _terms(head), within)
        found += [value] if value else []
    return found


def _of_runs(citation: Citation) -> list[Value]:
    passage = citation.evidence.passage
    # A row that tells of Dorset and one that tells of England stand under one heading.
    body = _terms(passage.text.partition(" ")[0]) if passage.cells else frozenset[str]()
    values = [
        _value(point, _above(passage), body, frozenset())
        for run in runs_in(citation)
        if len(run) >= FEWEST
        for point in run
    ]
    return [value for value in values if value and value.measure.named]


def _of_sentences(citation: Citation) -> list[Value]:
    """The values that a sentence tells, where it tells one alone."""
    evidence = citation.evidence
    text, within = evidence.passage.text, _above(evidence.passage)
    found: list[Value] = []
    for start, end in sentences(text):
        if start < evidence.start or end > evidence.end or evidence.passage.cells:
            continue
        own = Citation(citation.number, Evidence(evidence.passage, start, end), citation.record)
        figures = figures_in(own.evidence, ((start, end),))
        named = _told(text[start:end])
        if len(figures) == 1 and len(named) >= FEWEST_TERMS:
            label = period_in(text[start:end])
            value = _value(Point(label, figures[0], own), named, frozenset(), within)
            found += [value] if value else []
    return found


def _value(
    point: Point, named: frozenset[str], column: frozenset[str], within: frozenset[str]
) -> Value | None:
    """A value whose period is the day of its meeting where none is told; None where no day is."""
    day = point.citation.record.meeting_date
    measure = Measure(named, column, within, point.figure.unit, point.note, bool(point.label))
    if not point.label and day:
        point = Point(say_date(day), point.figure, point.citation)
    at = when(point.label)
    return None if at is None else Value(measure, point, at)


def row_name(passage: Passage) -> str:
    """The first cell of a row that is made of words: a number before it only counts the rows."""
    return next((cell for cell in passage.cells if _NAMES.search(cell)), "")


def _above(passage: Passage) -> frozenset[str]:
    return _terms(passage.trail[-1] if passage.trail else passage.title)


@lru_cache(maxsize=20_000)
def _told(sentence: str) -> frozenset[str]:
    """What a sentence tells of, whatever the value is and however it moved."""
    return frozenset(term for term in _terms(sentence) - _MOVES if not any(map(str.isdigit, term)))


@lru_cache(maxsize=20_000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(undated(text)))
