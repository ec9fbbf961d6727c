"""Picking: what is shown of the spans that answer, and how a row is told."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import WordEmbedder, build, make_passage, write_corpus

from assistant.binding import Binding
from assistant.evidence import quotes
from assistant.index import Index
from assistant.papers import Kind
from assistant.picking import OFFICE_NEAR, joined, pick, told
from assistant.questions import understand
from assistant.reader import Scored
from assistant.spans import Span
from assistant.text import sentences
from assistant.traits import traits_of

NONE = np.empty(0, np.float32)  # of what a span was scored by
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


def test_words_of_one_cell_are_told_behind_its_head_once():
    row = make_passage(
        f"{TEXT} | Wren Ashby",
        kind=Kind.TABLE_ROW,
        cells=(TEXT, "Wren Ashby"),
        heads=("Matter", "Officer"),
    )
    first, _, last = sentences(TEXT)
    shown = told(row, [first, last, (len(TEXT) + 3, len(row.text))])
    assert shown == "Matter: Dues rose by 4%. ... The quay is open.; Officer: Wren Ashby"


def test_of_a_row_with_a_long_first_cell_the_cell_that_is_asked_for_is_shown(asked, assistant):
    matter = f"Policy on yachts. {'It sets out what owners may claim and when. ' * 7}".strip()
    row = make_passage(
        f"{matter} | Cabinet | Wren Ashby",
        kind=Kind.TABLE_ROW,
        cells=(matter, "Cabinet", "Wren Ashby"),
        heads=("Subject", "Taken by", "Officer"),
    )
    binding = Binding(value=True, period=True, names=1.0, matter=1.0, whole=1.0, opposed=False)
    span = Scored(Span(0, row, traits_of(row), 1.0, binding, 0, 17), 1.0, NONE)
    (chosen,) = pick(asked("Which officer has the policy on yachts?"), [span], assistant.index)
    said = told(row, chosen.shown)
    assert said.startswith("Subject: Policy on yachts.; ") and said.endswith("Officer: Wren Ashby")


@pytest.mark.parametrize(
    ("asks", "both"),
    [("How many berths has Thornmere?", False), ("How many berths are taken?", True)],
)
def test_a_row_of_another_name_is_not_told_beside_the_one_that_is_named(
    asked, assistant, asks, both
):
    rows = [
        scored(
            3.0 - key,
            f"{name} | {count}",
            key=key,
            kind=Kind.TABLE_ROW,
            table=99,
            cells=(name, count),
            heads=("Harbour", "Berths"),
        )
        for key, (name, count) in enumerate((("Thornmere", "412"), ("Saltmarsh", "389")))
    ]
    chosen = pick(asked(asks), rows, assistant.index)
    assert [one.evidence.passage.cells[0] for one in chosen] == ["Thornmere", "Saltmarsh"][
        : 1 + both
    ]


@given(st.lists(st.sampled_from(sentences(TEXT)), min_size=1))
def test_ranges_that_touch_are_one_and_lose_nothing(ranges):
    runs = joined(ranges, TEXT)
    assert all(any(a <= start and end <= b for a, b in runs) for start, end in ranges)
    assert all(TEXT[one[1] : other[0]].strip() for one, other in pairwise(runs))


@pytest.fixture
def asked(assistant):
    return lambda text: understand(text, assistant.index.glossary, assistant.index.words)


def scored(score, text, **beside):
    """A whole passage as one span, read with this score."""
    passage = make_passage(text, **beside)
    binding = Binding(value=True, period=True, names=1.0, matter=1.0, whole=1.0, opposed=False)
    span = Span(0, passage, traits_of(passage), score, binding, 0, len(text))
    return Scored(span, score, NONE)


@pytest.mark.parametrize(
    ("asks", "first"),
    [
        ("Who chairs the Harbours Committee?", "Wren Ashby chairs it."),
        ("Who chaired the Harbours Committee in 2018?", "Robin Vale chairs it."),
        ("How are the harbours run?", "Robin Vale chairs it."),
    ],
)
def test_of_those_who_read_alike_the_newest_paper_tells_who_is_in_office(
    assistant, asked, asks, first
):
    old = scored(2.0, "Robin Vale chairs it.", key=1, meeting_date=date(2018, 7, 9))
    new = scored(2.1 - OFFICE_NEAR, "Wren Ashby chairs it.", key=2, meeting_date=date(2024, 10, 24))
    assert pick(asked(asks), [old, new], assistant.index)[0].evidence.text == first


@pytest.mark.parametrize(
    ("question", "goes_on"),
    [
        ("How much are the dues of the quay, and when are they paid?", True),
        ("And how much are the dues of the quay?", False),
    ],
)
def test_what_is_asked_in_the_same_breath_is_told_where_the_words_go_on(
    asked, assistant, question, goes_on
):
    text = f"The dues of the quay were £40. They fall in June. {' '.join(['Sand'] * 40)}."
    passage = make_passage(text)
    other = make_passage(f"The quay had dues of old. {' '.join(['Stone'] * 60)}.", key=2)
    binding = Binding(True, True, 1.0, 1.0, 1.0, False)
    spans = [
        Scored(Span(0, passage, traits_of(passage), 1.0, binding, *cut), score, NONE)
        for cut, score in zip(sentences(text)[:2], (3.0, 0.5), strict=True)
    ]
    spans.insert(
        1,
        Scored(Span(1, other, traits_of(other), 1.0, binding, 0, len(other.text)), 1.5, NONE),
    )
    chosen = pick(asked(question), spans, assistant.index)
    shown = " ".join(told(one.evidence.passage, one.shown) for one in chosen)
    assert ("They fall in June" in shown) is goes_on


@pytest.mark.parametrize(
    ("question", "told_of_others"),
    [
        ("What percentage of moored yachts pay harbour dues?", False),
        ("What percentage of moored yachts pay harbour dues, and when did the ferry sail?", True),
        ("Who says what of moored yachts and of harbour dues?", True),
    ],
)
def test_beside_a_value_called_by_all_of_the_question_no_value_of_another_is_told(
    asked, assistant, question, told_of_others
):
    other = scored(2.0, "Of crews 5.7% are late.", trail=("Fares",), key=1)
    meant = scored(
        1.5, "Latest – 15.7%", trail=("Moored yachts that pay harbour dues, percentage",), key=5
    )
    shown = [one.evidence.text for one in pick(asked(question), [other, meant], assistant.index)]
    assert (other.span.text in shown) == told_of_others
    assert meant.span.text in shown


def test_a_sentence_that_leans_on_the_value_called_by_the_question_is_told_with_it(
    asked, assistant
):
    text = "Of moored yachts 15.7% pay harbour dues. It was 14% before. Of crews 5.7% are late."
    passage = make_passage(text, key=5)
    binding = Binding(True, True, 1.0, 1.0, 1.0, False)
    spans = [
        Scored(Span(0, passage, traits_of(passage), 1.0, binding, *cut), score, NONE)
        for cut, score in zip(sentences(text), (3.0, 1.0, 2.0), strict=True)
    ]
    question = "What percentage of moored yachts pay harbour dues?"
    (chosen,) = pick(asked(question), spans, assistant.index)
    shown = told(passage, chosen.shown)
    assert "It was 14% before." in shown and "crews" not in shown


def test_rows_that_repeat_the_cell_asked_for_are_listed_by_what_is_their_own(tmp_path):
    rows = [("Gull", "Northern Harbours Trust"), ("Tern", "Northern Harbours Trust")]
    rows += [("Knot", "Southern Harbours Trust"), ("Rail", "Northern Harbours Trust")]
    table = "\n".join(f"| {name} | {trust} |" for name, trust in rows)
    paper = f"# Fleet\n\n| Boat | Run by |\n| --- | --- |\n{table}\n"
    build(write_corpus(tmp_path / "corpus", fleet=paper), tmp_path / "index")
    index = Index.open(tmp_path / "index", WordEmbedder.name)
    first = next(one for one in index.store.every() if one.cells[:1] == ("Gull",))
    binding = Binding(True, True, 1.0, 1.0, 1.0, False)
    span = Span(0, first, traits_of(first), 1.0, binding, 0, len(first.text))
    question = understand("Which ships are run by the northern trust?", index.glossary, index.words)
    chosen = pick(question, [Scored(span, 1.0, NONE)], index)
    said = [told(one.evidence.passage, one.shown) for one in chosen]
    assert said == ["Boat: Gull; Run by: Northern Harbours Trust", "Boat: Tern", "Boat: Rail"]
