"""Binding: whether words hold a value of the kind asked for, of the period and the names asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.figures import values_in
from assistant.papers import Kind, PaperRecord
from assistant.passages import Passage, context
from assistant.periods import months_in, years_in
from assistant.questions import Question
from assistant.spans import Span
from assistant.terms import terms
from assistant.traits import ANSWERS, Asked

_PERCENT = re.compile(r"%|\bper ?cent|\bpercentage|\bproportion|\brate\b|\bshare\b", re.I)
_COUNTED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|both|none|no|"
    r"every|all|once|twice|third|quarter|majority|weekly|monthly|annual(?:ly)?|daily)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Binding:
    """What of a question the words around a span are bound to."""

    value: bool  # they hold a value of the kind asked for
    period: bool  # they are of a period that was asked for, or none was
    names: float  # the share of the question's names that they hold; 1 where it has none


def bind(
    question: Question, span: Span, record: PaperRecord, rarity: Mapping[str, float]
) -> Binding:
    """How a span is bound; `rarity` weighs the question's names against each other."""
    passage = span.passage
    beside = context(passage)
    return Binding(
        value=holds_value(question.asked, span, beside),
        period=is_of_period(question, passage, beside),
        names=_names(question, passage, beside, record, rarity),
    )


def holds_value(asked: Asked, span: Span, beside: str) -> bool:
    """Whether a span holds a value of the kind asked for; true where any words may answer."""
    text = span.text
    row = span.passage.kind is Kind.TABLE_ROW
    if asked is Asked.PERCENTAGE:
        if re.search(r"\d\s?%|\d per ?cent|\bhalf\b|\bthird\b|\bquarter\b|\bin (?:ten|\d+)\b", text, re.I):
            return True
        return bool(values_in(text)) and bool(_PERCENT.search(f"{text} {beside}"))
    if asked is Asked.MONEY:
        return bool(values_in(text)) and (row or bool(ANSWERS[asked].search(text)))
    if asked in (Asked.COUNT, Asked.RANK):
        return bool(values_in(text)) or bool(_COUNTED.search(text))
    if asked in (Asked.DATE, Asked.PERSON, Asked.RISK):
        return bool(ANSWERS[asked].search(text))
    return True


def is_of_period(question: Question, passage: Passage, beside: str) -> bool:
    """Whether a passage is of a period that the question names.

    A financial or academic year is a period of the figures, so only the words can show it; a
    single year or a month may also be that of the meeting.
    """
    if not question.years and not question.months:
        return True
    said = years_in(f"{passage.text}\n{beside}")
    day = passage.meeting_date
    for year in question.years:
        if any(_is_within(year, one) for one in said):
            return True
        if day and "-" not in year and day.year == int(year):
            return True
    if question.years:
        return False
    named = months_in(f"{passage.text}\n{beside}") | ({day.strftime("%Y-%m")} if day else set())
    return any(have.endswith(want[-3:]) for want in question.months for have in named)


def _is_within(asked: str, said: str) -> bool:
    """Whether a year said is the one asked: "2017" is within "2016-17" and "2017-18"."""
    if asked == said:
        return True
    if "-" in asked and "-" in said:
        return False
    span, year = (asked, said) if "-" in asked else (said, asked)
    return "-" in span and year in (span[:4], f"{span[:2]}{span[-2:]}")


def _names(
    question: Question,
    passage: Passage,
    beside: str,
    record: PaperRecord,
    rarity: Mapping[str, float],
) -> float:
    total = sum(rarity.get(name, 0.0) for name in question.names)
    if not total:
        return 1.0
    about = f"{beside} {record.title} {record.council} {record.committee} {record.path}"
    held = set(terms(passage.text)) | set(terms(about))
    return sum(rarity.get(name, 0.0) for name in question.names if name in held) / total
