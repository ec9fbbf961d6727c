"""Traits: what is known of a passage before any question is asked, worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from assistant.passages import Passage, context
from assistant.periods import months_in, years_in
from assistant.terms import terms


class Asked(StrEnum):
    """What kind of thing an answer must hold."""

    PERCENTAGE = "percentage"
    MONEY = "money"
    COUNT = "count"
    RANK = "rank"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    DECISION = "decision"
    RECOMMENDATION = "recommendation"
    REASON = "reason"
    DEFINITION = "definition"
    COMPARISON = "comparison"
    TREND = "trend"
    YESNO = "yesno"
    RISK = "risk"
    FACT = "fact"


# What a passage must hold to answer each kind of question. A kind that is missing here can be
# answered by any words.
ANSWERS = {
    Asked.PERCENTAGE: re.compile(r"\d\s?%|\bper ?cent", re.I),
    Asked.MONEY: re.compile(r"[£€]\s?-?\d|\d\s?(?:m|k|bn|million|billion)\b|\d,\d{3}|\d\.\d", re.I),
    Asked.COUNT: re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|both)\b",
        re.I,
    ),
    Asked.RANK: re.compile(r"\d(?:st|nd|rd|th)\b|quartile|\brank|\bhighest\b|\blowest\b|\d", re.I),
    Asked.DATE: re.compile(
        r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*\b|\b(?:19|20)\d\d\b"
        r"|\b\d{1,2}/\d{1,2}/\d{2,4}|\b(?:spring|summer|autumn|winter|q[1-4])\b",
        re.I,
    ),
    Asked.PERSON: re.compile(
        r"\b(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lead (?:Officer|Member)|Director|"
        r"Officer|Manager|Chair(?:man)?|Leader)\b|\b[A-Z][a-z]+ [A-Z][a-z'’]+\b"
    ),
    Asked.RISK: re.compile(r"\b(?:high|medium|low|significant)\b", re.I),
    Asked.DECISION: re.compile(
        r"\b(?:resolved|agreed|decision|approved|recommended|decided|noted|not progress|endorsed)"
        r"\b",
        re.I,
    ),
    Asked.RECOMMENDATION: re.compile(
        r"\brecommend|\basked to\b|\bthat (?:the )?(?:members|committee|cabinet)\b", re.I
    ),
    Asked.REASON: re.compile(
        r"\b(?:because|due to|as a result|reason|owing to|reflects?|caused|in order to|so that"
        r"|to ensure|driven by)\b",
        re.I,
    ),
    Asked.TREND: re.compile(
        r"\b(?:increas|decreas|improv|wors|fall|fell|rise|rose|reduc|slip|same|unchanged|up|down)\w*\b|↑|↓",
        re.I,
    ),
}


# What can make another year of the figures before it
_OF_FIGURES = re.compile(r"[\d%]")


@dataclass(frozen=True, slots=True)
class Traits:
    """The terms and periods of a passage, and which kinds of question its words can answer."""

    terms: tuple[str, ...]  # of its own words, in order
    beside: frozenset[str]  # terms of what rides beside it
    years: frozenset[str]
    years_near: frozenset[str]  # of its words and of what stands right above them
    years_beside: frozenset[str]
    months: frozenset[str]  # of both
    answers: frozenset[str]
    words: int
    digits: float  # share of its letters


class _Beside(NamedTuple):
    """What is known of the words that ride beside a passage."""

    terms: frozenset[str]
    years: frozenset[str]
    months: frozenset[str]


# The same words ride beside the rows of a table and the paragraphs below a heading.
@lru_cache(maxsize=64)
def _beside(words: str) -> _Beside:
    return _Beside(frozenset(terms(words)), years_in(words), months_in(words))


def traits_of(passage: Passage) -> Traits:
    """The traits of a passage."""
    text, beside = passage.text, _beside(context(passage))
    years = years_in(text)
    above = "\n".join([*passage.heads, passage.caption, *passage.trail[-2:]])
    return Traits(
        terms=tuple(terms(text)),
        beside=beside.terms,
        years=years,
        years_near=years | years_in(above) if _OF_FIGURES.search(above) else years,
        years_beside=beside.years,
        months=months_in(text) | beside.months,
        answers=frozenset(kind for kind, holds in ANSWERS.items() if holds.search(text)),
        words=len(text.split()),
        digits=sum(map(str.isdigit, text)) / (len(text) or 1),
    )


def dump_traits(traits: Traits) -> str:
    """The traits as text, for the store: fields by tabs, which no term holds."""
    own = " ".join(traits.terms)
    years = (traits.years, traits.years_near, traits.years_beside)
    sets = (traits.beside, *years, traits.months, traits.answers)
    fields = [own, *(" ".join(sorted(one)) for one in sets)]
    return "\t".join([*fields, str(traits.words), repr(traits.digits)])


def load_traits(body: str) -> Traits:
    """The traits that `dump_traits` wrote."""
    own, beside, years, near, years_beside, months, answers, words, digits = body.split("\t")
    return Traits(
        terms=tuple(own.split()),
        beside=frozenset(beside.split()),
        years=frozenset(years.split()),
        years_near=frozenset(near.split()),
        years_beside=frozenset(years_beside.split()),
        months=frozenset(months.split()),
        answers=frozenset(answers.split()),
        words=int(words),
        digits=float(digits),
    )
