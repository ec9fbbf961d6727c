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
