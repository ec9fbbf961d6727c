"""Files known to break PDF readers: each ends as it should, and none stalls or crashes."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest

from assistant.doors import read_pdf_safely
from assistant.errors import PaperUnreadable
from assistant.ocr import INSTALL, is_installed
from assistant.papers import NEEDS_OCR

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "hostile"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the hostile files in ../shared/hostile"),
]
REFUSED = {
    "protected by a password": ("password-example", "health_protected", "aes-256-r6"),
    "no pages": ("175", "newline-buffer-test", "finstats_2018-01-01_"),
    "damaged file": (
        "empty",
        "small",
        "378014596",
        "issue-149",
        "append-xref-loop",
        "issue-1688a",
        "direct-pages",
        "issue-101",
        "issue-143",
        "unfilterable",
        "Cabinet Office - Wikipedia.corrupt",
    ),
}
REFUSALS = [(name, reason) for reason, names in REFUSED.items() for name in names]


@pytest.mark.parametrize(("name", "reason"), REFUSALS)
def test_an_unreadable_file_is_refused_with_its_reason(name: str, reason: str) -> None:
    with pytest.raises(PaperUnreadable, match=reason):
        read_pdf_safely(FOLDER / f"{name}.pdf")


SCANNED = ("congress", "suffolk-libraries-accounts-period-ended-31-march-2013")


@pytest.mark.skipif(is_installed(), reason="scanned files are read where the extra is installed")
@pytest.mark.parametrize("name", SCANNED)
def test_a_scanned_file_is_refused_without_the_extra(name: str) -> None:
    with pytest.raises(PaperUnreadable, match=NEEDS_OCR):
        read_pdf_safely(FOLDER / f"{name}.pdf")


@pytest.mark.skipif(not is_installed(), reason=f"needs the extra: {INSTALL}")
@pytest.mark.parametrize("name", SCANNED)
def test_a_scanned_file_is_read_as_far_as_there_is_time(name: str) -> None:
    reading = read_pdf_safely(FOLDER / f"{name}.pdf", scanning=60)
    assert all(block.ocr is not None for block in reading.blocks)
    assert any("read by OCR" in remark for remark in reading.remarks)


@pytest.mark.parametrize("name", ["sandwich", "Seige_of_Vicksburg_Sample_OCR"])
def test_text_from_ocr_is_read_and_marked(name: str) -> None:
    reading = read_pdf_safely(FOLDER / f"{name}.pdf")
    assert reading.blocks
    assert any("OCR" in remark for remark in reading.remarks)


def test_invisible_text_is_left_out() -> None:
    reading = read_pdf_safely(FOLDER / "invisible_text_layer.pdf")
    assert len(reading.blocks) == 1
    assert any("hidden" in remark for remark in reading.remarks)


def test_unmapped_letters_never_show_as_codes() -> None:
    reading = read_pdf_safely(FOLDER / "GeoTopo-komprimiert.pdf")
    assert not any("(cid:" in block.text for block in reading.blocks)
    assert any("cannot be read" in remark for remark in reading.remarks)


def test_overprinted_letters_are_read_once() -> None:
    reading = read_pdf_safely(FOLDER / "issue-71-duplicate-chars-2.pdf")
    assert reading.blocks[0].text == "Chapitre 5"


def test_a_table_drawn_sideways_gives_rows() -> None:
    reading = read_pdf_safely(FOLDER / "clockwise_table_1.pdf")
    assert len([block for block in reading.blocks if len(block.cells) > 2]) > 5


def test_a_dense_turned_page_is_read_in_seconds() -> None:
    start = monotonic()
    read_pdf_safely(FOLDER / "nics-background-checks-2015-11-rotated.pdf")
    assert monotonic() - start < 15


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.pdf")), ids=lambda path: path.stem)
def test_every_file_ends_in_a_reading_or_a_refusal(path: Path) -> None:
    try:
        assert read_pdf_safely(path, scanning=0).pages
    except PaperUnreadable as refusal:
        assert str(refusal)
