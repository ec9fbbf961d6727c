"""The picture of a cited page, with the way to its neighbours, as HTML that `page.js` moves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from assistant.answers import Citation
from assistant.evidence import Evidence
from assistant.page.words import escape
from assistant.papers import Box
from assistant.passages import Place

MOST_MARKS = 60


def page_view(citation: Citation) -> str:
    """The cited page as printed, its words marked; "" for a paper without pages to show."""
    evidence, record = citation.evidence, citation.record
    page = evidence.page
    if page is None or not record.pages or not record.path.lower().endswith(".pdf"):
        return ""
    marks = list(dict.fromkeys(_marks(evidence)))
    return (
        f'<figure class="pageview" data-path="{escape(record.path)}" data-page="{page}" '
        f'data-pages="{record.pages}" data-marks="{";".join(marks)}">'
        f"{_tools(record.path, page, record.pages)}"
        '<div class="window" tabindex="0" role="region" aria-label="Picture of the page">'
        f'<img loading="lazy" alt="{_alternative(page)}" '
        f'src="{escape(picture_address(record.path, page, marks))}"></div>'
        f'<figcaption aria-live="polite">{_caption(evidence, page, record.pages)}</figcaption>'
        "</figure>"
    )


def file_address(path: str, page: int | None = None) -> str:
    """Where the page gets a paper's file, at its page where it has one."""
    return f"paper?path={quote(path, safe='')}{f'#page={page}' if page else ''}"


def picture_address(path: str, page: int, marks: list[str]) -> str:
    """Where the page gets a picture with these marks."""
    named = [("path", path), ("page", str(page)), *(("mark", mark) for mark in marks)]
    return f"picture?{urlencode(named)}"


def marked_page(citation: Citation) -> tuple[Box, ...] | None:
    """The boxes of the cited words on their page; None for a paper without pages to show."""
    evidence, record = citation.evidence, citation.record
    if evidence.page is None or not record.pages or not record.path.lower().endswith(".pdf"):
        return None
    return marks_of(list(_marks(evidence)), evidence.page)


def marks_of(marks: Sequence[str], page: int) -> tuple[Box, ...]:
    """The boxes of the marks "PAGE,LEFT,TOP,RIGHT,BOTTOM" that are on this page."""
    boxes: list[Box] = []
    for mark in marks[:MOST_MARKS]:
        try:
            number, *edges = (float(part) for part in mark.split(","))
        except ValueError:
            continue
        if number == page and len(edges) == 4 and all(map(math.isfinite, edges)):
            boxes.append(Box(*edges))
    return tuple(boxes)


def cut_address(citation: Citation) -> str:
    """Where the page gets a cut-out of what is cited; "" where there is none."""
    evidence = citation.evidence
    marks = list(dict.fromkeys(_marks(evidence)))
    if evidence.page is None or not marks or not citation.record.path.lower().endswith(".pdf"):
        return ""
    return f"{picture_address(citation.record.path, evidence.page, marks)}&cut=1"


def _marks(evidence: Evidence) -> Iterator[str]:
    """Page and box of each place that the evidence lies in."""
    passage = evidence.passage
    ends = [*passage.places[1:], Place(len(passage.text), None, "", None)]
    for place, after in zip(passage.places, ends, strict=True):
        if (
            place.box
            and place.page
            and place.offset < evidence.end
            and after.offset > evidence.start
        ):
            edges = (place.box.left, place.box.top, place.box.right, place.box.bottom)
            yield ",".join([str(place.page), *(f"{edge:g}" for edge in edges)])


def _tools(path: str, page: int, pages: int) -> str:
    """Buttons; the ones that lead nowhere are off, and `page.js` keeps them so."""
    before, after = ("disabled" if page == end else "" for end in (1, pages))
    address = escape(file_address(path, page))
    return (
        '<div class="tools" role="group" aria-label="Page as printed">'
        f'<button type="button" data-turn="-1" {before}>Previous page</button>'
        f'<button type="button" data-turn="1" {after}>Next page</button>'
        '<button type="button" data-zoom="1">Larger</button>'
        '<button type="button" data-zoom="-1" disabled>Smaller</button>'
        f'<a href="{address}" target="_blank" rel="noopener">Open the file at this page</a></div>'
    )


def _alternative(page: int) -> str:
    return f"PDF page {page} as printed; the cited words are marked, and stand above as text"


def _caption(evidence: Evidence, page: int, pages: int) -> str:
    printed = evidence.passage.place_at(evidence.start).printed
    number = f"Printed page {escape(printed)}, " if printed else ""
    return f"{number}PDF page {page} of {pages}"
