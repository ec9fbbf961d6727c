"""Finds the tables of a page, ruled or not, and rebuilds their rows from where words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.columns import column_gaps, is_figure, is_year, row_groups, stacked
from assistant.grids import Region, ruled_regions
from assistant.sheet import Line, Rule, Sheet, Word, joined_lines

MOST_HEADS = 5  # a table's head is at most this many rows deep


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell, and the columns it stands in."""

    first: int
    last: int
    text: str
    bold: bool
    left: float
    right: float


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


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows; the first `heads` of them name the columns."""

    region: Region
    edges: tuple[float, ...]
    rows: tuple[Row, ...]
    heads: int
    names: tuple[str, ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.edges) - 1


def find_tables(sheet: Sheet) -> tuple[list[Table], list[Word]]:
    """The page's tables, and the words that stand in none."""
    words = list(sheet.words)
    tables: list[Table] = []
    for narrow in ruled_regions(sheet):
        region = _widened(narrow, words)
        inside = [word for word in words if region.holds(word)]
        table = _table(region, inside) if inside else None
        if table:
            table, taken = _with_open_ends(table, inside, words)
            tables.append(table)
            words = [word for word in words if word not in taken]
    for region, inside in _plain_regions(words, tables):
        table = _table(region, inside)
        if table:
            tables.append(table)
            gone = set(inside)
            words = [word for word in words if word not in gone]
    return tables, words


def _widened(region: Region, words: list[Word]) -> Region:
    """A spreadsheet's shaded columns, with the plain columns that stand beside them."""
    inside = [word for word in words if region.holds(word)]
    if 2 * sum(is_figure(word.text) for word in inside) < len(inside) or len(inside) < 20:
        return region
    levels = {round(word.bottom) for word in inside if is_figure(word.text)}
    beside = [
        word
        for word in words
        if region.top - 2 <= word.top and word.bottom <= region.bottom + 2
        if word.right <= region.left + 2 or word.left >= region.right - 2
    ]
    level = {round(word.bottom) for word in beside} & levels
    if len(level) < 0.6 * len(levels):
        return region
    return replace(
        region,
        left=min(region.left, *(word.left - 2 for word in beside)),
        right=max(region.right, *(word.right + 2 for word in beside)),
    )


def _with_open_ends(
    table: Table, inside: list[Word], words: list[Word]
) -> tuple[Table, set[Word]]:
    """Where only lines part the rows, the head above and the last row below belong too."""
    taken = set(inside)
    region = table.region
    if region.upright:
        return table, taken
    size = inside[0].size
    top, bottom = region.top, region.bottom
    beside = [w for w in words if region.left - 3 <= w.left and w.right <= region.right + 3]
    rows = stacked([word for word in beside if word not in taken], ())
    for row in reversed([row for row in rows if row[0].bottom <= region.top + 2]):
        if len(row) < 2 or top - row[0].bottom > 1.2 * size:
            break
        top = row[0].top
    for row in [row for row in rows if row[0].top >= region.bottom - 2]:
        if len(row) < 2 or row[0].top - bottom > 1.2 * size:
            break
        bottom = row[0].bottom
    if (top, bottom) == (region.top, region.bottom):
        return table, taken
    wider = replace(region, top=top, bottom=bottom)
    more = [word for word in beside if wider.holds(word)]
    return _table(wider, more) or table, taken | set(more)


def _table(region: Region, words: list[Word]) -> Table | None:
    rows = stacked(words, region.upright)
    edges = _column_edges(region, rows)
    grouped = _rows(region, rows, edges)
    kept = sorted({cell.first for row in grouped for cell in row.cells})
    if len(kept) < 2 or len(grouped) < 2 or _mostly_empty(grouped, len(kept)):
        return None
    edges, grouped = _without_empty(edges, grouped, kept)
    heads = _head_rows(grouped, len(edges) - 1)
    names = _names(grouped[:heads], edges, region)
    return Table(region, tuple(edges), tuple(grouped), heads, names)


def _mostly_empty(rows: list[Row], columns: int) -> bool:
    """A drawing with a few labels, or boxed text with one stray second cell, is no table."""
    paired = sum(len(row.cells) > 1 for row in rows)
    cells = sum(len(row.cells) for row in rows)
    return paired == 0 or (paired < 0.25 * len(rows) and cells < 0.3 * len(rows) * columns)


def _column_edges(region: Region, rows: Sequence[Sequence[Line]]) -> list[float]:
    real = [region.left]
    for rule in sorted(region.upright):
        if rule.at > real[-1] + 4 and rule.at < region.right - 4:
            real.append(rule.at)
    real.append(region.right)
    edges = [real[0]]
    for left, right in pairwise(real):
        edges += column_gaps(rows, left, right)
        edges.append(right)
    return edges


def _without_empty(
    edges: list[float], rows: list[Row], kept: list[int]
) -> tuple[list[float], list[Row]]:
    place = {column: bisect_right(kept, column) - 1 for column in range(len(edges) - 1)}
    slim = [edges[column] for column in kept] + [edges[-1]]
    slim[0] = edges[0]
    moved = [
        replace(
            row,
            cells=tuple(
                replace(cell, first=place[cell.first], last=max(place[cell.last], 0))
                for cell in row.cells
            ),
        )
        for row in rows
    ]
    return slim, moved


def _rows(region: Region, lines: list[list[Line]], edges: list[float]) -> list[Row]:
    """The lines sorted into bands between rulings, and within a band into rows."""
    levels = [region.top]
    for rule in sorted(region.across):
        if rule.at > levels[-1] + 4:
            levels.append(rule.at)
    bands: dict[int, list[list[Line]]] = {}
    for line in lines:
        by_band: dict[int, list[Line]] = {}
        for run in line:
            middle = (run.top + run.bottom) / 2
            by_band.setdefault(max(0, bisect_right(levels, middle) - 1), []).append(run)
        for band, runs in by_band.items():
            bands.setdefault(band, []).append(runs)
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


def _head_rows(rows: list[Row], columns: int) -> int:
    """How many rows at the top name the columns."""
    deep = next(
        (index for index, row in enumerate(rows) if _has_figures(row)), len(rows)
    )
    body = rows[deep:]
    if body and sum(map(_has_figures, body)) >= 0.3 * len(body) and deep <= MOST_HEADS:
        while deep > 1 and len(rows[deep - 1].cells) == 1 and not _is_unit(rows[deep - 1]):
            deep -= 1
        if deep == 1 and len(rows[0].cells) == 1:
            return 0
        return deep
    first, second = rows[0], rows[1]
    if len(first.cells) < 2:
        return 0
    if all(cell.bold for cell in first.cells) and not all(cell.bold for cell in second.cells):
        return 1
    words = [len(cell.text.split()) for cell in first.cells]
    rest = [len(cell.text.split()) for row in rows[1:] for cell in row.cells]
    short = max(words) <= 6 and sum(words) / len(words) < 0.5 * sum(rest) / max(len(rest), 1)
    return int(short and len(first.cells) == columns and columns > 2)


def _is_unit(row: Row) -> bool:
    return all(is_year(cell.text) or cell.text.startswith("(") for cell in row.cells)


def _has_figures(row: Row) -> bool:
    return any(is_figure(cell.text) and not is_year(cell.text) for cell in row.cells)


def _names(heads: list[Row], edges: list[float], region: Region) -> tuple[str, ...]:
    """Each column's name: a head over several columns comes first, then ` > `."""
    names: list[list[str]] = [[] for _ in edges[1:]]
    for depth, row in enumerate(heads):
        for cell in row.cells:
            first, last = cell.first, cell.last
            if depth < len(heads) - 1:
                first, last = _reach(cell, row, edges, region, len(row.cells))
            spans = last > first
            if spans and last - first == len(edges) - 2 and len(row.cells) == 1:
                continue
            for column in range(first, last + 1):
                names[column].append(cell.text + (" >" if spans else ""))
    return tuple(" ".join(parts).removesuffix(" >") for parts in names)


def _reach(
    cell: Cell, row: Row, edges: list[float], region: Region, others: int
) -> tuple[int, int]:
    """The columns that a head in an upper row stands over."""
    y = (row.top + row.bottom) / 2
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
        if -2 < rule.at - row.bottom < 8 and rule.start <= cell.left + 2 <= cell.right <= rule.end:
            over = [
                column
                for column, (a, b) in enumerate(pairwise(edges))
                if rule.start <= (a + b) / 2 <= rule.end
            ]
            if 1 < len(over) < len(edges) - 1:
                return over[0], over[-1]
    return cell.first, cell.last


def _plain_regions(
    words: list[Word], tables: list[Table]
) -> list[tuple[Region, list[Word]]]:
    """Runs of lines that stand in columns although nothing is ruled."""
    runs: list[list[list[Line]]] = [[]]
    loose = 0
    for row in stacked(words, ()):
        tabular = _tabular(row)
        if runs[-1]:
            last = runs[-1][-1][0]
            gap = row[0].top - last.bottom
            far = gap > 3 * last.size
            fenced = any(last.bottom - 2 <= t.region.top <= row[0].top + 2 for t in tables)
            loose = 0 if tabular else loose + 1
            if far or fenced or loose > 2 or _is_prose(row):
                runs.append([])
                loose = 0
        if tabular or runs[-1]:
            runs[-1].append(row)
    found: list[tuple[Region, list[Word]]] = []
    for run in runs:
        while run and not _tabular(run[-1]):
            run.pop()
        if _is_table(run):
            members = [word for row in run for part in row for word in part.words]
            found.append((_around(members), members))
    return found


def _tabular(row: list[Line]) -> bool:
    return len(row) >= 2 and not _is_prose(row)


def _is_prose(row: list[Line]) -> bool:
    """A line of running text, or of two columns of it."""
    words = [len(run.words) for run in row]
    if len(row) == 1:
        return words[0] > 9
    return sum(count > 5 for count in words) >= 2 or (len(row) == 2 and max(words) > 9)


def _is_table(rows: list[list[Line]]) -> bool:
    figures = [row for row in rows if len(row) > 1 and any(is_figure(run.text) for run in row[1:])]
    if len(figures) >= 2:
        return True
    wide = [row for row in rows if len(row) >= 3]
    starts = [round(run.left / 3) for row in wide for run in row[1:]]
    shared = sum(starts.count(start) >= 3 for start in starts)
    return len(wide) >= 3 and shared >= 0.6 * len(starts)


def _around(words: list[Word]) -> Region:
    return Region(
        min(word.left for word in words) - 2,
        min(word.top for word in words) - 1,
        max(word.right for word in words) + 2,
        max(word.bottom for word in words) + 1,
    )
