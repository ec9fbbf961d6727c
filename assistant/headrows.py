"""Head rows: rows that name the columns of their table, and answer nothing by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from assistant.index import Index
from assistant.papers import Kind
from assistant.passages import Passage
from assistant.reader import Scored


def from_values(spans: Sequence[Scored], index: Index) -> list[Scored]:
    """The spans, best first, from the first on that is of no head row."""
    return list(dropwhile(lambda one: names_columns(one.span.passage, index), spans))


def names_columns(passage: Passage, index: Index) -> bool:
    """Whether all cells of a row are heads of the rows below it."""
    cells = {cell.strip() for cell in passage.cells if cell.strip()}
    if passage.kind is not Kind.TABLE_ROW or any(passage.heads) or len(cells) < 2:
        return False
    below = [one for one in index.store.table(passage.paper, passage.table) if any(one.heads)]
    heads = {part.strip() for one in below for head in one.heads for part in head.split(" > ")}
    return cells <= heads
