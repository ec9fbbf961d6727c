"""Spelling: the papers' words as they are written, and which of them a slip was meant for."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from assistant.terms import SMALL_WORDS

# Edits (a letter left out, put in, changed, or two swapped) that a word of so many letters may
# have: with more of them, or in shorter words, another word is as likely.
SHORTEST, LONG = 4, 8
FEW_EDITS, MORE_EDITS = 1, 2

_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


class Surface:
    """The words of texts in lower case: how often each stands, and how often with a capital."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.capitals: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Counts the words of one more text."""
        for word in _WORD.findall(text):
            self.counts[word.lower()] += 1
            self.capitals[word.lower()] += word[0].isupper()

    def write(self, file: Path) -> None:
        """Writes them by length: where the words of each lie in bytes, then a line a word."""
        lengths: dict[int, tuple[int, int]] = {}
        body = bytearray()
        for length, words in groupby(sorted(self.counts, key=lambda word: (len(word), word)), len):
            start = len(body)
            for word in words:
                body += f"{word}\t{self.counts[word]}\t{self.capitals[word]}\n".encode()
            lengths[length] = (start, len(body))
        file.write_bytes(json.dumps({"lengths": lengths}).encode() + b"\n" + body)


def is_english(word: str) -> bool:
    """Whether a lower-case word is one of the language, by pyspellchecker's list of words."""
    return word in _dictionary()


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


class Spelling:
    """The words to which a slip may be mended: the papers' own, and those that ask.

    Words are read from the file when one of like length has a slip. Raises ValueError or
    LookupError where it is torn.
    """

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            head = opened.readline()
        # Mapped and not opened again: its folder may go when another index is swapped in.
        self._letters = np.memmap(file, dtype=np.uint8, mode="r")[len(head) :]
        self._places: dict[str, tuple[int, int]] = json.loads(head)["lengths"]
        if len(self._letters) != max((end for _, end in self._places.values()), default=0):
            raise ValueError("the words are not whole")
        self._known: dict[int, dict[str, tuple[int, bool]]] = {}

    def _of_length(self, length: int) -> dict[str, tuple[int, bool]]:
        """The words of a length: how often each stands, and whether it is a name.

        One is that is written with a capital at least every other time.
        """
        if length not in self._known:
            found = {w: (0, False) for w in SMALL_WORDS if len(w) == length > SHORTEST}
            for line in self._lines(length):
                word, count, big = line.split("\t")
                found[word] = (int(count), 2 * int(big) >= int(count))
            self._known[length] = found
        return self._known[length]

    def _lines(self, length: int) -> list[str]:
        start, end = self._places.get(str(length), (0, 0))
        return self._letters[start:end].tobytes().decode().split("\n")[:-1]

    def meant(self, word: str, *, name: bool = False) -> str:
        """The known word that a lower-case one is a slip of, the commoner of two as near, or "".

        One that was typed as a name is a slip of a name only: "Surrey" is no survey. A word of the
        language is no slip, though no paper here uses it.
        """
        if len(word) < SHORTEST or (not name and is_english(word)):
            return ""
        edits = FEW_EDITS if len(word) < LONG else MORE_EDITS
        near: dict[str, tuple[int, bool]] = {}
        for length in range(len(word) - edits, len(word) + edits + 1):
            near |= self._of_length(length)
        found = process.extract(
            word, list(near), scorer=OSA.distance, score_cutoff=edits, limit=None
        )
        fitting = [(known, far) for known, far, _ in found if not name or near[known][1]]
        # A slip in the first letter is rare.
        best = min(
            fitting,
            key=lambda pair: (pair[1], pair[0][0] != word[0], -near[pair[0]][0], pair),
            default=("", 0),
        )
        return str(best[0])
