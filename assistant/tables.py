"""Finds the tables of a page, ruled or not, and rebuilds their rows from where words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from assistant.cells import Row, rows_in
from assistant.columns import MARK, column_gaps, is_figure, is_year, stacked
from assistant.glyphs import Word
from assistant.grids import Region, ruled_regions
from assistant.heads import head_names, head_rows
from assistant.lines import Line, line_of, names_table
from assistant.sheet import Sheet


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
    for region in (
        part
        for narrow in ruled_regions(sheet)
        for part in _between_titles(_widened(narrow, words), words)
    ):
        inside = [word for word in words if region.holds(word)]
        table = _table(region, inside) if inside else None
        if table:
            table, taken = _with_open_ends(table, inside, words)
            table, taken = _with_heads_above(table, taken, words)
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


def _between_titles(region: Region, words: list[Word]) -> list[Region]:
    """The tables in a stack of rules across the page, without the text that stands between them.

    Text above the first row, such as a heading below the rule at the page's top, takes more room
    than rows do; between two tables the second one's title tells where it begins.
    """
    if region.upright or len(region.across) < 4:
        return [region]
    levels = sorted({rule.at for rule in region.across})
    bands = list(pairwise(levels))
    usual = median(below - above for above, below in bands)
    found: list[Region] = []
    start = levels[0]
    for at, (above, below) in enumerate(bands):
        lines = stacked([w for w in words if region.holds(w) and above < w.bottom < below + 1], ())
        cells = sum(map(_beside_others, lines))
        roomy = at == 0 and below - above > 2 * usual and len(lines) > 1 + 3 * cells
        named = any(names_table(row[0].text) for row in lines) and not cells
        if roomy or named:
            found.append(_part(region, start, above))
            start = below
    return [part for part in [*found, _part(region, start, levels[-1])] if len(part.across) > 2]


def _beside_others(row: list[Line]) -> bool:
    """Whether cells stand side by side, and not a number and the words of its paragraph."""
    return _tabular(row) and not (len(row) == 2 and MARK.match(row[0].text))


def _part(region: Region, top: float, bottom: float) -> Region:
    across = tuple(rule for rule in region.across if top - 1 < rule.at < bottom + 1)
    return replace(region, top=top, bottom=bottom, across=across)


def _with_open_ends(table: Table, inside: list[Word], words: list[Word]) -> tuple[Table, set[Word]]:
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


def _with_heads_above(table: Table, taken: set[Word], words: list[Word]) -> tuple[Table, set[Word]]:
    """Where the rulings begin below the heads, the short names right above them belong too."""
    region = table.region
    if table.heads or not region.upright:
        return table, taken
    inside = [w for w in words if region.left - 3 <= w.left and w.right <= region.right + 3]
    above = [w for w in inside if region.top - 60 < w.top and w.bottom <= region.top + 3]
    heads: list[list[Line]] = []
    top = region.top
    for row in reversed(stacked([w for w in above if w not in taken], ())):
        named = all(len(run.words) <= 4 and not _is_body(run.text) for run in row)
        if not named or top - row[0].bottom > 0.6 * row[0].size:
            break
        heads.append(row)
        top = min(run.top for run in row)
    columns = {bisect_right(table.edges, run.left + 1) for row in heads for run in row}
    if len(columns) < 2 or max(map(len, heads)) < 2:
        return table, taken
    more = {word for row in heads for run in row for word in run.words}
    wider = replace(region, top=top - 1)
    grown = _table(wider, [word for word in words if word in taken or word in more])
    if grown is None or not grown.heads or grown.columns != table.columns:
        return table, taken
    return grown, taken | more


def _is_body(text: str) -> bool:
    return is_figure(text) and not is_year(text)


def _table(region: Region, words: list[Word]) -> Table | None:
    rows = stacked(words, region.upright)
    edges = _column_edges(region, rows)
    rows = [_walled([part for run in row for part in _cut(run, edges)], region) for row in rows]
    grouped = rows_in(region, rows, edges)
    kept = sorted({cell.first for row in grouped for cell in row.cells})
    if len(kept) < 2 or len(grouped) < 2 or _mostly_empty(grouped, len(kept)):
        return None
    edges, grouped = _without_empty(edges, grouped, kept)
    heads = head_rows(grouped, len(edges) - 1)
    names = head_names(grouped[:heads], edges, region)
    return Table(region, tuple(edges), tuple(grouped), heads, names)


def _walled(row: list[Line], region: Region) -> list[Line]:
    """Runs between the same two walls are one cell, where other rows have a wall between."""
    middle = (row[0].top + row[0].bottom) / 2
    walls = sorted(rule.at for rule in region.upright if rule.start < middle < rule.end)
    if len(row) < 2 or len(walls) < 3:
        return row
    joined = [row[0]]
    for run in row[1:]:
        last = joined[-1]
        room = bisect_right(walls, last.left)
        crossed = any(last.right - 1 < rule.at < run.left + 1 for rule in region.upright)
        words = not is_figure(last.text) and not is_figure(run.text)
        if crossed and words and 0 < room < len(walls) and bisect_right(walls, run.left) == room:
            joined[-1] = line_of(last.words + run.words)
        else:
            joined.append(run)
    return joined


def _cut(run: Line, edges: list[float]) -> list[Line]:
    """The run cut where a column ends, if the words there stand a little further apart."""
    gaps = [after.left - before.right for before, after in pairwise(run.words)]
    parts: list[list[Word]] = [[run.words[0]]]
    for index, (before, after) in enumerate(pairwise(run.words)):
        others = gaps[:index] + gaps[index + 1 :]
        wide = gaps[index] > max(0.33 * before.size, 1.25 * median(others or [0.0]))
        if wide and any(before.left < edge < after.right for edge in edges):
            parts.append([])
        parts[-1].append(after)
    return [line_of(part) for part in parts]


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


def _plain_regions(words: list[Word], tables: list[Table]) -> list[tuple[Region, list[Word]]]:
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
