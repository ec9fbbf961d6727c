from datetime import date

import pytest

from assistant.records import (
    Record,
    committee_in,
    council_in,
    dates_in,
    meeting_date_in,
    record_of_title,
    type_of,
)

DAY = date(2024, 3, 21)


@pytest.mark.parametrize(
    "text",
    [
        "21 March 2024",
        "Thursday, 21st March 2024 at 10.00 am",
        "21 Mar 2024",
        "21st of March, 2024",
        "21-March-2024",
        "21/03/2024",
        "21/3/24",
        "21.03.2024",
        "2024-03-21",
    ],
)
def test_a_whole_date_is_read_in_every_form_that_councils_write(text):
    assert dates_in(text) == [DAY]


@pytest.mark.parametrize(
    "text", ["31 June 2024", "March 2024", "45/13/2024", "£21.03", "item 21/3"]
)
def test_what_only_looks_like_a_date_is_none(text):
    assert dates_in(text) == []


def test_dates_come_in_the_order_in_which_they_stand():
    assert dates_in("from 2024-03-22 back to 21 March 2024") == [date(2024, 3, 22), DAY]


@pytest.mark.parametrize(
    "line",
    ["Date of Meeting: 21 March 2024", "To: Cabinet - 21 March 2024", "held on 21 March 2024"],
)
def test_a_line_that_names_the_meeting_counts_before_a_bare_date(line):
    assert meeting_date_in(["Figures as at 1 May 2023", line]) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Date of publication: 13 March 2024",
        "Published on 13 March 2024",
        "Minutes of 13 March 2024 to be confirmed",
        "Next meeting: 13 March 2024",
    ],
)
def test_the_dates_of_other_things_are_not_the_meetings(line):
    assert meeting_date_in([line]) is None
    assert meeting_date_in([line, "Thursday 21 March 2024"]) == DAY


def test_the_council_is_the_one_named_most_often():
    lines = [
        "Fenshire County Council",
        "A letter to Brackwater Town Council",
        "FENSHIRE COUNTY COUNCIL",
    ]
    assert council_in(lines) == "Fenshire County Council"


@pytest.mark.parametrize("line", ["The full council met.", "The town council", "no name at all"])
def test_a_council_without_a_name_is_not_one(line):
    assert council_in([line]) == ""


def test_a_line_that_is_only_the_committee_counts_before_one_that_mentions_it():
    lines = ["It was sent to the Planning Committee after a long debate", "HARBOURS COMMITTEE"]
    assert committee_in(lines) == "Harbours Committee"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Cabinet", "Cabinet"),
        ("Meeting: Health and Care Scrutiny Committee", "Health and Care Scrutiny Committee"),
        ("The Schools Forum", "Schools Forum"),
        ("Children’s Services Panel", "Children’s Services Panel"),
        ("Notes on ferry fares", ""),
    ],
)
def test_committees_boards_panels_and_forums_are_known_by_name(line, name):
    assert committee_in([line]) == name


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Minutes of the meeting held at Fen Hall", "minutes"),
        ("Agenda for the Harbours Committee", "agenda"),
        ("Agenda Supplement", "supplement"),
        ("Record of Decision", "decision record"),
        ("Equality Impact Assessment of ferry fares", "equality assessment"),
        ("Forward Plan", "forward plan"),
        ("Harbours Committee Work Programme", "work programme"),
        ("Appendix B: the tariff", "appendix"),
        ("Review of harbour dues", "report"),
    ],
)
def test_the_first_words_tell_the_type(words, kind):
    assert type_of(words) == kind


def test_a_packs_title_metadata_is_taken_apart():
    title = "(Public Pack)Agenda Document for Harbours Committee, 21/03/2024 10:00"
    assert record_of_title(title) == Record("Agenda pack", "agenda", "", "Harbours Committee", DAY)


def test_a_supplements_title_metadata_says_that_it_is_one():
    found = record_of_title("(Public Pack)Tariff Agenda Supplement for Cabinet, 21/03/2024 10:00")
    assert found is not None
    assert (found.title, found.type, found.committee) == ("Tariff", "supplement", "Cabinet")


def test_another_title_is_no_packs():
    assert record_of_title("Microsoft Word - tariff.doc") is None
