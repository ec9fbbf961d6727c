"""Dating: whether a passage is of the period that a question names."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.periods import months_in, years_in
from assistant.questions import Question
from assistant.sources import ending_years, sourced_years
from assistant.traits import Traits

# Earlier years name what is spoken of, as "the 1944 Act" does, and no period of a value.
HISTORY = "1974"


def is_of_period(question: Question, passage: Passage, traits: Traits, record: PaperRecord) -> bool:
    """Whether a passage is of a period that the question names.

    The years that stand in the words or right above them decide; only where none does are those
    of the document asked, and the meeting's date, which a financial year never is. A paper of no
    meeting is of the month in its title; nothing says that one without any date is of another.
    """
    if not (question.years or question.months):
        return True
    day = passage.meeting_date
    title = "" if day else f"{record.title} {record.path}"
    if _is_of_month(question, traits, day):
        return True
    if question.years:
        far = traits.years_beside | ({str(day.year)} if day else years_in(title))
        return not (day or far or traits.years_near) or _is_of_asked(question, traits, far)
    named = traits.months | ({day.strftime("%Y-%m")} if day else months_in(title))
    return any(have.endswith(want[-3:]) for want in question.months for have in named)


def _is_of_asked(question: Question, traits: Traits, far: Set[str]) -> bool:
    """Whether a passage is of the years asked, or of the paper that a question calls by years."""
    sourced = sourced_years(question.text)
    years = question.years - sourced - ending_years(question.text)
    if asked := {year for year in years if year >= HISTORY}:
        return _is_of_years(asked, traits, far)
    return not sourced or _is_of_paper(question, traits, far)


def _is_of_month(question: Question, traits: Traits, day: date | None) -> bool:
    """Whether words name the month asked; without its year it is the last before the meeting."""
    # A year that is no month's is asked for itself: "visitors in 2023, by the March 2025 reply".
    if question.years - {month[:4] for month in question.months}:
        return False
    if any(want[0] != "-" and want in traits.months for want in question.months):
        return True
    return day is not None and any(
        want == f"{day.year - (int(said[-2:]) > day.month)}{said}"
        for want in question.months
        for said in traits.months
        if said.startswith("-")
    )


def _is_of_years(asked: Set[str], traits: Traits, far: Set[str]) -> bool:
    near = traits.years_near
    if any(_is_within(year, said) for year in asked for said in near):
        return True
    if any(_lasts(year) and {year[:4], f"{year[:2]}{year[-2:]}"} <= near for year in asked):
        return True
    if near and any("-" in year for year in asked):
        return False
    return any(_is_within(year, said) for year in asked for said in far)


def _is_of_paper(question: Question, traits: Traits, far: Set[str]) -> bool:
    """Whether a passage is of a paper that a question calls by years, whatever years it tells of.

    A plan of many years is called by them in few of its words.
    """
    if any(_lasts(year) for year in question.years):
        return True
    said = traits.years_near | far
    if not far:  # of a paper that tells no date nothing says that it is another
        return True
    return any(_is_within(y, s) or _is_within(s, y) for y in question.years for s in said)


def _lasts(years: str) -> bool:
    """Whether a span of years is longer than a financial year."""
    return "-" in years and (int(years[-2:]) - int(years[2:4])) % 100 > 1


def _is_within(asked: str, said: str) -> bool:
    """Whether a year said is the one asked: "2017" is within "2016-17" and "2017-18"."""
    if asked == said:
        return True
    if "-" in asked or "-" not in said:
        return False
    return asked in (said[:4], f"{said[:2]}{said[-2:]}")
