"""A conversation saved as a file: which answers, in which form, with which pictures."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import date
from time import time

from assistant.answers import Citation
from assistant.errors import PaperUnreadable
from assistant.page.briefing import Asked, Picture, as_markdown
from assistant.page.desk import Desk
from assistant.page.pageview import marked_page
from assistant.page.routes import SCALES
from assistant.page.told import Told
from assistant.page.typeset import as_pdf
from assistant.page.word import as_word
from assistant.papers import Box

# A picture of a page costs a second to draw and some hundred kilobytes to carry.
PICTURES_OF_AN_ANSWER, MOST_PICTURES = 2, 8
NAME = "committee-papers"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _markdown(asked: Sequence[Asked], today: date) -> bytes:
    return as_markdown(asked, today).encode("utf-8")


# What each is called -> its ending, its kind, and how it is made
FORMS: dict[str, tuple[str, str, Callable[[Sequence[Asked], date], bytes]]] = {
    "Word": ("docx", _WORD, as_word),
    "PDF": ("pdf", "application/pdf", as_pdf),
    "Markdown": ("md", "text/markdown", _markdown),
}


def saved(form: str, asked: Sequence[Asked], today: date) -> str:
    """The conversation as a file, in words that `page.js` saves."""
    ending, kind, make = FORMS[form]
    data = b64encode(make(asked, today)).decode()
    # The time makes it another file even where nothing was asked in between.
    return json.dumps({"name": f"{NAME}.{ending}", "kind": kind, "data": data, "at": time()})


def chosen(sent: str, turns: int) -> list[int]:
    """The turns, from 0, that are to be saved: all but those that the page says are left out."""
    try:
        left = json.loads(sent or "[]")
    except (ValueError, RecursionError):
        left = []
    out = set(left) if isinstance(left, list) and all(isinstance(n, int) for n in left) else set()
    kept = [at for at in range(turns) if at + 1 not in out]
    return kept or list(range(turns))


def gathered(talked: Sequence[tuple[str, Told]], desk: Desk, *, pictures: bool) -> list[Asked]:
    """Questions and replies with the pictures of the pages that they cite."""
    left = MOST_PICTURES if pictures else 0
    found: list[Asked] = []
    for question, told in talked:
        drawn = _pictures(told, desk, min(left, PICTURES_OF_AN_ANSWER))
        left -= len(drawn)
        found.append(Asked(question, told.reply, told.series, drawn))
    return found


def _pictures(told: Told, desk: Desk, most: int) -> tuple[Picture, ...]:
    """The first pages that an answer cites, each once; none where they cannot be drawn."""
    asked = Asked("", told.reply)
    pages: dict[tuple[str, int], tuple[Citation, tuple[Box, ...]]] = {}
    for citation in asked.cited if asked.is_answer else ():
        page = citation.evidence.page
        if page is not None and (marks := marked_page(citation)) is not None:
            pages.setdefault((citation.record.path, page), (citation, marks))
    found: list[Picture] = []
    for (path, page), (citation, marks) in list(pages.items())[:most]:
        try:
            png = desk.picture(path, page, SCALES[0], marks)
        except PaperUnreadable:
            continue
        found.append(Picture(png, f"{citation.label}, as printed; the cited words are marked"))
    return tuple(found)
