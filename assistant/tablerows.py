"""Rows of a table as blocks: which rows are heads, which name a group, what each cell's head is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.papers import Block, Kind
from assistant.text import states_value

_NUMBER = re.compile(
    r"[(<>~c]?\s*[-+−–]?\s*[£$€]?\s?\d[\d,]*(?:\.\d+)?\s?(?:%|k|m|bn|p|pp|st|nd|rd|th)?\)?\*?"
    r"(?:\s*\([-+−–]?[£\d.,]+%?\))?"
)
_PERIOD = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?|\d\d[-–/]\d\d|[Qq][1-4]\b.*")
_DATE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4}")
_STATE = re.compile(
    r"high|medium|low|very (?:high|low)|yes|no|n/?a|red|amber|green|[rag]|good|improving|"
    r"unchanged|worsening|complete[d]?|on track|open|closed|[✓✗xX-]",
    re.I,
)
_HEAD_WORDS = 15  # the longest column heads seen in reports run to a dozen words
_LABEL_WORDS = 6
_GROUP_WORDS = 30
_TITLE_WORDS = 60  # of a row over the whole table: an indicator with its officers


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one printed row, blanks kept."""

    cells: tuple[str, ...]
    bold: bool = False  # every filled cell is bold or marked as a head
    page: int | None = None

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold words."""
        return tuple(cell for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a row inherits from the rows above it."""

    table: int = 0
    heads: tuple[str, ...] = ()
    head_row: tuple[str, ...] = ()  # the lowest head row as printed
    title: str = ""
    group: str = ""
    label: str = ""  # the last filled first cell
    width: int = 0  # columns of the rows above

    @property
    def caption(self) -> str:
        """The table's title and the group that the next row belongs to."""
        return " > ".join(part for part in (self.title, self.group) if part)


def lay_out(rows: Sequence[Row], frame: Frame) -> tuple[list[Block], Frame]:
    """The rows as blocks, and the frame that a continuation on the next page starts from."""
    rows = _square(rows)
    blocks: list[Block] = []
    at = 0
    while at < len(rows):
        depth = head_depth(rows[at:], frame) if _may_be_head(rows, at, frame) else 0
        if depth:
            head = rows[at : at + depth]
            frame = _under_heads(head, frame)
            blocks += [_block(row, replace(frame, heads=(), label="")) for row in head]
            at += depth
            continue
        alone = len(rows[at].filled) == 1 and bool(rows[at].cells[0]) and len(rows[at].cells) > 2
        if is_group(rows, at):
            blocks.append(_block(rows[at], replace(frame, group="", heads=())))
            frame = _under_group(rows[at].cells[0], frame, first=at == 0)
        elif alone:
            frame = replace(frame, group="", label="")
            blocks.append(_block(rows[at], frame))
        else:
            blocks.append(_block(rows[at], frame))
            frame = replace(frame, label=_label(rows[at].cells[0]) or frame.label)
        at += 1
    return blocks, replace(frame, width=len(rows[0].cells))


def continues(rows: Sequence[Row], frame: Frame, *, turned: bool) -> bool:
    """Whether rows after a break go on with the table right above them.

    They do if they have its shape and their first row is open at the left, if they have no heads
    of their own where the table had some, or if a table of labels was cut by the page's end.
    """
    first = rows[0].cells
    if not frame.table or len(first) != frame.width or len(first) < 2:
        return False
    if not first[0] or first[0][0].islower():
        return True
    if frame.heads and len(first) > 2:
        own = lay_out(rows, Frame(frame.table))[1]
        return not own.heads
    return turned and not frame.heads and len(first) == 2


def is_broken_row(row: Row) -> bool:
    """Whether the first row on a new page is the rest of the row before it."""
    lead = next((place for place, cell in enumerate(row.cells) if cell), 0)
    filled = row.filled
    return bool(filled) and (filled[0][0].islower() or lead >= 2)


def is_group(rows: Sequence[Row], at: int) -> bool:
    """Whether a row names the rows below it: one short cell, at the left, over fuller rows."""
    row = rows[at]
    if len(row.filled) != 1 or not row.cells[0] or len(row.cells) < 2 or at + 1 == len(rows):
        return False
    if len(row.cells) == 2:
        return at == 0 and _heads_two_columns(rows[1], rows[2:])
    text = row.cells[0]
    if "\n" in text or text.endswith((".", ";")) or states_value(text):
        return False
    below = any(len(other.filled) > 1 for other in rows[at + 1 : at + 4])
    longest = _TITLE_WORDS if at == 0 else _GROUP_WORDS
    return len(text.split()) <= longest and (below or _is_label(text))


def head_depth(rows: Sequence[Row], frame: Frame) -> int:
    """How many of the rows are column heads; 0 for a table that has none."""
    if not _heads_columns(rows):
        return 0
    depth = 1
    while depth < min(len(rows) - 1, 4) and _is_lower_head(rows[depth - 1], rows[depth]):
        depth += 1
    return depth


def _square(rows: Sequence[Row]) -> list[Row]:
    width = max(len(row.cells) for row in rows)
    return [
        replace(row, cells=row.cells + ("",) * (width - len(row.cells)))
        for row in rows
        if row.filled
    ]


def _may_be_head(rows: Sequence[Row], at: int, frame: Frame) -> bool:
    """Heads stand at the top, below a title, or below a row that broke the columns off."""
    row = rows[at]
    if frame.head_row and row.cells == frame.head_row:
        return True
    if at == 0:
        return not frame.label
    before = rows[at - 1]
    if len(before.filled) != 1 or not before.cells[0]:
        return False
    if not frame.heads and not frame.label:
        return True
    full = all(row.cells) and len(row.cells) > 2
    return full and (row.bold or all(_is_label(cell) for cell in row.cells))


def _label(cell: str) -> str:
    """A first cell as the name of its row, if it is short enough to be one."""
    return cell if "\n" not in cell and len(cell.split()) <= 2 * _HEAD_WORDS else ""


def _is_label(cell: str) -> bool:
    short = "\n" not in cell and len(cell.split()) <= _LABEL_WORDS and not re.search(r"\d", cell)
    return short and not _STATE.fullmatch(cell) and not cell.endswith((".", ";"))


def _heads_columns(rows: Sequence[Row]) -> bool:
    row, below = rows[0], rows[1:]
    spans = len(below) > 1 and _is_lower_head(row, below[0])
    few = len(row.filled) < 2 and (row.cells[0] or not spans)
    if few or not all(_may_head(cell) for cell in row.filled):
        return False
    if _columns(rows) <= 2:
        return _heads_two_columns(row, below)
    if row.bold or (not row.cells[0] and _has_figures(row, below)):
        return True
    if not spans and (not row.cells[-1] or any(_STATE.fullmatch(cell) for cell in row.filled)):
        return False
    repeated = any(
        cell and cell == other.cells[place] and other.cells != row.cells
        for other in below
        for place, cell in enumerate(row.cells)
        if place
    )
    return bool(below) and not repeated


def _columns(rows: Sequence[Row]) -> int:
    return sum(any(column) for column in zip(*(row.cells for row in rows), strict=True))


def _heads_two_columns(row: Row, below: Sequence[Row]) -> bool:
    """A table of two columns has heads only if they are bold, or if figures stand below them."""
    first, second = row.cells[0], row.filled[-1] if row.filled else ""
    if len(row.filled) < 2:
        return False
    if re.search(r"\d", second) or first.endswith(":") or not below:
        return False
    if row.bold and not all(other.bold for other in below):
        return True
    figures = [other.filled[-1] for other in below if len(other.filled) > 1]
    short = len(first.split()) <= _LABEL_WORDS and len(second.split()) <= _LABEL_WORDS
    return short and len(figures) > 1 and all(_NUMBER.fullmatch(figure) for figure in figures)


def _has_figures(row: Row, below: Sequence[Row]) -> bool:
    places = [place for place, cell in enumerate(row.cells) if cell]
    return any(_NUMBER.match(other.cells[place]) for other in below for place in places)


def _may_head(cell: str) -> bool:
    if "\n" in cell or len(cell.split()) > _HEAD_WORDS or _DATE.fullmatch(cell):
        return bool(re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2,4}", cell))
    return bool(_PERIOD.fullmatch(cell)) or not _NUMBER.fullmatch(cell)


def _is_lower_head(above: Row, row: Row) -> bool:
    """Whether a row splits the heads above it: they leave blanks, which its short names fill."""
    if not row.filled or not all(_may_head(cell) for cell in row.filled):
        return False
    short = all(len(cell.split()) <= _LABEL_WORDS for cell in row.filled)
    if not short or any(_PERIOD.fullmatch(cell) for cell in row.cells[:1]):
        return False
    if not row.cells[0]:
        return True
    spans = not all(above.cells[1:]) and len(row.filled) > len(above.filled)
    return spans and not any(_STATE.fullmatch(cell) for cell in row.filled)


def _under_heads(head: Sequence[Row], frame: Frame) -> Frame:
    lowest = head[-1].cells
    if len(head) == 1 and frame.head_row == lowest and frame.heads:
        return replace(frame, label="")
    group = "" if frame.heads else frame.group
    return replace(frame, heads=_join_heads(head), head_row=lowest, label="", group=group)


def _join_heads(head: Sequence[Row]) -> tuple[str, ...]:
    """Each column's heads from the top down; a head over several columns is given to each."""
    spread = [_spread(row, [other for other in head if other is not row]) for row in head]
    columns = zip(*spread, strict=True)
    return tuple(" > ".join(dict.fromkeys(part for part in column if part)) for column in columns)


def _spread(row: Row, others: Sequence[Row]) -> tuple[str, ...]:
    """A head row's cells, each given to the blanks on its right that other head rows fill."""
    arrows = any(re.search(r"<-|->|[←→]", cell) for cell in row.filled)
    fills = any(
        cell and not row.cells[place]
        for other in others
        for place, cell in enumerate(other.cells)
        if place
    )
    if arrows or not fills:
        return row.cells
    carried, out = "", []
    for place, cell in enumerate(row.cells):
        named = any(other.cells[place] for other in others)
        carried = cell or (carried if named else "")
        out.append(carried)
        if place == 0 and not named:
            carried = ""
    return tuple(out)


def _under_group(text: str, frame: Frame, *, first: bool) -> Frame:
    if first and not (frame.label or frame.group):
        title = f"{frame.title} > {text}" if frame.title else text
        return replace(frame, title=title, label="", group="")
    return replace(frame, group=text, label="")


def _block(row: Row, frame: Frame) -> Block:
    return Block(
        kind=Kind.TABLE_ROW,
        text=" | ".join(row.filled),
        page=row.page,
        cells=row.cells,
        heads=_heads_of(row, frame),
        caption=frame.caption,
        table=frame.table,
    )


def _heads_of(row: Row, frame: Frame) -> tuple[str, ...]:
    """The column heads; a row whose first cell is blank belongs to the label above it."""
    heads = list(frame.heads) if len(frame.heads) == len(row.cells) else [""] * len(row.cells)
    if not row.cells[0] and frame.label:
        place = next(place for place, cell in enumerate(row.cells) if cell)
        heads[place] = " > ".join(part for part in (frame.label, heads[place]) if part)
    return tuple(heads) if any(heads) else ()
