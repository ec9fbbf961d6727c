"""The characters of a page, kept by column, and the words that they make on their lines.

A page has thousands of characters: what is asked of them is asked of all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " ", "\u2011": "-"}
)
RAISED_DIGITS = re.compile(r"(?<=[^\W_])[¹²³⁰⁴-⁹]+")
MEASURE = re.compile(r"(^|[\d/])(k|c|m|d|sq ?)?m$|CO$|^H$", re.IGNORECASE)
# Word gaps as shares of the type size: a space is about 0.25, tight setting halves it.
WORD_GAP = 0.17


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


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters, a row each; `bottom` lies a fifth of the size below the baseline."""

    text: NDArray[np.object_]
    left: Floats
    top: Floats
    right: Floats
    bottom: Floats
    size: Floats
    bold: Flags
    turn: Floats  # direction each is written in: 0, 90 (upwards), 180, 270 (downwards)

    def __len__(self) -> int:
        return len(self.text)

    def at(self, places: Places | Flags) -> Glyphs:
        """Those at these places, in their order."""
        return Glyphs(*(getattr(self, column.name)[places] for column in fields(self)))

    def blank(self) -> Flags:
        """Which of them are white space."""
        return np.array([text.isspace() for text in self.text], dtype=bool)

    def spaces(self) -> Flags:
        """Which of them are plain spaces."""
        return np.array([text == " " for text in self.text], dtype=bool)


_NONE = np.empty(0)
NO_GLYPHS = Glyphs(np.empty(0, object), _NONE, _NONE, _NONE, _NONE, _NONE, np.empty(0, bool), _NONE)


def main_turn(glyphs: Glyphs) -> int:
    """The direction that most of the page's characters are written in."""
    inked = glyphs.turn[~glyphs.spaces()]
    counts = {turn: int(np.count_nonzero(inked == turn)) for turn in (0, 90, 180, 270)}
    most = max(counts, key=lambda turn: counts[turn])
    return most if counts[most] > 0.6 * sum(counts.values()) else 0


def words_on_lines(glyphs: Glyphs, rules: Iterable[tuple[float, float, float]]) -> list[Word]:
    """The words of each line, top line first; a ruling (at, start, end) always parts two."""
    if not len(glyphs):
        return []
    order, line = _lines(glyphs)
    glyphs = glyphs.at(order)
    edges = _near(glyphs, line, np.array(sorted(rules)).reshape(-1, 3))
    kept = _without_overprint(glyphs, line)
    glyphs, line = glyphs.at(kept), line[kept]
    inked = np.flatnonzero(~glyphs.blank())
    spaced = np.diff(inked) > 1
    glyphs, line = glyphs.at(inked), line[inked]
    if not len(glyphs):
        return []
    gaps = glyphs.left[1:] - glyphs.right[:-1]
    wide = gaps > WORD_GAP * np.minimum(glyphs.size[1:], glyphs.size[:-1])
    parted = spaced | wide | (np.diff(line) != 0)
    _part_at_rules(glyphs, line, edges, parted)
    return _words(glyphs, np.flatnonzero(np.concatenate(([True], parted))))


def _lines(glyphs: Glyphs) -> tuple[Places, Places]:
    """The order of characters, line by line from left to right, and the line of each."""
    bases = glyphs.bottom - 0.2 * glyphs.size
    order = np.argsort(bases, kind="stable")
    bases, sizes = bases[order], glyphs.size[order]
    starts = np.zeros(len(order), dtype=np.intp)
    first = bases[0]
    # One of the same base and size as the one before it stands on the same line.
    for at in np.flatnonzero((np.diff(bases) != 0) | (np.diff(sizes) != 0)) + 1:
        if bases[at] - first > max(0.8, 0.12 * sizes[at]):
            first, starts[at] = bases[at], 1
    line = np.cumsum(starts)
    return order[np.lexsort((glyphs.left[order], line))], line


def _near(glyphs: Glyphs, line: Places, rules: Floats) -> dict[int, Floats]:
    """Where rulings cross each line that some cross."""
    if not len(rules):
        return {}
    at, start, end = rules.T
    starts = np.flatnonzero(np.diff(line, prepend=-1))
    middles = (glyphs.top[starts] + glyphs.bottom[starts]) / 2
    crossed = [at[(start < middle) & (middle < end)] for middle in middles]
    return {number: found for number, found in enumerate(crossed) if len(found)}


def _without_overprint(glyphs: Glyphs, line: Places) -> Flags:
    """Which to keep: bold is sometimes made by printing a character twice, a hair apart."""
    kept = np.ones(len(glyphs), dtype=bool)
    slack = np.minimum(1.0, 0.12 * glyphs.size)
    # Most stand further from the last one, and so from all before it
    close = (np.diff(glyphs.left) < slack[1:]) & (np.diff(line) == 0)
    for at in np.flatnonzero(close & ~glyphs.spaces()[1:]) + 1:
        kept[at] = not _is_twin(glyphs, line, kept, int(at), float(slack[at]))
    return kept


def _is_twin(glyphs: Glyphs, line: Places, kept: Flags, at: int, slack: float) -> bool:
    """Whether one of the three kept before it on its line is the same and as near."""
    left, seen = glyphs.left, 0
    for other in range(at - 1, -1, -1):
        if seen == 3 or line[other] != line[at] or not left[at] - left[other] < slack:
            return False
        if kept[other]:
            seen += 1
            if glyphs.text[other] == glyphs.text[at]:
                return True
    return False


def _part_at_rules(glyphs: Glyphs, line: Places, edges: dict[int, Floats], parted: Flags) -> None:
    """Parts the characters between whose middles a ruling stands."""
    if not edges:
        return
    middles = (glyphs.left + glyphs.right) / 2
    starts = [*np.flatnonzero(np.diff(line, prepend=-1)), len(line)]
    for start, end in pairwise(starts):
        found = edges.get(int(line[start]))
        if found is not None:
            before = np.searchsorted(found, middles[start : end - 1], side="right")
            parted[start : end - 1] |= before < np.searchsorted(found, middles[start + 1 : end])


def _words(glyphs: Glyphs, starts: Places) -> list[Word]:
    """The words that begin at these places."""
    ends = [*starts[1:].tolist(), len(glyphs)]
    smallest = np.minimum.reduceat(glyphs.size, starts)
    alike = smallest == np.maximum.reduceat(glyphs.size, starts)
    bold = 2 * np.add.reduceat(glyphs.bold.astype(np.intp), starts) > ends - starts
    rows: Iterator[tuple[float, ...]] = zip(
        glyphs.left[starts].tolist(),
        np.minimum.reduceat(glyphs.top, starts).tolist(),
        np.maximum.reduceat(glyphs.right, starts).tolist(),
        np.maximum.reduceat(glyphs.bottom, starts).tolist(),
        _sizes(glyphs.size, starts.tolist(), ends, smallest.tolist(), alike.tolist()),
        bold.tolist(),
        strict=True,
    )
    letters = glyphs.text.tolist()
    texts = ("".join(letters[start:end]) for start, end in zip(starts.tolist(), ends, strict=True))
    return [Word(_spelt(text), *row) for text, row in zip(texts, rows, strict=True)]  # type: ignore[arg-type]


def _sizes(
    sizes: Floats, starts: Sequence[int], ends: Sequence[int], least: list[float], alike: list[bool]
) -> list[float]:
    """The size of each word: the middle one of its characters'."""
    return [
        size if same else median(sizes[start:end].tolist())
        for size, same, start, end in zip(least, alike, starts, ends, strict=True)
    ]


def _spelt(text: str) -> str:
    if text.isascii():
        return text
    text = text.translate(LIGATURES)
    return RAISED_DIGITS.sub(lambda mark: _kept_power(text, mark), text)


def _kept_power(text: str, mark: re.Match[str]) -> str:
    return mark.group() if MEASURE.search(text[: mark.start()]) else ""
