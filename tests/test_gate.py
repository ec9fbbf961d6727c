"""The gate: what of a paper is held back, and what passes."""

import pytest
from making import make_record

from assistant.gate import hold_back, public_part
from assistant.markup import read_html
from assistant.papers import Block, Kind, Paper, Reading, Running, Section
from assistant.sections import split_sections

LAW = "by virtue of paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972"
NOT = f"NOT FOR PUBLICATION {LAW}"
H, P, L, T = Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.TABLE_ROW


def block(text, page=None, kind=P, number=""):
    cells = tuple(text.split(" | ")) if kind is T else ()
    return Block(kind, text, page=page, cells=cells, number=number)


def gate(blocks, *sections, path="quay.pdf", title="", running=()):
    """What is held of these blocks, and the texts that pass."""
    paged = any(block.page for block in blocks)
    reading = Reading(
        tuple(blocks), 9 if paged else None, title, running=tuple(Running(*r) for r in running)
    )
    whole = Section(0, len(blocks), "Quay repairs", "report")
    paper = Paper(make_record(path), tuple(blocks), sections or (whole,))
    holds = hold_back(paper, reading)
    left = public_part(paper, holds)
    return holds, [block.text for block in left.blocks] if left else []


def paged(*pages):
    """Blocks of pages given as lists of texts."""
    return [block(text, page) for page, texts in enumerate(pages, start=1) for text in texts]


PUBLIC = [
    block("Harbours Committee", kind=H),
    block("Report Status: Public (the exemption paragraph is N/A)"),
    block("The quay costs £4m."),
]


@pytest.mark.parametrize(
    "passing",
    [
        block("There are no exempt items."),
        block("EXEMPT BUSINESS", kind=H),
        block("That the press and public be excluded, as exempt information would be disclosed."),
        block("Mooring lease | Key Decision - Yes | Public Access - Fully exempt", kind=T),
        block("Mooring lease | Yes | Part exempt | 15 Oct 2024", kind=T),
        block("Appendix 2 to this report is exempt and is not published with it."),
        block("Appendix 2 – Lease terms (EXEMPT)", kind=L),
        block("Exempt information | None", kind=T),
        block("This report is exempt from call-in."),
        block("Not for publication: Appendix 2"),
        block("Exempt Appendices: Appendix 2 – Bids"),
        block("12. Lease of the slipway (Exempt - paragraph 3)", number="12"),
    ],
    ids=lambda passing: passing.text[:30],
)
def test_words_about_exempt_matters_hold_nothing(passing):
    holds, left = gate([*PUBLIC, passing])
    assert holds == () and passing.text in left


def test_a_list_of_appendices_may_name_an_exempt_one():
    listed = ["Appendices", "Appendix 1 – Map", "Appendix 2 – Lease terms (EXEMPT)"]
    assert gate([*PUBLIC, *(block(text, kind=H) for text in listed)])[0] == ()


@pytest.mark.parametrize(
    "words",
    [NOT, "EXEMPT", "Report Status: Exempt (paragraph 3)", "This report is not for publication."],
)
def test_a_report_marked_at_its_head_is_held_whole_with_page_and_words(words):
    holds, left = gate(paged(["Harbours Committee", words, "The bid is £9m."], ["More of it."]))
    assert left == []
    assert [(h.page, h.words, h.first, h.last) for h in holds] == [(1, words, 1, 2)]


def test_a_status_in_a_table_holds_its_report():
    rows = [block("Date | 3 May 2024", 1, T), block("Classification | Restricted", 1, T)]
    assert gate([*rows, block("The bid is £9m.", 1)])[1] == []


def sections(*parts):
    """Sections of two blocks each, by their type and item."""
    return [
        Section(2 * n, 2 * n + 2, f"Part {n}", kind, item) for n, (kind, item) in enumerate(parts)
    ]


PACK = paged(
    ["Agenda", "Quay works, and a lease (exempt)"],
    ["Quay works", "The quay costs £4m."],
    [NOT, "The lease costs £9m."],
    ["Appendix 1", "Valued at £8m."],
    ["Ferry fares", "Fares rose by 4%."],
)
PARTS = [("agenda", ""), ("report", "5"), ("report", "6"), ("appendix", "6"), ("report", "7")]


def test_of_a_pack_only_the_exempt_item_is_held_with_what_is_appended_to_it():
    (hold,), left = gate(PACK, *sections(*PARTS))
    assert (hold.first, hold.last, hold.page, hold.words) == (3, 4, 3, NOT)
    assert "The quay costs £4m." in left and "Fares rose by 4%." in left
    assert not any("£9m" in text or "£8m" in text for text in left)


def test_a_marking_between_a_reports_title_and_its_head_holds_that_report():
    date, public = "Date of Meeting: 3 May 2024", "Report Status: Public"
    blocks = paged(
        ["Quay works", date, public, "The quay costs £4m, which is less than it was."],
        ["Lease of the slipway", NOT, date, "The bid of Quillbury Ltd was £9m in all."],
        ["The second bid was £8m."],
        ["Ferry fares", date, public, "Fares rose by 4% in all of the county."],
    )
    (hold,), left = gate(blocks, *split_sections(Reading(tuple(blocks), 4)))
    assert (hold.first, hold.last, hold.page) == (2, 3, 2)
    assert "Ferry fares" in left and not any("bid" in text for text in left)


SHEET = [
    [block("Agenda", 1, H), block("Apologies", 1, L, "1."), block("Lease", 1, L, "2.")],
    [block("PART II - EXEMPT ITEMS", 2, H), block("Bids", 2, L, "3.")],
    [block("Lease of the slipway", 3, H), block(NOT, 3), block("The bid is £9m.", 3)],
]


def test_of_a_front_sheet_and_a_report_that_are_not_told_apart_the_report_is_held():
    blocks = [block for page in SHEET for block in page]
    (hold,), left = gate(blocks, Section(0, len(blocks), "Agenda", "agenda"))
    assert (hold.first, hold.last) == (3, 3) and "PART II - EXEMPT ITEMS" in left


def test_an_exempt_appendix_leaves_its_report():
    marked = paged(["Quay works", "It costs £4m."], ["Appendix 1 - CONFIDENTIAL", "Bids."])
    (hold,), left = gate(marked, *sections(("report", "5"), ("appendix", "5")))
    assert (left, hold.first) == (["Quay works", "It costs £4m."], 2)


def test_an_appendix_that_only_its_report_calls_exempt_is_held():
    pages = paged(["Quay works", "Appendix 1 is exempt."], ["Appendix 1", "Bids of £8m."])
    (hold,), left = gate(pages, *sections(("report", "5"), ("appendix", "5")))
    assert (hold.page, hold.words, hold.first) == (1, "Appendix 1 is exempt.", 2)
    assert left == ["Quay works", "Appendix 1 is exempt."]


def test_pages_that_carry_the_marking_at_their_foot_are_held_and_those_between_them():
    pages = paged(*([f"Page {n} of the pack."] for n in range(1, 10)))
    holds, left = gate(pages, running=[(4, "Exempt - paragraph 3"), (6, "Exempt - paragraph 3")])
    assert [(h.first, h.last) for h in holds] == [(4, 6)]
    assert len(left) == 6


def test_a_foot_that_is_printed_on_two_pages_of_a_long_pack_holds_these():
    pages = [["One."], ["Two.", "PINK PAPERS"], ["Three.", "PINK PAPERS"], ["Four."]]
    holds, left = gate(paged(*pages))
    assert [(h.first, h.last) for h in holds] == [(2, 3)]
    assert left == ["One.", "Four."]


def test_a_running_head_of_a_document_without_pages_holds_all_of_it():
    holds, left = gate([block("The bid is £9m.")], running=[(None, "CONFIDENTIAL")])
    assert (left, holds[0].words) == ([], "CONFIDENTIAL")


def test_the_page_that_stands_in_the_place_of_a_restricted_paper_passes():
    pages = paged(["Quay works"], [LAW.capitalize() + ".", "Document is Restricted"], ["Fares"])
    assert gate(pages)[0] == ()


@pytest.mark.parametrize(
    "given", [{"path": "x/Exempt Appendix 2.pdf"}, {"title": "(Private Pack)"}]
)
def test_a_name_holds_the_file_whatever_it_says(given):
    holds, left = gate(PUBLIC, **given)
    assert left == [] and holds[0].page is None and holds[0].words


def test_a_flag_in_the_markup_of_a_web_page_holds_it(tmp_path):
    path = tmp_path / "item.html"
    path.write_text("<p data-isrestricted='True'>Item 4</p><p>The bid is £9m.</p>")
    reading = read_html(path)
    assert gate(reading.blocks, running=[(None, line.text) for line in reading.running])[1] == []


def test_the_flag_of_a_meeting_system_holds_the_file():
    assert gate([block("Item 4 isrestricted=True"), block("The bid is £9m.")])[1] == []


def test_minutes_that_tell_of_an_exclusion_pass():
    told = paged(["Minutes", "The public left under paragraph 3."], ["EXEMPT BUSINESS", "Agreed."])
    assert gate(told, Section(0, 4, "Minutes", "minutes"))[0] == ()


def test_what_passes_keeps_its_parts():
    holds, _ = gate(PACK, *sections(*PARTS))
    paper = Paper(make_record(), tuple(PACK), tuple(sections(*PARTS)))
    left = public_part(paper, holds)
    assert [(s.start, s.end, s.item) for s in left.sections] == [
        (0, 2, ""),
        (2, 4, "5"),
        (4, 6, "7"),
    ]
