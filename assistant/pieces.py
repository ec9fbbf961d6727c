"""Lines put together to pieces: a heading, a paragraph or a list item each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.inline import BULLETS, is_bold, plain
from assistant.papers import Kind
from assistant.textlines import Line

_HASH = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(rf"\s*(?:[-*+{BULLETS}]|\(cid:\d+\)|[–o](?=\s+[A-Z]))(?:\s+|$)")
_NOTE = re.compile(r"\s*(?:<sup>\s*\d{1,3}\s*</sup>|[¹²³⁴-⁹]+)\s*")
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,4}\.?)(?:\s+(?=\W?[A-Z0-9])|\s*$)")
_POINT = re.compile(r"(\(?\d{1,3}[.)])(?:\s+|$)")
_LETTER = re.compile(r"(\(?(?:[a-zA-Z]|[ivx]{1,5})\)|[ivx]{1,4}\.|[a-z]\.(?=\s+[A-Z]))(?:\s+|$)")
_BARE = re.compile(
    r"(\d{1,3})\s+(?=[A-Z][a-z]*\b)(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_OPEN_END = re.compile(
    r"(?:[,\-–(£&/]|\b(?:a|an|and|as|at|be|by|for|from|has|have|in|into|is|are|of|on|or|our|that|"
    r"the|their|this|to|was|were|which|will|with))$"
)
_FULL = 0.75  # a wrapped line this much of the usual width goes on in the next
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


def cut_pieces(lines: Sequence[Line], width: int, minutes: set[int]) -> Iterator[Piece]:
    """The pieces between two tables; `width` is that of printed lines, 0 where none are wrapped."""
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


def ends_open(text: str) -> bool:
    """Whether the last word or sign calls for more: "of", "the", a comma."""
    return bool(_OPEN_END.search(text))


def usual_width(lines: Sequence[Line]) -> int:
    """The length of a full printed line."""
    lengths = sorted(len(line.raw.strip()) for line in lines if not line.is_row)
    return lengths[int(len(lengths) * 0.9)]


def minute_numbers(lines: Sequence[Line]) -> set[int]:
    """Numbers without a point that open paragraphs in order, as minutes do."""
    found = []
    for at, line in enumerate(lines):
        raw = "" if line.is_row else re.sub(r"^\s*(?:#+|[-*])\s+|\*\*", "", line.raw)
        bare = _BARE.match(raw)
        if bare:
            opens = any(
                re.match(rf"[\s*-]*{bare[1]}\.1\b", near.raw) for near in lines[at + 1 : at + 4]
            )
            found.append((int(bare[1]), opens))
    numbers = [number for number, _ in found]
    return {
        number
        for at, (number, opens) in enumerate(found)
        if opens
        or number - 1 in numbers[max(0, at - 2) : at]
        or number + 1 in numbers[at + 1 : at + 3]
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
    if new.text[:1].islower() or ends_open(piece.text):
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
    runs_on = new.text[:1].islower() or bool(ends_open(piece.text))
    indented = line.raw[:1] == " " and not piece.last.hard
    glue = " " if width or runs_on or indented else "\n"
    if re.search(r"\w-$", piece.text) and new.text[:1].islower():
        glue = ""
    bold = piece.bold and new.bold
    return replace(
        piece, text=piece.text + glue + new.text, bold=bold, last=line, lines=piece.lines + 1
    )
