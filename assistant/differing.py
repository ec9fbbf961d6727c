"""Values that other papers tell differently: of the same measure, for the same period and unit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.answers import Answer, Citation
from assistant.evidence import Evidence
from assistant.figures import Figure, column_of
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.points import period_in, runs_in, undated, when
from assistant.series import cell_figures
from assistant.terms import terms

MOST = 6
ROUNDED = 0.005


@dataclass(frozen=True, slots=True)
class Measure:
    """What a value tells, so that two of one measure can be set side by side."""

    named: frozenset[str]  # terms of the row, or of the heading above a sentence
    column: frozenset[str]
    period: float
    unit: str


@dataclass(frozen=True, slots=True)
class Differing:
    """A value of an answer, and what another paper says in its place."""

    figure: Figure
    other: Figure
    citation: Citation  # of the other


def differing(
    answer: Answer,
    beside: Iterable[Passage],
    records: Mapping[str, PaperRecord],
    last: int,
) -> list[Differing]:
    """The values of an answer that passages of other papers tell otherwise.

    `last` is the number of the last citation shown; those made here go on from it.
    """
    told = {
        measure: figure for citation in answer.citations for measure, figure in measured(citation)
    }
    found: list[Differing] = []
    for passage in beside:
        citation = Citation(
            last + 1, Evidence(passage, 0, len(passage.text)), records[passage.paper]
        )
        held = [
            Differing(told[measure], figure, citation)
            for measure, figure in measured(citation)
            if measure in told and _differs(told[measure], figure)
        ]
        if held and len(found) < MOST:
            found += held
            last += 1
    return found


def _differs(one: Figure, other: Figure) -> bool:
    """Whether another paper says another value, and not the same one rounded."""
    apart = one.evidence.passage.paper != other.evidence.passage.paper
    return apart and not math.isclose(one.value, other.value, rel_tol=ROUNDED)


def measured(citation: Citation) -> list[tuple[Measure, Figure]]:
    """The values of a citation of which it is told what they measure, and when."""
    passage = citation.evidence.passage
    rows = _of_row(citation, passage) if any(passage.heads) else _of_words(citation, passage)
    return [(measure, figure) for measure, figure in rows if measure.named]


def _of_row(citation: Citation, passage: Passage) -> list[tuple[Measure, Figure]]:
    row = passage.cells[0]
    return [
        (Measure(_terms(row), _terms(head), at, figure.unit), figure)
        for figure in cell_figures(citation)
        for head in [passage.heads[column_of(figure)]]
        if (at := when(period_in(head) or period_in(row))) is not None
    ]


def _of_words(citation: Citation, passage: Passage) -> list[tuple[Measure, Figure]]:
    named = _terms(passage.trail[-1] if passage.trail else passage.title)
    # A row that tells of Dorset and one that tells of England stand under one heading.
    body = _terms(passage.text.partition(" ")[0]) if passage.cells else frozenset()
    return [
        (Measure(named, body, at, point.figure.unit), point.figure)
        for run in runs_in(citation)
        for point in run
        if (at := when(point.label)) is not None
    ]


def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(undated(text)))
