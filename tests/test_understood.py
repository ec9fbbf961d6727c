import pytest

from assistant.understood import Part, Understood, pieces, taken_apart


def test_a_question_comes_apart_into_its_parts():
    understood = taken_apart("What was KS2 writing for girls in Fenshire in 2024?")
    assert understood == Understood("KS2 writing", "", "girls", "Fenshire", "2024")
    assert understood.line == "KS2 writing, girls, Fenshire, 2024"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("dues in Q2 2018-19", "Q2 2018-19"),
        ("on 1 March 2024", "1 March 2024"),
        ("places in 16/17", "16/17"),
        ("the overspend this year", "this year"),
    ],
)
def test_a_period_is_taken_whole(text, period):
    assert [p.text for p in pieces(text) if p.part is Part.PERIOD] == [period]


def test_a_service_for_children_is_no_group():
    assert not taken_apart("What did children's services cost?").group


def test_the_line_says_the_scope_last():
    assert Understood("dredging", scope="Cabinet").line == "dredging, only Cabinet"


def test_a_row_holds_the_line_and_every_part():
    row = Understood("dredging", period="2018").row()
    assert row["line"] == "dredging, 2018" and row["matter"] == "dredging" and row["group"] == ""


@pytest.mark.parametrize(
    ("asked", "area"),
    [
        ("Who is the Cabinet Member for Boats and Piers?", ""),
        ("What did the Director for Saltmarsh Lights say in Brackwater?", "Brackwater"),
        ("What is the target in the Moorings Strategy?", ""),
        ("What is the target in Fenshire's Moorings Strategy?", "Fenshire's"),
        ("What was spent in the Council?", ""),
        ("What was spent in Wren's Quay Park?", "Wren's Quay Park"),
    ],
)
def test_posts_portfolios_bodies_and_papers_are_no_areas(asked, area):
    assert taken_apart(asked).area == area
