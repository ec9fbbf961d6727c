"""Which values of an answer are one series, and which are not."""

import pytest
from making import make_passage, make_record

from assistant.answers import Answer, Citation
from assistant.evidence import Evidence
from assistant.papers import Kind
from assistant.points import when
from assistant.questions import Question
from assistant.series import series_in
from assistant.terms import terms
from assistant.traits import Asked

HEADS = ("Moorings let", "2022", "2023", "2024")


def row(*cells, heads=HEADS, key=1):
    text = " | ".join(cell for cell in cells if cell)
    beside = {"heads": heads, "cells": cells, "table": 1, "caption": "Harbour dues"}
    return make_passage(text, key=key, kind=Kind.TABLE_ROW, **beside)


def series(*passages, asked=Asked.TREND, words="moorings let dues", rows=()):
    cited = tuple(
        Citation(n, Evidence(p, 0, len(p.text)), make_record()) for n, p in enumerate(passages, 1)
    )
    none = frozenset()
    weights = dict.fromkeys(terms(words), 1.0)
    question = Question(words, asked, weights, none, none, 1.0, none, none, none)
    return series_in(Answer("As cited. [1]", cited, question=question), lambda _: rows)


def told(found):
    return [[(p.label, p.figure.text) for p in line.points] for line in found.lines]


def test_the_dated_columns_of_a_row_are_a_series_over_time():
    found = series(row("Brackwater", "412", "–", "389"))
    assert told(found) == [[("2022", "412"), ("2024", "389")]]
    assert found.over_time and found.measure == "Harbour dues - Moorings let - Brackwater"


def test_columns_that_measure_something_else_are_in_no_series():
    heads = ("Harbour", "Rank", "Dues > 2023", "Dues > 2024", "Change")
    assert told(series(row("Bay", "7", "£40", "£44", "£4", heads=heads))) == [
        [("2023", "£40"), ("2024", "£44")]
    ]


def test_a_row_whose_values_do_not_all_stand_under_a_head_is_not_trusted():
    assert series(row("Bay", "76%", "74%", "15%", heads=("Area", "", "2023", "2024"))) is None


def test_a_comparison_shows_the_rows_beside_as_lines_of_their_own():
    girls, boys = row("Girls", "1%", "2%", "3%"), row("Boys", "4%", "5%", "6%", key=2)
    assert [line.name for line in series(girls, boys).lines] == ["Girls", "Boys"]


def test_rows_that_tell_of_something_else_are_left_out_of_a_trend():
    let, lost = row("Berths let", "1", "2", "3"), row("Ferries lost", "4", "5", "6", key=2)
    assert [line.name for line in series(let, lost).lines] == ["Berths let"]


def test_a_trend_told_row_by_row_is_shown_whole_with_a_citation_for_each():
    heads = ("Year", "Moorings let")
    rows = [row(str(2020 + n), str(400 + n), heads=heads, key=n) for n in range(4)]
    found = series(rows[2], rows=rows)
    assert sorted(found.labels) == found.labels == ["2020", "2021", "2022", "2023"]
    assert [one.number for one in found.citations] == [1, 2, 3, 4]


def test_rows_stand_side_by_side_only_where_a_comparison_is_asked_for():
    heads = ("Harbour", "Moorings let")
    rows = [
        row(name, count, heads=heads, key=len(name))
        for name, count in (("Bay", "4"), ("Quay", "9"))
    ]
    assert told(series(*rows, asked=Asked.COMPARISON)) == [[("Bay", "4"), ("Quay", "9")]]
    assert series(*rows, asked=Asked.COUNT) is None


@pytest.mark.parametrize(
    "text",
    [
        "Let: previous (2022) 41%; latest (2023) 39%",
        "Some 41% were let in 2022 and 39% in 2023.",
    ],
)
def test_figures_and_periods_that_take_turns_are_a_series(text):
    assert told(series(make_passage(text, trail=("Moorings",)))) == [
        [("2022", "41%"), ("2023", "39%")]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Some 41% were let in 2022 and £39 was paid in 2023.",  # two units
        "Of 412 moorings in Brackwater 389 were let in 2023.",  # one period
        "In 2022 some 41% were let, sailors said, and dues rose by 3% in 2023.",  # two measures
    ],
)
def test_figures_that_are_not_of_one_measure_are_no_series(text):
    assert series(make_passage(text, trail=("Moorings",))) is None


def test_what_the_paper_says_a_value_is_stands_with_it():
    found = series(make_passage("Let: (2022) 41%; (2023) 39% provisional", trail=("Moorings",)))
    assert [point.note for point in found.lines[0].points] == ["", "provisional"]


def test_a_series_about_something_else_than_was_asked_is_not_shown():
    assert series(row("Brackwater", "412", "400", "389"), words="otters counted") is None


@pytest.mark.parametrize(
    ("label", "year"),
    [("2018", 2018.0), ("Q3 2017-18", 2017.75), ("Qtr 2 2017-18", 2017.5), ("July 2020", 2020.5)],
)
def test_a_period_is_a_point_in_time(label, year):
    assert when(label) == year


def test_a_label_without_a_year_is_no_point_in_time():
    assert when("Quarter 1") is None and when("Brackwater") is None
