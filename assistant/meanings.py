"""Meanings: what an acronym stands for where it is used, the nearest of the papers' definitions.

One acronym may have two meanings in two papers. In the papers that a question keeps to, or comes
from, their own wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Citation, Part, write_text
from assistant.conversation import Whole
from assistant.evidence import quotes
from assistant.glossary import Glossary, definitions
from assistant.index import Index
from assistant.lexical import highest
from assistant.nearness import answered
from assistant.papers import Kind
from assistant.passages import Passage, cell_spans
from assistant.questions import Question
from assistant.scope import holding
from assistant.terms import stem, terms
from assistant.text import sentences, words
from assistant.working import WorkedOut

# Passages that hold an acronym most often for their length, and are read for its definition
LOOKED_AT = 120
MOST = 3  # meanings that are told
LONG = 40  # a sentence of more words is told from its definition alone

_ACRONYM = r"[\"'“‘]?(?P<said>[A-Za-z][A-Za-z&]{1,9})[\"'”’]?"
_STANDS = (
    re.compile(
        r"\bwhat (?:does|do|did|is|are) (?:the (?:acronym|abbreviation|initials|term) |an? )?"
        rf"{_ACRONYM}\b[^?]*?\b(?:stands? for|short for|mean|abbreviat\w+)\b",
        re.I,
    ),
    re.compile(
        rf"\b(?:meaning|expansion|full (?:name|form|title)) (?:of|for) (?:the )?{_ACRONYM}(?=\W|$)",
        re.I,
    ),
)
_SHORTENED = re.compile(
    r"\b(?:acronym|abbreviation|initials|short(?:ened)? (?:form|name)?) ?(?:for|of) (?:the )?"
    r"(?P<name>[^?]+)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A place where a paper says what an acronym stands for."""

    acronym: str
    name: str
    passage: Passage

    @property
    def meaning(self) -> frozenset[str]:
        """What makes two names the same: their terms."""
        return frozenset(terms(self.name))


def defined(acronym: str, index: Index, place: Passage | None = None) -> list[Definition]:
    """Where the papers of an index define an acronym, the nearest to a place of theirs first.

    Without a place the newest paper's come first.
    """
    key = _key(acronym)
    known = {term: 0.5 for name in index.glossary.names(acronym) for term in terms(name)}
    scores = index.words.scores(known | {stem(key): 1.0, stem(f"{key}s"): 1.0})
    found = [
        Definition(short, name, passage)
        for passage in index.store.get(highest(scores, LOOKED_AT))
        for short, name in definitions(passage.text)
        if _key(short) == key
    ]
    return sorted(found, key=lambda one: _distance(one.passage, place))


def _key(acronym: str) -> str:
    key = acronym.lower()
    return key.removesuffix("s") if len(key) > 2 else key


def _distance(passage: Passage, place: Passage | None) -> tuple[bool, int, bool, int]:
    far = place is None or passage.paper != place.paper
    day = passage.meeting_date.toordinal() if passage.meeting_date else 0
    apart = 0 if place is None or far else abs(passage.key - place.key)
    return far, apart, passage.kind is Kind.TABLE_ROW, -day


def nearest(whole: Whole, index: Index, within: Index) -> Glossary:
    """The glossary with, of each acronym of a question that has two meanings, the one that is near.

    That is the meaning in the papers `within` which the question keeps, or else in the paper that
    answered the turn before; where these define none, all stay.
    """
    glossary = index.glossary
    unclear = {word for word in words(whole.text) if _is_ambiguous(word, glossary)}
    place = place_before(whole, index) if unclear else None
    if not unclear or (within is index and place is None):
        return glossary
    near = holding(index, list(index.store.span(place.paper))) if place else within
    chosen = {
        found[0].acronym: found[0].name.lower()
        for acronym in sorted(unclear)
        if (found := defined(acronym, within if within is not index else near, place))
    }
    return glossary.meaning(chosen) if chosen else glossary


def place_before(whole: Whole, index: Index) -> Passage | None:
    """The passage that most likely answered the turn that a question leans on or comes after."""
    return next(iter(answered(whole, index)), None)


def _is_ambiguous(word: str, glossary: Glossary) -> bool:
    return len({frozenset(terms(name)) for name in glossary.names(word)}) > 1


def acronym_asked(text: str, glossary: Glossary) -> str:
    """The acronym whose meaning a question asks for, or that of the name whose acronym; or ""."""
    for pattern in _STANDS:
        found = pattern.search(text)
        if found and (found["said"].isupper() or glossary.names(found["said"])):
            return found["said"]
    if found := _SHORTENED.search(text):
        return max(
            glossary.acronyms(found["name"]), key=lambda one: _said(one, glossary), default=""
        )
    return ""


def _said(acronym: str, glossary: Glossary) -> int:
    """How long the names of an acronym are: of two that a text holds the longer is meant."""
    return max(len(name) for name in glossary.names(acronym))


def told_meaning(
    acronym: str, question: Question, index: Index, place: Passage | None
) -> Answer | None:
    """What an acronym stands for, the nearest definition first, and what else it does elsewhere."""
    firsts: dict[frozenset[str], Definition] = {}
    for one in defined(acronym, index, place):
        firsts.setdefault(one.meaning, one)
    if not firsts:
        return None
    shown = _distinct(firsts.values())[:MOST]
    chosen = [part for one in shown for part in quotes(one.passage, [_sentence(one)])]
    records = index.store.records
    citations = tuple(
        Citation(number, one.evidence, records[one.evidence.passage.paper])
        for number, one in enumerate(chosen, 1)
    )
    parts = [
        Part(one.evidence.passage.text[start:end], number)
        for number, one in enumerate(chosen, 1)
        for start, end in one.shown
    ]
    note = f"{len(shown)} meanings in these papers"
    worked = (WorkedOut(note, tuple(range(1, len(chosen) + 1))),) if len(shown) > 1 else ()
    return Answer(write_text(parts, worked), citations, worked_out=worked, question=question)


def _distinct(found: Iterable[Definition]) -> list[Definition]:
    """The definitions that are no other's with a word more or less."""
    kept: list[Definition] = []
    for one in found:
        if not any(len(one.meaning ^ other.meaning) <= 1 for other in kept):
            kept.append(one)
    return kept


def _sentence(one: Definition) -> tuple[int, int]:
    """The sentence that defines, or of a long one the name and what it is shortened to."""
    text = one.passage.text
    cells = [(start, end) for start, end, _ in cell_spans(one.passage)]
    spans: Sequence[tuple[int, int]] = cells or sentences(text)
    pair = (one.acronym, one.name)
    start, end = next(
        (span for span in spans if pair in definitions(text[slice(*span)])), (0, len(text))
    )
    start += len(text[start:end]) - len(text[start:end].lstrip(" |"))
    if len(text[start:end].split()) <= LONG:
        return start, end
    both = rf"{re.escape(one.name)}\W*\(.{{0,3}}{re.escape(one.acronym)}[^)]*\)"
    found = re.compile(both, re.S).search(text, start, end)
    return found.span() if found else (start, end)
