"""Where white space parts the columns and the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from assistant.glyphs import Word
from assistant.lines import Line, line_of, rows_of, segments
from assistant.sheet import Rule

FIGURE = re.compile(
    r"^[(\[]?[-+–−~<>≤≥±c]{0,2} ?[£$€]?[-+–−]? ?\d[\d,]*(\.\d+)?"
    r" ?(%|p|k|m|bn|pp|£m|days?|years?)?[)\]*]{0,2}$|^[-–—]$|^n/?a$|^nil$",
    re.IGNORECASE,
)
YEAR = re.compile(r"^(19|20)\d\d([-/–]\d\d(\d\d)?)?$|^[£%#]?(000s?|m|k|bn)?$|^£ ?[’']?000s?$|^\d$")
MARK = re.compile(r"^([•●▪■◦‣⁃∙·○□➢❖✓\-–*o]|[\uf000-\uf0ff]|\(?\w{1,3}[.)]|\d+(\.\d+)*\.?)$")
CELL_GAP = 0.9  # words this many type sizes apart stand in two cells
FIGURE_GAP = 0.33  # two figures side by side stand in two cells however near they are


def is_figure(text: str) -> bool:
    """Whether a cell holds a number and nothing else (a dash or n/a stands for one)."""
    return bool(FIGURE.match(text.strip()))


def is_year(text: str) -> bool:
    """Whether a cell holds a year, a unit or a column number, as heads do."""
    return bool(YEAR.match(text.strip()))


def cells_on(row: list[Word], rules: Iterable[Rule]) -> list[Line]:
    """One row of words cut into the runs that may be cells; list marks stay with their text."""
    runs: list[list[Word]] = []
    for run in segments(row, CELL_GAP, rules):
        runs.append([run.words[0]])
        least = _least_gap(run)
        for before, after in pairwise(run.words):
            apart = after.left - before.right > least
            if apart and is_figure(before.text) and is_figure(after.text):
                runs.append([])
            runs[-1].append(after)
    return _marks_glued([line_of(run) for run in runs], list(rules))


def _least_gap(run: Line) -> float:
    """How far apart two figures of the run must stand to be two cells."""
    spaces = [
        after.left - before.right
        for before, after in pairwise(run.words)
        if not (is_figure(before.text) and is_figure(after.text))
    ]
    size = run.words[0].size
    return max(FIGURE_GAP * size, 1.6 * min(spaces)) if len(spaces) > 1 else FIGURE_GAP * size


def _marks_glued(runs: list[Line], rules: list[Rule]) -> list[Line]:
    glued: list[Line] = []
    for run in runs:
        last = glued[-1] if glued else None
        if (
            last is not None
            and len(last.words) == 1
            and MARK.match(last.text)
            and not last.text.isdigit()
            and not is_figure(run.text)
            and run.left - last.right < 3 * run.size
            and not any(last.right - 2 < rule.at < run.left + 2 for rule in rules)
        ):
            glued[-1] = line_of(last.words + run.words)
        else:
            glued.append(run)
    return glued


def column_gaps(rows: Sequence[Sequence[Line]], left: float, right: float) -> list[float]:
    """Places between `left` and `right` where white space parts columns."""
    inside = [
        [run for run in row if left - 2 <= run.left and run.right <= right + 2] for row in rows
    ]
    inside = [row for row in inside if row]
    most = max((len(row) for row in inside), default=0)
    full = [row for row in inside if len(row) >= max(2, 0.6 * most)]
    if len(full) < 2 or (len(full) < 0.3 * len(inside) and most < 3):
        return []
    blobs = _blobs([run for row in full for run in row if not _bridges(run, full)])
    for run in (run for row in inside if row not in full for run in row):
        touched = [blob for blob in blobs if run.left < blob[1] + 1 and run.right > blob[0] - 1]
        if len(touched) <= 1:
            blobs = _joined([*blobs, (run.left, run.right)])
    return [(a[1] + b[0]) / 2 for a, b in pairwise(blobs)]


def _bridges(run: Line, rows: Sequence[Sequence[Line]]) -> bool:
    """Whether the run lies over several runs of most other rows, as a title does."""
    over = sum(
        sum(other.left < run.right and other.right > run.left for other in row) > 1 for row in rows
    )
    return over > 0.3 * len(rows)


def _blobs(runs: list[Line]) -> list[tuple[float, float]]:
    return _joined([(run.left, run.right) for run in runs])


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def row_groups(rows: Sequence[Sequence[Line]], closed: bool) -> list[list[int]]:
    """Which text lines make one table row; in a closed band one row, unless figures stack."""
    if len(rows) < 2:
        return [[index] for index in range(len(rows))]
    rich = [row for row in rows if len(row) > 1 and any(is_figure(run.text) for run in row)]
    if closed and (len(rich) < 2 or 2 * len(rich) < len(rows)):
        return _by_style(rows)
    pitch = _pitch(rows)
    groups: list[list[int]] = [[0]]
    for index in range(1, len(rows)):
        if _goes_on(rows, index, groups[-1], pitch):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _by_style(rows: Sequence[Sequence[Line]]) -> list[list[int]]:
    """One row, but for a title in other type above a line with figures."""
    groups: list[list[int]] = [[0]]
    for index in range(1, len(rows)):
        before, row = rows[index - 1], rows[index]
        differs = before[0].bold != row[0].bold or abs(before[0].size - row[0].size) > 1
        titled = len(before) == 1 and len(row) > 1 and any(is_figure(run.text) for run in row)
        same_column = before[0].left < row[0].right and before[0].right > row[0].left
        if differs and titled and same_column:
            groups.append([])
        groups[-1].append(index)
    return groups


def _base(row: Sequence[Line]) -> float:
    return max(word.bottom - 0.2 * word.size for run in row for word in run.words)


def _pitch(rows: Sequence[Sequence[Line]]) -> float:
    """The usual distance between rows that fill more than one column."""
    full = [_base(row) for row in rows if len(row) > 1]
    steps = [b - a for a, b in pairwise(full)]
    return median(steps) if steps else 0.0


def _goes_on(rows: Sequence[Sequence[Line]], index: int, group: list[int], pitch: float) -> bool:
    row, before = rows[index], rows[index - 1]
    step = _base(row) - _base(before)
    size = row[0].size
    if step < 0.75 * size:
        return True
    first = min(run.left for line in rows for run in line)
    figures = any(is_figure(run.text) for run in row)
    if figures and any(is_figure(run.text) for i in group for run in rows[i]):
        return False
    if step > 1.6 * size:
        return False
    if _stops_short(row, before, first):
        return True
    if len(row) == 1 and not figures:
        following = _base(rows[index + 1]) - _base(row) if index + 1 < len(rows) else 99.0
        if row[0].text[0].islower():
            return True
        return step < 0.85 * pitch and step <= following + 1 and row[0].bold == before[0].bold
    tight = step < 0.85 * pitch
    return figures and len(before) == 1 and tight and before[0].bold == row[0].bold


def _stops_short(row: Sequence[Line], before: Sequence[Line], first: float) -> bool:
    """The first column is empty here, and all that stands in others are words, not figures."""
    return (
        row[0].left > first + 2 * row[0].size
        and before[0].left < first + 2 * row[0].size
        and len(row) < max(2, len(before))
        and not any(is_figure(run.text) for run in row)
        and any(abs(run.left - other.left) < 2 for run in row for other in before)
        and not all(is_figure(other.text) for other in before[1:])
    )


def stacked(words: Iterable[Word], rules: Sequence[Rule]) -> list[list[Line]]:
    """The words as rows of runs that may be cells, from the top."""
    return [cells_on(row, rules) for row in rows_of(words)]
