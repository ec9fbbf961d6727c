"""Which rows of a table name its columns, and what each column is called."""

from __future__ import annotations

from itertools import pairwise

from assistant.cells import Cell, Row
from assistant.columns import is_figure, is_year
from assistant.grids import Region
from assistant.lines import names_table

MIDDLE = 7.0  # a head this near to the middle of its columns stands in the middle
MOST_HEADS = 5  # a table's head is at most this many rows deep


def head_rows(rows: list[Row], columns: int) -> int:
    """How many rows at the top name the columns."""
    deep = next((index for index, row in enumerate(rows) if _has_figures(row)), len(rows))
    body = rows[deep:]
    if body and sum(map(_has_figures, body)) >= 0.3 * len(body) and deep <= MOST_HEADS:
        while deep > 1 and len(rows[deep - 1].cells) == 1 and not _is_unit(rows[deep - 1]):
            deep -= 1
        if deep == 1 and len(rows[0].cells) == 1:
            return 0
        return deep
    return _wordy_heads(rows, columns)


def _wordy_heads(rows: list[Row], columns: int) -> int:
    """The same for a table of words: a head is bold where the body is not, or short."""
    first = rows[0]
    if len(first.cells) < 2:
        return 0
    if _bold(first) and 2 * sum(map(_bold, rows[1:])) < len(rows):
        return 1
    words = [len(cell.text.split()) for cell in first.cells]
    rest = [len(cell.text.split()) for row in rows[1:] for cell in row.cells]
    short = max(words) <= 6 and sum(words) / len(words) < 0.5 * sum(rest) / max(len(rest), 1)
    covered = sum(cell.last - cell.first + 1 for cell in first.cells)
    if not (short and covered >= columns - 1 and columns > 2):
        return 0
    second = rows[1].cells
    below = len(rows) > 2 and len(second) > 1 and second[0].first > 0
    return 1 + (below and max(len(cell.text.split()) for cell in second) <= 6)


def _bold(row: Row) -> bool:
    return all(cell.bold for cell in row.cells)


def _is_unit(row: Row) -> bool:
    return all(is_year(cell.text) or cell.text.startswith("(") for cell in row.cells)


def _has_figures(row: Row) -> bool:
    return any(is_figure(cell.text) and not is_year(cell.text) for cell in row.cells)


def head_names(heads: list[Row], edges: list[float], region: Region) -> tuple[str, ...]:
    """Each column's name: a head over several columns comes first, then ` > `."""
    names: list[list[str]] = [[] for _ in edges[1:]]
    for depth, row in enumerate(heads):
        if depth == 0 and _is_title(heads, edges):
            continue
        tiled = _tiled(row, heads[-1]) if depth < len(heads) - 1 and not region.upright else None
        for at, cell in enumerate(row.cells):
            first, last = cell.first, cell.last
            if tiled:
                first, last = tiled[at]
            elif depth < len(heads) - 1:
                first, last = _reach(cell, row, edges, region, len(row.cells))
            spans = last > first
            if spans and last - first == len(edges) - 2 and len(row.cells) == 1:
                continue
            for column in range(first, last + 1):
                names[column].append(cell.text + (" >" if spans else ""))
    return tuple(" ".join(parts).removesuffix(" >") for parts in names)


def _is_title(heads: list[Row], edges: list[float]) -> bool:
    """Whether the first row names the whole table and no column: alone, and over the first."""
    first = heads[0].cells
    if len(heads) < 2 or len(first) != 1 or first[0].first != 0:
        return False
    below = heads[1].cells[0]
    named = below.first == 0 and not below.text[:1].islower()
    return names_table(first[0].text) or (named and first[0].right > edges[1] + 2)


def _tiled(row: Row, lowest: Row) -> list[tuple[int, int]] | None:
    """The columns under each head of a row without walls, where every head stands in the middle.

    The heads must share out all columns but the labels' on the left, or they are no groups.
    """
    columns = {cell.first: cell for cell in lowest.cells}
    last = max(columns)
    if row.cells[0].first == 0 or len(row.cells) > len(columns) / 2:
        return None
    for start in range(1, row.cells[0].first + 1):
        spans = _shared_out(row.cells, columns, start, last)
        if spans:
            return spans
    return None


def _shared_out(
    heads: tuple[Cell, ...], columns: dict[int, Cell], start: int, last: int
) -> list[tuple[int, int]] | None:
    """Spans from `start` to `last`, one for each head and with the head in its middle."""
    spans: list[tuple[int, int]] = []
    for at, head in enumerate(heads):
        ends = [last] if at + 1 == len(heads) else range(head.last, heads[at + 1].first)
        fit = [(_off_middle(head, columns, start, end), end) for end in ends if end >= start]
        best = min(fit, default=(99.0, 0))
        if best[0] > MIDDLE:
            return None
        spans.append((start, best[1]))
        start = best[1] + 1
    return spans


def _off_middle(head: Cell, columns: dict[int, Cell], start: int, end: int) -> float:
    """How far a head stands from the middle of the columns, in points; far where one is bare."""
    if start == end or any(column not in columns for column in range(start, end + 1)):
        return 99.0
    return abs(head.left + head.right - columns[start].left - columns[end].right) / 2


def _reach(
    cell: Cell, row: Row, edges: list[float], region: Region, others: int
) -> tuple[int, int]:
    """The columns that a head in an upper row stands over."""
    y = (cell.top + cell.bottom) / 2
    walls = [rule.at for rule in region.upright if rule.start - 1 <= y <= rule.end + 1]
    middle = (cell.left + cell.right) / 2
    left = max((wall for wall in walls if wall <= cell.left + 2), default=edges[0])
    right = min((wall for wall in walls if wall >= cell.right - 2), default=edges[-1])
    alone = not any(
        other is not cell and left < (other.left + other.right) / 2 < right for other in row.cells
    )
    centred = abs(middle - (left + right) / 2) < 0.15 * (right - left)
    if not (walls and alone and (centred or others > 1)):
        return _ruled_under(cell, row, edges, region)
    over = [
        column
        for column, (a, b) in enumerate(pairwise(edges))
        if left - 1 <= (a + b) / 2 <= right + 1
        and not (column == 0 and left == edges[0] and cell.left > b - 1 and left not in walls)
    ]
    return (over[0], over[-1]) if over else (cell.first, cell.last)


def _ruled_under(cell: Cell, row: Row, edges: list[float], region: Region) -> tuple[int, int]:
    """The columns under the rule that is drawn below the head."""
    for rule in region.across:
        below = -2 < rule.at - row.bottom < 8 or -2 < rule.at - cell.bottom < 8
        if below and rule.start <= cell.left + 2 <= cell.right <= rule.end:
            over = [
                column
                for column, (a, b) in enumerate(pairwise(edges))
                if rule.start <= (a + b) / 2 <= rule.end
            ]
            if 1 < len(over) < len(edges) - 1:
                return over[0], over[-1]
    return cell.first, cell.last
