"""One page as drawn: words with their place and type size, rulings, filled areas, pictures.

All lengths are points from the top left corner of the page, after the page has been turned so
that most of its text reads from left to right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
from statistics import median
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character; `bottom` lies a fifth of the size below its baseline."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    turn: int  # direction it is written in: 0, 90 (upwards), 180, 270 (downwards)


class Word(NamedTuple):
    """Characters that stand together on one line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    sure: int = 0  # how sure OCR is of it, in percent, 0 where it does not say


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
    glyphs: tuple[Glyph, ...]
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


LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " ", "\u2011": "-"}
)
RAISED_DIGITS = re.compile(r"(?<=[^\W_])[¹²³⁰⁴-⁹]+")
ORDINAL = re.compile(r"^(st|nd|rd|th)\b", re.IGNORECASE)
MEASURE = re.compile(r"(^|[\d/])(k|c|m|d|sq ?)?m$|CO$|^H$", re.IGNORECASE)
# Word gaps as shares of the type size: a space is about 0.25, tight setting halves it.
WORD_GAP = 0.17


def turned(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """The box on a width x height page, seen after turning text written at `turn` upright."""
    left, top, right, bottom = box
    if turn == 90:
        return height - bottom, left, height - top, right
    if turn == 180:
        return width - right, height - bottom, width - left, height - top
    if turn == 270:
        return top, width - right, bottom, width - left
    return box


def main_turn(glyphs: Iterable[Glyph]) -> int:
    """The direction that most of the page's characters are written in."""
    counts = {0: 0, 90: 0, 180: 0, 270: 0}
    for glyph in glyphs:
        counts[glyph.turn] += glyph.text != " "
    most = max(counts, key=lambda turn: counts[turn])
    return most if counts[most] > 0.6 * sum(counts.values()) else 0


def words_of(
    glyphs: Iterable[Glyph], upright: Iterable[Rule], width: float, height: float
) -> list[Word]:
    """The page's words; a vertical ruling always parts two words; footnote marks are gone."""
    by_turn: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_turn.setdefault(glyph.turn, []).append(glyph)
    words: list[Word] = []
    rules = sorted(upright)
    for turn, group in by_turn.items():
        if turn == 0:
            words += _settle_raised(list(_words_on_lines(group, rules)))
            continue
        straight = [_turn_glyph(glyph, turn, width, height) for glyph in group]
        back_width, back_height = (height, width) if turn in (90, 270) else (width, height)
        for word in _words_on_lines(straight, []):
            box = turned(
                (word.left, word.top, word.right, word.bottom),
                (360 - turn) % 360,
                back_width,
                back_height,
            )
            words.append(Word(word.text, *box, word.size, word.bold))
    return words


def _turn_glyph(glyph: Glyph, turn: int, width: float, height: float) -> Glyph:
    box = turned((glyph.left, glyph.top, glyph.right, glyph.bottom), turn, width, height)
    return Glyph(glyph.text, *box, glyph.size, glyph.bold, (glyph.turn - turn) % 360)


def turn_glyphs(glyphs: Iterable[Glyph], turn: int, width: float, height: float) -> list[Glyph]:
    """The characters as they stand once the whole page is turned."""
    return [_turn_glyph(glyph, turn, width, height) for glyph in glyphs]


def _words_on_lines(glyphs: list[Glyph], rules: list[Rule]) -> Iterator[Word]:
    for line in _baselines(glyphs):
        line.sort(key=attrgetter("left"))
        middle = (line[0].top + line[0].bottom) / 2
        near = [rule.at for rule in rules if rule.start < middle < rule.end]
        yield from _split_line(_without_overprint(line), near)


def _baselines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    line: list[Glyph] = []
    first = 0.0
    bases = [glyph.bottom - 0.2 * glyph.size for glyph in glyphs]
    for at in sorted(range(len(glyphs)), key=bases.__getitem__):
        base, glyph = bases[at], glyphs[at]
        if line and base - first > max(0.8, 0.12 * glyph.size):
            yield line
            line = []
        if not line:
            first = base
        line.append(glyph)
    if line:
        yield line


def _without_overprint(line: list[Glyph]) -> list[Glyph]:
    """Bold is sometimes made by printing a character twice, a hair apart."""
    kept: list[Glyph] = []
    for glyph in line:
        slack = min(1.0, 0.12 * glyph.size)
        # Most stand further from the last one, and so from all before it
        close = kept and glyph.left - kept[-1].left < slack and glyph.text != " "
        if not close or not _is_twin(glyph, kept[-3:], slack):
            kept.append(glyph)
    return kept


def _is_twin(glyph: Glyph, before: list[Glyph], slack: float) -> bool:
    return glyph.text in [other.text for other in before if glyph.left - other.left < slack]


def _split_line(line: list[Glyph], rules: list[float]) -> Iterator[Word]:
    run: list[Glyph] = []
    for glyph in line:
        if glyph.text.isspace():
            if run and glyph.left >= run[-1].left:
                yield _word(run)
                run = []
            continue
        if run and _parted(run[-1], glyph, rules):
            yield _word(run)
            run = []
        run.append(glyph)
    if run:
        yield _word(run)


def _parted(before: Glyph, after: Glyph, rules: list[float]) -> bool:
    gap = after.left - before.right
    if gap > WORD_GAP * min(before.size, after.size):
        return True
    if not rules:
        return False
    at = bisect_right(rules, (before.left + before.right) / 2)
    return at < len(rules) and rules[at] < (after.left + after.right) / 2


def _word(run: list[Glyph]) -> Word:
    text = "".join([glyph.text for glyph in run])
    if not text.isascii():
        text = text.translate(LIGATURES)
        text = RAISED_DIGITS.sub(lambda mark: _kept_power(text, mark), text)
    sizes = [glyph.size for glyph in run]
    return Word(
        text,
        run[0].left,
        min([glyph.top for glyph in run]),
        max([glyph.right for glyph in run]),
        max([glyph.bottom for glyph in run]),
        sizes[0] if sizes.count(sizes[0]) == len(sizes) else median(sizes),
        2 * sum([glyph.bold for glyph in run]) > len(run),
    )


def _kept_power(text: str, mark: re.Match[str]) -> str:
    return mark.group() if MEASURE.search(text[: mark.start()]) else ""


def _settle_raised(words: list[Word]) -> list[Word]:
    """Raised marks beside a word: an ordinal or a power joins it, a footnote mark goes."""
    small = {index for index, word in enumerate(words) if len(word.text) <= 4}
    if not small:
        return words
    bands = _bands(words)
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


def _host(words: list[Word], index: int, bands: dict[int, list[int]]) -> int | None:
    mark = words[index]
    best: tuple[float, int] | None = None
    for other in bands.get(int(mark.bottom // 10), []):
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
    if mark.size > 0.8 * size or not 0.12 * size < base - mark_base < 0.65 * size:
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
    return replace(sheet, glyphs=(), words=tuple(words))


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
        glyphs=tuple(turn_glyphs(sheet.glyphs, turn, width, height)),
        across=tuple(across),
        upright=tuple(upright),
        fills=tuple(Fill(*turned(f[:4], turn, width, height), f.colour) for f in sheet.fills),
        turn=turn,
    )
