"""The scope of a conversation: which papers it keeps to, said in words and kept until changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.answers import say_date
from assistant.index import Index
from assistant.lexical import Lexical, Scores
from assistant.papers import PaperRecord
from assistant.periods import Periods, periods_in
from assistant.terms import terms

_ONLY = re.compile(
    r"\b(?:only|just|solely|stick(?:ing)? to|keep(?:ing)? to|limit(?:ed)?(?: \w+){0,3} to"
    r"|restrict(?:ed)?(?: \w+){0,3} to|look(?:ing)? only (?:in|at))"
    r"(?: (?:look(?:ing)? )?(?:in|at|from|use|using|search))? (?:the )?(?P<what>[^,.;:?!]+?)"
    r"(?P<papers> (?:papers?|documents?|minutes|packs?|agendas?|meetings?))?"
    r"(?:\s*(?:please|now|from now on|then))*\s*(?=[,.;:?!]|$)",
    re.I,
)
_ONLY_BEHIND = re.compile(
    r"\b(?:in|from|at)(?: the)? (?P<what>(?:(?!in\b|from\b|at\b)[\w'’&-]+ ){1,8}?)only\b"
    r"(?P<papers>)(?: please)?\s*(?=[,.;:?!]|$)",
    re.I,
)
_ALL = re.compile(
    r"\b(?:(?:all|any|every)(?: of)?(?: the)? (?:papers|committees?|meetings|documents)"
    r"|(?:drop|clear|remove|forget|lift|reset)(?: \w+){0,2} (?:scope|limit|filter|restriction)"
    r"|look everywhere|search everything)\b",
    re.I,
)
# Kinds of papers as readers of them tell them apart, by their names in the index
KINDS = {
    "minutes": "minutes",
    "report": "reports",
    "agenda": "agendas",
    "decision record": "decision records",
    "appendix": "appendices",
    "supplement": "supplements",
    "equality assessment": "equality assessments",
    "forward plan": "forward plans",
    "work programme": "work programmes",
}
_KIND = re.compile(
    r"(?:^|\s)(?:(?P<minutes>minutes)|(?P<report>reports?)|(?P<agenda>agendas?)"
    r"|(?P<decision_record>decision (?:notice|record)s?|records? of decisions?)"
    r"|(?P<appendix>appendix|appendices|annex(?:es)?)|(?P<supplement>supplements?)"
    r"|(?P<equality_assessment>equality (?:impact )?assessments?|eqias?)"
    r"|(?P<forward_plan>forward plans?)|(?P<work_programme>work programmes?))$",
    re.I,
)
_BEFORE_OF = re.compile(
    r"(?P<kind>minutes|reports?|agendas?|appendi(?:x|ces)|supplements?"
    r"|decision (?:notice|record)s?) (?:of|from|for) (?:the )?(?P<of>.+)",
    re.I,
)
# Files that hold papers of other kinds
_PACKS = frozenset({"agenda", "supplement"})
_BODY = re.compile(
    r"(?P<name>(?:[A-Z][\w&'’-]+ (?:(?:and|of|for|the) )*){0,6}(?:Committee|Board|Panel|Cabinet))"
)
_LAST_MEETING = re.compile(
    r"\b(?:last|latest|most recent|newest) (?P<of>(?:[\w&'’]+ ){0,6}?)"
    r"(?:meeting|papers?|minutes|pack)\b",
    re.I,
)
_LOOKING = re.compile(r"\b(?:look(?:ing)?|search|use|go back to)(?: in| at)?\b|\bagain\b", re.I)
# Words of a body's name that any body may have.
_BODY_WORDS = frozenset(terms("the committee board panel council sub meeting of and"))


@dataclass(frozen=True, slots=True)
class Scope:
    """What papers must be to be looked in; an empty part asks for nothing."""

    committee: str = ""
    years: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    paper: str = ""  # words of its title
    since: date | None = None  # the first day of a meeting, and the last
    until: date | None = None
    kind: str = ""  # one of KINDS

    def __bool__(self) -> bool:
        return self != Scope()

    @property
    def line(self) -> str:
        """The scope as a person reads it: "Cabinet, October 2024"; "" for all papers."""
        when = Periods(self.years, self.months).said
        said = (self.committee, *when, self.days, self.paper, KINDS.get(self.kind, ""))
        return ", ".join(part for part in said if part)

    @property
    def days(self) -> str:
        """The days that it keeps to: "since 1 May 2024", "on 24 October 2024"; "" for all."""
        since, until = (say_date(day) if day else "" for day in (self.since, self.until))
        if since and until:
            return f"on {since}" if since == until else f"from {since} to {until}"
        return f"since {since}" if since else f"until {until}" if until else ""

    def holds(self, record: PaperRecord) -> bool:
        """Whether a paper is one to look in, if only in what is bound into it."""
        if not self:
            return True
        day = record.meeting_date
        year, month = (str(day.year), day.strftime("%Y-%m")) if day else ("", "")
        return (
            (not self.committee or self.committee == record.committee)
            and (not self.years or any(one[:4] == year or _within(one, year) for one in self.years))
            and (not self.months or any(month.endswith(one) for one in self.months if month))
            and (not self.paper or _names(record).issuperset(terms(self.paper)))
            and (not self.since or bool(day and self.since <= day))
            and (not self.until or bool(day and day <= self.until))
            and (not self.kind or may_hold(record, self.kind))
        )


EVERYTHING = Scope()


def may_hold(record: PaperRecord, kind: str) -> bool:
    """Whether a file is, or may have bound into it, a paper of a kind."""
    if kind == "minutes":
        return record.type == kind or bool(record.minutes)
    return record.type == kind or (record.type in _PACKS and kind not in _PACKS)


def kept_to(scope: Scope) -> str:
    """What is said to words that set a scope and ask nothing."""
    if not scope:
        return "All papers are looked in from here on. What would you like to know?"
    again = "Say “all papers” to look in all of them again."
    return f"Only “{scope.line}” is looked in from here on. What would you like to know? {again}"


def _names(record: PaperRecord) -> set[str]:
    """The terms that a paper is named by."""
    return set(terms(f"{record.title} {record.path}"))


def _within(span: str, year: str) -> bool:
    """Whether "2017-18" has the year 2018 in it."""
    return "-" in span and span[:2] + span[5:] == year


@dataclass(frozen=True, slots=True)
class Scoped:
    """A question without its words of scope, and the scope that they set, if any."""

    question: str  # "" where there was nothing else
    scope: Scope | None  # None where nothing was said of it


def scope_in(question: str, records: Iterable[PaperRecord]) -> Scoped:
    """The scope that a question sets for itself and the turns after it.

    "Only" sets none where what follows names no body, date or paper of the index: "only girls"
    asks about girls.
    """
    if found := _ALL.search(question):
        rest = _LOOKING.sub("", _joined(question, found))
        return Scoped(rest.strip(" .,;") if terms(rest) else "", EVERYTHING)
    for found in [*_ONLY.finditer(question), *_ONLY_BEHIND.finditer(question)]:
        if scope := _scope_named(found["what"], found["papers"] or "", list(records)):
            return Scoped(_joined(question, found), scope)
    return Scoped(question, None)


def _joined(question: str, found: re.Match[str]) -> str:
    rest = f"{question[: found.start()].strip(' ,;:')} {question[found.end() :].strip(' ,;:.')}"
    return rest.strip() if re.search(r"\w", rest) else ""


def _scope_named(what: str, papers: str, records: Sequence[PaperRecord]) -> Scope | None:
    """The scope that words name, and words for papers behind them.

    Dates and titles must be said to be those of papers.
    """
    before = _BEFORE_OF.match(what + papers)
    kind = _KIND.search(f"{before['of']} {before['kind']}" if before else what.strip() + papers)
    if kind is None:
        return _papers_named(what, bool(papers), records)
    of = Scope(kind=str(kind.lastgroup).replace("_", " "))
    rest = kind.string[: kind.start()].strip()
    if not terms(rest):
        return of
    named = _papers_named(rest, True, records)
    return replace(named, kind=of.kind) if named else None


def _papers_named(what: str, papers: bool, records: Sequence[PaperRecord]) -> Scope | None:
    committee = committee_named(what, records)
    if not committee and (unknown := _BODY.fullmatch(what)):
        return Scope(unknown["name"])
    periods = periods_in(what)
    dated = papers or bool(committee)
    scope = Scope(
        committee,
        frozenset(y for y in periods.years if not any(m[:4] == y for m in periods.months))
        if dated
        else frozenset(),
        periods.months if dated else frozenset(),
    )
    if scope or not papers:
        return scope or None
    titled = Scope(paper=what.strip())
    return titled if any(titled.holds(record) for record in records) else None


def committee_named(text: str, records: Iterable[PaperRecord]) -> str:
    """The body of the index that a text names best, or "": "scrutiny" names a scrutiny body."""
    said = set(terms(text)) - _BODY_WORDS
    best, most = "", 0.0
    for name in sorted({record.committee for record in records if record.committee}):
        own = set(terms(name)) - _BODY_WORDS
        shared = len(own & said) / len(own) if own and said <= own | _dates(text) else 0.0
        if shared > most:
            best, most = name, shared
    return best


def _dates(text: str) -> set[str]:
    periods = periods_in(text)
    return set(terms(" ".join(periods.said)))


def last_meeting(question: str, records: Sequence[PaperRecord]) -> date | None:
    """The newest meeting of the index where a question asks for the last one, else None.

    Where it names a body that is this body's last meeting.
    """
    found = _LAST_MEETING.search(question)
    if not found:
        return None
    body = committee_named(found["of"], records)
    days = [r.meeting_date for r in records if r.meeting_date and body in ("", r.committee)]
    return max(days, default=None)


class _Within(Lexical):
    """A lexical index that scores the passages of a scope only."""

    def __init__(self, whole: Lexical, inside: NDArray[np.float32]) -> None:
        self._whole, self._inside = whole, inside
        self.counts, self.spelling, self.size = whole.counts, whole.spelling, whole.size

    def scores(self, weights: Mapping[str, float]) -> Scores:
        return self._whole.scores(weights) * self._inside

    def rarity(self, term: str) -> float:
        return self._whole.rarity(term)


def within(index: Index, scope: Scope) -> Index | None:
    """The index as if it held the papers of a scope only; None where it holds none of them."""
    keys = keys_within(index, scope)
    return holding(index, keys) if keys else None


def keys_within(index: Index, scope: Scope) -> list[int]:
    """The passages of the papers of a scope."""
    records = index.store.records
    held = [path for path, record in records.items() if scope.holds(record)]
    keys = [key for path in held for key in index.store.span(path)]
    if not scope.kind:
        return keys
    of_kind = index.store.of_type(scope.kind)
    if scope.kind == "supplement":  # whatever is bound into it
        whole = [path for path in held if records[path].type == scope.kind]
        of_kind |= {key for path in whole for key in index.store.span(path)}
    return [key for key in keys if key in of_kind]


def holding(index: Index, keys: Sequence[int]) -> Index:
    """The index as if it held these passages only, of which there is one at least."""
    inside = np.zeros(index.manifest.passages, dtype=np.float32)
    inside[keys] = 1.0
    return replace(
        index,
        words=_Within(index.words, inside),
        all=_Within(index.all, inside),
        vectors=index.vectors.among(keys),
    )
