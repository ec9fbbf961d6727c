"""What can be done with a turn: cards, copying, linking, saving, reporting."""

import json
from datetime import date
from urllib.parse import parse_qs

import pytest
from making import make_passage, make_record

from assistant.answers import Answer, Citation
from assistant.differing import Differing
from assistant.evidence import Evidence
from assistant.figures import figures_in
from assistant.page.cards import figure_cards
from assistant.page.feedback import MOST_CITED, keep_report, read_report
from assistant.page.limits import SECONDS, Limit
from assistant.page.ratings import rated, ratings_of
from assistant.page.serve import warning
from assistant.page.statements import STATEMENTS, footer, statement
from assistant.page.turntools import link_to, turn_tools
from assistant.page.wishes import read_link
from assistant.papers import Kind
from assistant.scope import Scope

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) \x0b# ![y](//z)"


def answer(words="Moorings fell to 389.", **beside):
    citation = Citation(1, Evidence(make_passage(words, **beside), 0, len(words)), make_record())
    return Answer(f"{words} [1]", (citation,))


def cards(text, **beside):
    evidence = Evidence(make_passage(text, **beside), 0, len(text))
    citation = Citation(1, evidence, make_record())
    return figure_cards(figures_in(evidence, ((0, len(text)),)), (citation,), 1)


def row(*cells, heads):
    return cards(" | ".join(cells), kind=Kind.TABLE_ROW, cells=cells, heads=heads, caption="Dues")


def test_a_card_of_a_table_cell_names_its_row_column_and_table():
    shown = row("Yachts", "£40", heads=("Boat", "2024"))
    for name, said in (
        ("Row", "Yachts"),
        ("Column", "2024"),
        ("Table", "Dues"),
        ("Unit", "pounds"),
    ):
        assert f"<dt>{name}:</dt> <dd>{said}</dd>" in shown


def test_a_card_leaves_out_what_the_paper_does_not_say():
    shown = cards("Some 45% of berths were let.")
    assert "Period:" not in shown and "Row:" not in shown


def test_cards_beyond_a_row_of_them_are_folded_away():
    values = " ".join(f"Berth {letter} took in £{number}." for number, letter in enumerate("abcde"))
    shown, fold, folded = cards(values).partition('<details class="more">')
    assert shown.count("<li>") == 3 and fold
    assert folded.count("<li>") == 2 and "<summary>2 more figures</summary>" in folded


def test_a_number_in_the_name_of_a_row_has_no_card():
    shown = row("Over 12 metres", "£40", heads=("Boat", "2024"))
    assert "<strong>£40" in shown and "<strong>12" not in shown


def test_a_number_among_the_words_of_a_cell_has_no_card():
    shown = row("Bay", "Widen 2 berths and dredge", "£40", heads=("Boat", "Work planned", "2024"))
    assert "<strong>£40" in shown and "<strong>2<" not in shown


def test_a_row_that_is_counted_goes_by_its_name():
    shown = row("55", "Widen the quay", "40", heads=("Row", "Project", "2024"))
    assert "<dt>Row:</dt> <dd>Widen the quay" in shown


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("2024 £000s", "thousands of pounds"),
        ("Cost £m", "millions of pounds"),
        ("% let", "per cent"),
    ],
)
def test_a_card_takes_its_unit_from_the_head_above_it(head, unit):
    assert f"<dt>Unit:</dt> <dd>{unit}</dd>" in row("Bay", "40", heads=("Boat", head))


def test_a_heading_is_not_told_as_what_a_figure_measures():
    shown = cards("Some 45% of berths were let.", trail=("Berths",))
    assert "<dt>Under:</dt> <dd>Berths</dd>" in shown


def test_a_card_leads_to_its_source():
    assert '<a href="#turn-1-source-1">page 3</a>' in cards("Some 45% of berths were let.")


def test_a_link_asks_the_question_again():
    question = "How many moorings were let to visiting yachts in Brackwater harbour in 2023?"
    assert parse_qs(link_to(question, ["Who?"])[1:]) == {"q": [question]}


def test_the_link_to_a_follow_up_carries_what_it_leans_on():
    before = ["What were the dues for yachts in Brackwater harbour?", "And for barges?"]
    assert parse_qs(link_to("And before?", before)[1:])["q"] == [*before, "And before?"]


@pytest.mark.parametrize(
    "link",
    ["", "x", "[1]", '{"questions": [1, null, ""]}', "[" * 5000, '{"only": "[", "questions": []}'],
)
def test_a_link_without_questions_asks_none(link):
    assert read_link(link) == ([], {})


def test_a_link_carries_the_scope():
    link = parse_qs(link_to("Why?", [], Scope("Cabinet", since=date(2024, 5, 1)))[1:])
    said = json.dumps({"questions": link["q"], "only": link["only"][0]})
    assert read_link(said) == (["Why?"], {"committee": "Cabinet", "since": "2024-05-01"})


def test_hostile_words_add_no_tag_to_the_tools_of_a_turn():
    tame = turn_tools("word", [], answer(), 1)
    assert turn_tools(HOSTILE, [], answer(HOSTILE), 1).count("<") == tame.count("<")


def test_nothing_is_kept_of_who_has_not_asked_for_a_minute():
    now = [0.0]
    limit = Limit(2, lambda: now[0])
    assert limit.allows("Thornmere") and "Thornmere" in repr(limit._came)
    now[0] = SECONDS
    assert limit.allows("b") and "Thornmere" not in repr(limit._came)


def test_who_asks_too_often_waits_and_others_do_not():
    now = [0.0]
    limit = Limit(2, lambda: now[0])
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]
    assert limit.allows("b")
    now[0] = SECONDS
    assert limit.allows("a")


def test_a_report_is_kept_without_the_question_unless_it_was_sent(tmp_path):
    sent = {"reason": "helpful", "cited": ["a.pdf, page 1"] * 99, "question": ""}
    assert keep_report(tmp_path, read_report(sent), "g-1")
    kept = json.loads((tmp_path / "feedback.jsonl").read_text("utf-8"))
    assert kept["question"] == "" and len(kept["cited"]) == MOST_CITED and kept["index"] == "g-1"


@pytest.mark.parametrize("sent", [None, [], {}, {"reason": "x", "cited": []}, {"reason": "other"}])
def test_what_is_no_report_is_not_kept(sent):
    assert read_report(sent) is None


def test_reports_do_not_fill_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.page.feedback.MOST_BYTES", 10)
    assert not keep_report(tmp_path, read_report({"reason": "other", "cited": []}), "g-1")


def test_only_a_host_that_others_reach_is_warned_of():
    assert warning("127.0.0.1", signed_in=False) == ""
    assert "no sign-in" in warning("0.0.0.0", signed_in=False)
    assert warning("0.0.0.0", signed_in=True) == ""


@pytest.mark.parametrize("address", STATEMENTS)
def test_every_statement_of_the_footer_is_a_page_in_british_english(address):
    assert f'href="{address}"' in footer()
    assert statement(address).startswith('<!doctype html><html lang="en-GB">')


def test_what_another_paper_says_stands_on_the_card_with_its_source():
    own, other = (
        Citation(n, Evidence(make_passage(text, paper=f"{n}.pdf"), 0, len(text)), make_record())
        for n, text in ((1, "Some 45% were let."), (2, "Some 44% were let."))
    )
    (first,), (second,) = (figures_in(one.evidence, ((0, 18),)) for one in (own, other))
    shown = figure_cards((first,), (own,), 1, (Differing(first, second, other),))
    assert 'Other papers say:</dt> <dd>44% <a href="#turn-1-source-2">Harbours' in shown


def test_a_card_says_whether_a_value_is_a_target_and_of_whom():
    shown = row("Girls", "40%", heads=("Group", "Target 2024"))
    assert "<dt>Stated as:</dt> <dd>Target</dd>" in shown and "<dt>Group:</dt> <dd>Girls" in shown


@pytest.mark.parametrize(
    ("heads", "cells", "said"),
    [
        (("Measure", "RAG"), ("Dues", "A"), ["Amber"]),
        (("Measure", "Status"), ("Dues", "green"), ["Green"]),
        ((), ("Trend WORSENING", "R"), ["Red"]),
        (("Pupil", "Grade"), ("Wren", "A"), []),
        ((), ("Hepatitis", "A"), []),
    ],
)
def test_a_rating_by_colour_is_said_in_words(heads, cells, said):
    passage = make_passage(" | ".join(cells), kind=Kind.TABLE_ROW, heads=heads, cells=cells)
    assert ratings_of(passage) == said and all(word in rated(passage) for word in said)
