"""The cells of a table: its lines sorted into rows, and each row into columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from assistant.columns import row_groups
from assistant.grids import Region
from assistant.lines import Line, joined_lines
from assistant.sheet import Rule


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell, and the columns it stands in."""

    first: int
    last: int
    text: str
    bold: bool
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that hold words, from the left."""

    top: float
    bottom: float
    cells: tuple[Cell, ...]

    def texts(self, columns: int) -> tuple[str, ...]:
        """One text a column, "" where the cell is blank."""
        texts = [""] * columns
        for cell in self.cells:
            texts[cell.first] = f"{texts[cell.first]} {cell.text}".strip()
        return tuple(texts)


def rows_in(region: Region, lines: list[list[Line]], edges: list[float]) -> list[Row]:
    """The lines sorted into bands between rulings, and within a band into rows."""
    levels = _levels(region)
    bands = _bands(lines, levels)
    # With lines only above, below and under the head, the body is one band of many rows.
    closed = len(levels) > (2 if region.upright else 4) or len(levels) > 0.5 * len(lines)
    split = {band: row_groups(bands[band], closed) for band in bands}
    if region.upright and all(len(groups) == 1 for groups in split.values()):
        _merge_down(bands, edges, levels, region.across)
    rows: list[Row] = []
    for band in sorted(bands):
        runs_of = bands[band]
        for group in row_groups(runs_of, closed):
            rows.append(_row([runs_of[index] for index in group], edges))
    return [row for row in rows if row.cells]


def _levels(region: Region) -> list[float]:
    levels = [region.top]
    for rule in sorted(region.across):
        if rule.at > levels[-1] + 4:
            levels.append(rule.at)
    return levels


def _bands(lines: list[list[Line]], levels: list[float]) -> dict[int, list[list[Line]]]:
    bands: dict[int, list[list[Line]]] = {}
    for line in lines:
        by_band: dict[int, list[Line]] = {}
        for run in line:
            middle = (run.top + run.bottom) / 2
            by_band.setdefault(max(0, bisect_right(levels, middle) - 1), []).append(run)
        for band, runs in by_band.items():
            bands.setdefault(band, []).append(runs)
    return bands


def _merge_down(
    bands: dict[int, list[list[Line]]],
    edges: list[float],
    levels: list[float],
    across: tuple[Rule, ...],
) -> None:
    """Moves the lines of a cell that spans several bands up into its first band."""
    for band in sorted(bands, reverse=True):
        if band - 1 not in bands or band == 0:
            continue
        for column in range(len(edges) - 1):
            middle = (edges[column] + edges[column + 1]) / 2
            ruled = any(
                abs(rule.at - levels[band]) < 4 and rule.start - 2 <= middle <= rule.end + 2
                for rule in across
            )
            if not ruled and not _both_in_step(bands, band, edges, column):
                _move_up(bands, band, edges, column)


def _in_column(run: Line, edges: list[float], column: int) -> bool:
    middle = (max(run.left, edges[0]) + min(run.right, edges[-1])) / 2
    return edges[column] <= middle <= edges[column + 1]


def _both_in_step(
    bands: dict[int, list[list[Line]]], band: int, edges: list[float], column: int
) -> bool:
    """Whether the column has words level with others' in both bands: two rows, not one cell."""

    def in_step(lines: list[list[Line]]) -> bool:
        return any(
            len(line) > 1 and any(_in_column(run, edges, column) for run in line) for line in lines
        )

    return in_step(bands[band]) and in_step(bands[band - 1])


def _move_up(
    bands: dict[int, list[list[Line]]], band: int, edges: list[float], column: int
) -> None:
    moving = [[run for run in line if _in_column(run, edges, column)] for line in bands[band]]
    bands[band] = [
        [run for run in line if not _in_column(run, edges, column)] for line in bands[band]
    ]
    bands[band] = [line for line in bands[band] if line]
    bands[band - 1] += [line for line in moving if line]


def _row(lines: list[list[Line]], edges: list[float]) -> Row:
    runs = [run for line in lines for run in line]
    cells: dict[int, tuple[int, list[Line]]] = {}
    for run in runs:
        first, last = _span(run, edges)
        for start, (end, _) in cells.items():
            if start <= first <= end:
                first = start
        end, members = cells.get(first, (last, []))
        cells[first] = (max(end, last), [*members, run])
    return Row(
        min(run.top for run in runs),
        max(run.bottom for run in runs),
        tuple(_cell(first, *cells[first]) for first in sorted(cells)),
    )


def _cell(first: int, last: int, runs: list[Line]) -> Cell:
    return Cell(
        first,
        last,
        joined_lines([run.text for run in runs]),
        all(run.bold for run in runs),
        min(run.left for run in runs),
        max(run.right for run in runs),
        min(run.top for run in runs),
        max(run.bottom for run in runs),
    )


def _span(run: Line, edges: list[float]) -> tuple[int, int]:
    """The columns that the run lies in, by more than a sliver."""
    width = max(run.right - run.left, 1.0)
    over = [
        column
        for column, (left, right) in enumerate(pairwise(edges))
        if min(run.right, right) - max(run.left, left) > min(0.5 * width, 3.0)
    ]
    if over:
        return over[0], over[-1]
    middle = (run.left + run.right) / 2
    column = min(max(bisect_right(edges, middle) - 1, 0), len(edges) - 2)
    return column, column
