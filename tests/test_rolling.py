"""What one paper after the other tells of one measure, and what is no line."""

from dataclasses import replace
from datetime import date

import pytest
from making import make_passage, make_record
from test_series import Citation, Evidence, Kind, told

from assistant.answers import Answer
from assistant.questions import Question
from assistant.rolling import AT_MEETINGS, rolled
from assistant.terms import terms
from assistant.traits import Asked

HEADS = ("Harbour", "Moorings let 2023")
SENTENCE = "At the end of June 2023 some 412 yachts were moored in Brackwater harbour."
DAYS = {"a.pdf": date(2023, 7, 9), "b.pdf": date(2024, 7, 9), "c.pdf": date(2024, 10, 9)}


def row(*cells, paper="a.pdf", heads=HEADS, key=1, caption="Dues"):
    beside = {"kind": Kind.TABLE_ROW, "cells": cells, "heads": heads, "table": 1}
    return make_passage(" | ".join(cells), key=key, paper=paper, caption=caption, **beside)


def said(text, paper="a.pdf", key=1):
    return make_passage(text, paper=paper, key=key, trail=("1. Introduction",), title="Moorings")


def rolling(own, *others, **known):
    records = {path: make_record(path, meeting_date=day) for path, day in DAYS.items()}
    records["b.pdf"] = replace(records["b.pdf"], **known)
    none = frozenset()
    weights = dict.fromkeys(terms("moorings let yachts moored"), 1.0)
    question = Question("", Asked.TREND, weights, none, none, 1.0, none, none, none)
    citation = Citation(1, Evidence(own, 0, len(own.text)), records["a.pdf"])
    answer = Answer("As cited. [1]", (citation,), question=question)
    return rolled(answer, None, others, records)


def test_the_same_row_of_later_papers_is_a_line_with_a_citation_for_each_point():
    later = [
        row("Bay", "401", paper="b.pdf", heads=("Harbour", "Moorings let 2024"), key=2),
        row("Bay", "389", paper="c.pdf", heads=("Harbour", "Moorings let 2025"), key=3),
    ]
    found = rolling(row("Bay", "412"), *later)
    assert told(found) == [[("2023", "412"), ("2024", "401"), ("2025", "389")]]
    assert found.measure == "Dues - Bay - Moorings"
    cited = [(one.number, one.record.path) for one in found.citations]
    assert cited == [(1, "a.pdf"), (2, "b.pdf"), (3, "c.pdf")]


def test_a_sentence_told_anew_is_a_line_however_the_value_moved():
    later = said(
        "At the end of June 2024 some 389 yachts were moored in Brackwater harbour.", "b.pdf"
    )
    found = rolling(said(SENTENCE), later)
    assert told(found) == [[("June 2023", "412"), ("June 2024", "389")]]
    assert found.measure == "Moorings"  # not "1. Introduction"


def test_values_without_a_period_stand_at_the_day_of_their_meeting():
    heads = ("Harbour", "Moorings let")
    found = rolling(row("Bay", "412", heads=heads), row("Bay", "389", paper="b.pdf", heads=heads))
    assert told(found) == [[("9 July 2023", "412"), ("9 July 2024", "389")]]
    assert found.measure.endswith(AT_MEETINGS)


def test_of_two_papers_on_one_period_the_newer_is_followed():
    heads = ("Harbour", "Moorings let 2022")
    before = row("Bay", "430", paper="b.pdf", heads=heads, key=2)
    mended = row("Bay", "410", paper="c.pdf", key=3)
    assert told(rolling(row("Bay", "412"), before, mended)) == [[("2022", "430"), ("2023", "410")]]


LATER = ("Harbour", "Moorings let 2024")


@pytest.mark.parametrize(
    "other",
    [
        row("Quay", "401", paper="b.pdf", heads=LATER),  # another harbour
        row("Bay", "£401", paper="b.pdf", heads=LATER),  # another unit
        row("Bay", "401", paper="b.pdf", heads=("Harbour", "Moorings lost 2024")),
        row("Bay", "401", paper="b.pdf", heads=LATER, caption="Storm damage"),
        row("Bay", "401 target", paper="b.pdf", heads=LATER),  # another basis
        row("Bay", "401", heads=LATER),  # the same paper
        row("Bay", "401", paper="b.pdf"),  # the same period
    ],
)
def test_what_is_not_alike_is_no_line(other):
    assert rolling(row("Bay", "412"), other) is None


def test_two_councils_are_no_line():
    later = row("Bay", "401", paper="b.pdf", heads=LATER)
    assert rolling(row("Bay", "412"), later, council="Saltmarsh Council") is None


def test_two_committees_that_were_told_a_value_without_period_are_no_line():
    heads = ("Harbour", "Moorings let")
    own, later = row("Bay", "412", heads=heads), row("Bay", "389", paper="b.pdf", heads=heads)
    assert rolling(own, later, committee="Cabinet") is None


def test_words_that_a_later_paper_takes_over_are_no_line():
    text = "Some 412 yachts were moored in the harbour of Brackwater by visitors."
    assert rolling(said(text), said(text, "b.pdf")) is None


def test_a_paper_that_tells_two_values_of_one_measure_adds_neither():
    later = [row("Bay", "401", "397", paper="b.pdf", heads=(*LATER, LATER[1]))]
    assert rolling(row("Bay", "412"), *later) is None
