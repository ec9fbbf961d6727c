"""Periods: the years, months and quarters that a text names, spelt one way."""

from __future__ import annotations

import re

from assistant.records import MONTHS
from assistant.text import words

_MONTH_NAMES = "|".join(MONTHS)
_MONTH_YEAR = re.compile(
    rf"\b({_MONTH_NAMES}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?,? (\d{{4}}|\d\d)\b", re.I
)
_MONTH_ALONE = re.compile(
    rf"\b({'|'.join(name for name in MONTHS if name != 'may')})\b"
    r"|\b(May)\b(?= (?:meeting|papers?|report|minutes))",
    re.I,
)
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?!\d)")
_ONE_DIGIT = re.compile(r"\b(20\d)(\d)\s?[/-]\s?(\d)\b(?![/-]|\d)")
_SHORT_YEARS = re.compile(r"\b(\d\d)\s?[/-]\s?(\d\d)\b(?![/-])")
_QUARTER = re.compile(r"\b(?:q|quarter )([1-4])\b", re.I)


def years_in(text: str) -> frozenset[str]:
    """The years and spans of years that a text names, as "2018" and "2016-17"."""
    counted = _THOUSANDS.sub(" ", text)
    found = {token for token in words(counted) if re.fullmatch(r"(?:19|20)\d\d(?:-\d\d)?", token)}
    for match in _SHORT_YEARS.finditer(text):
        if int(match[2]) == (int(match[1]) + 1) % 100:
            found.add(f"20{match[1]}-{match[2]}")
    for match in _ONE_DIGIT.finditer(text):
        if int(match[3]) == (int(match[2]) + 1) % 10 and match[3] != "0":
            found.add(f"{match[1]}{match[2]}-{match[1][2]}{match[3]}")
    return frozenset(found)


def months_in(text: str) -> frozenset[str]:
    """The months that a text names: "2018-10" with their year, "-10" where it gives none."""
    found: set[str] = set()
    for match in _MONTH_YEAR.finditer(text):
        year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
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
