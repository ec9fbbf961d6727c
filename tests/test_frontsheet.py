"""A pack is held against its front sheet: items that were not read, and items without a paper."""

from assistant.frontsheet import front_remarks
from assistant.papers import Block, Box, Kind, Section


def line(text, number="", top=0.0, page=1, printed=""):
    return Block(Kind.PARAGRAPH, text, page, printed, Box(0, top, 300, top + 10), number=number)


def remarks(front, report=(), kind="agenda"):
    """What is said of a front sheet with the report behind it."""
    blocks = [*front, *report]
    sections = [Section(0, len(front), "Agenda", kind)]
    sections += [Section(len(front), len(blocks), "Report", "report")] if report else []
    return front_remarks(blocks, sections)


FRONT = [
    line("Apologies", "1.", 10),
    line("Harbour dues (Pages 3 - 8)", "2.", 30),
    line("Ferry fares", "3.", 50),
    line("9 - 12", top=51),
]
DUES = line("The dues rose by 4%.", page=5, printed="4")
FARES = line("The fare is £4.", page=11, printed="10")


def test_a_pack_that_holds_all_its_items_has_only_those_without_a_paper_named():
    assert remarks(FRONT, [DUES, FARES]) == ("front sheet: no paper for item 1 Apologies",)


def test_an_item_of_whose_pages_nothing_was_read_is_named_with_them():
    first, _ = remarks(FRONT, [DUES])
    assert first == "front sheet: nothing was read of item 3 (Ferry fares), pages 9 to 12"


def test_a_front_sheet_that_stands_alone_misses_nothing():
    assert remarks(FRONT) == ()


def test_the_minutes_of_a_meeting_are_no_front_sheet():
    assert remarks(FRONT, [DUES, FARES], kind="minutes") == ()
