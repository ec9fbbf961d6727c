from datetime import date

import pytest

from assistant.records import (
    Record,
    committee_in,
    council_in,
    dates_in,
    meeting_date_in,
    month_in,
    record_of_title,
    told_date_in,
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


def test_minutes_are_dated_by_the_weekday_in_their_head_and_not_by_those_adopted():
    lines = [
        "MINUTES OF PROCEEDINGS AT THE MONTHLY MEETING OF THE",
        "HARBOUR DISTRICT HELD IN THE OLD CUSTOMS HOUSE, 12 LONG QUAY STREET, NORTHPORT,",
        "CO. NORTHSHIRE, IN THE GREAT ROOM ON ITS SECOND FLOOR, ON THURSDAY, 21st MARCH, 2024, AT",
        "Circulated, copy of draft Minutes of Meeting of Harbour District, held on 2nd May 2023.",
    ]
    assert meeting_date_in(lines) == DAY


@pytest.mark.parametrize(
    "head",
    [
        ["MINUTES OF THE MEETING HELD AT THE QUAY, ON THURSDAY, 21ST\nMARCH, 2024, AT 3 P.M."],
        ["ON", "THURSDAY,", "21ST", "MARCH, 2024, AT 9.45 A.M."],
        ["Saltmarsh Parish Council - 21\n st   March 2024"],
        ["Minutes of Thursday, 21st March,\n2024"],
    ],
)
def test_a_date_torn_over_lines_is_read_and_comes_before_the_minutes_adopted(head):
    assert meeting_date_in([*head, "The minutes of the meeting held on 9 May 2023."]) == DAY


def test_a_page_number_above_a_month_makes_no_date():
    assert meeting_date_in(["Page 21", "March 2024"]) is None


def test_the_minutes_that_an_agenda_lists_do_not_date_it():
    lines = ["Thursday, 21 March 2024, at 10.00 am", "Minutes of the meeting held on 9 May 2023"]
    assert meeting_date_in(lines) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "It was closed until 31 March 2024 and then opened again",
        "Past pathway: Cabinet, 3 May 2023",
    ],
)
def test_a_date_in_a_sentence_or_of_another_meeting_dates_nothing(line):
    assert meeting_date_in([line]) is None


def test_a_documents_own_day_is_one_that_it_says_or_that_stands_alone():
    assert (
        told_date_in(["Date of Meeting: 21 March 2024"]) == told_date_in(["21 March 2024"]) == DAY
    )
    assert told_date_in(["Mental health day, held in March and on 21 March 2024"]) is None


def test_the_council_is_the_one_named_most_often():
    lines = [
        "Fenshire County Council",
        "A letter to Brackwater Town Council",
        "FENSHIRE COUNTY COUNCIL",
    ]
    assert council_in(lines) == "Fenshire County Council"


def test_a_logos_letters_are_no_part_of_the_council():
    assert council_in(["FCC Fenshire County Council"]) == "Fenshire County Council"


def test_a_council_that_is_only_mentioned_is_not_the_papers():
    assert council_in(["The dues are shared with Brackwater Council as agreed in May."]) == ""


@pytest.mark.parametrize(
    "line",
    ["The full council met.", "The town council", "no name at all", "District and Borough Council"],
)
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
        ("Cabinet - Thursday, 30 January 2025", "Cabinet"),
        ("To: Cabinet, 30 January 2025", "Cabinet"),
        ("MINUTES of a meeting of the Cabinet held in the Quay Room", "Cabinet"),
        ("Executive", "Executive"),
        ("Executive summary", ""),
        ("Executive Director: J. Reed", ""),
        ("Cabinet Member for Harbours", ""),
        ("Past pathway: Harbours Committee", ""),
        ("That committee provides oversight", ""),
        ("Members of the Harbours Committee", "Harbours Committee"),
        ("Notes on ferry fares", ""),
    ],
)
def test_committees_boards_panels_and_forums_are_known_by_name(line, name):
    assert committee_in([line]) == name


def test_the_body_that_a_report_is_addressed_to_counts_before_those_that_it_names():
    lines = ["Harbours Cabinet Committee", "To: Cabinet - 30 January 2025"]
    assert committee_in(lines) == "Cabinet"


def test_a_board_of_another_body_that_is_only_mentioned_is_not_the_papers():
    assert committee_in(["The loan of the Public Works Loan Board was paid back in May."]) == ""


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


@pytest.mark.parametrize(
    ("lines", "month"),
    [
        (["Quay monitoring", "September 2018"], "September 2018"),
        (["Dues fell in September 2018 again."], ""),
        (["September"], ""),
    ],
)
def test_the_month_of_a_report_stands_on_a_line_of_its_own(lines, month):
    assert month_in(lines) == month
