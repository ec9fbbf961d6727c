"""Naming: which papers a question names ("in the October 2024 report"), and so asks of alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.periods import months_in, years_in
from assistant.terms import terms

_NO_NAME = (
    r"(?:in|at|of|the|and|to|for|by|or|that|is|are|was|were|do|does|did|has|have|had|what|which"
    r"|who|how|when|where|why|with)"
)
_WORD = rf"(?!{_NO_NAME}\b)[\w'’&/-]+(?:(?<!\d\d\d\d), | )"
_NAMED = re.compile(
    r"(?:(?P<before>\b(?:in|per|at|from|to|by|on|reading)\s|\()"
    r"|\b(?:of|under|about|do|does|did|with)\s)\s*"
    rf"(?P<said>(?P<the>the |our |its |that |this )?(?P<what>(?:{_WORD}){{1,6}}?)"
    r"(?P<type>report|papers?|minutes|meeting|pack|strategy|accounts|agenda|appendix|supplement)\b)"
    r"(?! (?:\w+ )?(?:plan|programme|board|group|team|committee)\b)",
    re.I,
)
_SPOKEN_OF = ("strategy", "accounts", "meeting", "appendix")
# Kinds that a paper of the kind says of itself
_OWN_KIND = ("minutes", "strategy", "accounts", "appendix", "supplement")
_APPENDIX = terms("appendix")[0]
_DATE = re.compile(r"\d[\w/-]*|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.I)
_JOINED = re.compile(r"(?<=[a-z])[-_]|[-_](?=[a-z])", re.I)
_SINCE = re.compile(r"\bsince\b", re.I)
# Words that any paper's name may have.
_ANY = frozenset(
    terms(
        "report paper minutes meeting pack strategy accounts agenda appendix supplement public"
        " draft annual latest newest last new first committee council cabinet's public published"
        " original full written recent same this that these those previous next"
    )
)


@dataclass(frozen=True, slots=True)
class Document:
    """A report, minutes or appendix within a file, with what it is known by."""

    keys: range  # of its passages
    titled: frozenset[str]  # terms of its title
    named: frozenset[str]  # those, and the terms of its file and its committee
    months: frozenset[str]  # of its meeting, of its file's meeting, and in its title
    years: frozenset[str]
    goes_on: bool  # with the document before it, as an appendix does


@dataclass(frozen=True, slots=True)
class Named:
    """The words that name papers, and the passages of those; none where no such paper is here."""

    said: str
    keys: frozenset[int]


def documents_of(passages: Iterable[Passage], records: Iterable[PaperRecord]) -> list[Document]:
    """The documents that passages in their order are of."""
    by_path = {record.path: record for record in records}
    begun: list[Passage] = []
    ends: list[int] = []
    for passage in passages:
        if begun and (begun[-1].paper, begun[-1].title) == (passage.paper, passage.title):
            ends[-1] = passage.key + 1
        else:
            begun.append(passage)
            ends.append(passage.key + 1)
    return [
        _document(first, end, by_path[first.paper])
        for first, end in zip(begun, ends, strict=True)
        if first.paper in by_path
    ]


def _document(first: Passage, end: int, record: PaperRecord) -> Document:
    days = [day for day in (first.meeting_date, record.meeting_date) if day]
    # "Printed minutes 30th-Jan-2025", "Appendix - NOV 2024-25"
    file = _JOINED.sub(" ", Path(record.path).stem)
    titles = f"{first.title} {record.title} {file}"
    return Document(
        range(first.key, end),
        frozenset(terms(first.title)),
        frozenset(terms(f"{first.title} {record.path} {first.committee or record.committee}")),
        frozenset(f"{day:%Y-%m}" for day in days) | months_in(titles),
        frozenset(str(day.year) for day in days) | years_in(titles),
        first.type == "appendix",
    )


def day_of(passage: Passage, record: PaperRecord) -> date | None:
    """The day of a passage's meeting; the first of the month in the title of what has none."""
    day = passage.meeting_date or record.meeting_date
    named = sorted(month for month in months_in(record.title) if month[:4].isdigit())
    return day or (date(int(named[0][:4]), int(named[0][-2:]), 1) if named else None)


def dump_document(one: Document) -> str:
    """The document as text, for the store."""
    sets = (one.titled, one.named, one.months, one.years)
    return json.dumps([one.keys.start, one.keys.stop, *map(sorted, sets), one.goes_on])


def load_document(body: str) -> Document:
    """The document that `dump_document` wrote."""
    start, stop, titled, named, months, years, goes_on = json.loads(body)
    titled, named, months, years = map(frozenset, (titled, named, months, years))
    return Document(range(start, stop), titled, named, months, years, goes_on)


def named_in(
    question: str, documents: Sequence[Document], first: date | None, last: date | None
) -> Named | None:
    """The papers that a question names; None where it names none that can be told apart.

    One that sets papers or months beside each other asks of more than the paper that it names.
    `first` and `last` are the days of the oldest and the newest meeting known: a month outside of
    them is of no paper here.
    """
    named = _all_named(question)
    if len(named) != 1 or _SINCE.search(question):
        return None
    said, what, kind = named[0]
    months, years = months_in(what), years_in(what)
    if months and len(months_in(question)) > 1:
        return None
    dated = _of_kind(kind, [one for one in documents if _is_of(one, months, years)])
    if not dated and months and _is_outside(months, first, last):
        return Named(said, frozenset())
    wanted = set(terms(what)) - _ANY - set(terms(" ".join(_DATE.findall(what))))
    if months:
        chosen = [one for one in dated if wanted and wanted <= one.named] or dated
    else:
        chosen = _titled(wanted, kind, dated)
    return Named(said, _keys(chosen, documents)) if 0 < len(chosen) < len(documents) else None


def names_papers(question: str) -> bool:
    """Whether a question has words that may name papers."""
    return bool(_all_named(question))


def _all_named(question: str) -> list[tuple[str, str, str]]:
    return [one for found in _NAMED.finditer(question) if (one := _named(question, found))]


def _named(question: str, found: re.Match[str]) -> tuple[str, str, str] | None:
    """The words that name a paper, those that say which, and its kind; None where none does.

    A date may stand behind it in brackets: "the delays paper (March 2018)".
    """
    behind = re.match(r"\s?\(([^)]*\d{4})\)", question[found.end() :])
    what = found["what"] + (f" {behind[1]}" if behind else "")
    says = set(terms(what)) - _ANY
    # "That report" is one that was spoken of; "that September 2018 report" is named.
    leans = found["said"].lower().startswith(("that ", "this "))
    # What is in a strategy is told in it; its aims may be told anywhere.
    loose = not found["before"] and found["type"].lower() in _SPOKEN_OF
    if not says or ((leans or loose) and not (months_in(what) or years_in(what))):
        return None
    return found["said"], what, found["type"].lower()


def _of_kind(kind: str, documents: Sequence[Document]) -> Sequence[Document]:
    """The documents called by this kind, or all of them where none is; no report is an appendix."""
    stem = terms(kind)[0]
    if kind in _OWN_KIND:
        found = [one for one in documents if stem in one.named]
    else:
        found = [one for one in documents if kind != "report" or _APPENDIX not in one.named]
    return found or documents


def _titled(wanted: set[str], kind: str, documents: Sequence[Document]) -> list[Document]:
    """The documents of the words' title; one word must stand in one title alone, with its kind."""
    alone = len(wanted) == 1
    if alone:
        wanted = wanted | set(terms(kind))
    found = [one for one in documents if wanted and wanted <= one.titled]
    return [] if alone and len(found) > 1 else found


def _is_of(one: Document, months: frozenset[str], years: frozenset[str]) -> bool:
    if months:
        return any(have.endswith(month) for month in months for have in one.months)
    # "The 2024-27 strategy" came to a meeting of 2024.
    return not years or not one.years.isdisjoint(years | {year[:4] for year in years})


def _is_outside(months: frozenset[str], first: date | None, last: date | None) -> bool:
    """Whether all months lie before or after the meetings that are known."""
    if first is None or last is None or any(month.startswith("-") for month in months):
        return False
    return all(month < f"{first:%Y-%m}" or month > f"{last:%Y-%m}" for month in months)


def _keys(chosen: Sequence[Document], documents: Sequence[Document]) -> frozenset[int]:
    """The passages of documents and of the appendices right behind them."""
    keys = {key for one in chosen for key in one.keys}
    for one in documents:
        if one.goes_on and one.keys.start - 1 in keys:
            keys.update(one.keys)
    return frozenset(keys)
