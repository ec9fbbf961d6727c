"""Extremes: which row or column of a table is highest, lowest, or above a figure that is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.answers import Answer, Citation, Part, write_text
from assistant.compared import Compared, Entry, cell_value, compared_in
from assistant.evidence import quotes
from assistant.figures import column_of, figures_in
from assistant.index import Index
from assistant.lexical import highest
from assistant.passages import Passage, cell_spans
from assistant.picking import told
from assistant.polarity import polarity_of
from assistant.questions import Question
from assistant.rankings import Ranking
from assistant.reader import READ
from assistant.retriever import Hit
from assistant.synonyms import ALIKE
from assistant.terms import terms
from assistant.working import WorkedOut

SHOWN = 9  # of those that are above or below
BESIDE = 4  # passages between a part of a table and the next: its heads, a title
PARTS = 9  # tables that one may be parted into, on each side
TIED = 3  # of those that are equally high
TABLES = 10  # that are read, those near the hits first
LOOKED_AT = 200  # passages that hold most of the question's words


def rows_to_rank(question: Question, hits: Sequence[Hit], index: Index) -> tuple[Passage, ...]:
    """A row of each table that may tell of an extreme."""
    scores = index.all.scores(question.weights)
    nearby = [one for hit in hits[:READ] for one in hit.stretch]
    rows: dict[tuple[str, int], Passage] = {}
    for row in (*nearby, *index.store.get(highest(scores, LOOKED_AT))):
        if row.table and row.cells:
            rows.setdefault((row.paper, row.table), row)
    return tuple(rows.values())[:TABLES]


def extremes(
    question: Question, ranking: Ranking, rows: Sequence[Passage], index: Index
) -> Answer | None:
    """The winning rows or cells with their value, or None where no table lets them be told.

    `rows` are of the tables that are looked at.
    """
    tables = (whole for row in rows for whole in _tables(row, index))
    found = [one for whole in tables if (one := compared_in(question, ranking, whole, index))]
    if not found:
        return None
    compared = max(found, key=lambda one: (round(one.share, 2), one.day))
    if ranking.than:
        return _conditioned(question, ranking, compared, index)
    way = ranking.way * (_polarity(compared) if ranking.merit else 1)
    if not way:
        return None
    best = max(entry.value * way for entry in compared.entries)
    winners = [entry for entry in compared.entries if entry.value * way == best]
    if len(winners) > TIED:
        return None
    said = ("joint " if len(winners) > 1 else "") + ("highest" if way > 0 else "lowest")
    note = f"{said} of the {len(compared.entries)} {compared.what} compared"
    return _told(question, winners, note, index)


def _polarity(compared: Compared) -> int:
    row, column = compared.entries[0].row, compared.entries[0].column
    own = row.cells[0] if compared.what == "columns" else row.heads[column]
    return int(polarity_of([own, row.caption, *row.trail[:-3:-1]]))


def _conditioned(
    question: Question, ranking: Ranking, compared: Compared, index: Index
) -> Answer | None:
    """Those above or below a figure, behind the row that holds it where it is a row's."""
    mark = _mark(ranking, compared)
    if mark is None:
        return None
    floor, beside = mark
    over = [one for one in compared.entries if (one.value - floor) * ranking.way > 0]
    if len(over) > SHOWN or not (over or beside):
        return None
    way = "above" if ranking.way > 0 else "below"
    named = beside[0].label if beside else ranking.than
    note = f"{len(over)} of the {len(compared.entries)} {compared.what} are {way} {named}"
    return _told(question, [*over, *beside], note, index)


def _mark(ranking: Ranking, compared: Compared) -> tuple[Decimal, list[Entry]] | None:
    """The figure that others are set against, and the row that tells it, if one does."""
    if value := cell_value(ranking.than):
        return value[0], []
    wanted = set(terms(ranking.than))
    alike = wanted.union(*(ALIKE.get(term, ()) for term in wanted))
    for entry in compared.beside:
        own = set(terms(entry.label))
        if own & wanted or own & alike:
            return entry.value, [entry]
    return None


def _tables(one: Passage, index: Index) -> Iterator[list[Passage]]:
    """The rows of a row's table, and of those that go on with it, by their heads."""
    by_heads: dict[tuple[str, ...], list[Passage]] = {}
    for row in _whole(one, index):
        if any(row.heads) and cell_spans(row) and len(row.heads) == len(row.cells):
            by_heads.setdefault(row.heads, []).append(row)
    yield from by_heads.values()


def _whole(one: Passage, index: Index) -> list[Passage]:
    """All rows of a table, also where a page or a heading parts it into tables of one title."""
    rows = index.store.table(one.paper, one.table)
    own = (one.caption, one.heads, one.title)
    for step in (-1, 1):
        for far in range(1, PARTS):
            edge = rows[0] if step < 0 else rows[-1]
            beside = index.store.around(edge, *((BESIDE, 0) if step < 0 else (0, BESIDE)))
            next_one = one.table + step * far
            if own not in [(r.caption, r.heads, r.title) for r in beside if r.table == next_one]:
                break
            more = index.store.table(one.paper, next_one)
            rows = [*more, *rows] if step < 0 else [*rows, *more]
    return rows


def _told(question: Question, entries: Sequence[Entry], note: str, index: Index) -> Answer:
    """The rows with the cells that were compared, each cited, and what was worked out."""
    columns: dict[int, list[Entry]] = {}
    for entry in entries:
        columns.setdefault(entry.row.key, []).append(entry)
    chosen = []
    for held in columns.values():
        row = held[0].row
        filled = [at for at, cell in enumerate(row.cells) if cell]
        cells = cell_spans(row)
        wanted = [0, *(filled.index(entry.column) for entry in held)]
        chosen += quotes(row, [cells[at][:2] for at in dict.fromkeys(wanted)])
    citations = tuple(
        Citation(number, one.evidence, index.store.records[one.evidence.passage.paper])
        for number, one in enumerate(chosen, 1)
    )
    parts = [
        Part(told(one.evidence.passage, one.shown), number) for number, one in enumerate(chosen, 1)
    ]
    worked = (WorkedOut(note, tuple(one.number for one in citations)),)
    figures = tuple(
        figure
        for one in chosen
        for figure in figures_in(one.evidence, one.shown)
        if column_of(figure) in {entry.column for entry in entries}
    )
    return Answer(write_text(parts, worked), citations, figures, worked, question)
