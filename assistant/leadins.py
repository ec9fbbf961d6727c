"""Lead-ins: words that end in a colon are shown with what they lead to, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Chosen, quotes
from assistant.figures import values_in
from assistant.index import Index
from assistant.papers import Kind
from assistant.passages import Passage
from assistant.picking import LISTED_ROWS, LONG_WORDS, SHORT_WORDS
from assistant.text import sentences

# Passages after a lead-in that may hold what it leads to
REACH = 24
_LEADS = re.compile(r":\s*[-–—]?\s*$")
_QUOTED = re.compile(r"\s*[“\"‘](?P<quoted>[^”\"]+[”\"’])")
_MARK = re.compile(r"\W*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[•▪●◦‣·*–-])\s", re.I)

Range = tuple[int, int]


def leads(text: str) -> bool:
    """Whether words only lead to others: "The tariff is as follows:"."""
    return bool(_LEADS.search(text))


def completed(picked: Sequence[Chosen], index: Index) -> list[Chosen]:
    """The words picked, lead-ins with what they lead to: the quotation, the list, the sentence.

    A lead-in to nothing that tells no value is left out, and so is one beside the best words
    that brings more along than there is room for.
    """
    if not any(map(_is_open, picked)):
        return list(picked)
    done: list[Chosen] = []
    for one in picked:
        known = {other.evidence.passage.key for other in done}
        if one.evidence.passage.key in known:
            continue
        whole = _completed(one, index) if _is_open(one) else [one]
        new = [part for part in whole if part.evidence.passage.key not in known]
        if not done or whole == [one] or _size([*done, *new]) <= SHORT_WORDS:
            done += new
    return done


def _is_open(chosen: Chosen) -> bool:
    """Whether the last of the words shown lead to what is not shown."""
    passage = chosen.evidence.passage
    last = passage.text[slice(*chosen.shown[-1])]
    return passage.kind is not Kind.TABLE_ROW and leads(last)


def _size(parts: Sequence[Chosen]) -> int:
    return sum(
        len(one.evidence.passage.text[start:end].split())
        for one in parts
        for start, end in one.shown
    )


def _completed(chosen: Chosen, index: Index) -> list[Chosen]:
    passage = chosen.evidence.passage
    lead_in = chosen.shown[-1]
    if following := _within(passage, lead_in[1]):
        return quotes(passage, [*chosen.shown, following])
    if after := _after(passage, index):
        rest = [part for one in after for part in quotes(one, [(0, len(one.text))])]
        return [*quotes(passage, chosen.shown), *rest]
    if values_in(passage.text[slice(*lead_in)]):
        return [chosen]
    return quotes(passage, chosen.shown[:-1]) if chosen.shown[:-1] else []


def _within(passage: Passage, end: int) -> Range | None:
    """What of a passage follows its words up to `end`: a quotation, a list or a sentence."""
    rest = passage.text[end:]
    spans = sentences(rest)
    if not spans:
        return None
    start = spans[0][0]
    if quoted := _QUOTED.match(rest):
        return end + start, end + quoted.end()
    if _MARK.match(rest[start:]) or "\n" in rest.strip():
        return end + start, end + spans[-1][1]
    return end + start, end + spans[0][1]


def _after(passage: Passage, index: Index) -> list[Passage]:
    """The passages that a lead-in at the end of one leads to, as far as there is room."""
    opening = passage.text.splitlines()[-1]
    room = LONG_WORDS
    found: list[Passage] = []
    for one in index.store.around(passage, 0, REACH):
        if one.key <= passage.key:
            continue
        room -= len(one.text.split())
        if not _goes_on(one, passage, opening, found) or room < 0:
            break
        found.append(one)
    return found


def _goes_on(one: Passage, passage: Passage, opening: str, found: Sequence[Passage]) -> bool:
    """Whether a passage is what a lead-in leads to, or goes on with it."""
    if (one.item, one.trail[: len(passage.trail)]) != (passage.item, passage.trail):
        return False
    if not found:
        return not one.paragraph or one.paragraph.startswith(passage.paragraph)
    first = found[0]
    if first.kind is Kind.TABLE_ROW:
        return (one.table == first.table) and len(found) < LISTED_ROWS
    if one.lead and one.lead == opening:
        return True
    return first.kind is one.kind is Kind.LIST_ITEM or bool(
        _MARK.match(first.text) and _MARK.match(one.text)
    )
