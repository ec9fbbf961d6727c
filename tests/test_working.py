"""Working out: only like is set against like, and what comes of it is said to be worked out."""

import pytest
from making import make_passage

from assistant.evidence import Evidence
from assistant.figures import figures_in
from assistant.papers import Kind
from assistant.questions import understand
from assistant.working import work_out

HEADS = ("Port", "Let in 2022", "Let in 2023")


@pytest.fixture
def asked(assistant):
    index = assistant.index
    return lambda text: understand(text, index.glossary, index.words)


def shown(*rows, table=1, heads=HEADS):
    """The figures of table rows, by the number of their citation."""
    found = {}
    for number, cells in enumerate(rows, 1):
        text = " | ".join(cells)
        beside = {"kind": Kind.TABLE_ROW, "cells": cells, "heads": heads, "table": table}
        evidence = Evidence(make_passage(text, key=number, **beside), 0, len(text))
        found[number] = figures_in(evidence, ((0, len(text)),))
    return found


def test_two_rows_are_compared_in_the_column_that_is_asked_for(asked):
    question = asked("How does Bay compare with Sound for boats let in 2023?")
    (found,) = work_out(question, shown(("Bay", "40%", "55%"), ("Sound", "50%", "60%")))
    assert (found.text, found.sources) == ("Bay is 5 percentage points below Sound", (1, 2))


def test_no_column_is_chosen_where_the_question_names_none(asked):
    question = asked("How does Bay compare with Sound?")
    assert work_out(question, shown(("Bay", "40%", "55%"), ("Sound", "50%", "60%"))) == []


def test_values_of_two_units_are_not_compared(asked):
    question = asked("How does Bay compare with Sound for boats let in 2023?")
    assert work_out(question, shown(("Bay", "1", "£55"), ("Sound", "2", "60%"))) == []


def test_nothing_is_worked_out_that_was_not_asked_for(asked):
    question = asked("How many boats did Bay and Sound have let in 2023?")
    assert work_out(question, shown(("Bay", "40", "55"), ("Sound", "50", "60"))) == []


def test_two_periods_of_one_measure_are_compared(asked):
    text = "Previous (2014-15) 56.8%; latest (2015-16) 67.5%."
    evidence = Evidence(make_passage(text), 0, len(text))
    figures = {1: figures_in(evidence, ((0, len(text)),))}
    (found,) = work_out(asked("Has it improved over time?"), figures)
    assert found.text == "2015-16 is 10.7 percentage points above 2014-15"


@pytest.mark.parametrize(
    "text",
    [
        "Attendance was 90% in 2016. Exclusions were 5% in 2017.",
        "Attendance was 90% in 2016 and exclusions were 5% in 2017.",
    ],
)
def test_two_measures_of_two_periods_are_not_compared(asked, text):
    evidence = Evidence(make_passage(text), 0, len(text))
    figures = {1: figures_in(evidence, ((0, len(text)),))}
    assert work_out(asked("Has it improved over time?"), figures) == []


@pytest.mark.parametrize(
    ("heads", "found"), [(("", "2016", "2017"), 1), (("", "Old 2016", "New 2017"), 0)]
)
def test_columns_are_compared_where_their_heads_differ_in_the_period_alone(asked, heads, found):
    figures = shown(("Bay", "40%", "55%"), heads=heads)
    assert len(work_out(asked("Has it improved over time?"), figures)) == found


@pytest.mark.parametrize(
    ("measure", "judged"),
    [
        ("Absence from school", "2 percentage points above 2022: worse, as lower is better"),
        ("Attainment gap", "2 percentage points above 2022: worse, as lower is better"),
        (
            "Reached the expected standard",
            "2 percentage points above 2022: better, as higher is better",
        ),
        ("Attendance and absence", "2 percentage points above 2022"),
        ("Boats", "2 percentage points above 2022"),
    ],
)
def test_a_change_is_judged_where_the_measures_own_words_tell_which_way_is_better(
    asked, measure, judged
):
    row = shown((measure, "4%", "6%"), heads=("Measure", "2022", "2023"))
    (found,) = work_out(asked("Has it improved over time?"), row)
    assert found.text.endswith(judged)
