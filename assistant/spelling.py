"""Spelling: the papers' words as they are written, and which of them a slip was meant for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from assistant.terms import SMALL_WORDS

# Edits (a letter left out, put in, changed, or two swapped) that a word of so many letters may
# have: with more of them, or in shorter words, another word is as likely.
SHORTEST, LONG = 4, 8
FEW_EDITS, MORE_EDITS = 1, 2

_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def surface_of(texts: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The words of the texts in lower case: how often each stands, and how often with a capital."""
    counts: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for text in texts:
        for word in _WORD.findall(text):
            counts[word.lower()] += 1
            capitals[word.lower()] += word[0].isupper()
    return {word: (count, capitals[word]) for word, count in counts.items()}


def is_english(word: str) -> bool:
    """Whether a lower-case word is one of the language, by pyspellchecker's list of words."""
    return word in _dictionary()


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


class Spelling:
    """The words to which a slip may be mended: the papers' own, and those that ask."""

    def __init__(self, surface: Mapping[str, tuple[int, int]]) -> None:
        self._counts = {word: count for word, (count, _) in surface.items()}
        # Written with a capital at least every other time
        self._names = {word for word, (count, big) in surface.items() if 2 * big >= count}
        self._by_length: dict[int, list[str]] = {}
        for word in {*surface, *(word for word in SMALL_WORDS if len(word) > SHORTEST)}:
            self._by_length.setdefault(len(word), []).append(word)

    def meant(self, word: str, *, name: bool = False) -> str:
        """The known word that a lower-case one is a slip of, the commoner of two as near, or "".

        One that was typed as a name is a slip of a name only: "Surrey" is no survey. A word of the
        language is no slip, though no paper here uses it.
        """
        if len(word) < SHORTEST or (not name and is_english(word)):
            return ""
        edits = FEW_EDITS if len(word) < LONG else MORE_EDITS
        near = [
            known
            for length in range(len(word) - edits, len(word) + edits + 1)
            for known in self._by_length.get(length, ())
        ]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
        fitting = [(known, far) for known, far, _ in found if not name or known in self._names]
        # A slip in the first letter is rare.
        best = min(
            fitting,
            key=lambda pair: (pair[1], pair[0][0] != word[0], -self._counts.get(pair[0], 0), pair),
            default=("", 0),
        )
        return str(best[0])
