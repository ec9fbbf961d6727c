"""Across papers: what each of the papers or meetings says that a question sets side by side.

"What did the March report give, and what the September one?" is one question asked of two sets of
papers. Asked of all papers at once it is answered from whichever reads better, twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from assistant.answers import Answer, Citation, Part, say_date, write_text
from assistant.evidence import quotes
from assistant.figures import figures_in, values_in
from assistant.holding import without_pages
from assistant.index import Index
from assistant.naming import Document, day_of
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.periods import Periods, months_in
from assistant.picking import SHORT_WORDS, shown_of, told
from assistant.points import undated
from assistant.questions import Question
from assistant.reader import Scored
from assistant.records import MONTHS
from assistant.retriever import Hit
from assistant.terms import terms
from assistant.working import ASKS, WorkedOut, work_out

# Sets of papers that are set side by side at most, and spans of each that are looked at
MOST = 3
MOST_FILES = 6
LOOKED_AT = 8
# What two spans are lifted by that share all their words but figures and dates
ALIKE = 4.0

_NAMES = "|".join(month[:3] + (f"(?:{month[3:]})?" if month[3:] else "") for month in MONTHS)
_KIND = r"(?:reports?|papers?|minutes|packs?|agendas?|meetings?|strateg(?:y|ies)|ones?)\b"
_WHAT = r"(?P<what>(?:(?!(?:and|or|the|of|in|at|on)\b)[\w'’&/-]+\s+){0,3}?)"
_LED = (
    r"(?:\b(?:in|at|on|of|from|by|between|to|for|and|since|per)\s+)*"
    r"(?:the figures (?:in|of|from) )?(?:\b(?:the|that|this|our|its)\s+)?"
)
_DATED = re.compile(
    rf"{_LED}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?\b(?P<month>{_NAMES})t?\b\.?,?"
    rf"(?:\s+(?P<year>(?:19|20)\d\d)\b)?(?:\s+{_WHAT}(?P<kind>{_KIND}))?",
    re.I,
)
_OF_YEAR = re.compile(rf"{_LED}(?P<year>(?:19|20)\d\d)\s+{_WHAT}(?P<kind>{_KIND})", re.I)
_MANY = re.compile(r"\b(?:two|both|each|different|several|more than one)\b", re.I)
# At the end of the words that name a paper
_SINCE = re.compile(r"\bsince\b[^,;?.]*$", re.I)


_FIGURES = re.compile(r"\b(?:figures?|numbers?|scores?|rates?|quarter)\b", re.I)
_RATING = re.compile(r"\b(?:risks?|rat(?:ed|ings?)|status)\b", re.I)

Pair = Sequence[Sequence[Scored]]  # spans of each of the sides that are set side by side


@dataclass(frozen=True, slots=True)
class Moment:
    """Papers that a question sets beside others, by the passages that are theirs."""

    keys: tuple[int, ...]
    words: range  # where the question names them


@dataclass(frozen=True, slots=True)
class Apart:
    """A question without the words that name papers, and the papers, in the order of the index."""

    question: str
    papers: tuple[tuple[int, ...], ...]
    is_any_two: bool = False  # "the two reports of 2018" may be any two of that year


@dataclass(frozen=True, slots=True)
class Sides:
    """The same question asked of each set of papers alone; empty where none are set apart."""

    asked: tuple[tuple[Question, tuple[Hit, ...]], ...] = ()
    is_any_two: bool = False


def names_moments(question: str) -> bool:
    """Whether a question has words that may name papers by their time."""
    return bool(_DATED.search(question) or _OF_YEAR.search(question))


def set_apart(question: str, documents: Sequence[Document], index: Index) -> Apart | None:
    """The papers that a question sets side by side; None where it names fewer than two sets."""
    moments = list(_moments(question, documents, index))
    sets = list(dict.fromkeys(moment.keys for moment in moments if moment.keys))
    many = len(moments) == 1 and bool(_MANY.search(question))
    if many and sets:
        sets = _by_file(sets[0], index)
    elif len(moments) == 1 and sets and _SINCE.search(question[: moments[0].words.stop]):
        sets += _later(sets[0], documents)
    if not 1 < len(sets) <= (MOST_FILES if many else MOST) or not _are_apart(sets):
        return None
    core = question
    for moment in reversed(moments):
        core = f"{core[: moment.words.start].rstrip()} {core[moment.words.stop :].lstrip()}"
    core = re.sub(r"\s+([?,.;:])", r"\1", core).strip()
    return Apart(core, tuple(sorted(sets)), is_any_two=many)


def told_apart(
    question: Question, sides: Sequence[Sequence[Scored]], index: Index, *, is_any_two: bool
) -> Answer | None:
    """What each of the papers says, in their order; None where one of them does not say.

    `sides` are the spans of each that answer; of any two of them, where only two are wanted.
    Those words are told that read best and are alike: the one measure, and not the best that each
    of the papers has to say.
    """
    together = combinations(filter(None, sides), 2) if is_any_two else iter([tuple(sides)])
    pairs = [tuple(one) for one in together if one and all(one)]
    chosen = _most_alike([tuple(map(_first, one)) for one in _telling(question, pairs) or pairs])
    records = index.store.records
    picked = [
        said
        for one in sorted(chosen, key=lambda one: _when(one.span.passage, records))
        for said in quotes(one.span.passage, shown_of(question, one.span))
    ]
    size = sum(len(told(one.evidence.passage, one.shown).split()) for one in picked)
    if not picked or size > SHORT_WORDS:
        return None
    citations = tuple(
        Citation(number, one.evidence, records[one.evidence.passage.paper])
        for number, one in enumerate(picked, 1)
    )
    parts = [
        Part(told(one.evidence.passage, one.shown), number) for number, one in enumerate(picked, 1)
    ]
    figures = {number: figures_in(one.evidence, one.shown) for number, one in enumerate(picked, 1)}
    worked = (*_dated(citations), *work_out(question, figures))
    shown = tuple(figure for held in figures.values() for figure in held)
    return Answer(write_text(parts, worked), citations, shown, worked, question)


def _first(side: Sequence[Scored]) -> Sequence[Scored]:
    return side[:LOOKED_AT]


def _telling(question: Question, pairs: Sequence[Pair]) -> list[Pair]:
    """The sides with a figure, of which each of a pair has some, where a change is asked for."""
    if _RATING.search(question.text):
        return []
    if question.asked not in ASKS and not _FIGURES.search(question.text):
        return []
    valued = [tuple([one for one in side if _has_value(one)] for side in pair) for pair in pairs]
    return [pair for pair in valued if all(pair)]


def _has_value(scored: Scored) -> bool:
    """Whether a span holds a figure that is no page's number."""
    passage = scored.span.passage
    return bool(values_in(without_pages(scored.span.text, passage)))


def _most_alike(pairs: Sequence[Pair]) -> tuple[Scored, ...]:
    """One span of each side: those that together read best and tell of the same thing."""
    named = {id(one): _names(one) for sides in pairs for side in sides for one in side}

    def weight(chosen: Sequence[Scored]) -> float:
        first, *others = (named[id(one)] for one in chosen)
        alike = min(len(first & other) / (len(first | other) or 1) for other in others)
        return sum(one.score for one in chosen) + ALIKE * alike

    return max((one for sides in pairs for one in product(*sides)), key=weight, default=())


def _names(scored: Scored) -> frozenset[str]:
    """The terms of a span and of what names it that are neither figures nor periods."""
    passage = scored.span.passage
    said = " ".join((scored.span.text, passage.lead, passage.caption, *passage.trail[-1:]))
    return frozenset(t for t in terms(undated(said)) if not any(c.isdigit() for c in t))


def _dated(citations: Sequence[Citation]) -> Iterator[WorkedOut]:
    """When the words were said; no date of a paper is among its words."""
    said = dict.fromkeys(map(_said_of, citations))
    if len(said) > 1 and all(said):
        order = tuple(range(1, len(citations) + 1))
        yield WorkedOut(f"in the order of {' and '.join(said)}", order)


def _said_of(citation: Citation) -> str:
    """The day of the meeting that words are of, or the month in their paper's title."""
    day = citation.evidence.passage.meeting_date or citation.record.meeting_date
    months = months_in(citation.record.title)
    return say_date(day) if day else next(iter(Periods(months=months).said), "")


def _when(passage: Passage, records: Mapping[str, PaperRecord]) -> date:
    """The day that words are of; those of no day come first."""
    return day_of(passage, records[passage.paper]) or date.min


def _moments(question: str, documents: Sequence[Document], index: Index) -> Iterator[Moment]:
    """The papers that a question names by month, day or year, in the order it names them."""
    dated = [one for one in _DATED.finditer(question) if _is_dated(one)]
    taken = [range(*one.span()) for one in dated]
    years = [one["year"] or "" for one in dated]
    for at, one in enumerate(dated):
        year = next(filter(None, [*years[at:], *reversed(years[:at])]), "")
        month = f"{year}-{_number(one['month']):02}"
        found = [doc for doc in documents if any(have.endswith(month) for have in doc.months)]
        found = _about(found, one["what"]) or found
        if one["day"]:
            found = [doc for doc in found if _day_of(doc, index) == int(one["day"])]
        yield Moment(_keys(found), range(*one.span()))
    for one in _OF_YEAR.finditer(question):
        if not any(one.start("year") in words for words in taken):
            found = [doc for doc in documents if one["year"] in doc.years]
            if not _MANY.search(question):
                found = _about(found, one["what"])
            if found:
                yield Moment(_keys(found), range(*one.span()))


def _is_dated(found: re.Match[str]) -> bool:
    """Whether a month is named, and not what may happen or a march."""
    return bool(found["day"] or found["year"] or found["kind"]) or found["month"][0].isupper()


def _number(month: str) -> int:
    return [name[:3] for name in MONTHS].index(month[:3].lower()) + 1


def _about(documents: Iterable[Document], what: str | None) -> list[Document]:
    """The documents that are named by all of some words."""
    wanted = set(terms(what or ""))
    return [one for one in documents if wanted and wanted <= one.named]


def _day_of(document: Document, index: Index) -> int:
    """The day of the month on which a document's paper was met about, or 0."""
    (first,) = index.store.get([document.keys.start])
    day = index.store.records[first.paper].meeting_date
    return day.day if day else 0


def _keys(documents: Iterable[Document]) -> tuple[int, ...]:
    return tuple(key for one in documents for key in one.keys)


def _by_file(keys: Sequence[int], index: Index) -> list[tuple[int, ...]]:
    """Passages apart by the file that they are of."""
    spans = [index.store.span(path) for path in index.store.records]
    held = [tuple(key for key in keys if key in span) for span in spans]
    return [one for one in held if one]


def _later(keys: Sequence[int], documents: Iterable[Document]) -> list[tuple[int, ...]]:
    """The passages of the documents that are newer than some of them, as one set."""
    held = set(keys)
    named = [one for one in documents if one.keys.start in held]
    newest = max((month for one in named for month in one.months), default="")
    later = [one for one in documents if newest and max(one.months, default="") > newest]
    return [_keys(later)] if later else []


def _are_apart(sets: Sequence[tuple[int, ...]]) -> bool:
    return sum(map(len, sets)) == len({key for one in sets for key in one})
