"""Scanned papers: read where the extra is installed, marked as such, and else said to need it."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
import typst
from making import build, contents, make_passage, make_record
from PIL import Image

from assistant.answers import Answer, Citation, reply_row
from assistant.doors import read_pdf_safely
from assistant.errors import PaperUnreadable
from assistant.evidence import Evidence
from assistant.ocr import INSTALL
from assistant.passages import Place
from assistant.pdf import read_pdf

HERE = find_spec("rapidocr") is not None
needs_extra = pytest.mark.skipif(not HERE, reason=f"needs the extra: {INSTALL}")
PAGE = "#set page(width: 420pt, height: 300pt, margin: 40pt)\n#set text(size: 11pt)\n"
DREDGER = "The dredger Kittiwake cleared 4,310 tonnes of silt from Saltmarsh Quay in May 2023."


def picture(words: str, turn: int = 0) -> Image.Image:
    """A page of words as a scanner would give it."""
    png = typst.compile((PAGE + words).encode(), format="png", ppi=150)
    return Image.open(BytesIO(png)).convert("L").rotate(turn, expand=True)


def scanned(path: Path, *pages: Image.Image) -> Path:
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
    return path


def mixed(path: Path, words: str, stamp: str = "") -> Path:
    """A page of typed words, and one that is a picture of words with at most a stamp typed."""
    picture(words).save(path.with_suffix(".png"))
    source = f"{PAGE}The typed page speaks of ferries.\n#pagebreak()\n#set page(margin: 0pt)\n"
    source += f'#image("{path.stem}.png", width: 420pt)\n#place(bottom, dy: -9pt, [{stamp}])'
    path.with_suffix(".typ").write_text(source)
    path.write_bytes(typst.compile(path.with_suffix(".typ")))
    return path


@pytest.fixture
def without_extra(monkeypatch):
    monkeypatch.setattr("assistant.ocr.is_installed", lambda: False)


@needs_extra
@pytest.mark.slow
def test_a_scanned_page_is_read_and_says_how_sure_its_reader_is(tmp_path):
    reading = read_pdf_safely(scanned(tmp_path / "a.pdf", picture(DREDGER)))
    (block,) = reading.blocks
    assert block.text == DREDGER
    assert block.ocr is not None and block.ocr > 80
    assert "1 of 1 pages were read by OCR" in reading.remarks[0]


@needs_extra
@pytest.mark.slow
def test_a_scan_that_lies_on_its_side_is_read_and_placed_as_it_lies(tmp_path):
    (block,) = read_pdf(scanned(tmp_path / "a.pdf", picture(DREDGER, turn=90))).blocks
    assert block.text == DREDGER
    assert block.box is not None
    assert block.box.bottom - block.box.top > block.box.right - block.box.left


@needs_extra
@pytest.mark.slow
def test_only_the_pages_of_a_paper_that_are_pictures_are_read_by_ocr(tmp_path):
    typed, read = read_pdf(mixed(tmp_path / "a.pdf", DREDGER, stamp="Page 12")).blocks
    assert (typed.ocr, typed.text) == (None, "The typed page speaks of ferries.")
    assert (read.page, read.printed, read.text) == (2, "12", DREDGER)


@needs_extra
@pytest.mark.slow
def test_a_scanned_table_is_read_as_its_rows_under_their_heads(tmp_path):
    cells = "[Service], [2022-23], [2023-24], [Pier repairs], [£1,200], [£1,450], "
    cells += "[Ferry], [£310], [£295]"
    image = picture(f"#table(columns: (2fr, 1fr, 1fr), {cells})")
    rows = read_pdf(scanned(tmp_path / "a.pdf", image)).blocks
    assert rows[1].cells == ("Pier repairs", "£1,200", "£1,450")
    assert rows[1].heads == ("Service", "2022-23", "2023-24")
    assert all(row.ocr is not None and 80 < row.ocr < 100 for row in rows)


@needs_extra
@pytest.mark.slow
def test_pages_for_which_no_time_is_left_are_named(tmp_path):
    reading = read_pdf(mixed(tmp_path / "a.pdf", DREDGER), scanning=0)
    assert reading.remarks == ("1 of 2 pages hold only pictures: there was no time left for OCR",)


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_a_scan_is_refused_with_what_to_install(tmp_path):
    with pytest.raises(PaperUnreadable, match="needs OCR") as refusal:
        read_pdf(scanned(tmp_path / "a.pdf", picture(DREDGER)))
    assert INSTALL in str(refusal.value)


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_picture_pages_are_counted_stamped_or_not(tmp_path):
    for stamp in ("", "Page 12"):
        reading = read_pdf(mixed(tmp_path / "a.pdf", DREDGER, stamp))
        assert reading.remarks[0].startswith("1 of 2 pages hold only pictures: needs OCR")


@needs_extra
@pytest.mark.slow
def test_a_paper_that_needed_ocr_is_read_once_the_extra_is_there(corpus, tmp_path, monkeypatch):
    scanned(corpus / "scan.pdf", picture(DREDGER))
    with monkeypatch.context() as patched:
        patched.setattr("assistant.intake.is_installed", lambda: False)
        patched.setattr("assistant.corpus.READERS", {".pdf": refuse, ".md": reader_of(".md")})
        assert "scan.pdf" in build(corpus, tmp_path / "index").unreadable
    report = build(corpus, tmp_path / "index")
    assert (report.added, report.unreadable) == (("scan.pdf",), {})
    places = [passage.places[0] for passage in contents(tmp_path / "index")[2]]
    assert sum(place.ocr is not None for place in places) == 1


def refuse(path):
    raise PaperUnreadable("scanned, needs OCR")


def reader_of(suffix):
    from assistant.corpus import READERS

    return READERS[suffix]


@pytest.mark.parametrize(
    ("ocr", "said"), [(94, "read by OCR, 94% sure"), (0, "read by OCR"), (None, "page 3")]
)
def test_a_citation_says_that_its_words_were_read_by_ocr(ocr, said):
    passage = make_passage(DREDGER, places=(Place(0, 3, "", None, ocr),))
    evidence = Evidence(passage, 0, len(DREDGER))
    answer = Answer(DREDGER, (Citation(1, evidence, make_record()),))
    assert answer.citations[0].label.endswith(said)
    (row,) = reply_row(answer)["citations"]
    assert row["ocr"] == ocr


def test_how_sure_ocr_is_outlives_the_index(small_index, tmp_path):
    from making import write_store

    from assistant.store import Held, Store
    from assistant.traits import traits_of

    record = make_record()
    passage = make_passage(DREDGER, key=0, places=(Place(0, 3, "2", None, 94),))
    write_store(tmp_path / "s", [Held(record, record, (passage,))], [traits_of(passage)])
    (found,) = Store(tmp_path / "s").get([0])
    assert replace(found, key=0).places == passage.places
