"""Working out: the difference between two figures of one measure, said to be worked out.

Only like is set against like: two rows of one table in the one column that the question names,
or two periods of one measure in one sentence or row, in the same unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from assistant.figures import Figure, column_of
from assistant.papers import Kind
from assistant.polarity import polarity_of
from assistant.questions import Question
from assistant.records import MONTHS
from assistant.terms import SMALL_WORDS, terms
from assistant.text import words
from assistant.traits import Asked

# Words that may stand with a period and tell of no other measure.
OF_TIME = {
    *("previous", "latest", "current", "end", "start", "year", "quarter", "month", "compared"),
    *("q1", "q2", "q3", "q4"),
} | {name for month in MONTHS for name in (month, month[:3])}
ASKS = (Asked.COMPARISON, Asked.TREND)
_UNITS = {"%": " percentage points", "percentage points": " percentage points"}


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A value that the assistant computed: said so, with the citations of what it came from."""

    text: str
    sources: tuple[int, ...]


def work_out(question: Question, figures: Mapping[int, Sequence[Figure]]) -> list[WorkedOut]:
    """What the shown figures, by the number of their citation, let be worked out; at most one."""
    if question.asked not in ASKS:
        return []
    shown = [(number, figure) for number, held in figures.items() for figure in held]
    found = _between_rows(question, shown) or _between_periods(shown)
    return [found] if found else []


def _between_rows(question: Question, shown: list[tuple[int, Figure]]) -> WorkedOut | None:
    """The difference between two rows of a table in the column that the question names."""
    pairs = [
        (_named(question, one[1]), one, other)
        for one, other in combinations(shown, 2)
        if _same_column(one[1], other[1])
    ]
    most = max((named for named, _, _ in pairs), default=0.0)
    best = [(one, other) for named, one, other in pairs if named == most]
    if len(best) != 1:
        return None
    (first, one), (second, other) = best[0]
    if one.unit != other.unit:
        return None
    return _said(one, other, (first, second), _label(one), _label(other))


def _same_column(one: Figure, other: Figure) -> bool:
    row, beside = one.evidence.passage, other.evidence.passage
    rows = row.kind is Kind.TABLE_ROW and row.table and row.key != beside.key
    same_table = (row.paper, row.table, row.heads) == (beside.paper, beside.table, beside.heads)
    if not rows or not same_table:
        return False
    column = column_of(one)
    return column > 0 and column == column_of(other)


def _named(question: Question, figure: Figure) -> float:
    """The share of a column head's terms that the question holds."""
    heads = figure.evidence.passage.heads
    held = terms(heads[column_of(figure)]) if column_of(figure) < len(heads) else []
    return sum(term in question.weights for term in held) / len(held) if held else 0.0


def _label(figure: Figure) -> str:
    return figure.evidence.passage.cells[0]


def _between_periods(shown: list[tuple[int, Figure]]) -> WorkedOut | None:
    """The change between the only two figures shown, of two periods of one measure."""
    dated = [(number, figure) for number, figure in shown if figure.period]
    if len(dated) != 2:
        return None
    (first, one), (second, other) = sorted(dated, key=lambda pair: pair[1].period)
    if one.period == other.period or one.unit != other.unit or not _is_one_measure(one, other):
        return None
    return _said(other, one, (first, second), other.period, one.period)


def _is_one_measure(one: Figure, other: Figure) -> bool:
    """Whether nothing but periods stands between two figures, or apart in their columns' heads."""
    passage = one.evidence.passage
    if passage.key != other.evidence.passage.key:
        return False
    if passage.kind is Kind.TABLE_ROW and column_of(one) != column_of(other):
        heads = [_undated(passage.heads[column_of(figure) :][:1]) for figure in (one, other)]
        return bool(passage.heads) and heads[0] == heads[1]
    first, second = sorted((one, other), key=lambda figure: figure.start)
    return not _undated([passage.text[first.end : second.start]])


def _undated(texts: Sequence[str]) -> list[str]:
    """The words of texts that tell more than a period."""
    said = [word for text in texts for word in words(text)]
    return [word for word in said if not (word[0].isdigit() or word in OF_TIME | SMALL_WORDS)]


def _said(
    one: Figure, other: Figure, sources: tuple[int, int], label: str, beside: str
) -> WorkedOut:
    gap = Decimal(str(one.value)) - Decimal(str(other.value))
    way = "the same as" if not gap else "above" if gap > 0 else "below"
    amount = f"{abs(gap).normalize():,f}"
    sized = f"£{amount}" if one.unit == "£" else f"{amount}{_UNITS.get(one.unit, '')}"
    text = f"{label} is {f'{sized} ' if gap else ''}{way} {beside}"
    return WorkedOut(text + _judged(float(gap), one), tuple(dict.fromkeys(sources)))


def _judged(gap: float, figure: Figure) -> str:
    """Whether a gap is for the better, where the measure's own words tell; or ""."""
    passage = figure.evidence.passage
    column = column_of(figure)
    own = " ".join([*passage.cells[:1], *passage.heads[column : column + 1]])
    said = [own] if passage.kind is Kind.TABLE_ROW else [passage.text]
    more = polarity_of([*said, passage.caption, passage.lead, *passage.trail[:-3:-1]])
    if not gap or not more:
        return ""
    good, way = ("better" if gap * more > 0 else "worse"), ("higher" if more > 0 else "lower")
    return f": {good}, as {way} is better"
