"""Relative words: what "this year", "the previous quarter" or "the committee" stand for.

Dates count from a day of the papers, never from today's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from assistant.answers import say_date
from assistant.periods import Periods, is_against_period, periods_in, years_in
from assistant.questions import Question
from assistant.terms import terms

_WHEN = re.compile(
    r"(?<!over the )(?<!in the )(?<!during the )"
    r"\b(?P<which>this|the current|current|last|the previous|previous|next|the coming|coming)"
    r" (?P<kind>financial |academic |school |calendar )?(?P<of>year|quarter|month)\b(?! of\b)",
    re.I,
)
_SINCE = re.compile(r"\bsince (?:the (?:start|end) of )?(?=(?:19|20)\d\d)", re.I)
_CURRENT = re.compile(
    r"\b(?:latest|newest|most recent|current(?:ly)?|now|nowadays|to date|so far|today|up to date"
    r"|at the moment|(?:this|last) (?:\w+ )?(?:year|quarter|month)|last meeting)\b",
    re.I,
)
_BODY = re.compile(r"\b(?:the|that|this) (?:committee|panel|board)\b(?! of\b)")
OF_BODY = 0.3  # the weight of a term of the body that is meant
_MOVES = {"this": 0, "current": 0, "last": -1, "previous": -1, "next": 1, "coming": 1}
FINANCIAL, SCHOOL = 4, 9  # the months in which the years begin
LONGEST = 15  # years told one by one


def relative_periods(text: str, day: date) -> Periods | None:
    """The periods that a text's relative words stand for on a day; None where it has none."""
    if found := _WHEN.search(text):
        by = _MOVES[found["which"].lower().removeprefix("the ")]
        kind = (found["kind"] or "").strip().lower()
        return _OF[found["of"].lower()](day, by, kind)
    return _since(text, day) if _SINCE.search(text) else None


def is_relative(text: str) -> bool:
    """Whether a text has words whose meaning hangs on the papers that are there."""
    return any(one.search(text) for one in (_WHEN, _SINCE, _CURRENT, _BODY))


def dated(question: Question, asked: str, day: date, newest: date) -> Question:
    """The question with the periods that its relative words stand for, counted from a day.

    Where it asks for what is current it is understood as up to the newest day that is known.
    """
    understood = question.understood
    if understood and (_CURRENT.search(asked) or _WHEN.search(asked)):
        understood = replace(understood, until=say_date(newest))
        question = replace(question, understood=understood)
    meant = None if is_against_period(asked) else relative_periods(asked, day)
    said = question.years | question.months | question.quarters
    if not understood or not meant or (said and not _overrides(asked)):
        return question
    return replace(
        question,
        years=meant.years,
        months=meant.months,
        quarters=meant.quarters,
        understood=replace(understood, period=_told(meant)),
    )


def _overrides(asked: str) -> bool:
    """Whether the words say more of the period than what was taken from them or lent already."""
    found = _WHEN.search(asked)
    this = bool(found and not _MOVES[found["which"].lower().removeprefix("the ")])
    return bool(_SINCE.search(asked)) or (this and not periods_in(asked))


def _told(periods: Periods) -> str:
    said = periods.said
    return f"{said[0]} to {said[-1]}" if len(said) > 2 else " or ".join(said)


def of_body(question: Question, asked: str, body: str) -> Question:
    """The question with the body that "the committee" stands for in it."""
    understood = question.understood
    if not body or not understood or not _BODY.search(asked):
        return question
    added = dict.fromkeys(terms(body), OF_BODY)
    return replace(
        question,
        weights=added | dict(question.weights),
        understood=replace(understood, paper=body),
    )


def _year(day: date, by: int, kind: str) -> Periods:
    """The calendar year and the financial one, of which a paper may name either."""
    calendar = {str(day.year + by)} if kind in ("", "calendar") else set()
    begins = SCHOOL if kind in ("academic", "school") else FINANCIAL
    spans = {_span(_first(day, begins) + by)} if kind != "calendar" else set()
    return Periods(frozenset(calendar | spans))


def _quarter(day: date, by: int, _: str) -> Periods:
    at = 4 * _first(day, FINANCIAL) + (day.month - FINANCIAL) % 12 // 3 + by
    return Periods(frozenset({_span(at // 4)}), frozenset(), frozenset({f"q{at % 4 + 1}"}))


def _month(day: date, by: int, _: str) -> Periods:
    at = 12 * day.year + day.month - 1 + by
    return Periods(months=frozenset({f"{at // 12}-{at % 12 + 1:02}"}))


_OF = {"year": _year, "quarter": _quarter, "month": _month}


def _first(day: date, begins: int) -> int:
    """The year in which the year that a day is in began."""
    return day.year if day.month >= begins else day.year - 1


def _span(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02}"


def _since(text: str, day: date) -> Periods | None:
    """The years from the one named to the day's."""
    years = sorted(years_in(text))
    last = _first(day, FINANCIAL) if years and "-" in years[0] else day.year
    if len(years) != 1 or not 0 <= last - int(years[0][:4]) < LONGEST:
        return None
    every = range(int(years[0][:4]), last + 1)
    return Periods(frozenset(_span(year) if "-" in years[0] else str(year) for year in every))
