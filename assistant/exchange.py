"""Exchanges: the cell that a follow-up asks for in the table that answered the turn before.

After "12% for Dorset" a bare "and England?" asks for the cell in the row or column of the one that
was told, where the name or the period is another and all else the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers import Answer, Citation, Part, write_text
from assistant.conversation import Followed, Whole
from assistant.evidence import numbers_in, quotes
from assistant.figures import figures_in, values_in
from assistant.index import Index
from assistant.leaning import asks_itself
from assistant.lexical import highest
from assistant.papers import Kind
from assistant.passages import Passage, cell_spans
from assistant.periods import years_in
from assistant.picking import told
from assistant.questions import Question, kind_asked
from assistant.synonyms import ALIKE
from assistant.terms import terms
from assistant.traits import Asked

# Turns back of which a table may have answered one, and passages with a turn's words looked at
TURNS_BACK, LOOKED_AT = 2, 40
# Passages that hold less of a turn's words than this share of what the best holds are of others
LEAST_HELD = 0.4
# What a cell is lifted by that holds the figure told first
FIRST = 0.3
# A fragment that names more than this asks for more than another cell
MOST_NAMED = 3
# Letters of a column head that shorten a word: "Nat", "Aug"
SHORTENED = 3
# What a fragment says of a figure besides which one it asks for
_OF_FIGURES = frozenset(
    terms("figure number rate percentage share score level value average same group one yes too")
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its row, and its column from 0."""

    row: Passage
    column: int

    @property
    def name(self) -> frozenset[str]:
        """The terms of its row's label and its column's head."""
        words = [*_label(self.row), self.row.heads[self.column]]
        return frozenset(terms(" ".join(words))) | years_in(" ".join(words))

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.row.cells[self.column]


def exchanged(whole: Whole, index: Index) -> Cell | None:
    """The cell that a fragment puts in the place of one that was told; None where none is there."""
    if whole.lent is None or asks_itself(whole.core) or kind_asked(whole.core) is not Asked.FACT:
        return None
    asked = (frozenset(terms(whole.core)) - _OF_FIGURES) | years_in(whole.core)
    if not asked or len(asked) > MOST_NAMED:
        return None
    tried = (_told_in(one, index) for one in whole.follows[:TURNS_BACK])
    told = next((cells for cells in tried if cells), [])
    return next((other for cell in told if (other := _other(cell, asked, index))), None)


def told_cell(cell: Cell, question: Question, index: Index) -> Answer:
    """The cell with its row's label and its column's head, cited with its row."""
    spans = cell_spans(cell.row)
    filled = [at for at, text in enumerate(cell.row.cells) if text]
    label = [at for at in range(len(_label(cell.row))) if at in filled and at != cell.column]
    shown = [spans[filled.index(at)][:2] for at in [*label, cell.column]]
    chosen = quotes(cell.row, shown)
    record = index.store.records[cell.row.paper]
    citations = tuple(
        Citation(number, one.evidence, record) for number, one in enumerate(chosen, 1)
    )
    parts = [
        Part(told(one.evidence.passage, one.shown), number) for number, one in enumerate(chosen, 1)
    ]
    figures = tuple(figure for one in chosen for figure in figures_in(one.evidence, one.shown))
    return Answer(write_text(parts), citations, figures, question=question)


def _told_in(followed: Followed, index: Index) -> list[Cell]:
    """The cells that hold a figure that a turn told first, likeliest first."""
    first = followed.turn.told.split(" [", 1)[0]
    figures = [number for value in values_in(first) for number in numbers_in(value)]
    if not figures:
        return []
    weights = {**followed.weights, **dict.fromkeys(terms(followed.turn.told), 1.0)}
    weights |= dict.fromkeys(figures, 1.0)
    scores = index.words.scores(weights) + index.all.scores(weights)
    best = highest(scores, LOOKED_AT)
    least = LEAST_HELD * scores[best[0]] if best else 0.0
    cells = [
        Cell(row, column)
        for row in index.store.get(best)
        if scores[row.key] >= least and _is_plain(row)
        for column, cell in enumerate(row.cells)
        if column and any(number in figures for number in numbers_in(cell))
    ]

    def fits(cell: Cell) -> float:
        said = len(cell.name & followed.weights.keys()) / max(len(cell.name), 1)
        first = figures[0] in numbers_in(cell.text)
        return said + float(scores[cell.row.key] / scores[best[0]]) + FIRST * first

    return sorted(cells, key=fits, reverse=True)


def _other(told: Cell, asked: frozenset[str], index: Index) -> Cell | None:
    """The cell of the told one's table named by what is asked and else as that one is."""
    if _names(told, asked):
        return None
    rows = index.store.table(told.row.paper, told.row.table)
    cells = [
        Cell(row, column)
        for row in rows
        if _is_plain(row) and len(row.cells) == len(told.row.cells)
        for column in range(1, len(row.cells))
    ]
    found = [
        cell
        for cell in cells
        if values_in(cell.text) and _names(cell, asked) and _without(cell.name, asked) <= told.name
    ]

    def apart(cell: Cell) -> tuple[int, int, int]:
        lost = len(told.name - cell.name)
        return lost, abs(cell.row.key - told.row.key), abs(cell.column - told.column)

    return min(found, key=apart, default=None)


def _names(cell: Cell, asked: frozenset[str]) -> bool:
    """Whether a cell's name holds all that is asked."""
    return all(_without(cell.name, frozenset({one})) != cell.name for one in asked)


def _without(name: frozenset[str], asked: frozenset[str]) -> frozenset[str]:
    """A name without the terms that say what is asked."""
    wanted = asked.union(*(ALIKE.get(one, ()) for one in asked))
    return frozenset(
        term
        for term in name
        if term not in wanted
        and not (
            len(term) >= SHORTENED and term.isalpha() and any(w.startswith(term) for w in wanted)
        )
    )


def _label(row: Passage) -> list[str]:
    """The cells of a row before its first value."""
    label: list[str] = []
    for cell in row.cells:
        if label and values_in(cell):
            break
        label.append(cell)
    return label


def _is_plain(row: Passage) -> bool:
    """Whether a passage is a row whose cells stand under heads."""
    return (
        row.kind is Kind.TABLE_ROW
        and bool(row.table)
        and len(row.heads) == len(row.cells)
        and bool(cell_spans(row))
    )
