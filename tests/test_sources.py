"""Sources: a year in a paper's name is no year of what is asked."""

import pytest

from assistant.sources import sourced_years


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What was spent in 2022-23, per the November 2024-25 monitoring report?", {"2024-25"}),
        ("When was the pier shut, going by the February 2021 reply?", {"2021"}),
        ("How many boats does the Mooring Plan for Harbours 2025-29 add?", {"2025-29"}),
        ("Who spoke, according to the minutes of 18 February 2022?", {"2022"}),
        ("What does the 2025-26 draft put into boats?", {"2025-26"}),
        ("How many boats were let in 2022?", set()),
        ("In 2022 what did the ferry report cost?", set()),
        ("How did the 2022 report put lettings in 2022?", set()),
    ],
)
def test_only_years_that_a_paper_is_called_by_are_its_own(question, years):
    assert sourced_years(question) == years
