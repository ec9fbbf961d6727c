"""Evidence: spans of passages, so that a quotation can only be the paper's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.papers import Kind
from assistant.passages import Passage
from assistant.text import sentences

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
    lead: str = ""  # said before them, in the assistant's own words


def quotes(passage: Passage, shown: Sequence[tuple[int, int]]) -> list[Chosen]:
    """The spans with the evidence around them, one for each page that they begin on.

    A passage that goes on over a page is quoted page by page, so that each citation names the
    page where its words stand; one on a single page is quoted whole where it is short enough.
    """
    pages: dict[int | None, list[tuple[int, int]]] = {}
    for span in sorted(shown):
        for start, end in _by_page(passage, span):
            pages.setdefault(passage.place_at(start).page, []).append((start, end))
    whole = len(pages) == 1 and (_is_short(passage) or passage.kind is Kind.TABLE_ROW)
    return [_around(passage, tuple(spans), whole) for spans in pages.values()]


def _around(passage: Passage, spans: tuple[tuple[int, int], ...], whole: bool) -> Chosen:
    start, end = (0, len(passage.text)) if whole else (spans[0][0], spans[-1][1])
    return Chosen(Evidence(passage, start, end), spans)


def _is_short(passage: Passage) -> bool:
    one_page = len({place.page for place in passage.places}) == 1
    return one_page and len(passage.text.split()) <= WHOLE_WORDS


def _by_page(passage: Passage, span: tuple[int, int]) -> list[tuple[int, int]]:
    """A span as it is where it lies on one page, else its sentences."""
    start, end = span
    pages = {place.page for place in passage.places if place.offset < end}
    if len(pages) == 1 or passage.kind is Kind.TABLE_ROW:
        return [span]
    return [(start + a, start + b) for a, b in sentences(passage.text[start:end])]


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
