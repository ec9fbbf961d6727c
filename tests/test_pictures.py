import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from assistant import pictures
from assistant.errors import PaperUnreadable
from assistant.papers import Box
from assistant.pdf import read_pdf
from assistant.pictures import Pictures, View, draw, draw_safely

SAMPLE = Path("corpus/sample/2018-10-10 Schools and Learning Services Update - scrutiny report.pdf")
HOSTILE = Path("../shared/hostile")
PAGE = View(SAMPLE, "d", 1, 1.0)


def opened(picture):
    return Image.open(io.BytesIO(picture)).convert("RGB")


def shaded(picture, box):
    """The share of a picture's shaded spots that lie within the box."""
    red = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == pictures._SHADE
    ]
    within = [s for s in red if box.left <= s[0] <= box.right and box.top <= s[1] <= box.bottom]
    return len(within) / len(red)


def test_a_page_comes_in_the_size_asked_for():
    assert opened(draw(PAGE)).size == (596, 842)
    assert opened(draw(replace(PAGE, scale=0.5))).size == (298, 421)


def test_a_cut_out_holds_its_marks_with_a_little_around_them():
    marks = (Box(100, 200, 300, 220), Box(100, 230, 300, 240))
    cut = opened(draw(replace(PAGE, marks=marks, cut=True)))
    assert cut.size == (200 + 48, 40 + 48)
    off_the_page = (Box(-900, 9000, -800, 9100),)
    assert min(opened(draw(replace(PAGE, marks=off_the_page, cut=True))).size) >= 1


def test_only_the_marked_place_is_shaded():
    box = Box(100, 400, 300, 440)
    assert shaded(opened(draw(replace(PAGE, marks=(box,)))), Box(97, 397, 303, 443)) == 1


def test_a_mark_off_the_page_harms_nothing():
    wild = Box(-1e9, 5000, 1e9, 9000)
    assert draw(replace(PAGE, marks=(wild,))) == draw(PAGE)


def test_no_page_fills_the_memory(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 10_000)
    picture = opened(draw(replace(PAGE, scale=3.0)))
    assert picture.width * picture.height < 11_000


@pytest.mark.slow
def test_a_page_on_its_side_is_shown_upright_with_its_mark():
    paper = HOSTILE / "clockwise_table_1.pdf"
    if not paper.exists():
        pytest.skip(f"no {paper} here")
    row = next(block for block in read_pdf(paper).blocks if block.text.startswith("Orissa"))
    picture = opened(draw(View(paper, "d", 1, 1.0, (row.box,))))
    assert picture.width > picture.height
    assert shaded(picture, Box(0, 290, 792, 320)) == 1


@pytest.mark.slow
def test_a_file_that_is_no_pdf_is_named_as_not_drawable(tmp_path):
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(SAMPLE.read_bytes()[:2000])
    with pytest.raises(PaperUnreadable, match="page 1: cannot be drawn"):
        draw_safely(View(torn, "d", 1, 1.0))


@pytest.mark.slow
def test_a_page_that_takes_too_long_is_given_up():
    with pytest.raises(PaperUnreadable, match="took too long"):
        draw_safely(PAGE, seconds=0.0001)


@pytest.mark.slow
def test_a_picture_is_drawn_once_and_kept_until_others_need_its_room(monkeypatch):
    kept = Pictures()
    first = kept.show(PAGE)
    assert kept.show(PAGE) is first
    monkeypatch.setattr(pictures, "CACHED_BYTES", len(first))
    kept.show(replace(PAGE, page=2))
    assert kept.show(PAGE) is not first
