"""Words that stand on one baseline: lines, the runs within them, and their joined text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from assistant.glyphs import Word
from assistant.sheet import Rule


class Line(NamedTuple):
    """Words on one baseline, close enough to be read as one run."""

    words: tuple[Word, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        """The words, a space between each."""
        return " ".join([word.text for word in self.words])

    @property
    def size(self) -> float:
        """The type size of most of the line."""
        return max([(len(word.text), word.size) for word in self.words])[1]

    @property
    def bold(self) -> bool:
        """Whether every word with a letter in it is bold."""
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text))) and any(
            word.bold for word in self.words
        )


def line_of(words: Iterable[Word]) -> Line:
    """A line from words in any order."""
    row = tuple(sorted(words, key=attrgetter("left")))
    if len(row) == 1:
        return Line(row, *row[0][1:5])
    return Line(
        row,
        row[0].left,
        min([word.top for word in row]),
        max([word.right for word in row]),
        max([word.bottom for word in row]),
    )


NAMED = re.compile(
    r"(?:Table|Figure|Fig\.|Chart|Graph)\s+[A-Z]?\d{1,3}(?:[.]\d{1,2})?[a-z]?\s*(?:[:–-]|$)", re.I
)


def names_table(text: str) -> bool:
    """Whether a line opens with the name of a table or figure ("Table 4: Overspend by service")."""
    return bool(NAMED.match(text))


BROKEN_WORD = re.compile(r"[a-z]{2}-$")
# The last letters of a word that a narrow cell tore off ("Forecas" over "t"); no short word.
TORN = re.compile(
    r"(?![aikmopvx]\b|(?:am|an|as|at|be|by|do|eg|go|he|ie|if|in|is|it|km|me|mm|my|no|of|on|or|pa|pp|"
    r"so|to|up|us|vs|we)\b)(?:[a-z]{1,2}$|[a-z](?= [A-Z]))"
)
BROKEN_YEAR = re.compile(r"\d[-–/]$")


def joined_lines(lines: Iterable[str]) -> str:
    """Lines made one text; a hyphen at a line's end stays, without a space after it.

    Word processors break lines at hyphens that belong to the word ("long-term"), and hardly
    ever add their own, so only the soft hyphen is taken out.
    """
    text = ""
    for line in lines:
        if text.endswith("\u00ad"):
            text = text[:-1] + line
        elif (
            (BROKEN_WORD.search(text) and line[:1].islower())
            or (BROKEN_YEAR.search(text) and line[:1].isdigit())
            or (text[-2:].isalpha() and text[-1:].islower() and TORN.match(line))
        ):
            text += line
        else:
            text = f"{text} {line}" if text else line
    return " ".join(text.replace("\u00ad", "").split())


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words by baseline, from the top; each row from left to right."""
    rows: list[list[Word]] = []
    first = 0.0
    known = list(words)
    bases = [(word.bottom - 0.2 * word.size, word.left) for word in known]
    for at in sorted(range(len(known)), key=bases.__getitem__):
        word, base = known[at], bases[at][0]
        if rows and base - first <= max(1.2, 0.2 * min(word.size, rows[-1][0].size)):
            rows[-1].append(word)
        else:
            rows.append([word])
            first = base
    return [sorted(row, key=attrgetter("left")) for row in rows]


def segments(row: list[Word], gap: float, rules: Iterable[Rule] = ()) -> list[Line]:
    """A row cut where words stand more than `gap` type sizes apart, or a ruling parts them."""
    runs: list[list[Word]] = [[row[0]]]
    middle = (row[0].top + row[0].bottom) / 2
    edges = [rule for rule in rules if rule.start < middle < rule.end]
    for before, after in pairwise(row):
        wide = after.left - before.right > gap * max(before.size, after.size)
        if wide or (edges and _stands_between(before, after, edges)):
            runs.append([])
        runs[-1].append(after)
    return [line_of(run) for run in runs]


def _stands_between(before: Word, after: Word, edges: list[Rule]) -> bool:
    return any([before.right - 2 < edge.at < after.left + 2 for edge in edges])
