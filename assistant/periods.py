"""Periods: the years, months and quarters that a text names, spelt one way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.records import MONTHS
from assistant.text import words

_MONTH_NAMES = "|".join(MONTHS)
_MONTH_YEAR = re.compile(
    rf"\b({_MONTH_NAMES}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?,? "
    r"(\d{4}|['’‘]?\d\d)\b",
    re.I,
)
_MONTH_ALONE = re.compile(
    rf"\b({'|'.join(name for name in MONTHS if name != 'may')})\b"
    r"|\b(May)\b(?= (?:meeting|papers?|report|minutes))",
    re.I,
)
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?!\d)")
_DIGIT = re.compile(r"\d")
# Four digits of a year, whatever stands between them that words are read without
_CENTURY = re.compile(r"(?:1\W*9|2\W*0)\W*\d\W*\d")
_YEARS = re.compile(r"(?:19|20)\d\d(?:-\d\d)?")
_ONE_DIGIT = re.compile(r"\b(20\d)(\d)\s?[/-]\s?(\d)\b(?![/-]|\d)")
_SHORT_YEARS = re.compile(r"\b(\d\d)\s?[/-]\s?(\d\d)\b(?![/-])")
_CUT_YEAR = re.compile(rf"\b(?:{_MONTH_NAMES}|[a-z]{{3,4}})\.? ['’‘](\d\d)\b", re.I)  # "May ‘24"
_NUMBERED = re.compile(r"\b(\d\d?)([./])(?:0?[1-9]|1[0-2])\2((?:20)?\d\d)\b")  # "31.03.24"
_QUARTER = re.compile(r"\b(?:q|quarter )([1-4])\b", re.I)


@lru_cache(maxsize=20_000)
def years_in(text: str) -> frozenset[str]:
    """The years and spans of years that a text names, as "2018" and "2016-17"."""
    if not _DIGIT.search(text):
        return frozenset()
    found: set[str] = set()
    if _CENTURY.search(text):
        counted = _THOUSANDS.sub(" ", text)
        found = {token for token in words(counted) if _YEARS.fullmatch(token)}
    for match in _SHORT_YEARS.finditer(text):
        if int(match[2]) == (int(match[1]) + 1) % 100:
            found.add(f"20{match[1]}-{match[2]}")
    for match in _ONE_DIGIT.finditer(text):
        if int(match[3]) == (int(match[2]) + 1) % 10 and match[3] != "0":
            found.add(f"{match[1]}{match[2]}-{match[1][2]}{match[3]}")
    found |= {f"20{year}" for year in _CUT_YEAR.findall(text)}
    for match in _NUMBERED.finditer(text):
        found.add(match[3] if len(match[3]) == 4 else f"20{match[3]}")
    return frozenset(found)


@lru_cache(maxsize=20_000)
def months_in(text: str) -> frozenset[str]:
    """The months that a text names: "2018-10" with their year, "-10" where it gives none."""
    found: set[str] = set()
    for match in _MONTH_YEAR.finditer(text):
        year = match[2] if len(match[2]) == 4 else f"20{match[2][-2:]}"
        found.add(f"{year}-{_month_number(match[1]):02}")
    if not found:
        for match in _MONTH_ALONE.finditer(text):
            found.add(f"-{_month_number(match[0]):02}")
    return frozenset(found)


def _month_number(name: str) -> int:
    return [month[:3] for month in MONTHS].index(name[:3].lower()) + 1


def quarters_in(text: str) -> frozenset[str]:
    """The quarters that a text names, as "q1"."""
    return frozenset(f"q{match[1]}" for match in _QUARTER.finditer(text))


@dataclass(frozen=True, slots=True)
class Periods:
    """The years, months and quarters that a question is about."""

    years: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    quarters: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.years or self.months or self.quarters)

    @property
    def said(self) -> list[str]:
        """The periods as words that a paper may hold."""
        named = [
            f"{MONTHS[int(month[-2:]) - 1].capitalize()} {month[:-3]}".strip()
            for month in sorted(self.months)
        ]
        quarters = [quarter.upper() for quarter in sorted(self.quarters)]
        held = {month[:4] for month in self.months}
        return [*named, *quarters, *sorted(self.years - held)]


def periods_in(text: str) -> Periods:
    """The periods that a text names."""
    return Periods(years_in(text), months_in(text), quarters_in(text))


_BEFORE = re.compile(
    r"\b(?:(?:the )?(?:yr|year) (?:before|earlier)|(?:the )?(?:previous|prior|last|preceding)"
    r" (?:financial |academic |school )?(?:yr|year)|a (?:yr|year) (?:ago|before|earlier)"
    r"|(?:the )?one before)\b",
    re.I,
)
_AFTER = re.compile(
    r"\b(?:(?:the )?(?:yr|year) (?:after|later|on)|(?:the )?(?:next|following)"
    r" (?:financial |academic |school )?(?:yr|year)(?:'?s)?|a (?:yr|year) (?:on|later|after))\b",
    re.I,
)
_QUARTER_BEFORE = re.compile(r"\b(?:previous|prior|last|preceding) quarter|quarter before\b", re.I)
_MONTH_BEFORE = re.compile(
    r"\b(?:the )?(?:(?:previous|prior|last|preceding) month|month (?:before|earlier))\b", re.I
)
_QUARTER_AFTER = re.compile(r"\b(?:next|following) quarter|quarter after\b", re.I)
_LAST_QUARTER_OF = re.compile(r"\blast quarter of\b", re.I)
_THAT_YEAR = re.compile(r"\b(?:that|the same|same) (?:yr|year)\b", re.I)
# "Is that more than the year before?" sets what was told against another year, and asks for none.
_AGAINST = re.compile(
    r"\b(?:more|less|fewer|higher|lower|better|worse|up|down|change|changed|compare[sd]?|rise|risen"
    r"|fall|fallen|increase|decrease|same)\b.{0,24}?\b(?:than|on|from|since|against|with|to|as)"
    r" (?:(?:the|that|in|it was|of) )*(?:(?:yr|year|quarter|month) (?:before|earlier)"
    r"|(?:last|previous|prior|preceding) (?:financial |academic |school )?"
    r"(?:yr|year|quarter|month))\b",
    re.I,
)
# Two digits are a year where little else is said.
FEW_WORDS = 5
_BARE = re.compile(r"(?<![\d£,.%/-])(?:'|’)?([0-3]\d)(?![\d,.%/-])")


def counted_from(text: str, before: Periods, answer: str = "") -> Periods:
    """The periods that a follow-up asks for, with "the year before" counted from `before`.

    Where that names no year the answer's count. Nothing where the text names no period.
    """
    known = before if before.years else periods_in(answer)
    own = periods_in(text)
    if _LAST_QUARTER_OF.search(text):
        by = -1 if _BEFORE.search(text) else 0
        return Periods(_moved(known.years, by) or own.years, frozenset(), frozenset({"q4"}))
    if _QUARTER_BEFORE.search(text):
        return _quarter_moved(known, -1)
    if _QUARTER_AFTER.search(text):
        return _quarter_moved(known, 1)
    if _MONTH_BEFORE.search(text) and (months := before.months or periods_in(answer).months):
        return _month_before(months)
    for pattern, by in ((_BEFORE, -1), (_AFTER, 1), (_THAT_YEAR, 0)):
        if pattern.search(text) and known.years:
            return _of_year(own, _moved(known.years, by))
    if own.quarters and not own.years:
        return replace(own, years=known.years)
    return own or _bare_year(text, known)


def is_against_period(text: str) -> bool:
    """Whether a text sets what was told against a period before it: "up on last year?"."""
    return bool(_AGAINST.search(text))


def without_relative(text: str) -> str:
    """A text without the words that count a period from another: "and why the year before?"."""
    for pattern in (_MONTH_BEFORE, _QUARTER_BEFORE, _QUARTER_AFTER, _BEFORE, _AFTER, _THAT_YEAR):
        text = pattern.sub("", text)
    return " ".join(text.split())


def _of_year(own: Periods, years: frozenset[str]) -> Periods:
    """The year, or the month of it that is named beside it: "May that year"."""
    dated = {f"{year}{month[-3:]}" for month in own.months for year in years if "-" not in year}
    return Periods(years, frozenset(dated) or own.months, own.quarters)


def _bare_year(text: str, known: Periods) -> Periods:
    """The year that two digits stand for after another year was spoken of: "no, 14 I meant"."""
    digits = _BARE.findall(text)
    if not known.years or len(digits) != 1 or len(words(text)) > FEW_WORDS:
        return Periods()
    return Periods(frozenset({f"20{digits[0]}"}))


def _moved(years: frozenset[str], by: int) -> frozenset[str]:
    """The earliest (or latest) of the years moved by so many."""
    if not years:
        return frozenset()
    one = min(years) if by < 0 else max(years)
    first = int(one[:4]) + by
    return frozenset({f"{first}-{(first + 1) % 100:02}" if "-" in one else str(first)})


def _month_before(months: frozenset[str]) -> Periods:
    """The month before the earliest that is known with its year."""
    dated = sorted(month for month in months if month[0] != "-")
    if not dated:
        return Periods()
    at = 12 * int(dated[0][:4]) + int(dated[0][-2:]) - 2
    return Periods(months=frozenset({f"{at // 12}-{at % 12 + 1:02}"}))


def _quarter_moved(known: Periods, by: int) -> Periods:
    if not known.quarters:
        return Periods()
    number = int(min(known.quarters)[1]) + by
    years = known.years
    if number in (0, 5):
        years, number = _moved(years, by), 4 if number == 0 else 1
    return Periods(years, frozenset(), frozenset({f"q{number}"}))
