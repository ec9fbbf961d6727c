"""Rolling measures: what one paper after the other tells of the same thing, as one series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.answers import Answer, Citation
from assistant.evidence import Evidence
from assistant.figures import Figure, column_of
from assistant.measures import Measure, Value, measured, names_of, row_name, values_of
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.points import undated
from assistant.series import FEWEST, MOST_LINES, MOST_POINTS, Line, Series, is_asked_for

# The citations are numbered when it is known which of them are shown.
UNNUMBERED = 0
AT_MEETINGS = "as told at each meeting"


def rolled(
    answer: Answer,
    series: Series | None,
    beside: Iterable[Passage],
    records: Mapping[str, PaperRecord],
) -> Series | None:
    """The series of an answer with what other papers tell of its measure; None where none does.

    Like stands with like only: the same measure, of the same council, on the same basis.
    """
    own = _own(answer)
    record = answer.citations[0].record
    named = {measure.named for measure in own}
    more: dict[Measure, list[Value]] = {}
    for passage in beside:
        other = records[passage.paper]
        if passage.paper == record.path or named.isdisjoint(names_of(passage)):
            continue
        for value in _clear(values_of(passage, other, UNNUMBERED)):
            if value.measure in own and _is_alike(other, record, value.measure):
                more.setdefault(value.measure, []).append(value)
    lines = [_line(values, more[of], series) for of, values in own.items() if of in more]
    return _series(answer, own, [line for line in lines if line], series)


def _clear(values: Sequence[Value]) -> list[Value]:
    """Those that are the only ones of their measure and period."""
    counts = Counter((value.measure, value.at) for value in values)
    return [value for value in values if counts[value.measure, value.at] == 1]


def _own(answer: Answer) -> dict[Measure, list[Value]]:
    """The values that an answer's first citation tells, those that it shows first, by measure."""
    values = _clear(measured(answer.citations[0]))
    shown = {figure.start for figure in answer.figures}
    values.sort(key=lambda value: value.point.figure.start not in shown)
    found: dict[Measure, list[Value]] = {}
    for value in values:
        if value.measure.unit == values[0].measure.unit:
            found.setdefault(value.measure, []).append(value)
    return dict(list(found.items())[:MOST_LINES])


def _is_alike(one: PaperRecord, other: PaperRecord, measure: Measure) -> bool:
    """Whether two papers are of one council; of one body too where the meeting is the period."""
    same = one.council == other.council and bool(one.council or one.committee == other.committee)
    return same and (measure.dated or one.committee == other.committee)


def _line(own: Sequence[Value], more: Sequence[Value], series: Series | None) -> Line | None:
    """The values by period, the newest paper's of two; None where all are of one period."""
    # Python's sort is stable: of one day's papers the one that was answered from comes last.
    told = sorted([*more, *own], key=lambda value: str(value.point.citation.record.meeting_date))
    by_time = {value.at: value.point for value in told}
    if not FEWEST <= len(by_time) <= MOST_POINTS or len({v.at for v in own}) == len(by_time):
        return None
    points = tuple(by_time[at] for at in sorted(by_time))
    # Words that one paper took over from another tell nothing new.
    if not own[0].measure.dated and len({point.figure.value for point in points}) == 1:
        return None
    figure = own[0].point.figure
    names = [
        line.name
        for line in (series.lines if series else ())
        if any(point.figure == figure for point in line.points)
    ]
    return Line(names[0] if names else _named(figure), points)


def _named(figure: Figure) -> str:
    """What a figure measures whatever its period; of a sentence, what its report is about."""
    passage = figure.evidence.passage
    if any(passage.heads):
        parts = (row_name(passage), undated(passage.heads[column_of(figure)]))
        return " - ".join(part for part in parts if part)
    return figure.subject if passage.cells or not passage.title else passage.title


def _series(
    answer: Answer,
    own: Mapping[Measure, Sequence[Value]],
    lines: Sequence[Line],
    series: Series | None,
) -> Series | None:
    if not lines or answer.question is None:
        return None
    measure = next(iter(own))
    passage = answer.citations[0].evidence.passage
    heading = passage.caption or (passage.trail[-1] if passage.trail else "")
    parts = (heading if passage.cells else "", lines[0].name if len(lines) == 1 else "")
    name = series.measure if series else " - ".join(dict.fromkeys(p for p in parts if p))
    name = name if measure.dated else f"{name}, {AT_MEETINGS}"
    found = Series(name, measure.unit, True, tuple(_numbered(lines, answer)))
    return found if is_asked_for(found, answer.question) else None


def _numbered(lines: Sequence[Line], answer: Answer) -> list[Line]:
    """The lines with citations numbered on from those of the answer."""
    cited = {citation.evidence.passage.key: citation for citation in answer.citations}
    last = max(citation.number for citation in answer.citations)
    made: dict[Evidence, Citation] = {}
    numbered: list[Line] = []
    for line in lines:
        points = []
        for point in line.points:
            evidence, record = point.citation.evidence, point.citation.record
            new = Citation(last + len(made) + 1, evidence, record)
            known = cited.get(evidence.passage.key) or made.setdefault(evidence, new)
            points.append(replace(point, citation=known))
        numbered.append(replace(line, points=tuple(points)))
    return numbered
