from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assistant.papers import Block, Bookmark, Kind, Reading
from assistant.sections import agenda_items, split_sections

MEETING = date(2024, 10, 24)


def line(text, kind=Kind.PARAGRAPH, page=None, number=""):
    return Block(kind, text, page=page, number=number, level=1 if kind is Kind.HEADING else 0)


def head(text, page=None):
    return line(text, Kind.HEADING, page)


FRONT = [
    head("Harbours Committee", 1),
    line("Date: Thursday 24 October 2024", page=1),
    line("Minutes of 3 July 2024 5 - 9", page=1, number="3."),
    line("Review of harbour dues 11 - 20", page=1, number="4."),
    line("Dredging at Saltmarsh Quay", page=1, number="5."),
]
BODY = [line(f"The tariff has {word} rates for yachts.", page=3) for word in "abcdefg"]
MINUTES = [
    head("Minutes of the meeting held on 3 July 2024", 2),
    *[line(f"The {word} motion was put to the vote and lost.", page=2) for word in "abcdef"],
]
REPORT = [
    head("Harbours Committee", 3),
    head("Review of harbour dues", 3),
    line("Date of Meeting: 24 October 2024", page=3),
    *BODY,
]
PACK = tuple(FRONT + MINUTES + REPORT)
MARKS = (
    Bookmark(1, "Agenda", 1),
    Bookmark(1, "3 Minutes", 2),
    Bookmark(1, "4 Review of harbour dues", 3),
    Bookmark(2, "Appendix A: the tariff", 4),
    Bookmark(1, "5 Dredging at Saltmarsh Quay", 5),
)


def test_a_packs_outline_says_where_its_items_begin():
    blocks = tuple(line(f"Words of page {page}.", page=page) for page in range(1, 6))
    found = split_sections(Reading(blocks, 5, bookmarks=MARKS))
    assert [(s.start, s.item, s.title) for s in found] == [
        (0, "", "Agenda"),
        (1, "3", "Minutes"),
        (2, "4", "Review of harbour dues"),
        (3, "4", "Appendix A: the tariff"),
        (4, "5", "Dredging at Saltmarsh Quay"),
    ]


def test_the_outline_of_one_report_lists_headings_and_splits_nothing():
    marks = (Bookmark(1, "Summary", 1), Bookmark(1, "2 Costs", 3), Bookmark(1, "Risks", 4))
    assert len(split_sections(Reading(tuple(REPORT), 3, bookmarks=marks))) == 1


def test_without_an_outline_the_heads_of_minutes_and_reports_begin_parts():
    found = split_sections(Reading(PACK))
    assert [(s.start, s.item) for s in found] == [(0, ""), (5, "3"), (12, "4")]
    assert [s.type for s in found[1:]] == ["minutes", "report"]


def test_each_part_is_of_the_meeting_that_its_own_words_name():
    minutes, report = split_sections(Reading(PACK))[1:]
    assert minutes.meeting_date == date(2024, 7, 3)
    assert (report.meeting_date, report.committee) == (MEETING, "Harbours Committee")


SHORT = [
    head("Minutes of the meeting held on 3 July 2024", 2),
    line("The motion was lost.", page=2),
]


def test_a_report_begins_even_right_below_a_part_of_a_few_lines():
    found = split_sections(Reading((*FRONT, *SHORT, *REPORT)))
    assert [(s.start, s.type) for s in found[1:]] == [(5, "minutes"), (7, "report")]


def test_the_lines_of_one_head_begin_one_part():
    lines = [
        "Cabinet Member and Portfolio: W. Ashby",
        "Local Councillors: all",
        "Report Status: Public",
    ]
    report = [head("Harbours Committee"), head("Review of dues"), *map(line, lines), *BODY]
    found = split_sections(Reading((*FRONT, *SHORT, *report, *report)))
    assert [s.start for s in found] == [0, 5, 7, 7 + len(report)]


def test_the_last_meetings_minutes_as_a_matter_are_no_document():
    named = head("Minutes of the meeting held on 3 July 2024")
    resolved = line("RESOLVED that the minutes be signed.")
    whole = (head("Minutes of the meeting held on 24 October 2024"), *BODY, named, resolved, *BODY)
    assert len(split_sections(Reading(whole))) == 1


def test_an_agenda_and_a_supplement_are_known_by_their_front():
    front = (*FRONT[:2], head("Agenda"), *FRONT[2:])
    assert split_sections(Reading((*front, *REPORT)))[0].type == "agenda"
    late = line("This report was unavailable when the agenda was sent out.")
    assert split_sections(Reading((*front, late, *REPORT)))[0].type == "supplement"


def test_a_supplement_of_one_item_is_split_by_its_outline():
    title = "(Public Pack)Dues Agenda Supplement for Cabinet, 21/03/2024 10:00"
    blocks = tuple(line(f"Words of page {page}.", page=page) for page in (1, 2, 3))
    marks = (Bookmark(1, "4 Dues", 2), Bookmark(2, "Appendix A", 3))
    found = split_sections(Reading(blocks, 3, title=title, bookmarks=marks))
    assert [(s.item, s.type) for s in found] == [("", "report"), ("4", "report"), ("4", "appendix")]


def test_an_appendix_headed_on_every_page_is_one_part():
    page = [head("Appendix B: the tariff"), *BODY]
    assert len(split_sections(Reading((*FRONT, *page, *page)))) == 2


def test_a_list_of_appendices_begins_none():
    listed = [head("Appendices"), head("Appendix 1: the tariff"), head("Background papers")]
    assert len(split_sections(Reading((*REPORT, *listed)))) == 1


def test_a_report_does_not_take_the_day_of_what_it_is_about():
    late = [head("Harbour day of 13 December 2023"), *REPORT[2:]]
    assert split_sections(Reading((*FRONT, *SHORT, *late)))[-1].meeting_date == MEETING


def test_an_appendix_is_a_part_of_its_own_and_goes_with_its_report():
    blocks = (*PACK, head("Appendix 1 The tariff", 6), line("A yacht pays £14 a night.", page=6))
    last = split_sections(Reading(blocks))[-1]
    assert (last.start, last.type, last.item) == (len(PACK), "appendix", "4")


def test_a_front_sheet_yields_its_items_with_their_pages():
    found = [(item.number, item.title, item.pages) for item in agenda_items(tuple(FRONT))]
    assert found == [
        ("3", "Minutes of 3 July 2024", "5-9"),
        ("4", "Review of harbour dues", "11-20"),
        ("5", "Dredging at Saltmarsh Quay", ""),
    ]


def test_a_front_sheet_set_as_a_table_yields_its_items_too():
    cells = ("4", "Review of harbour dues", "11 - 20")
    row = Block(Kind.TABLE_ROW, " | ".join(cells), cells=cells)
    assert [(i.number, i.title) for i in agenda_items((row,))] == [("4", "Review of harbour dues")]


LINES = st.sampled_from([*PACK, head("Appendix 2"), line("4. Dues 1-2"), line("From: an officer")])
PLACES = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 9)), max_size=6)


@given(st.lists(LINES, min_size=1, max_size=40), PLACES)
def test_the_parts_hold_every_block_exactly_once_in_order(blocks, places):
    marks = tuple(Bookmark(level, f"{page} Item", page) for level, page in places)
    found = split_sections(Reading(tuple(blocks), bookmarks=marks))
    held = [at for section in found for at in range(section.start, section.end)]
    assert held == list(range(len(blocks)))
