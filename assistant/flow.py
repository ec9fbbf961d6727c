"""The running text of a page: lines in reading order, joined into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.glyphs import Word
from assistant.lines import Line, joined_lines, line_of, names_table, rows_of, segments
from assistant.tables import Table

GUTTER = 8.0  # the least white space between two columns of text
COLUMN_GAP = 1.5
BULLETS = "•●▪■◦‣⁃∙·○□➢❖✓✔►▶➤"
BULLET = re.compile(rf"^([{BULLETS}\uf000-\uf0ff]|[-–*o])$")
GLUED = re.compile(rf"^[{BULLETS}\uf000-\uf0ff](?=\w)")
NUMBER = re.compile(r"^\d{1,3}(\.\d{1,3}){1,4}\.?[a-z]?$")
COUNT = re.compile(r"^(\d{1,3}[.)]?|\(\d{1,3}\))$")
LETTER = re.compile(r"^(\(?([a-z]|[ivx]{1,5}|[A-Z])[.)]|\((aa|bb|[A-Za-z]\d?)\))$")
LEADERS = re.compile(r"\s*(\.\s?){5,}\s*|\s*…{2,}\s*|_{6,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that make one paragraph, heading or list item."""

    lines: tuple[Line, ...]
    text: str
    mark: str = ""  # number, letter or bullet before the words

    @property
    def size(self) -> float:
        """The type size of most of it."""
        return max((len(line.text), line.size) for line in self.lines)[1]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


def page_flow(words: list[Word], tables: list[Table]) -> list[Piece | Table]:
    """Paragraphs and tables in reading order, column by column."""
    rows = [segments(row, COLUMN_GAP) for row in rows_of(words)]
    lines = [line for row in rows for line in _with_marks(row)]
    flow: list[Piece | Table] = []
    for column in _columns(lines, tables):
        flow += _pieces_and_tables(column, tables)
    return flow


def _with_marks(row: list[Line]) -> list[Line]:
    """A list mark or paragraph number is one line with the words after it."""
    joined: list[Line] = []
    for line in row:
        last = joined[-1] if joined else None
        if last is not None and len(last.words) == 1 and _mark(last.words[0].text):
            joined[-1] = line_of(last.words + line.words)
        else:
            joined.append(line)
    return joined


def _mark(text: str) -> bool:
    return any(form.match(text) for form in (BULLET, NUMBER, COUNT, LETTER))


def _columns(lines: list[Line], tables: list[Table]) -> list[list[Line | Table]]:
    """The page cut wherever two columns of prose stand side by side."""
    items: list[Line | Table] = [*lines, *tables]
    run = _gutter(lines, tables) if len(lines) > 7 else None
    if run is None:
        return [items]
    top, bottom, x = run
    inside = [line for line in lines if top - 1 <= line.top and line.bottom <= bottom + 1]
    boxed = [t for t in tables if top <= t.region.top and t.region.bottom <= bottom]
    left = [line for line in inside if line.right <= x + 1]
    right = [line for line in inside if line.left >= x - 1]
    above = [line for line in lines if line not in inside and line.top < top]
    below = [line for line in lines if line not in inside and line.top >= top]
    sides = [
        [t for t in boxed if t.region.right <= x + 1],
        [t for t in boxed if t.region.left >= x - 1],
    ]
    over = [t for t in tables if t not in boxed and t.region.top < top]
    under = [t for t in tables if t not in boxed and t.region.top >= top]
    return [
        *_columns(above, over),
        *_columns(left, sides[0]),
        *_columns(right, sides[1]),
        *_columns(below, under),
    ]


def _gutter(lines: list[Line], tables: list[Table]) -> tuple[float, float, float] | None:
    """Top, bottom and middle of the longest white strip with prose on both sides."""
    spans = [(line.top, line.bottom, line.left, line.right) for line in lines]
    spans += [(t.region.top, t.region.bottom, t.region.left, t.region.right) for t in tables]
    spans.sort()
    best: tuple[int, float, float, float] | None = None
    for gap in _gaps(lines):
        found = _strip(spans, *gap)
        x = found[2]
        sides = [
            [line for line in lines if found[0] <= line.top <= found[1] and line.right <= x + 1],
            [line for line in lines if found[0] <= line.top <= found[1] and line.left >= x - 1],
        ]
        if all(_is_column(side) for side in sides):
            count = min(len(side) for side in sides)
            if best is None or count > best[0]:
                best = (count, *found)
    return best[1:] if best else None


def _gaps(lines: list[Line]) -> list[tuple[float, float, float]]:
    """Where one line ends and another on about the same level begins: level, left, right."""
    gaps: list[tuple[float, float, float]] = []
    for row in rows_of([line.words[0] for line in lines]):
        if len(row) < 2:
            continue
        level = row[0].bottom - 3
        on_row = [
            line for line in lines if line.top <= level <= line.bottom and len(line.words) > 1
        ]
        on_row.sort(key=lambda line: line.left)
        gaps += [
            (level, a.right, b.left)
            for a, b in pairwise(on_row)
            if b.left - a.right >= GUTTER and len(a.words) > 2 and len(b.words) > 2
        ]
    return gaps[:: max(1, len(gaps) // 12)]


def _strip(
    spans: list[tuple[float, float, float, float]], level: float, left: float, right: float
) -> tuple[float, float, float]:
    """The white strip grown up and down from a gap until text closes it."""
    top = bottom = level
    for going_down in (True, False):
        for s in spans if going_down else reversed(spans):
            if (s[0] > level) != going_down:
                continue
            narrower = _narrowed(s, left, right)
            if narrower is None:
                break
            left, right = narrower
            top, bottom = min(top, s[0]), max(bottom, s[1])
    return top, bottom, (left + right) / 2


def _narrowed(
    span: tuple[float, float, float, float], left: float, right: float
) -> tuple[float, float] | None:
    if span[2] < (left + right) / 2:
        left = max(left, span[3])
    else:
        right = min(right, span[2])
    return (left, right) if right - left >= GUTTER else None


def _is_column(lines: list[Line]) -> bool:
    if len(lines) < 4:
        return False
    return median(len(line.words) for line in lines) >= 3


def _pieces_and_tables(column: Sequence[Line | Table], tables: list[Table]) -> list[Piece | Table]:
    lines = [item for item in column if isinstance(item, Line)]
    within = sorted(
        (item for item in column if isinstance(item, Table)), key=lambda table: table.region.top
    )
    flow: list[Piece | Table] = []
    rest = lines
    for table in within:
        above = [line for line in rest if line.top < table.region.top + 1]
        flow += pieces(above)
        flow.append(table)
        rest = [line for line in rest if line.top >= table.region.top + 1]
    return flow + pieces(rest)


def pieces(lines: list[Line]) -> list[Piece]:
    """Lines of one column joined into paragraphs."""
    rows = _rows(lines)
    if not rows:
        return []
    edge = sorted(row.right for row in rows)[int(0.9 * (len(rows) - 1))]
    step = _leading(rows)
    groups: list[list[Line]] = [[rows[0]]]
    for before, row in pairwise(rows):
        if _starts_new(groups[-1], before, row, edge, step):
            groups.append([])
        groups[-1].append(row)
    made = [_piece(group) for group in groups]
    return [piece for piece in made if piece.text]


def _rows(lines: list[Line]) -> list[Line]:
    return [line_of(row) for row in rows_of([word for line in lines for word in line.words])]


def _base(line: Line) -> float:
    word = max(line.words, key=lambda word: len(word.text))
    return word.bottom - 0.2 * word.size


def _leading(rows: list[Line]) -> float:
    """The usual distance between lines, as a multiple of the type size."""
    steps = [
        (_base(b) - _base(a)) / b.size
        for a, b in pairwise(rows)
        if 0.9 * b.size < _base(b) - _base(a) < 2.2 * b.size
    ]
    if not steps:
        return 1.25
    steps.sort()
    return max(1.1, steps[len(steps) // 3])


def _starts_new(group: list[Line], before: Line, row: Line, edge: float, leading: float) -> bool:
    step = _base(row) - _base(before)
    if step > (leading * 1.28) * max(row.size, before.size) or step < -1:
        return True
    if _own_mark(row, before) or _beside(row) or names_table(row.text):
        return True
    if _beside(before):
        return abs(row.left - before.words[_beside(before)].left) > 3
    if abs(row.size - before.size) > 0.09 * before.size and row.text[0].isupper():
        return True
    if row.text[0].islower() and not _ends(before):
        return False
    if row.bold != before.bold:
        return before.right < edge - 2 * row.size or not row.text[0].islower()
    return _moved(group, row) or _broke_off(before, row, edge)


def _ends(line: Line) -> bool:
    return line.text.endswith((".", ":", ";", "?", "!"))


def _broke_off(before: Line, row: Line, edge: float) -> bool:
    """The next word would have fitted, so the line was ended on purpose."""
    first = row.words[0]
    room = edge - before.right
    need = first.right - first.left + 0.3 * first.size
    slack = (0.5 if _ends(before) else 2.5) * first.size
    centred = abs((before.left + before.right) - (row.left + row.right)) < 4
    return room > need + slack and not (centred and row.left != before.left)


def _moved(group: list[Line], row: Line) -> bool:
    """The line starts at neither the left edge nor the words' edge of its paragraph."""
    first = group[0]
    starts = [line.left for line in group[-2:]]
    if len(group) == 1:
        starts += [first.words[1].left] if len(first.words) > 1 and _own_mark(first) else []
    if any(abs(row.left - start) < 8 for start in starts):
        return False
    indented = len(group) == 1 and 8 <= first.left - row.left < 5 * row.size
    centred = abs((group[-1].left + group[-1].right) - (row.left + row.right)) < 6
    return not (indented or centred)


def _beside(line: Line) -> int:
    """Which word stands well apart from the one before it: 0 where none does.

    Labels and what they label ("To:   Cabinet") are set so; a list mark is no label.
    """
    gaps = [after.left - before.right for before, after in pairwise(line.words)]
    if _mark(line.words[0].text):
        gaps = [0.0, *gaps[1:]]
    wide = [index for index, gap in enumerate(gaps, 1) if gap > COLUMN_GAP * line.words[0].size]
    if not wide or max(gaps) < 4 * median(gaps):
        return 0
    return wide[-1]


def _own_mark(row: Line, before: Line | None = None) -> bool:
    """Whether the line opens with a list mark or a paragraph number."""
    first = row.words[0]
    if GLUED.match(first.text) or (len(row.words) == 1 and BULLET.match(first.text)):
        return True
    if len(row.words) == 1:
        return False
    if before is not None and before.text[-1] in "-–/£(":
        return False
    gaps = [b.left - a.right for a, b in pairwise(row.words)]
    gap = gaps[0]
    tab = gap > 0.5 * first.size and gap > 1.5 * median(gaps[1:] or [0])
    if BULLET.match(first.text):
        return tab or first.text in BULLETS or first.text >= "\uf000"
    if NUMBER.match(first.text):
        return tab or before is None or _ends(before)
    if LETTER.match(first.text) or (COUNT.match(first.text) and first.text[-1] in ".)"):
        return tab or before is None or _ends(before) or before.text.endswith((",", "and", "or"))
    return bool(COUNT.match(first.text)) and gap > 0.9 * first.size


def _piece(group: list[Line]) -> Piece:
    first = group[0]
    mark, words = "", first.words
    if _own_mark(first):
        if glued := GLUED.match(words[0].text):
            mark = glued.group()
            words = (words[0]._replace(text=words[0].text[1:]), *words[1:])
        else:
            mark, words = words[0].text, words[1:]
    texts = [" ".join(word.text for word in words), *(line.text for line in group[1:])]
    text = LEADERS.sub(" ", joined_lines(texts)).strip()
    return Piece(tuple(group), text, mark)
