import pytest
from making import make_passage

from assistant.papers import Kind
from assistant.posts import holders_in, names_in


def pairs(text, **known):
    return [(one.name, one.post) for one in holders_in(make_passage(text, **known))]


@pytest.mark.parametrize(
    ("text", "name", "post"),
    [
        ("Wren Ashby (Chairman), Tom Lark and Ida Pike", "Wren Ashby", "Chairman"),
        ("Cllr. W Ashby – Leader of the Council", "Cllr. W Ashby", "Leader of the Council"),
        ("Chief Executive: Wren Ashby, Quay House", "Wren Ashby", "Chief Executive"),
        ("Wren Ashby\nChief Executive\nContact: Tom Lark", "Wren Ashby", "Chief Executive"),
        ("Sponsor – Dr W Ashby\nDirector of Harbours", "Dr W Ashby", "Director of Harbours"),
        ("Director of Harbours (Wren Ashby)", "Wren Ashby", "Director of Harbours"),
        (
            "From: Director of Harbours and Quays, Wren Ashby",
            "Wren Ashby",
            "Director of Harbours and Quays",
        ),
        (
            "Report Author: Wren Ashby\nJob Title: Head of Dredging",
            "Wren Ashby",
            "Head of Dredging",
        ),
        ("Mr Ashby, Deputy Leader, opened the pier.", "Mr Ashby", "Deputy Leader"),
        ("Councillor Wren Ashby in the Chair", "Councillor Wren Ashby", "in the Chair"),
        ("Chairman – Councillor Wren Ashby", "Councillor Wren Ashby", "Chairman"),
        ("Wren Ashby Director of Quays", "Wren Ashby", "Director of Quays"),
        ("Report of the Director of Quays (Wren Ashby)", "Wren Ashby", "Director of Quays"),
        ("Wren Ashby was elected Chair for the year.", "Wren Ashby", "Chair"),
        (
            "Wren Ashby, Director of Quays (Section 151 Officer)",
            "Wren Ashby",
            "Director of Quays (Section 151 Officer)",
        ),
        ("The board has Wren Ashby as its independent chair.", "Wren Ashby", "chair"),
    ],
)
def test_a_person_and_a_post_are_read_in_every_shape_that_papers_use(text, name, post):
    assert pairs(text)[0] == (name, post)


def test_each_of_a_list_keeps_her_own_post():
    text = "Wren Ashby, Cabinet Member for Quays, Boats and Tides\nIda Pike, Leader of the Council"
    assert pairs(text) == [
        ("Wren Ashby", "Cabinet Member for Quays, Boats and Tides"),
        ("Ida Pike", "Leader of the Council"),
    ]


def test_a_portfolio_is_a_post_by_the_title_of_its_table():
    cells = ("Wren Ashby", "Quays and Tides")
    known = {"kind": Kind.TABLE_ROW, "cells": cells, "heads": (), "caption": "Portfolios 2024/25"}
    assert pairs(" | ".join(cells), **known) == [cells]
    assert not pairs(" | ".join(cells), **known | {"caption": "Moorings"})


def test_the_officer_of_a_row_is_not_given_the_portfolio_beside_her():
    cells = ("Dredging", "Cabinet Member for Quays", "Wren Ashby")
    heads = ("Subject", "Portfolio holder", "Officer contact")
    assert not pairs(" | ".join(cells), kind=Kind.TABLE_ROW, cells=cells, heads=heads)


def test_a_department_is_no_post():
    assert not pairs("Wren Ashby, Chief Executive's Department")


def test_a_part_in_one_matter_is_told_from_a_post():
    lead, post = holders_in(
        make_passage("Lead Officer: Wren Ashby, Head of Dredging\nLead Member: Ida Pike")
    )[::-1]
    assert lead.is_role and not post.is_role


def test_services_and_places_are_no_names():
    text = "Adult Social Care met Fenshire County Council in Quay Street with Wren Ashby."
    assert [text[start:end] for start, end in names_in(text)] == ["Wren Ashby"]
