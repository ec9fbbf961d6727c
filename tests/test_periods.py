import pytest

from assistant.periods import Periods, counted_from, months_in, quarters_in, years_in


@pytest.mark.parametrize("text", ["2016-17", "2016/17", "2016–2017", "2016 / 17", "16/17", "16-17"])
def test_a_financial_year_is_spelt_one_way(text):
    assert years_in(f"in {text} the dues rose") == {"2016-17"}


def test_all_years_of_a_text_are_found():
    assert years_in("From 2018 and 2019-20, not 1899 or 20180") == {"2018", "2019-20"}


@pytest.mark.parametrize("text", ["a score of 16-18", "12/14 moorings", "24/10/2024", "£20.18"])
def test_ranges_dates_and_sums_are_no_years(text):
    assert not {year for year in years_in(text) if "-" in year}
    assert "2018" not in years_in(text)


@pytest.mark.parametrize(
    "text", ["October 2018", "Oct 2018", "Oct. 2018", "oct 18", "9 October 2018"]
)
def test_a_month_with_its_year_is_spelt_one_way(text):
    assert months_in(text) == {"2018-10"}


def test_a_shortened_year_and_a_date_in_figures_are_of_their_years():
    assert months_in("the baseline (May ‘24)") == {"2024-05"}
    assert years_in("the balance as at 31.03.24 and on 1/4/2025") == {"2024", "2025"}
    assert not years_in("version 31.13.24, or 3.1.4")


def test_a_month_without_a_year_is_known_by_its_month_alone():
    assert months_in("the October meeting") == {"-10"}


@pytest.mark.parametrize(
    "text", ["Members may speak.", "May members speak?", "a march on the hall"]
)
def test_may_is_a_month_only_where_it_must_be(text):
    assert "-05" not in months_in(text)


def test_may_is_a_month_before_a_meeting():
    assert months_in("the May meeting") == {"-05"}


@pytest.mark.parametrize("text", ["Q1", "q1 2018-19", "quarter 1"])
def test_quarters_are_spelt_one_way(text):
    assert quarters_in(text) == {"q1"}


def test_there_is_no_fifth_quarter():
    assert quarters_in("Q5 and quarters") == frozenset()


def test_a_number_of_things_is_no_year():
    assert years_in("1,999 books, 2,018 more and £12,019 in 2017") == {"2017"}


def periods(*years, months=(), quarters=()):
    return Periods(frozenset(years), frozenset(months), frozenset(quarters))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("and the year before?", periods("2016-17")),
        ("the following year?", periods("2018-19")),
        ("that year", periods("2017-18")),
        ("the previous quarter", periods("2017-18", quarters=["q1"])),
        ("the last quarter of the year before", periods("2016-17", quarters=["q4"])),
        ("at Q3?", periods("2017-18", quarters=["q3"])),
        ("what about girls?", periods()),
    ],
)
def test_relative_words_count_from_the_period_before(asked, meant):
    assert counted_from(asked, periods("2017-18", quarters=["q2"])) == meant


def test_the_quarter_before_the_first_is_the_last_of_the_year_before():
    before = periods("2017-18", quarters=["q1"])
    assert counted_from("the quarter before", before) == periods("2016-17", quarters=["q4"])


def test_a_month_of_that_year_is_dated():
    assert counted_from("in October that year", periods("2017")).months == {"2017-10"}


def test_two_digits_are_a_year_only_after_a_year():
    assert counted_from("no, 14 I meant", periods("2015")) == periods("2014")
    assert counted_from("no, 14 I meant", periods()) == periods()


def test_the_years_of_the_answer_count_where_the_question_named_none():
    assert counted_from("and the year before?", periods(), "It was 12 in 2018.").years == {"2017"}


def test_the_month_before_counts_over_the_turn_of_the_year():
    january = counted_from("and the month before?", Periods(months=frozenset({"2018-01"})))
    assert january.months == {"2017-12"}
    assert counted_from("the month before", Periods(), "In May 2018: 4").months == {"2018-04"}


def test_years_are_found_whatever_their_digits_are_parted_by():
    assert years_in("in 20\u00ad18 or 2\u200b019") == {"2018", "2019"}
    assert years_in("2,018 pupils, 12 schools and 20% of 18") == frozenset()
