"""One page as drawn: words with their place and type size, rulings, filled areas, pictures.

All lengths are points from the top left corner of the page, after the page has been turned so
that most of its text reads from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from assistant.glyphs import (
    MEASURE,
    NO_GLYPHS,
    WORD_GAP,
    Floats,
    Glyphs,
    Word,
    main_turn,
    words_on_lines,
)

Length = TypeVar("Length", float, Floats)


class Rule(NamedTuple):
    """A straight ruling: at `at` on one axis, from `start` to `end` along the other."""

    at: float
    start: float
    end: float


class Fill(NamedTuple):
    """A filled rectangle and its colour."""

    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that one page draws."""

    number: int
    width: float
    height: float
    glyphs: Glyphs = field(compare=False)
    across: tuple[Rule, ...] = ()  # horizontal rulings
    upright: tuple[Rule, ...] = ()  # vertical rulings
    fills: tuple[Fill, ...] = ()
    turn: int = 0  # how far the page was turned to read it
    pictures: int = 0
    covered: float = 0.0  # share of the page under its largest picture
    ocr: bool = False  # whether its words come from OCR
    tried: bool = False  # whether it was looked at by our own
    hidden: int = 0  # characters that nobody can see
    unmapped: int = 0  # characters the file gives no letter for
    slanted: str = ""  # words across the page, strings parted by "|"
    words: tuple[Word, ...] = field(default=())


RAISED = 0.8  # share of the type size beside it that a raised mark has at most
ORDINAL = re.compile(r"^(st|nd|rd|th)\b", re.IGNORECASE)


def turned(
    box: tuple[Length, Length, Length, Length], turn: int, width: float, height: float
) -> tuple[Length, Length, Length, Length]:
    """The box on a width x height page, seen after turning text written at `turn` upright."""
    left, top, right, bottom = box
    if turn == 90:
        return height - bottom, left, height - top, right
    if turn == 180:
        return width - right, height - bottom, width - left, height - top
    if turn == 270:
        return top, width - right, bottom, width - left
    return box


def words_of(glyphs: Glyphs, upright: Iterable[Rule], width: float, height: float) -> list[Word]:
    """The page's words; a vertical ruling always parts two words; footnote marks are gone."""
    words: list[Word] = []
    for turn in dict.fromkeys(map(int, glyphs.turn.tolist())):
        group = glyphs.at(glyphs.turn == turn)
        if turn == 0:
            words += _settle_raised(words_on_lines(group, upright))
            continue
        back_width, back_height = (height, width) if turn in (90, 270) else (width, height)
        for word in words_on_lines(turn_glyphs(group, turn, width, height), ()):
            box = turned(word[1:5], (360 - turn) % 360, back_width, back_height)
            words.append(Word(word.text, *box, word.size, word.bold))
    return words


def turn_glyphs(glyphs: Glyphs, turn: int, width: float, height: float) -> Glyphs:
    """The characters as they stand once the whole page is turned."""
    sides = glyphs.left, glyphs.top, glyphs.right, glyphs.bottom
    box = turned(sides, turn, width, height)
    return Glyphs(glyphs.text, *box, glyphs.size, glyphs.bold, (glyphs.turn - turn) % 360)


def _settle_raised(words: list[Word]) -> list[Word]:
    """Raised marks beside a word: an ordinal or a power joins it, a footnote mark goes."""
    small = [index for index, word in enumerate(words) if len(word.text) <= 4]
    if not small:
        return words
    bands = _bands(words)
    # Beside nothing larger than itself a mark is not raised.
    largest = {band: max([words[at].size for at in held]) for band, held in bands.items()}
    small = [at for at in small if words[at].size <= RAISED * largest[_band(words[at])]]
    gone: set[int] = set()
    for index in small:
        host = _host(words, index, bands)
        if host is None:
            continue
        mark, word = words[index], words[host]
        gone.add(index)
        if ORDINAL.match(mark.text) or (
            mark.left > word.left and mark.text in ("2", "3") and MEASURE.search(word.text)
        ):
            words[host] = word._replace(text=word.text + mark.text, right=mark.right)
        elif mark.left > word.left:
            words[host] = word._replace(right=mark.right)
    return _reglued([word for index, word in enumerate(words) if index not in gone], bool(gone))


def _bands(words: list[Word]) -> dict[int, list[int]]:
    """Words by the ten-point bands they touch, so that neighbours are found quickly."""
    bands: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        for band in range(int(word.top // 10), int(word.bottom // 10) + 1):
            bands.setdefault(band, []).append(index)
    return bands


def _band(word: Word) -> int:
    """The band that its foot stands in."""
    return int(word.bottom // 10)


def _host(words: list[Word], index: int, bands: dict[int, list[int]]) -> int | None:
    mark = words[index]
    best: tuple[float, int] | None = None
    for other in bands[_band(mark)]:
        word = words[other]
        if not _raised_beside(mark, word):
            continue
        gap = min(abs(mark.left - word.right), abs(word.left - mark.right))
        if best is None or gap < best[0]:
            best = (gap, other)
    return best[1] if best else None


def _raised_beside(mark: Word, word: Word) -> bool:
    size = word.size
    base, mark_base = word.bottom - 0.2 * size, mark.bottom - 0.2 * mark.size
    if mark.size > RAISED * size or not 0.12 * size < base - mark_base < 0.65 * size:
        return False
    after, before = mark.left - word.right, word.left - mark.right
    return -0.2 * size < after < 0.3 * size or -0.2 * size < before < 0.3 * size


def _reglued(words: list[Word], had_marks: bool) -> list[Word]:
    """Punctuation that followed a dropped mark goes back to its word."""
    if not had_marks:
        return words
    glued: list[Word] = []
    for word in words:
        last = glued[-1] if glued else None
        if (
            last is not None
            and word.text[0] in ",.;:)]%’"
            and abs(last.bottom - word.bottom) < 1
            and -1 < word.left - last.right < WORD_GAP * word.size
        ):
            glued[-1] = last._replace(text=last.text + word.text, right=word.right)
        else:
            glued.append(word)
    return glued


def set_upright(sheet: Sheet) -> Sheet:
    """The sheet with its words, turned so that most of them read from left to right."""
    turn = main_turn(sheet.glyphs)
    if turn:
        sheet = _turn_sheet(sheet, turn)
    words = words_of(sheet.glyphs, sheet.upright, sheet.width, sheet.height)
    return replace(sheet, glyphs=NO_GLYPHS, words=tuple(words))


def _turn_sheet(sheet: Sheet, turn: int) -> Sheet:
    width, height = sheet.width, sheet.height
    across: list[Rule] = []
    upright: list[Rule] = []
    boxes = [(rule.start, rule.at, rule.end, rule.at) for rule in sheet.across]
    boxes += [(rule.at, rule.start, rule.at, rule.end) for rule in sheet.upright]
    for box in boxes:
        left, top, right, bottom = turned(box, turn, width, height)
        if bottom - top < right - left:
            across.append(Rule(top, left, right))
        else:
            upright.append(Rule(left, top, bottom))
    return replace(
        sheet,
        width=height if turn in (90, 270) else width,
        height=width if turn in (90, 270) else height,
        glyphs=turn_glyphs(sheet.glyphs, turn, width, height),
        across=tuple(across),
        upright=tuple(upright),
        fills=tuple(Fill(*turned(f[:4], turn, width, height), f.colour) for f in sheet.fills),
        turn=turn,
    )
