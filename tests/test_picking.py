"""Picking: what is shown of the spans that answer, and how a row is told."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from making import make_passage

from assistant.evidence import quotes
from assistant.papers import Kind
from assistant.picking import joined, told
from assistant.text import sentences

TEXT = "Dues rose by 4%. Fares fell by 7%. The quay is open."


@given(st.sets(st.integers(0, 2), min_size=1))
def test_what_is_left_out_between_shown_sentences_is_marked(kept):
    passage = make_passage(TEXT)
    shown = told(passage, sorted(sentences(TEXT)[at] for at in kept))
    assert (" ... " in shown) == (kept == {0, 2})
    assert all(part in TEXT for part in shown.split(" ... "))


def test_a_table_row_is_shown_with_its_column_heads_and_quoted_as_it_stands():
    row = make_passage("Bay | £5", kind=Kind.TABLE_ROW, cells=("Bay", "£5"), heads=("Port", "Dues"))
    chosen = quotes(row, [(0, 8)])[0]
    assert (told(row, chosen.shown), chosen.evidence.text) == ("Port: Bay; Dues: £5", "Bay | £5")


def test_some_cells_of_a_row_are_told_behind_their_own_heads():
    row = make_passage(
        "Bay | £5 | £7",
        kind=Kind.TABLE_ROW,
        cells=("Bay", "£5", "£7"),
        heads=("Port", "Old", "New"),
    )
    assert told(row, [(0, 3), (11, 13)]) == "Port: Bay; New: £7"


@given(st.lists(st.sampled_from(sentences(TEXT)), min_size=1))
def test_ranges_that_touch_are_one_and_lose_nothing(ranges):
    runs = joined(ranges, TEXT)
    assert all(any(a <= start and end <= b for a, b in runs) for start, end in ranges)
    assert all(TEXT[one[1] : other[0]].strip() for one, other in pairwise(runs))
