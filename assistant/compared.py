"""Compared: the rows of a table's column, or the columns of its row, that a question ranks.

Only where every cell that is compared is a plain value of one unit: nothing is claimed of a table
with a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.binding import record_terms
from assistant.coverage import Wanted, held_of
from assistant.dating import is_of_period
from assistant.index import Index
from assistant.passages import Passage
from assistant.periods import months_in
from assistant.points import period_in
from assistant.questions import Question
from assistant.rankings import Ranking
from assistant.synonyms import ALIKE
from assistant.terms import stem, terms

FEWEST, MOST = 3, 60  # rows or columns that are compared
ROUNDING = Decimal("0.002")  # by which a printed sum may be off
# The share of what a question is about that the names of the values must hold
ABOUT = 0.6
_VALUE = re.compile(
    r"(?P<open>\()?(?P<sign>[-–−+])?\s?(?P<money>[£€$])?\s?(?P<sign2>[-–−])?"
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)\s?(?P<scale>m|k|bn|million|billion)?\s?"
    r"(?P<share>%|per cent)?\)?(?:\s?\([^()]*\))?\s?[*↑↓→]*",
    re.I,
)
_SCALES = {"k": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_DAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?s?\b", re.I)
_QUARTER = re.compile(r"\b(?:q|qtr|quarter) ?[1-4]\b", re.I)
# Rows that sum up or stand outside what is ranked
_NOT_RANKED = re.compile(
    r"\b(?:totals?|overall|all|average|avg|mean|median|national|nationally|england|wales|uk"
    r"|target|benchmark|neighbours?)\b",
    re.I,
)
_ANY_KIND = frozenset(terms("area place part one thing group type kind"))
_OF_MANY = re.compile(r"\b(?:by|per|each) (\w+)|\b(\w+s)\b", re.I)
_SPELT = "one two three four five six seven eight nine ten eleven twelve"
_DIGITS = {term: str(at) for at, term in enumerate(terms(_SPELT), 1)}
_DIFFERENCE = frozenset(terms("change difference variance gap movement v vs versus rank"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One of those that are compared: its name, its value, and the cell that holds it."""

    label: str
    value: Decimal
    unit: str
    row: Passage
    column: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows of a column, or the columns of a row, all with a value of one unit."""

    entries: tuple[Entry, ...]
    what: str  # "rows" or "columns"
    beside: tuple[Entry, ...] = ()  # rows that are not ranked: totals, the nation
    share: float = 0.0  # of what the question is about that the table holds
    day: date = date.min  # of its paper's meeting


def compared_in(
    question: Question, ranking: Ranking, rows: Sequence[Passage], index: Index
) -> Compared | None:
    """What of a table the question compares, where the table is about what it asks."""
    if len({_kind_of_time(head) for head in rows[0].heads[1:]} & {ranking.time} - {""}):
        compared = _across(question, ranking, rows, index)
    else:
        compared = _down(question, ranking, rows, index)
        compared = compared or _across(question, ranking, rows, index)
    if compared is None or len({one.unit for one in compared.entries}) != 1:
        return None
    if not _is_of_kind(ranking, compared, rows):
        return None
    winner = compared.entries[0].row
    traits = index.store.traits([winner.key])[0]
    record = index.store.records[winner.paper]
    labels = {term for row in rows for term in terms(row.cells[0])}
    beside = traits.beside.union(traits.terms, labels, record_terms(record))
    matter = question.own - ranking.own_terms - _of_time(question) - set(terms(record.council))
    wanted = Wanted(matter, index.words, question.alternates)
    share = wanted.share(_spelt(beside), of_none=1.0)
    near = wanted.share(_spelt(_named_by(compared)), of_none=1.0)
    if min(share, near) < ABOUT or not is_of_period(question, winner, traits, record):
        return None
    return replace(compared, share=share, day=winner.meeting_date or date.min)


def _named_by(compared: Compared) -> set[str]:
    """The terms of what names the values: the head or label, and the title of the table."""
    row, column = compared.entries[0].row, compared.entries[0].column
    own = row.cells[0] if compared.what == "columns" else row.heads[column]
    return set(terms(" ".join((own, row.heads[0], row.caption, *row.trail[-2:]))))


def _spelt(held: Set[str]) -> set[str]:
    """Terms with the words of the small numbers among them: a question spells "three"."""
    return {*held, *(term for term, digit in _DIGITS.items() if digit in held)}


def _is_of_kind(ranking: Ranking, compared: Compared, rows: Sequence[Passage]) -> bool:
    """Whether those compared are what the question asks for one of: months, localities."""
    if ranking.time:
        return all(_kind_of_time(entry.label) == ranking.time for entry in compared.entries)
    noun = set(terms(ranking.noun)) - _ANY_KIND
    alike = noun.union(*(ALIKE.get(term, ()) for term in noun))
    title = f"{rows[0].caption}. {' '.join(rows[0].trail[-1:])}"
    said = {*terms(rows[0].heads[0]), *(term for row in rows for term in terms(row.cells[0]))}
    # "Sites by district", "Localities": a title in the singular tells of one alone.
    said.update(stem(word.lower()) for one in _OF_MANY.findall(title) for word in one if word)
    return not noun or bool(alike & said)


def _of_time(question: Question) -> frozenset[str]:
    own = frozenset(term for term in question.own if months_in(term) or term[:4].isdigit())
    return own | {stem(word) for word in ("month", "quarter", "weekday", "day", "year", "between")}


def _kind_of_time(head: str) -> str:
    """Which kind of time a head or label names, or ""."""
    if _DAY.match(head.strip()):
        return "day"
    if _QUARTER.search(head):
        return "quarter"
    if months_in(head):
        return "month"
    return "year" if period_in(head) else ""


def cell_value(text: str) -> tuple[Decimal, str] | None:
    """The value that a cell holds and nothing else, with its unit; a bracket behind it aside."""
    found = _VALUE.fullmatch(text.strip())
    if not found:
        return None
    value = Decimal(found["number"].replace(",", ""))
    value *= Decimal(10) ** _SCALES.get((found["scale"] or "").lower(), 0)
    minus = (found["sign"] or found["sign2"] or "+") in "-–−" or found["open"]
    unit = found["money"] or ("%" if found["share"] else "")
    return (-value if minus else value), unit


def _down(
    question: Question, ranking: Ranking, rows: Sequence[Passage], index: Index
) -> Compared | None:
    """The rows of the column that the question names."""
    column = _column(question, ranking, rows, index)
    if not column:
        return None
    ranked: list[Entry] = []
    beside: list[Entry] = []
    for row in rows:
        value = cell_value(row.cells[column])
        aside = not row.cells[0] or _is_aside(row, ranking, index)
        if value is None:
            if aside or not any(row.cells[1:]):
                continue
            return None
        (beside if aside else ranked).append(Entry(row.cells[0], *value, row, column))
    ranked = _unsummed(ranked)
    if not FEWEST <= len(ranked) <= MOST:
        return None
    return Compared(tuple(ranked), "rows", tuple(beside))


def _unsummed(entries: Sequence[Entry]) -> list[Entry]:
    """Those that are no sum of what stands above them, whatever they are called."""
    kept: list[Entry] = []
    total = Decimal(0)
    for entry in entries:
        off = abs(entry.value - total)
        if len(kept) > 1 and total and off <= abs(total) * ROUNDING:
            continue
        kept.append(entry)
        total += entry.value
    return kept


def _is_aside(row: Passage, ranking: Ranking, index: Index) -> bool:
    """Whether a row is none of those ranked: a total, the nation, the council itself."""
    label = row.cells[0]
    council = set(terms(index.store.records[row.paper].council)) - set(terms("council"))
    peers = re.search(r"council|authorit|neighbour|region|area", ranking.noun)
    own = set(terms(label))
    if ranking.than and own & set(terms(ranking.than)):
        return True
    return bool(_NOT_RANKED.search(label)) or bool(own and own <= council and not peers)


def _column(question: Question, ranking: Ranking, rows: Sequence[Passage], index: Index) -> int:
    """The column whose head the question names best, or the only one with values; or 0."""
    heads = rows[0].heads
    columns = [c for c in range(1, len(heads)) if any(cell_value(row.cells[c]) for row in rows)]
    if len(columns) == 1:
        return columns[0]
    return _named([(c, heads[c]) for c in columns], question, ranking, index)


def _named(
    texts: Sequence[tuple[int, str]], question: Question, ranking: Ranking, index: Index
) -> int:
    """The number of the text that holds most of the question, and then least else; 0 for a tie.

    The numbers of the question come first: "3 or more placements", "Year 11".
    """
    own = question.own - ranking.own_terms
    own |= {_DIGITS[term] for term in own if term in _DIGITS}
    others = {term for term in own for sets in question.alternates.get(term, ()) for term in sets}

    numbers = {term for term in own if term.isdigit() and len(term) < 4}

    def fit(text: str) -> tuple[int, float, float]:
        said = set(terms(text))
        held = sum(map(index.words.rarity, held_of(own, said, question.alternates)))
        off = len(said & _DIFFERENCE - own)
        return len(said & numbers), round(held - 10 * off, 3), -len(said - own - others)

    ranked = sorted(((fit(text), at) for at, text in texts), reverse=True)
    if not ranked or ranked[0][0][1] <= 0:
        return 0
    tied = len(ranked) > 1 and ranked[1][0] == ranked[0][0]
    return 0 if tied else ranked[0][1]


def _across(
    question: Question, ranking: Ranking, rows: Sequence[Passage], index: Index
) -> Compared | None:
    """The columns of the row that the question names, of one kind of time where it asks for one."""
    at = _named([(n, row.cells[0]) for n, row in enumerate(rows, 1)], question, ranking, index)
    if not at or ranking.than:
        return None
    row = rows[at - 1]
    columns = [c for c in range(1, len(row.heads)) if _is_column(row.heads[c], ranking)]
    values = [(c, cell_value(row.cells[c])) for c in columns]
    entries = [Entry(row.heads[c], *value, row, c) for c, value in values if value]
    if len(entries) != len(columns) or not FEWEST <= len(entries) <= MOST:
        return None
    return Compared(tuple(entries), "columns")


def _is_column(head: str, ranking: Ranking) -> bool:
    if not ranking.time:
        return bool(head) and not _NOT_RANKED.search(head) and not _DIFFERENCE & set(terms(head))
    if _kind_of_time(head) != ranking.time:
        return False
    months = [int(month[-2:]) for month in months_in(head)]
    return not ranking.months or bool(months and months[0] in ranking.months)
