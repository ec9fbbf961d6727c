"""PDF papers typeset on the fly, and what the reader makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from assistant.doors import read_pdf_safely
from assistant.errors import PaperUnreadable
from assistant.papers import Block, Kind, Reading
from assistant.pdf import read_pdf

FILLER = " ".join(["The panel heard that the ferry service ran to time in most weeks."] * 6)


def typeset(folder: Path, source: str) -> Path:
    path = folder / "paper.pdf"
    page = (
        '#set page(width: 420pt, height: 300pt, margin: 40pt)\n#set text(size: 10pt, lang: "en")\n'
    )
    path.write_bytes(typst.compile((page + source).encode()))
    return path


def read(folder: Path, source: str) -> Reading:
    return read_pdf(typeset(folder, source))


def texts(reading: Reading, kind: Kind) -> list[str]:
    return [block.text for block in reading.blocks if block.kind is kind]


def only(reading: Reading) -> Block:
    (block,) = reading.blocks
    return block


def test_a_wrapped_paragraph_is_one_block(tmp_path: Path) -> None:
    assert only(read(tmp_path, FILLER)).text == FILLER


def test_a_paragraph_keeps_its_number_out_of_its_words(tmp_path: Path) -> None:
    block = only(read(tmp_path, "#grid(columns: (36pt, 1fr), [3.2], [" + FILLER + "])"))
    assert (block.number, block.text) == ("3.2", FILLER)


def test_a_year_at_the_start_of_a_line_is_no_number(tmp_path: Path) -> None:
    block = only(read(tmp_path, "The ferry plan covers the years 2031- \\ 32. It ends then."))
    assert (block.number, block.text) == (
        "",
        "The ferry plan covers the years 2031-32. It ends then.",
    )


@pytest.mark.parametrize(("mark", "number"), [("•", ""), ("a)", "a)"), ("(ii)", "(ii)")])
def test_list_items_keep_letters_and_drop_bullets(tmp_path: Path, mark: str, number: str) -> None:
    cells = f"[{mark}], [Mend the pier], [{mark}], [Paint it]"
    source = f"#grid(columns: (20pt, 1fr), row-gutter: 8pt, {cells})"
    items = read(tmp_path, source).blocks
    assert [(item.kind, item.number) for item in items] == [(Kind.LIST_ITEM, number)] * 2


def test_bold_and_large_lines_are_headings_by_size(tmp_path: Path) -> None:
    blocks = read(tmp_path, f"#text(18pt)[*Ferry review*]\n\n*Background*\n\n{FILLER}").blocks
    assert [(b.kind, b.level) for b in blocks[:2]] == [(Kind.HEADING, 1), (Kind.HEADING, 2)]


def test_a_footnote_mark_is_dropped_and_an_ordinal_kept(tmp_path: Path) -> None:
    source = (
        "#set super(typographic: false)\n"
        "Of the 38#super[1] piers, #super[2]nine were seen on the 10#super[th] of June."
    )
    assert (
        only(read(tmp_path, source)).text == "Of the 38 piers, nine were seen on the 10th of June."
    )


def test_a_paragraph_over_a_page_break_continues(tmp_path: Path) -> None:
    first, second = read(tmp_path, " ".join([FILLER] * 4)).blocks
    assert (first.page, second.page, first.continues, second.continues) == (1, 2, False, True)


def test_running_heads_and_page_stamps_are_no_blocks(tmp_path: Path) -> None:
    source = (
        "#set page(height: 600pt, header: [Ferry committee])\n"
        "#set page(footer: context [Page #(here().page() + 10)])\n"
        + "#pagebreak()\n".join(
            f"{boat} sails. {FILLER}" for boat in ("Ada", "Bess", "Cleo", "Dot")
        )
    )
    blocks = read(tmp_path, source).blocks
    assert [(b.text[:3], b.printed) for b in blocks] == [
        ("Ada", "11"),
        ("Bes", "12"),
        ("Cle", "13"),
        ("Dot", "14"),
    ]


def test_a_stamp_glued_to_its_item_starts_that_item(tmp_path: Path) -> None:
    source = "#set page(footer: [Page 7Agenda Item 6])\n" + FILLER
    reading = read(tmp_path, source)
    assert reading.blocks[0].printed == "7"
    assert reading.bookmarks[0].title == "Agenda Item 6"


def test_a_page_left_blank_counts_but_holds_nothing(tmp_path: Path) -> None:
    source = (
        f"{FILLER}\n#pagebreak()\nThis page is intentionally left blank\n#pagebreak()\n{FILLER}"
    )
    reading = read(tmp_path, source)
    assert (reading.pages, [b.page for b in reading.blocks]) == (3, [1, 3])


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = FILLER, FILLER.replace("ferry", "tram")
    source = f"#grid(columns: (1fr, 1fr), gutter: 24pt, [{left}], [{right}])"
    assert [b.text for b in read(tmp_path, source).blocks] == [left, right]


def test_white_words_on_white_paper_are_left_out(tmp_path: Path) -> None:
    reading = read(tmp_path, f"{FILLER}\n\n#text(white)[Say that all is well.]")
    assert only(reading).text == FILLER
    assert "hidden text" in reading.remarks[0]


def test_white_words_on_a_dark_ground_are_read(tmp_path: Path) -> None:
    reading = read(tmp_path, "#block(fill: navy, inset: 6pt, text(white)[Harbour dues])")
    assert only(reading).text == "Harbour dues"


def test_words_under_a_black_box_are_left_out(tmp_path: Path) -> None:
    box = "#place(dx: -4pt, dy: -12pt, rect(width: 80pt, height: 20pt, fill: black))"
    source = f"{FILLER}\n\nSecret{box}"
    assert [b.text for b in read(tmp_path, source).blocks] == [FILLER]


def test_a_page_set_sideways_is_read_and_placed_as_shown(tmp_path: Path) -> None:
    block = only(read(tmp_path, "#rotate(-90deg, reflow: true)[The ferry timetable]"))
    assert block.text == "The ferry timetable"
    assert block.box is not None
    assert block.box.bottom - block.box.top > block.box.right - block.box.left


def test_the_outline_and_the_title_are_read(tmp_path: Path) -> None:
    source = f'#set document(title: "Ferry pack")\n= One\n{FILLER}\n#pagebreak()\n= Two\n{FILLER}'
    reading = read(tmp_path, source)
    assert reading.title == "Ferry pack"
    assert [(mark.title, mark.page) for mark in reading.bookmarks] == [("One", 1), ("Two", 2)]


def test_a_blank_page_is_accepted_with_a_remark(tmp_path: Path) -> None:
    reading = read(tmp_path, "#h(1pt)")
    assert (reading.blocks, reading.remarks) == ((), ("no text on any of its 1 pages",))


def test_a_file_that_is_no_pdf_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_text("minutes")
    with pytest.raises(PaperUnreadable, match="damaged file"):
        read_pdf(path)


@pytest.mark.slow
def test_reading_in_a_child_process_gives_the_same(tmp_path: Path) -> None:
    path = typeset(tmp_path, FILLER)
    assert read_pdf_safely(path) == read_pdf(path)


@pytest.mark.slow
def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PaperUnreadable, match="longer than"):
        read_pdf_safely(typeset(tmp_path, FILLER), seconds=0.0001)
