"""Series: the values of one measure that an answer cites, over time or side by side.

Only what the cited words themselves set in a row is one: the columns or rows of a table that
differ in nothing but their period, figures and periods that take turns in a sentence, or the rows
of a table that a comparison asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Answer, Citation
from assistant.evidence import Evidence
from assistant.figures import Figure, column_of, figures_in
from assistant.passages import Passage
from assistant.points import Point, is_period, period_in, runs_in, undated, when
from assistant.questions import Question
from assistant.terms import terms
from assistant.traits import Asked
from assistant.understood import Understood, taken_apart
from assistant.working import ASKS

FEWEST, MOST_POINTS, MOST_LINES = 2, 16, 4
# Of a question that asks for a comparison more citations than the first may hold the series.
LOOKED_AT = 3
_KINDS = frozenset(
    {*ASKS, Asked.PERCENTAGE, Asked.MONEY, Asked.COUNT, Asked.RANK, Asked.FACT, Asked.YESNO}
)
# What a sentence tells beside the value that was asked for is often of another unit.
_UNITS = {Asked.PERCENTAGE: "%", Asked.MONEY: "£", Asked.COUNT: ""}
_NUMBERING = re.compile(r"^[\d.()]+\s+")

Rows = Callable[[Passage], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one row, area or group, in order."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one measure, in one unit."""

    measure: str
    unit: str  # as that of a figure
    over_time: bool
    lines: tuple[Line, ...]

    @property
    def labels(self) -> list[str]:
        """The labels of all points, in the order of time where they all tell one."""
        found = list(dict.fromkeys(p.label for line in self.lines for p in line.points))
        whens = {label: when(label) for label in found} if self.over_time else {}
        known = {label: at for label, at in whens.items() if at is not None}
        return sorted(found, key=known.__getitem__) if len(known) == len(found) else found

    @property
    def citations(self) -> list[Citation]:
        """What its points cite, by number, none twice."""
        cited = {p.citation.number: p.citation for line in self.lines for p in line.points}
        return [cited[number] for number in sorted(cited)]


def series_in(answer: Answer, rows_of: Rows) -> Series | None:
    """The series that an answer's words hold, or None.

    `rows_of` gives the rows of the table that a row stands in: a trend that a table tells row by
    row is shown whole.
    """
    question = answer.question
    if question is None or question.asked not in _KINDS:
        return None
    wide = question.asked in ASKS
    for citation in answer.citations[: LOOKED_AT if wide else 1]:
        found = _of_citation(citation, answer, question, rows_of)
        if found and is_asked_for(found, question):
            return found
    return None


def is_asked_for(series: Series, question: Question) -> bool:
    """Whether a series tells of something that the question names."""
    passage = series.lines[0].points[0].citation.evidence.passage
    named = terms(f"{series.measure} {passage.heading} {passage.title}")
    return any(question.weights.get(term, 0.0) >= 1.0 for term in named)


def _of_citation(
    citation: Citation, answer: Answer, question: Question, rows_of: Rows
) -> Series | None:
    if not any(citation.evidence.passage.heads):
        found = _in_words(citation)
        return found if found and found.unit == _UNITS.get(question.asked, found.unit) else None
    cited = [one for one in answer.citations if _is_beside(one, citation)]
    return (
        _across(citation, cited, question)
        or _down(citation, cited, answer, question, rows_of)
        or (_side_by_side(citation, cited, question) if question.asked in ASKS else None)
    )


def _is_beside(one: Citation, other: Citation) -> bool:
    row, beside = one.evidence.passage, other.evidence.passage
    return (row.paper, row.table, row.heads) == (beside.paper, beside.table, beside.heads)


def _across(citation: Citation, cited: Sequence[Citation], question: Question) -> Series | None:
    """The columns of a row that differ in their period alone; for a comparison, of its fellows."""
    lines = _dated_lines(citation)
    if not lines:
        return None
    unit = lines[0].points[0].figure.unit
    fellows = [one for one in cited if one != citation and _is_fellow(one, citation, question)]
    lines += [line for one in fellows for line in _dated_lines(one)]
    kept = [line for line in lines if line.points[0].figure.unit == unit][:MOST_LINES]
    passage = citation.evidence.passage
    return Series(_measure(passage, kept), unit, True, tuple(_named_apart(kept)))


def _is_fellow(one: Citation, first: Citation, question: Question) -> bool:
    """Whether another row tells the same of another area or group."""
    labels = [taken_apart(c.evidence.passage.cells[0]) for c in (one, first)]
    alike = all(_is_place_or_group(label, one) for label in labels)
    return alike or question.asked is Asked.COMPARISON


def _is_place_or_group(label: Understood, citation: Citation) -> bool:
    own = set(terms(label.matter)) - set(terms(citation.record.council))
    return not own or bool((label.area or label.group) and not label.matter)


def _dated_lines(citation: Citation) -> list[Line]:
    """A line for each measure of a row that is told for several periods."""
    passage = citation.evidence.passage
    by_head: dict[tuple[str, str], dict[str, Point]] = {}
    for figure in cell_figures(citation):
        head = passage.heads[column_of(figure)]
        if period := period_in(head):
            points = by_head.setdefault((undated(head), figure.unit), {})
            points.setdefault(period, Point(period, figure, citation))
    row = passage.cells[0]
    return [
        Line(" - ".join(part for part in (row, head) if part), tuple(points.values()))
        for (head, _), points in by_head.items()
        if FEWEST <= len(points) <= MOST_POINTS
    ]


def _down(
    citation: Citation, cited: Sequence[Citation], answer: Answer, question: Question, rows_of: Rows
) -> Series | None:
    """A column whose rows are periods; the rows that are not cited get citations of their own."""
    if not is_period(citation.evidence.passage.cells[0]):
        return None
    rows = list(cited)
    if question.asked in ASKS:
        rows += _more(citation, cited, len(answer.citations), rows_of)
    column = _column_named(citation, question)
    points = [
        Point(one.evidence.passage.cells[0], figure, one)
        for one in rows
        if is_period(one.evidence.passage.cells[0])
        for figure in cell_figures(one)
        if column_of(figure) == column
    ]
    return _one_line(citation.evidence.passage, column, points, over_time=True)


def _more(
    citation: Citation, cited: Sequence[Citation], last: int, rows_of: Rows
) -> list[Citation]:
    known = {one.evidence.passage.key for one in cited}
    rows = [
        row
        for row in rows_of(citation.evidence.passage)
        if row.key not in known and row.heads == citation.evidence.passage.heads and row.cells
    ]
    return [
        Citation(number, Evidence(row, 0, len(row.text)), citation.record)
        for number, row in enumerate(rows[:MOST_POINTS], last + 1)
    ]


def _side_by_side(
    citation: Citation, cited: Sequence[Citation], question: Question
) -> Series | None:
    """The cited rows of a table in the one column that the question names."""
    column = _column_named(citation, question)
    points = [
        Point(one.evidence.passage.cells[0], figure, one)
        for one in cited
        for figure in cell_figures(one)
        if column_of(figure) == column and one.evidence.passage.cells[0]
    ]
    return _one_line(citation.evidence.passage, column, points, over_time=False)


def _one_line(
    passage: Passage, column: int, points: Iterable[Point], *, over_time: bool
) -> Series | None:
    by_label: dict[str, Point] = {}
    for point in points:
        by_label.setdefault(point.label, point)
    kept = list(by_label.values())
    units = {point.figure.unit for point in kept}
    if not FEWEST <= len(kept) <= MOST_POINTS or len(units) != 1 or not column:
        return None
    head = passage.heads[column]
    measure = " - ".join(dict.fromkeys(part for part in (passage.caption, head) if part))
    return Series(measure, units.pop(), over_time, (Line(head, tuple(kept)),))


def _column_named(citation: Citation, question: Question) -> int:
    """The column whose head the question names best; the only one with figures; or 0."""
    heads = citation.evidence.passage.heads
    columns = {column_of(figure) for figure in cell_figures(citation)} - {0}
    if len(columns) == 1:
        return columns.pop()

    def named(column: int) -> float:
        held = terms(heads[column])
        return sum(term in question.weights for term in held) / len(held) if held else 0.0

    best = sorted(columns, key=named, reverse=True)[:2]
    clear = best and named(best[0]) > (named(best[1]) if len(best) > 1 else 0.0)
    return best[0] if clear else 0


def cell_figures(citation: Citation) -> list[Figure]:
    """The figures of a row that fill their cell, but for the one that names it."""
    evidence = citation.evidence
    heads, cells = evidence.passage.heads, evidence.passage.cells
    # A value under no head shows that the row's cells and heads may not belong together.
    if any(cell and not head for head, cell in zip(heads[1:], cells[1:], strict=False)):
        return []
    found = figures_in(evidence, ((evidence.start, evidence.end),))
    return [
        figure
        for figure in found
        if 0 < (column := column_of(figure)) < min(len(heads), len(cells))
        and figure.text == cells[column].strip()
    ]


def _in_words(citation: Citation) -> Series | None:
    """The longest run of figures and periods that take turns."""
    run = max(runs_in(citation), key=len, default=[])
    if len(run) < FEWEST:
        return None
    passage = citation.evidence.passage
    measure = _NUMBERING.sub("", passage.trail[-1] if passage.trail else passage.title)
    return Series(measure, run[0].figure.unit, True, (Line(measure, tuple(run)),))


def _measure(passage: Passage, lines: Sequence[Line]) -> str:
    """What all lines measure: the table's title and its first head, and the row where it is one."""
    # A first head such as "Area" names the rows, not what they measure.
    head = passage.heads[0] if len(passage.heads[0].split()) > 1 else ""
    said = (passage.caption, head, lines[0].name if len(lines) == 1 else "")
    named = [part for part in dict.fromkeys(said) if part]
    return " - ".join(named) or (passage.trail[-1] if passage.trail else passage.title)


def _named_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, two of one name told apart by their number."""
    names = [line.name for line in lines]
    return [
        replace(line, name=f"{line.name} ({at})") if names.count(line.name) > 1 else line
        for at, line in enumerate(lines, 1)
    ]
