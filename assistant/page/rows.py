"""A cited table row as a small table, with its column heads and the rows next to it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.page.words import escape, marked
from assistant.papers import Kind
from assistant.passages import Passage

JOINED = " | "


def is_table_row(passage: Passage) -> bool:
    """Whether a passage is one row whose cells can be told apart in its text."""
    filled = [cell for cell in passage.cells if cell]
    return passage.kind is Kind.TABLE_ROW and JOINED.join(filled) == passage.text


def table(evidence: Evidence, around: Sequence[Passage]) -> str:
    """The row with the cited cells marked, between its neighbours of the same table."""
    cited = evidence.passage
    rows = [one for one in around if _is_beside(one, cited)]
    if cited.key not in [row.key for row in rows]:
        rows = [cited]
    body = "".join(
        _row(_marked_cells(evidence), "cited") if row.key == cited.key else _plain(row)
        for row in rows
    )
    # The headings above may end with the table's title already.
    titled = cited.caption and cited.caption not in cited.trail
    caption = f"<caption>{escape(cited.caption)}</caption>" if titled else ""
    # A wide table scrolls within its own box, which the keyboard must reach too.
    return (
        '<div class="table" tabindex="0" role="region" aria-label="Table from the paper">'
        f"<table>{caption}{_heads(cited)}<tbody>{body}</tbody></table></div>"
    )


def _is_beside(row: Passage, cited: Passage) -> bool:
    return (
        is_table_row(row)
        and (row.paper, row.table, row.heads) == (cited.paper, cited.table, cited.heads)
        and len(row.cells) == len(cited.cells)
    )


def _heads(cited: Passage) -> str:
    if not any(cited.heads):
        return ""
    cells = "".join(
        f'<th scope="col">{escape(head)}</th>' if head else "<td></td>" for head in cited.heads
    )
    return f"<thead><tr>{cells}</tr></thead>"


def _plain(row: Passage) -> str:
    return _row([escape(cell) for cell in row.cells], "grey")


def _row(cells: Sequence[str], kind: str) -> str:
    return f'<tr class="{kind}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _marked_cells(evidence: Evidence) -> list[str]:
    """The cells as HTML, marked where the evidence covers them; a blank one stays blank."""
    cells, at = [], 0
    for cell in evidence.passage.cells:
        if not cell:
            cells.append("")
            continue
        start, end = max(evidence.start - at, 0), min(evidence.end - at, len(cell))
        cells.append(marked(cell, start, end) if start < end else escape(cell))
        at += len(cell) + len(JOINED)
    return cells


def cell_at(row: Passage, offset: int) -> int:
    """The number of the cell that holds the character at `offset` of a row's text."""
    at = 0
    for number, cell in enumerate(row.cells):
        if cell:
            at += len(cell) + len(JOINED)
            if offset < at:
                return number
    return len(row.cells) - 1
