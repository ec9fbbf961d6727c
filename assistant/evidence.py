"""Evidence: spans of passages, so that a quotation can only be the paper's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.papers import Kind
from assistant.passages import Passage

# A passage of at most this many words is quoted whole: nobody cites half a paragraph.
WHOLE_WORDS = 110

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of one passage, from `start` to `end`."""

    passage: Passage
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.passage.text):
            raise ValueError(f"no words from {self.start} to {self.end} of the passage")

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.passage.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """The PDF page on which they begin."""
        return self.passage.place_at(self.start).page


@dataclass(frozen=True, slots=True)
class Chosen:
    """The spans of one passage that are shown, within the evidence that is quoted beside them."""

    evidence: Evidence
    shown: tuple[tuple[int, int], ...]


def quote(passage: Passage, shown: Sequence[tuple[int, int]]) -> Chosen:
    """The spans with the evidence around them: the whole passage where it is short enough."""
    spans = tuple(sorted(shown))
    start, end = spans[0][0], spans[-1][1]
    one_page = passage.place_at(start).page == passage.place_at(0).page
    short = len(passage.text.split()) <= WHOLE_WORDS and one_page
    if short or passage.kind is Kind.TABLE_ROW:
        start, end = 0, len(passage.text)
    return Chosen(Evidence(passage, start, end), spans)


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, spelt one way: "1,455.60" gives "1455.6", "03" gives "3"."""
    return [_spell(match.group()) for match in _NUMBER.finditer(text)]


def _spell(number: str) -> str:
    plain = number.replace(",", "")
    if plain.count(".") == 1:
        plain = plain.rstrip("0").rstrip(".")
    return plain if plain.startswith("0.") else plain.lstrip("0") or "0"


def missing_numbers(text: str, evidence: Sequence[Evidence]) -> list[str]:
    """The numbers of a text that stand neither in the evidence nor in the headings above it."""
    held: set[str] = set()
    for one in evidence:
        held.update(numbers_in(one.text))
        held.update(numbers_in(one.passage.heading))
    return [number for number in numbers_in(text) if number not in held]
