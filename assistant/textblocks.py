"""A text's lines as blocks: headings, paragraphs, list items and the rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.blocktitles import counted_titles, lift_titles
from assistant.headings import (
    PAGES,
    Levels,
    find_headings,
    is_label,
    is_status,
    is_title,
    names_holder,
)
from assistant.inline import is_bold, plain
from assistant.papers import Block, Kind
from assistant.pieces import Piece, cut_pieces, ends_open, minute_numbers, usual_width
from assistant.tablerows import Frame, Row, continues, is_broken_row, lay_out
from assistant.textlines import Line, is_unfinished, is_wrapped

_NAMED = re.compile(r"(?:Table|Figure|Fig\.?)\s+[A-Z]?\d+", re.I)
_SHORT = 0.6  # a printed line below this share of the usual width is a cell or a name
_TOGETHER = 12  # short lines kept in one paragraph: a row or two of a table, an address
_VALUE_WORDS = 15


def build_blocks(lines: Sequence[Line]) -> list[Block]:
    """All blocks of a text in reading order."""
    width = usual_width(lines) if is_wrapped(lines) else 0
    minutes = minute_numbers(lines)
    counted = counted_titles(lines)
    lines = lift_titles(lines, counted)
    blocks: list[Block] = []
    levels = Levels(counted)
    frame = Frame()
    runs = [(key, list(run)) for key, run in groupby(lines, key=lambda line: line.is_row)]
    for at, (is_row, run) in enumerate(runs):
        below = runs[at + 1][1] if at + 1 < len(runs) else []
        if not is_row:
            cut = [piece for piece in cut_pieces(run, width, minutes) if piece.text or piece.number]
            pieces = _gather(cut, width)
            blocks += _settle(pieces, levels, width=width, closing=not below)
            continue
        for rows, turned in _tables(run):
            found, frame = _table(rows, frame, blocks[-1:], below, turned=turned)
            blocks += found
    return blocks


def _gather(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """Pieces with a label and its value, or the short lines of a broken-up table, made one."""
    gathered: list[Piece] = []
    short = [bool(width) and _is_short(piece, width) for piece in pieces]
    headings = find_headings(pieces, width=width, closing=False) if width else []
    for at, piece in enumerate(pieces):
        last = gathered[-1] if gathered else None
        cells = at > 0 and short[at] and short[at - 1] and not (headings[at] or headings[at - 1])
        if last is not None and (
            (cells and last.lines < _TOGETHER) or (not width and _is_value(last, piece))
        ):
            text = f"{last.text}\n{piece.text}"
            gathered[-1] = replace(last, text=text, lines=last.lines + 1, last=piece.last)
        else:
            gathered.append(piece)
    return gathered


def _is_short(piece: Piece, width: int) -> bool:
    plain_line = piece.kind == Kind.PARAGRAPH and not (piece.number or piece.bold or piece.note)
    return plain_line and piece.lines == 1 and len(piece.text) < width * _SHORT


def _is_value(label: Piece, piece: Piece) -> bool:
    """Whether a line is the value of the label that stands alone above it."""
    bare = piece.kind == Kind.PARAGRAPH and not (piece.number or piece.bold or piece.note)
    short = piece.lines == 1 and len(piece.text.split()) <= _VALUE_WORDS
    return is_label(label) and bare and short and not piece.text.endswith((":", "."))


def _settle(pieces: Sequence[Piece], levels: Levels, *, width: int, closing: bool) -> list[Block]:
    """Blocks of the pieces between two tables, with halves of sentences next to each other."""
    blocks: list[Block] = []
    notes: list[Block] = []
    headings = find_headings(pieces, width=width, closing=closing, counted=levels.counted)
    above: Piece | None = None
    for at, piece in enumerate(pieces):
        if piece.note:
            notes.append(_block(piece))
            continue
        goes_on = above is not None and _goes_on(above, piece)
        if not goes_on:
            # A footnote stands below the page's text, so it waits for a sentence to end.
            blocks += notes
            notes = []
        if headings[at] and not goes_on:
            blocks += _heading(
                piece, levels.of(piece, pieces[at + 1] if at + 1 < len(pieces) else None)
            )
            above = None
        else:
            blocks.append(replace(_block(piece), continues=goes_on))
            above = piece
    return blocks + notes


def _goes_on(above: Piece, piece: Piece) -> bool:
    """Whether a paragraph after a break is the second half of the sentence above."""
    if not is_unfinished(above.text) or above.last.raw.rstrip().endswith(")"):
        return False
    if piece.kind == Kind.HEADING or piece.number or piece.bold or not piece.text:
        return False
    if piece.kind == Kind.LIST_ITEM:
        return above.kind == Kind.PARAGRAPH and piece.text[0].islower()
    if piece.text[0].islower() or ends_open(above.text):
        return True
    prose = above.kind == Kind.PARAGRAPH and re.search(r"[a-z)]\. [A-Z]", above.text)
    return bool(prose) and len(piece.text.split()) >= 8 and piece.text.endswith(".")


def _block(piece: Piece) -> Block:
    level = piece.level if piece.kind == Kind.LIST_ITEM else 0
    if not piece.text:
        return Block(Kind.PARAGRAPH, piece.number, piece.page)
    return Block(piece.kind, piece.text, piece.page, level=level, number=piece.number)


def _heading(piece: Piece, level: int) -> list[Block]:
    """A heading; the pages that an agenda prints beside it stand as a line of their own."""
    pages = PAGES.search(piece.text)
    text = piece.text[: pages.start()] if pages else piece.text
    text, number = (text, piece.number) if text else (piece.number, "")
    blocks = [Block(Kind.HEADING, text.replace("\n", " "), piece.page, level=level, number=number)]
    if pages:
        blocks.append(Block(Kind.PARAGRAPH, pages[1], piece.page))
    return blocks


def _tables(run: Sequence[Line]) -> Iterator[tuple[list[Row], bool]]:
    """The rows of each table, which a blank line parts, and whether a page break is before it."""
    rows: list[Row] = []
    turned = False
    for line in run:
        raw = line.raw.split("\t")
        cells = tuple(plain(cell) for cell in raw)
        if line.gap and rows:
            yield rows, turned
            rows = []
        turned = line.turn if not rows else turned
        filled = [cell for cell, words in zip(raw, cells, strict=True) if words]
        if filled:
            bold = line.heads or all(is_bold(cell) for cell in filled)
            rows.append(Row(cells, bold, line.page))
    if rows:
        yield rows, turned


def _table(
    rows: list[Row], frame: Frame, above: Sequence[Block], below: Sequence[Line], *, turned: bool
) -> tuple[list[Block], Frame]:
    """One table's blocks; a table broken over the page goes on under the same heads."""
    adjoins = bool(above) and above[-1].kind == Kind.TABLE_ROW
    broken = adjoins and continues(rows, frame, turned=turned)
    if not broken:
        same = bool(frame.head_row) and frame.head_row in (row.cells for row in rows[:2])
        heads, head_row = (frame.heads, frame.head_row) if same else ((), ())
        frame = Frame(frame.table + 1, heads, head_row, _caption(above, below))
    found, frame = lay_out(rows, frame)
    if (broken and is_broken_row(rows[0])) or (above and _cut_short(above[-1], found[0])):
        found[0] = replace(found[0], continues=True)
    return found, frame


def _cut_short(above: Block, row: Block) -> bool:
    """Whether a table goes on with the words of a list item: its page was read as plain lines."""
    item = above.kind in (Kind.LIST_ITEM, Kind.PARAGRAPH) and is_unfinished(above.text)
    return item and row.text[0].islower()


def _caption(above: Sequence[Block], below: Sequence[Line]) -> str:
    """The line that names a table, above it or directly below."""
    named = plain(below[0].raw) if below else ""
    if _NAMED.match(named):
        return named
    if not above or above[-1].kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return ""
    text = above[-1].text
    if is_status(text) or names_holder(text):
        return ""
    names = len(text.split()) <= _VALUE_WORDS and (text.endswith(":") or is_title(text))
    return text if _NAMED.match(text) or (names and above[-1].kind == Kind.PARAGRAPH) else ""
