"""Written questions: their evidence is found by page and cells, or by the words of a quote."""

import json

import pytest
from making import make_passage

from assistant.papers import Kind
from evals.suites import EVALS
from evals.wording import words
from evals.written import Cells, Quote

CELLS = ("Bay", "40", "55")
ROW = make_passage(
    "Bay | 40 | 55",
    page=7,
    kind=Kind.TABLE_ROW,
    cells=("Bay", "40", "55"),
    heads=("Port", "A", "B"),
)


@pytest.mark.parametrize(
    ("page", "groups", "is_evidence"),
    [
        (7, (("bay", "55"),), True),
        (8, (("bay", "55"),), False),
        (None, (("bay", "55"),), True),
        (7, (("sound", "55"), ("bay", "40")), True),
        (7, (("bay", "60"),), False),
        (7, (("port", "bay"),), True),  # heads ride beside a row
    ],
)
def test_a_passage_of_the_page_that_holds_a_whole_group_is_the_evidence(page, groups, is_evidence):
    assert Cells(page, groups, ()).is_borne_by(ROW) is is_evidence


def test_a_row_that_holds_the_numbers_of_a_quote_and_most_of_its_words_bears_it():
    assert Quote(words("Bay 55 40")).is_borne_by(ROW)
    assert not Quote(words("Bay 55 41")).is_borne_by(ROW)


def test_no_line_of_ours_holds_a_sentence_of_a_paper():
    files = sorted(EVALS.glob("written-*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    assert len(lines) > 2000
    held = [text for line in lines for group in line["holds"] for text in group]
    assert max(len(text.split()) for text in held) <= 12  # the longest cell
    assert sum(len(text.split()) > 4 for text in held) < len(held) / 20
