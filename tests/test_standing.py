"""Standing: remark, report, recommendation, group's amendment and decision are told apart."""

from dataclasses import replace

import pytest
from making import make_passage, make_record

from assistant.papers import Kind
from assistant.standing import NO_DECISION, Standing, lead_of, standing_of, undecided
from assistant.traits import Asked


@pytest.mark.parametrize(
    ("type_", "trail", "said", "rung"),
    [
        ("minutes", (), "Members asked why the ferry was late.", Standing.REMARK),
        ("minutes", (), "RESOLVED that the ferry be kept.", Standing.RESOLVED),
        ("minutes", ("Decision",), "That the ferry be kept.", Standing.RESOLVED),
        ("minutes", (), "It was agreed to recommend the fares to Cabinet.", Standing.ADVISED),
        ("report", (), "The ferry carried more people.", Standing.REPORT),
        ("report", ("Recommendations",), "Keep the ferry.", Standing.RECOMMENDED),
        ("report", (), "Cabinet is asked to keep the ferry.", Standing.RECOMMENDED),
        ("report", (), "In May it was agreed that the ferry be kept.", Standing.REPORTED),
        ("decision record", ("Decision:",), "Keep the ferry.", Standing.RESOLVED),
        ("decision record", ("Reasons",), "The ferry is liked.", Standing.REPORT),
        ("decision record", ("Proposed record", "Decision:"), "Keep it.", Standing.PROPOSED),
        ("report", ("Labour Group amendment",), "Spend £2m on ferries.", Standing.AMENDMENT),
    ],
)
def test_words_stand_on_the_rung_that_their_paper_and_headings_give(type_, trail, said, rung):
    one = replace(make_passage(said), type=type_, trail=trail, kind=Kind.PARAGRAPH)
    assert standing_of(one, make_record(), said) is rung


def test_a_remark_before_a_decision_in_one_minute_is_no_decision():
    text = "The chair praised the crew. RESOLVED that the ferry be kept."
    one = replace(make_passage(text), type="minutes")
    assert standing_of(one, make_record(), "The chair praised the crew.") is Standing.REMARK


def test_what_was_decided_is_told_with_its_rung_and_anything_else_without():
    assert lead_of(Asked.DECISION, Standing.RECOMMENDED) == "Recommended in a report: "
    assert lead_of(Asked.MONEY, Standing.RECOMMENDED) == ""


def test_a_groups_figures_are_never_told_as_the_councils():
    assert lead_of(Asked.MONEY, Standing.AMENDMENT) == "Proposed by a political group: "


def test_an_answer_without_a_decision_says_so_where_one_was_asked_for():
    assert undecided(Asked.DECISION, [Standing.RECOMMENDED, Standing.REMARK]) == NO_DECISION
    assert undecided(Asked.DECISION, [Standing.RECOMMENDED, Standing.RESOLVED]) == ""
    assert undecided(Asked.MONEY, [Standing.RECOMMENDED]) == ""
