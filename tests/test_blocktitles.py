"""Titles that count up name the blocks below them."""

from assistant.markup import read_markup
from assistant.papers import Kind, Paper, PaperRecord, Section
from assistant.passages import cut_paper

PAGES = """# Harbour plan

## High risks

- Storm

CALM: 01 Share of quiet moorings - Lead Officer Ada Quill; Data Lead Officer Ben Rook

QUAY – Previous (2030) 71%; Latest (2031) 74%

QUAY - Trend IMPROVING

**G**

<b>CALM: 02 Share of dredged berths</b>\t\t
QUAY – Latest (2031) 52%\t\t
QUAY - Trend WORSENING\t<b>R</b>\t

What are we doing? The panel asks for more dredging this year.
"""


def blocks(text):
    return read_markup(text, "paper.txt").blocks


def trails(text):
    found = blocks(text)
    known = PaperRecord("paper.txt", "", "", "", "", "", None, None)
    whole = Section(0, len(found), "", "report")
    return {p.text: p.trail for p in cut_paper(Paper(known, found, (whole,)))}


def test_what_follows_a_counted_title_stands_under_it_and_not_under_what_was_before():
    found = trails(PAGES)
    assert found["QUAY – Latest (2031) 52%"][-1] == "CALM: 02 Share of dredged berths"
    last = "What are we doing? The panel asks for more dredging this year."
    assert found[last] == ("Harbour plan", "High risks", "CALM: 02 Share of dredged berths")


def test_status_lines_are_no_headings():
    headings = [block.text for block in blocks(PAGES) if block.kind is Kind.HEADING]
    assert headings[2:] == ["CALM: 01 Share of quiet moorings", "CALM: 02 Share of dredged berths"]


def test_who_answers_for_a_block_stands_below_its_title():
    texts = [block.text for block in blocks(PAGES)]
    assert "Lead Officer Ada Quill; Data Lead Officer Ben Rook" in texts


def test_a_title_torn_at_the_columns_is_read_from_the_contents():
    contents = "02 Share of dredged berths\t7\n03 Gulls\t8\n\nCALM: 01 Quiet moorings\n\nOne.\n\n"
    text = f"{contents}CALM: 02 Share of dre\tdged ber\tths\nLatest 2031 52%\t40%\t12%\n"
    headings = [block.text for block in blocks(text) if block.kind is Kind.HEADING]
    assert "CALM: 02 Share of dredged berths" in headings


def test_column_heads_set_one_a_line_are_no_headings():
    text = "## Risks\n\n**Risk**\n\n**Score**\n\n**Trend**\n\nThe quay wall may fail.\n"
    assert [block.text for block in blocks(text) if block.kind is Kind.HEADING] == ["Risks"]
