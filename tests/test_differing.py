"""What other papers say in the place of a value."""

import pytest
from making import make_passage, make_record

from assistant.answers import Answer, Citation
from assistant.differing import differing
from assistant.evidence import Evidence
from assistant.papers import Kind

HEADS = ("Harbour", "Moorings 2023", "Moorings 2024")


def row(*cells, paper="a.pdf", heads=HEADS):
    beside = {"kind": Kind.TABLE_ROW, "cells": cells, "heads": heads, "table": 1, "paper": paper}
    return make_passage(" | ".join(cells), **beside)


def told(text, paper="a.pdf"):
    return make_passage(text, paper=paper, trail=("Moorings let",))


def other_values(own, other):
    citation = Citation(1, Evidence(own, 0, len(own.text)), make_record("a.pdf"))
    records = {path: make_record(path) for path in ("a.pdf", "b.pdf")}
    found = differing(Answer("As cited. [1]", (citation,)), [other], records, 4)
    assert all(one.citation.number == 5 for one in found)
    return [(one.figure.text, one.other.text) for one in found]


def test_another_value_of_the_same_row_column_and_period_is_told():
    assert other_values(row("Bay", "412", "389"), row("Bay", "412", "401", paper="b.pdf")) == [
        ("389", "401")
    ]


@pytest.mark.parametrize(
    "other",
    [
        row("Quay", "412", "401", paper="b.pdf"),
        row("Bay", "412", "401"),  # of the same paper
        row("Bay", "412", "389.2", paper="b.pdf"),  # rounded
        row("Bay", "£9", "£8", paper="b.pdf"),
        row("Bay", "9", "8", paper="b.pdf", heads=("Harbour", "Berths 2023", "Berths 2024")),
        row("Bay", "9", "8", paper="b.pdf", heads=("Harbour", "Moorings 2021", "Moorings 2022")),
    ],
)
def test_what_is_of_another_measure_period_or_unit_does_not_differ(other):
    assert other_values(row("Bay", "412", "389"), other) == []


def test_values_told_in_sentences_under_one_heading_are_set_side_by_side():
    own, other = (
        told("Let: 41% in 2023, 39% in 2024."),
        told("Let: 41% in 2023, 38% in 2024.", "b.pdf"),
    )
    assert other_values(own, other) == [("39%", "38%")]
