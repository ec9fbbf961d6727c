"""Reads PDF papers: opens the file, reads page by page, and says what could not be read."""

from __future__ import annotations

import logging
import os
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from pdfminer.pdfdocument import (
    PDFDocument,
    PDFEncryptionError,
    PDFPasswordIncorrect,
)
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from assistant.canvas import PageDevice, ShadedInterpreter
from assistant.errors import PaperUnreadable
from assistant.furniture import item_stamps, strip_furniture
from assistant.guarded import serve, unhurried
from assistant.layout import blocks_of
from assistant.ocr import SECONDS_OF_OCR, not_read, picture_remarks, scan
from assistant.papers import Bookmark, Reading, Running
from assistant.sheet import Sheet, set_upright
from assistant.visible import sheet_of

SECONDS_A_PAGE = 20.0
MOST_PAGES = 3_000  # a year of packs in one file is read by nobody
# A broken file can fail anywhere inside the parser; these are the ways it has been seen to.
BROKEN = (
    PSException,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    EOFError,
    OSError,
    NotImplementedError,
    MemoryError,
    struct.error,
    zlib.error,
)


def read_pdf(path: Path, scanning: float = SECONDS_OF_OCR) -> Reading:
    """The paper's blocks in reading order; whole pages that fail are named in the remarks."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with path.open("rb") as file:
            return _read(file, path, scanning)
    except PDFPasswordIncorrect:
        raise PaperUnreadable("protected by a password: ask for an open copy") from None
    except PDFEncryptionError:
        raise PaperUnreadable("protected in a way that cannot be read: ask for an open copy") from (
            None
        )
    except BROKEN as error:
        raise PaperUnreadable(f"damaged file: {_plain(error)}") from None


def _plain(error: BaseException) -> str:
    words = str(error).split("\n")[0].strip()[:80]
    return f"{type(error).__name__} {words}".strip()


def _read(file: BinaryIO, path: Path, scanning: float) -> Reading:
    if not file.seek(0, os.SEEK_END):
        raise PaperUnreadable("damaged file: it is empty")
    file.seek(0)
    document = PDFDocument(PDFParser(file))
    pages = list(PDFPage.create_pages(document))
    if not pages:
        raise PaperUnreadable("opens but holds no pages: damaged")
    if len(pages) > MOST_PAGES:
        raise PaperUnreadable(f"holds {len(pages)} pages, which is too much: split it")
    sheets, failed = _draw(pages)
    with unhurried():
        sheets = scan(path, sheets, scanning)
    _refuse_wordless(sheets, failed, len(pages))
    stripped = strip_furniture(sheets)
    return Reading(
        blocks_of(stripped),
        len(pages),
        _title(document),
        _bookmarks(document, pages) or item_stamps(stripped),
        tuple(_remarks(sheets, failed, len(pages))),
        tuple(Running(page.sheet.number, text) for page in stripped for text in page.running),
    )


def _draw(pages: list[PDFPage]) -> tuple[list[Sheet], dict[int, str]]:
    resources = PDFResourceManager()
    device = PageDevice(resources)
    sheets: list[Sheet] = []
    failed: dict[int, str] = {}
    for number, page in enumerate(pages, start=1):
        device.deadline = monotonic() + SECONDS_A_PAGE
        try:
            ShadedInterpreter(resources, device).process_page(page)
            sheets.append(set_upright(sheet_of(device, number)))
        except BROKEN as error:
            failed[number] = _plain(error)
    return sheets, failed


def _refuse_wordless(sheets: list[Sheet], failed: dict[int, str], pages: int) -> None:
    if any(sheet.words for sheet in sheets):
        return
    if failed:
        raise PaperUnreadable(f"damaged file: no page can be read ({next(iter(failed.values()))})")
    if any(sheet.pictures for sheet in sheets):
        raise PaperUnreadable(f"no text found on any of its {pages} pages: scanned, {not_read()}")
    if any(sheet.hidden for sheet in sheets):
        raise PaperUnreadable("holds only text that nobody can see")
    if any(sheet.unmapped for sheet in sheets):
        raise PaperUnreadable(f"its letters cannot be told apart: {not_read()}")


def _remarks(sheets: list[Sheet], failed: dict[int, str], pages: int) -> list[str]:
    counts = (
        *picture_remarks(sheets),
        (sum(bool(sheet.hidden) for sheet in sheets), "hold hidden text, which was left out"),
        (sum(bool(sheet.unmapped) for sheet in sheets), "hold letters that cannot be read"),
        (len(failed), "could not be read: damaged"),
    )
    remarks = [f"{count} of {pages} pages {what}" for count, what in counts if count]
    if not any(sheet.words for sheet in sheets):
        remarks.append(f"no text on any of its {pages} pages")
    return remarks


def _title(document: PDFDocument) -> str:
    for info in document.info:
        with suppress(*BROKEN):
            title = resolve1(info.get("Title"))
            if isinstance(title, bytes):
                return " ".join(decode_text(title).replace("\0", "").split())
    return ""


def _bookmarks(document: PDFDocument, pages: list[PDFPage]) -> tuple[Bookmark, ...]:
    """The outline, as far as it can be read; an entry with no page is left out."""
    places = {page.pageid: number for number, page in enumerate(pages, start=1)}
    marks: list[Bookmark] = []
    with suppress(*BROKEN):
        for level, title, goal, action, _ in document.get_outlines():
            page = _goal_page(document, goal or action, places)
            if page is not None:
                marks.append(Bookmark(level, " ".join(str(title).split()), page))
    return tuple(marks)


def _goal_page(document: PDFDocument, goal: object, places: dict[object, int]) -> int | None:
    with suppress(*BROKEN):
        for _ in range(4):
            goal = resolve1(goal)
            if isinstance(goal, PSLiteral):
                goal = goal.name
            if isinstance(goal, str | bytes):
                goal = document.get_dest(goal)
            elif isinstance(goal, dict):
                goal = goal.get("D")
            elif isinstance(goal, list) and goal:
                first = goal[0]
                if isinstance(first, PDFObjRef):
                    return places.get(first.objid)
                return int(first) + 1 if isinstance(first, int) else None
    return None


if __name__ == "__main__":
    serve(lambda path, scanning: read_pdf(path, float(scanning)))
