"""Dating: a value counts for the years that are asked, a paper for those that it is called by."""

from datetime import date

import pytest
from making import make_passage, make_record

from assistant.dating import is_of_period
from assistant.questions import understand
from assistant.traits import traits_of


def test_words_of_other_years_answer_what_is_asked_of_a_paper_of_that_year(assistant):
    passage = make_passage("The fund began in 2016-17.", title="Harbours report 2019-20")
    record = make_record(path=passage.paper)
    told = traits_of(passage)
    of_paper, of_years = (
        understand(text, assistant.index.glossary, assistant.index.words)
        for text in (
            "When did the fund begin, per the 2019-20 harbours report?",
            "What did the fund hold in 2019-20?",
        )
    )
    assert is_of_period(of_paper, passage, told, record)
    assert not is_of_period(of_years, passage, told, record)


@pytest.fixture
def dated(assistant):
    def is_dated(question, words, **told):
        passage = make_passage(words, **told)
        asked = understand(question, assistant.index.glossary, assistant.index.words)
        record = make_record(path=passage.paper, title=told.get("title", ""))
        return is_of_period(asked, passage, traits_of(passage), record)

    return is_dated


@pytest.mark.parametrize(
    ("question", "of_it"),
    [
        ("What did the mayor open in December 2024?", True),
        ("What did the mayor open in December 2023?", False),
        ("What did the mayor open in 2024, by the December 2024 minutes?", True),
        ("How many boats came in 2022, by the December 2024 minutes?", False),
    ],
)
def test_a_month_without_its_year_is_the_last_before_the_meeting(dated, question, of_it):
    words = "In December the mayor opened the quay."
    assert dated(question, words, meeting_date=date(2025, 1, 30)) is of_it


def test_a_month_of_a_shortened_year_is_the_one_asked(dated):
    assert dated("How many boats were let in May 2024?", "Boats let (May ‘24): 412")
    assert not dated("How many boats were let in May 2023?", "Boats let (May ‘24): 412")


def test_a_span_of_years_is_told_by_its_two_ends(dated):
    words = "Lettings fell by 12% between 2015 and 2019."
    assert dated("How far did lettings fall in 2015-2019?", words)
    assert not dated("How far did lettings fall in 2014-2019?", words)


def test_nothing_says_that_words_without_any_date_are_of_another_year(dated):
    assert dated("What does the quay cost in 2024?", "The quay costs £412.")
    assert not dated("What does the quay cost in 2024?", "The quay cost £412 in 2019.")
    day = date(2019, 3, 1)
    assert not dated("What does the quay cost in 2024?", "The quay costs £412.", meeting_date=day)


def test_a_year_of_history_or_at_the_end_dates_no_value(dated):
    day = date(2015, 3, 1)
    assert dated("What is spent on the 1916 parade?", "The parade costs £412.", meeting_date=day)
    words = "Dues were balanced for 22 years, up to 2021-22."
    assert dated("How many years were dues balanced before 2022-23?", words)
    assert not dated("How many years were dues balanced in 2022-23?", words)
