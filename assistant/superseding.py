"""Superseding: what a supplement tells anew goes before the words that it replaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.evidence import Chosen, numbers_in, quotes
from assistant.figures import values_in
from assistant.index import Index
from assistant.papers import Kind
from assistant.passages import Passage
from assistant.periods import periods_in
from assistant.picking import SHORT_WORDS, told
from assistant.points import undated
from assistant.questions import Question
from assistant.terms import terms
from assistant.text import sentences
from assistant.ties import later_than

# Said before the words that a later paper has replaced
EARLIER = "The earlier paper said: "
# How much of their words, figures and periods left out, two tellings of one fact share, of 1
ALIKE = 0.6
FEWEST = 3  # words that they share at least
# Passages of a later paper, those nearest in meaning, that may tell a fact anew
LOOKED_AT = 12
_CORRECTS = re.compile(
    r"\b(?:should (?:now )?(?:read|be|say|state)|now reads?|replac(?:e[sd]?|ing)|instead of"
    r"|amend(?:ed|s)?|correct(?:ed|s|ion)|substituted?|in place of)\b",
    re.I,
)
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Newer:
    """Words that replace those chosen, and how alike the two are, of 1."""

    passage: Passage
    ranges: tuple[Range, ...]
    likeness: float


def newest_first(question: Question, picked: Sequence[Chosen], index: Index) -> list[Chosen]:
    """The words picked, those that a supplement tells anew behind what it says, and marked.

    Where a question names the month or quarter, its words stand unless the later ones tell of
    the same. Nothing changes where no supplement speaks of the matter.
    """
    found = {at: newer for at, one in enumerate(picked) if (newer := _newer(question, one, index))}
    if not found:
        return list(picked)
    done: list[Chosen] = []
    moved: set[int] = set()
    for at, chosen in enumerate(picked):
        newer = found.get(at)
        if newer and newer.passage.key not in moved:
            same = [one for one in picked if one.evidence.passage.key == newer.passage.key]
            shown = {*newer.ranges, *(span for one in same for span in one.shown)}
            done = [one for one in done if one not in same]
            done += quotes(newer.passage, sorted(shown))
            moved.add(newer.passage.key)
        if newer:
            done.append(replace(chosen, lead=EARLIER))
        elif chosen.evidence.passage.key not in moved:
            done.append(chosen)
    return _fitting(done, moved, picked)


def _fitting(done: Sequence[Chosen], moved: set[int], picked: Sequence[Chosen]) -> list[Chosen]:
    """Those that have room beside the newer and the earlier words."""
    room = max(SHORT_WORDS, sum(map(_size, picked)))
    needed = [bool(one.lead) or one.evidence.passage.key in moved for one in done]
    room -= sum(_size(one) for one, is_needed in zip(done, needed, strict=True) if is_needed)
    kept = []
    for one, is_needed in zip(done, needed, strict=True):
        room -= 0 if is_needed else _size(one)
        if is_needed or room >= 0:
            kept.append(one)
    return kept


def _size(chosen: Chosen) -> int:
    return len(f"{chosen.lead}{told(chosen.evidence.passage, chosen.shown)}".split())


def _newer(question: Question, chosen: Chosen, index: Index) -> _Newer | None:
    """What the newest paper of the meeting that tells them anew says in the place of words."""
    old = chosen.evidence.passage
    said = question.understood
    if not numbers_in(chosen.evidence.text) or (said and (said.paper or said.scope)):
        return None
    records = index.store.records
    for record in later_than(records[old.paper], records.values()):
        found = [
            newer
            for one in _nearest(old, record.path, index)
            if not one.item or not old.item or one.item == old.item
            if (newer := _replacing(question, chosen, one))
        ]
        if found:
            return max(found, key=lambda newer: newer.likeness)
    return None


def _nearest(old: Passage, paper: str, index: Index) -> list[Passage]:
    """The passages of a paper that speak most of what another one does."""
    within = index.vectors.among(index.store.span(paper))
    _, keys = within.search(index.vectors.reconstruct(old.key)[None], LOOKED_AT)
    return index.store.get([int(key) for key in keys[0] if key >= 0])


def _replacing(question: Question, chosen: Chosen, new: Passage) -> _Newer | None:
    """A passage as what replaces the words chosen, where it tells the same with other figures."""
    old = chosen.evidence.passage
    if Kind.TABLE_ROW in (old.kind, new.kind):
        differs = _is_same_row(old, new) and _differs(question, old.text, new.text)
        return _Newer(new, ((0, len(new.text)),), 1.0) if differs else None
    spans = sentences(new.text)
    for span in spans:
        if _is_erratum(chosen, new.text[slice(*span)]):
            return _Newer(new, (span,), 1.0)
    # Of one paragraph under one heading less will do.
    same = old.paragraph and (old.paragraph, old.trail[-1:]) == (new.paragraph, new.trail[-1:])
    fewest = 1 if same else FEWEST
    pairs = [
        (share, span)
        for text in _shown(chosen)
        for share, span in [max((_shared(text, new.text[a:b], fewest), (a, b)) for a, b in spans)]
        if share >= ALIKE and _differs(question, text, new.text[slice(*span)])
    ]
    if not pairs:
        return None
    return _Newer(new, tuple(sorted({span for _, span in pairs})), max(pairs)[0])


def _shown(chosen: Chosen) -> Iterator[str]:
    """The sentences that are shown of a passage."""
    text = chosen.evidence.passage.text
    for start, end in chosen.shown:
        yield from (text[start + a : start + b] for a, b in sentences(text[start:end]))


def _is_same_row(old: Passage, new: Passage) -> bool:
    """Whether two rows of tables have the same label, under the same heads and title."""
    if not (old.cells and new.cells and any(old.heads)):
        return False
    titles = [_names(" ".join((one.caption, *one.trail[-1:]))) for one in (old, new)]
    heads = [[_names(head) for head in one.heads] for one in (old, new)]
    label = _names(old.cells[0])
    return (
        bool(label)
        and label == _names(new.cells[0])
        and heads[0] == heads[1]
        and (not titles[0] or not titles[1] or bool(titles[0] & titles[1]))
    )


def _is_erratum(chosen: Chosen, sentence: str) -> bool:
    """Whether a sentence puts a number right of those shown: "paragraph 4.3 should read 389"."""
    if not _CORRECTS.search(sentence):
        return False
    old = chosen.evidence.passage
    shown = {number for text in _shown(chosen) for number in numbers_in(text)}
    number = old.paragraph.strip("().")
    said = {one for one in numbers_in(sentence) if one != number}
    named = bool(number) and re.search(
        rf"\bpara(?:graph)?s?\b[^;:]*?(?<![\d.]){re.escape(number)}(?!\.?\d)", sentence, re.I
    )
    about = _names(" ".join((old.text, *old.trail[-1:])))
    return bool(shown & said and said - shown) and bool(
        named or len(about & _names(sentence)) >= FEWEST
    )


def _differs(question: Question, old: str, new: str) -> bool:
    """Whether a later telling gives other figures, and of no other time than is asked for."""
    # The number of an item or of a decision is no figure that a later paper could put right.
    if not set(values_in(new)) - set(numbers_in(old)):
        return False
    then, now = periods_in(old), periods_in(new)
    if question.months or question.quarters:
        return then == now
    return now.years >= question.years & then.years


def _shared(one: str, other: str, fewest: int) -> float:
    """The share of all their names that two texts both hold; 0 where those are few."""
    names, others = _names(one), _names(other)
    both = names & others
    return len(both) / len(names | others) if len(both) >= fewest else 0.0


@lru_cache(maxsize=4_000)
def _names(text: str) -> frozenset[str]:
    """The terms of a text that are neither figures nor periods."""
    return frozenset(t for t in terms(undated(text)) if not any(c.isdigit() for c in t))
