from datetime import date

import pytest

from assistant.conversation import Turn
from assistant.relative import relative_periods

DAY = date(2024, 10, 24)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("What is it this year?", {"2024", "2024-25"}),
        ("How much was spent last financial year?", {"2023-24"}),
        ("next academic year", {"2025-26"}),
        ("since 2022-23", {"2022-23", "2023-24", "2024-25"}),
        ("since 2023", {"2023", "2024"}),
    ],
)
def test_years_are_counted_from_the_day_given(text, years):
    assert relative_periods(text, DAY).years == years


def test_a_quarter_is_of_the_financial_year():
    found = relative_periods("the previous quarter", date(2024, 4, 20))
    assert (found.years, found.quarters) == ({"2023-24"}, {"q4"})


def test_a_month_is_counted_over_the_turn_of_the_year():
    assert relative_periods("last month", date(2025, 1, 9)).months == {"2024-12"}


@pytest.mark.parametrize("text", ["over the last year", "the last year of the lease", "in 2017"])
def test_a_stretch_of_time_or_a_date_is_not_relative(text):
    assert relative_periods(text, DAY) is None


def test_this_year_is_the_newest_papers_and_the_day_that_they_know_up_to_is_told(assistant):
    question = assistant.search("How many moorings were let this year?").question
    assert question.years == {"2024", "2024-25"}
    assert question.understood.line.endswith("papers up to 24 October 2024")


def test_a_follow_up_counts_from_the_paper_spoken_of(assistant):
    before = Turn("How many villages did the mobile library visit?", "57 villages in 2017-18.")
    question = assistant.search("and how many books this year?", [before]).question
    assert question.years == {"2018", "2018-19"}


def test_a_year_that_is_named_is_not_overridden(assistant):
    question = assistant.search("How many moorings were let this year, 2023-24?").question
    assert question.years == {"2023-24"}


def test_the_committee_is_the_one_whose_paper_was_spoken_of(assistant):
    before = Turn("How many villages did the mobile library visit?", "57 villages in 2017-18.")
    question = assistant.search("and what did the committee decide?", [before]).question
    assert question.understood.paper == "Libraries Panel"
