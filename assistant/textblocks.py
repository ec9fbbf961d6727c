"""Lines put together to headings, paragraphs, list items and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.inline import BULLETS, is_bold, plain
from assistant.papers import Block, Kind
from assistant.tablerows import Frame, Row, continues, is_broken_row, lay_out
from assistant.textlines import Line, is_unfinished, is_wrapped

_HASH = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(rf"\s*(?:[-*+{BULLETS}]|\(cid:\d+\)|[–o](?=\s+[A-Z]))(?:\s+|$)")
_NOTE = re.compile(r"\s*(?:<sup>\s*\d{1,3}\s*</sup>|[¹²³⁴-⁹]+)\s*")
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,4}\.?)(?:\s+(?=\W?[A-Z0-9])|\s*$)")
_POINT = re.compile(r"(\(?\d{1,3}[.)])(?:\s+|$)")
_LETTER = re.compile(r"(\(?(?:[a-zA-Z]|[ivx]{1,5})\)|[ivx]{1,4}\.|[a-z]\.(?=\s+[A-Z]))(?:\s+|$)")
_BARE = re.compile(
    r"(\d{1,3})\s+(?=[A-Z][a-z]*\b)(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_PAGES = re.compile(r"\s+(\d{1,3}\s?[-–]\s?\d{1,3})$")
_OPEN_END = re.compile(
    r"(?:[,\-–(£&/]|\b(?:a|an|and|as|at|be|by|for|from|has|have|in|into|is|are|of|on|or|our|that|"
    r"the|their|this|to|was|were|which|will|with))$"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|should|must|can|may|include[sd]?|"
    r"asked|agreed|noted|recommended|propose[sd]?|see|please)\b",
    re.I,
)
_FULL = 0.75  # a wrapped line this much of the usual width goes on in the next
_TITLE_WORDS = 12
_DEEPEST = 6
_NOTHING = Line("")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block in the making: its lines so far, and what its first line said of it."""

    kind: Kind
    text: str
    number: str = ""
    level: int = 0  # of a `#` heading, or of a list item
    hashed: bool = False
    bold: bool = False
    dotted: bool = False
    note: bool = False  # a footnote
    page: int | None = None
    gap: bool = False
    last: Line = _NOTHING  # the last line taken in
    lines: int = 1


def build_blocks(lines: Sequence[Line]) -> list[Block]:
    """All blocks of a text in reading order."""
    wrapped = is_wrapped(lines)
    width = _width(lines) if wrapped else 0
    minutes = _minute_numbers(lines)
    blocks: list[Block] = []
    levels = _Levels()
    frame = Frame()
    runs = [(key, list(run)) for key, run in groupby(lines, key=lambda line: line.is_row)]
    for at, (is_row, run) in enumerate(runs):
        if not is_row:
            pieces = list(_pieces(run, width, minutes))
            closing = at + 1 == len(runs)
            made = _settle(pieces, levels, wrapped=wrapped, closing=closing, after=blocks[-1:])
            blocks += made
            continue
        for rows in _tables(run):
            found, frame = _table(
                rows, frame, blocks, runs[at + 1][1] if at + 1 < len(runs) else []
            )
            blocks += found
    return blocks


def _width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.raw.strip()) for line in lines if not line.is_row)
    return lengths[int(len(lengths) * 0.9)]


def _minute_numbers(lines: Sequence[Line]) -> set[int]:
    """Numbers without a point that open paragraphs in order, as minutes do."""
    found = []
    for line in lines:
        bare = (
            None if line.is_row else _BARE.match(re.sub(r"^\s*(?:#+|[-*])\s+|\*\*", "", line.raw))
        )
        if bare:
            found.append(int(bare[1]))
    return {
        number
        for at, number in enumerate(found)
        if number - 1 in found[max(0, at - 2) : at] or number + 1 in found[at + 1 : at + 3]
    }


def _open(line: Line, minutes: set[int]) -> Piece:
    """The piece that a line would start."""
    raw, level, kind = line.raw, 0, Kind.PARAGRAPH
    note = bool(_NOTE.match(raw))
    hashed = _HASH.match(raw)
    if hashed:
        raw, level, kind = hashed[2], len(hashed[1]), Kind.HEADING
    bullet = None if hashed else _BULLET.match(raw)
    if bullet and not is_bold(raw[: bullet.end() + 1]):
        indent = len(raw) - len(raw.lstrip())
        raw, level, kind = raw[bullet.end() :], 1 + indent // 2, Kind.LIST_ITEM
    text = plain(raw)
    piece = Piece(
        kind, text, "", level, bool(hashed), is_bold(raw), False, note, line.page, line.gap, line
    )
    return piece if note else _numbered(piece, minutes)


def _numbered(piece: Piece, minutes: set[int]) -> Piece:
    text = piece.text
    dotted, bare = _DOTTED.match(text), _BARE.match(text)
    if dotted:
        kind = Kind.HEADING if piece.hashed else Kind.PARAGRAPH
        return replace(piece, kind=kind, number=dotted[1], text=text[dotted.end() :], dotted=True)
    mark = _POINT.match(text) or _LETTER.match(text)
    if mark:
        kind = Kind.HEADING if piece.hashed else Kind.LIST_ITEM
        level = piece.level or 1
        return replace(piece, kind=kind, number=mark[1], text=text[mark.end() :], level=level)
    if bare and int(bare[1]) in minutes:
        kind = Kind.HEADING if piece.hashed else Kind.PARAGRAPH
        return replace(piece, kind=kind, number=bare[1], text=text[bare.end() :])
    return piece


def _pieces(lines: Sequence[Line], width: int, minutes: set[int]) -> Iterator[Piece]:
    piece: Piece | None = None
    for line in lines:
        new = _open(line, minutes)
        if not new.text and not new.number and new.kind != Kind.LIST_ITEM:
            continue
        if piece is not None and _joins(piece, new, line, width):
            piece = _join(piece, new, line, width)
            continue
        if piece is not None:
            yield piece
        piece = new
    if piece is not None:
        yield piece


def _joins(piece: Piece, new: Piece, line: Line, width: int) -> bool:
    """Whether a line goes on with the piece above it."""
    if new.hashed or new.number or new.note or new.kind == Kind.LIST_ITEM:
        return False
    if not piece.text:
        return not piece.hashed
    if piece.hashed or line.gap:
        return False
    if not width:
        return True
    if piece.bold != new.bold:
        return False
    if new.text[:1].islower() or _OPEN_END.search(piece.text):
        return True
    return len(piece.last.raw.strip()) >= width * _FULL


def _join(piece: Piece, new: Piece, line: Line, width: int) -> Piece:
    """The piece with one more line; a break that the writer meant is kept."""
    if not piece.text:
        return replace(
            new,
            kind=piece.kind,
            number=piece.number,
            level=piece.level,
            dotted=piece.dotted,
            gap=piece.gap,
            last=line,
        )
    runs_on = new.text[:1].islower() or bool(_OPEN_END.search(piece.text))
    indented = line.raw[:1] == " " and not piece.last.hard
    glue = " " if width or runs_on or indented else "\n"
    if re.search(r"\w-$", piece.text) and new.text[:1].islower():
        glue = ""
    bold = piece.bold and new.bold
    return replace(
        piece, text=piece.text + glue + new.text, bold=bold, last=line, lines=piece.lines + 1
    )


class _Levels:
    """Depths of headings as they come: a number tells its own, other marks go by what is above."""

    def __init__(self) -> None:
        self.above = 1

    def of(self, piece: Piece) -> int:
        """The depth of a heading, from 1."""
        if piece.number and piece.number[0].isdigit():
            parts = [part for part in piece.number.strip("().").split(".") if part]
            parts = parts[:-1] if len(parts) == 2 and parts[1] == "0" else parts
            self.above = min(1 + len(parts), _DEEPEST)
            return self.above
        if piece.hashed:
            self.above = piece.level
            return self.above
        return min(self.above + 1, _DEEPEST)


def _settle(
    pieces: Sequence[Piece],
    levels: _Levels,
    *,
    wrapped: bool,
    closing: bool,
    after: Sequence[Block],
) -> list[Block]:
    """Blocks of the pieces between two tables, halves of sentences brought together."""
    blocks: list[Block] = []
    notes: list[Block] = []
    for at, piece in enumerate(pieces):
        if piece.note:
            notes.append(_block(piece))
            continue
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        before = pieces[at - 1] if at else None
        last = blocks[-1] if blocks else None
        if last is not None and _goes_on(last, piece):
            blocks.append(replace(_block(piece), continues=True))
        elif _is_heading(piece, before, following, wrapped=wrapped, closing=closing):
            blocks += notes
            notes = []
            blocks += _heading(piece, levels.of(piece))
            continue
        else:
            blocks += notes
            notes = []
            blocks.append(_block(piece))
    return blocks + notes


def _goes_on(last: Block, piece: Piece) -> bool:
    """Whether a paragraph after a break is the second half of the sentence above."""
    if last.kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM) or not is_unfinished(last.text):
        return False
    if piece.kind != Kind.PARAGRAPH or piece.number or piece.bold or not piece.text:
        return False
    if piece.text[0].islower() or _OPEN_END.search(last.text):
        return True
    prose = last.kind == Kind.PARAGRAPH and re.search(r"[a-z)]\. [A-Z]", last.text)
    return bool(prose) and len(piece.text.split()) >= 8 and piece.text.endswith(".")


def _block(piece: Piece) -> Block:
    level = piece.level if piece.kind == Kind.LIST_ITEM else 0
    text, number = piece.text, piece.number
    if not text:
        text, number = number, ""
    return Block(piece.kind, text, piece.page, level=level, number=number)


def _heading(piece: Piece, level: int) -> list[Block]:
    """A heading; the pages that an agenda prints beside it stand as a line of their own."""
    pages = _PAGES.search(piece.text)
    text = piece.text[: pages.start()] if pages else piece.text
    text, number = (text, piece.number) if text else (piece.number, "")
    blocks = [Block(Kind.HEADING, text.replace("\n", " "), piece.page, level=level, number=number)]
    if pages:
        blocks.append(Block(Kind.PARAGRAPH, pages[1], piece.page))
    return blocks


def _is_heading(
    piece: Piece, before: Piece | None, following: Piece | None, *, wrapped: bool, closing: bool
) -> bool:
    if piece.hashed:
        return True
    if not piece.text or piece.text[0].islower() or "\n" in piece.text:
        return False
    text = _PAGES.sub("", piece.text)
    if piece.bold and (piece.kind != Kind.LIST_ITEM or piece.number):
        return len(text.split()) <= 2 * _TITLE_WORDS and not (
            _VERB.search(text) and text[-1] in ".:"
        )
    if piece.number:
        return _is_numbered_heading(piece, text, before, following, wrapped=wrapped)
    if piece.kind != Kind.PARAGRAPH or not _is_title(text):
        return False
    return _stands_alone(piece, before, following, wrapped=wrapped, closing=closing)


def _is_title(text: str) -> bool:
    """Whether words could be a heading: few, no sentence, no value, no address."""
    if len(text.split()) > _TITLE_WORDS or not re.search(r"[A-Za-z]{2}", text):
        return False
    if text.endswith((".", ";", ",", "!")) or re.search(
        r"[@|]|://|: \S|^\d|\d{5}|^[\"'“‘(•]", text
    ):
        return False
    return not (text.endswith(":") and _VERB.search(text))


def _is_numbered_heading(
    piece: Piece, text: str, before: Piece | None, following: Piece | None, *, wrapped: bool
) -> bool:
    ending = text.rstrip(".") if len(text.split()) <= 3 else text
    if not _is_title(ending) or not (piece.dotted or piece.number[-1] == "."):
        return False
    if piece.number[0] == "(" or not piece.number[0].isdigit():
        return False
    if piece.dotted:
        return not _VERB.search(text)
    listed = [other for other in (before, following) if other and _in_list(other, piece)]
    return not listed and (wrapped or piece.gap) and (following is None or following.gap or wrapped)


def _in_list(other: Piece, piece: Piece) -> bool:
    """Whether the two are neighbours in one numbered list."""
    if other.dotted or not re.fullmatch(r"\d{1,3}\.", other.number):
        return False
    return abs(int(other.number[:-1]) - int(piece.number[:-1])) == 1


def _stands_alone(
    piece: Piece, before: Piece | None, following: Piece | None, *, wrapped: bool, closing: bool
) -> bool:
    if wrapped:
        return _is_wrapped_heading(piece, before)
    if not piece.gap or piece.lines > 1:
        return False
    if following is None:
        return not closing
    if not following.gap:
        return False
    return not _is_plain_title(following) or not (before and _is_plain_title(before))


def _is_plain_title(piece: Piece) -> bool:
    plain_line = piece.kind == Kind.PARAGRAPH and not (piece.number or piece.bold or piece.hashed)
    return plain_line and piece.lines == 1 and _is_title(piece.text)


def _is_wrapped_heading(piece: Piece, before: Piece | None) -> bool:
    """In printed lines a heading is short, written as a title, and follows a finished sentence."""
    if piece.lines > 2 or (before is not None and is_unfinished(before.text)):
        return False
    words = [word for word in re.findall(r"[A-Za-z]{4,}", piece.text)]
    return bool(words) and all(word[0].isupper() for word in words)


def _tables(run: Sequence[Line]) -> Iterator[list[Row]]:
    """The rows of each table: a blank line parts two."""
    rows: list[Row] = []
    for line in run:
        raw = line.raw.split("\t")
        cells = tuple(plain(cell) for cell in raw)
        if line.gap and rows:
            yield rows
            rows = []
        filled = [cell for cell, words in zip(raw, cells, strict=True) if words]
        if filled:
            rows.append(Row(cells, all(is_bold(cell) for cell in filled), line.page))
    if rows:
        yield rows


def _table(
    rows: list[Row], frame: Frame, blocks: Sequence[Block], below: Sequence[Line]
) -> tuple[list[Block], Frame]:
    """One table's blocks; a table broken over the page goes on under the same heads."""
    above = blocks[-1] if blocks else None
    broken = above is not None and above.kind == Kind.TABLE_ROW and continues(rows, frame)
    if not broken:
        title = _caption(above, below)
        same = frame.head_row and frame.head_row in (row.cells for row in rows[:2])
        heads = frame.heads if same else ()
        frame = Frame(frame.table + 1, heads, frame.head_row if same else (), title)
    found, frame = lay_out(rows, frame)
    if broken and is_broken_row(rows[0]):
        found[0] = replace(found[0], continues=True)
    return found, frame


def _caption(above: Block | None, below: Sequence[Line]) -> str:
    """The line that names a table, above it or directly below."""
    named = re.compile(r"(?:Table|Figure|Fig\.?)\s+[A-Z]?\d+", re.I)
    if below and named.match(plain(below[0].raw)):
        return plain(below[0].raw)
    if above is None or above.kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return ""
    short = len(above.text.split()) <= 20 and not above.text.endswith(".")
    return above.text if short and (above.kind == Kind.PARAGRAPH or named.match(above.text)) else ""
