"""How a paper falls into its parts: the agenda items of a pack and the documents bound into it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from assistant.markings import is_marking
from assistant.papers import Block, Kind, Reading, Section
from assistant.records import (
    committee_named,
    dates_in,
    meeting_date_in,
    record_of_title,
    told_date_in,
    type_of,
)
from assistant.titles import MINUTES, title_of

# A document's head: its committee, title, date, officers and status, in a few short lines.
HEAD_LINES = 5
HEAD_BLOCKS = 10
# token_set_ratio at which a report's title is taken for an agenda item's, of 100
SAME_TITLE = 85
# So few blocks before the first document belong to it.
STRAY_BLOCKS = 2
FRONT_BLOCKS = 40  # a front sheet says within these that it is one

_NUMBERED = re.compile(r"^(?:item\s+)?(\d{1,2}[a-z]?)[.:)]?\s+(.+)$", re.I)
_RANGE = re.compile(r"\s*\(?\b(?:pages?\s*)?(\d+)\s*[-–]\s*(\d+)\)?\s*$", re.I)
_REPORT = re.compile(
    r"^(date of meeting\b|report status\s*:|cabinet member and portfolio\b|from\s*:\s*\S"
    r"|decision to be taken by\b)",
    re.I,
)
_APPENDIX = re.compile(r"^(?:appendix|annex)\s+[\dA-Z]{1,3}\b", re.I)
_LIST_OF_APPENDICES = re.compile(r"^(?:appendix|annex|appendices|annexes)\b", re.I)
# The earlier meeting's minutes as a matter on the agenda, not as a document
_ONLY_NAMED = re.compile(
    r"\(?item\b|\b(?:confirmed|approved|signed|agreed|resolved|correct record|to follow)\b", re.I
)
# What ends the document above a head
_TAIL = re.compile(
    r"^(?:duration of (?:the )?meeting|chair(?:man|person)?$|signed\b|_{3,}|\.{4,})", re.I
)
_FRONT = re.compile(r"agenda|agenda item(?: no\.?)?s?|items? pages?|agenda supplement", re.I)
_PACK = re.compile(r"^(?:\d+\s+)?(?:agenda|front ?sheet|apologies|declarations?|minutes)\b", re.I)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of an agenda front sheet; `pages` is "" where it has no paper."""

    number: str
    title: str
    pages: str


def split_sections(reading: Reading) -> tuple[Section, ...]:
    """The parts of a paper in order; together they hold every block exactly once."""
    starts = _outline_starts(reading) or _head_starts(reading.blocks)
    if not starts or starts[0].start > 0:
        starts.insert(0, _Start(0, "", "", ""))
    bounds = [*starts, _Start(len(reading.blocks), "", "", "")]
    sections = [
        _section(reading.blocks, start, end.start)
        for start, end in pairwise(bounds)
        if end.start > start.start
    ]
    sections[:1] = [_as_front(section, reading.blocks) for section in sections[:1]]
    if any(section.item for section in sections):
        return tuple(sections)
    return tuple(_tie_to_items(sections, agenda_items(reading.blocks[: _front_sheet(sections)])))


def _as_front(section: Section, blocks: tuple[Block, ...]) -> Section:
    """The first part as the agenda or supplement that it is, where it is one."""
    part = blocks[section.start : section.end][:FRONT_BLOCKS]
    named = [_FRONT.fullmatch(block.text.split("\n")[0].strip()) for block in part]
    if section.item or section.type not in ("report", "agenda", "supplement") or not any(named):
        return section
    supplement = type_of(" ".join(block.text for block in part)) == "supplement"
    if supplement:
        return replace(section, type="supplement", title="Agenda supplement")
    return replace(section, type="agenda", title="Agenda")


def agenda_items(blocks: tuple[Block, ...]) -> list[Item]:
    """The numbered items of a front sheet, with the page range of those that have a paper."""
    items: list[Item] = []
    for block in blocks:
        if block.kind is Kind.TABLE_ROW:
            cells = [cell for cell in block.cells if cell]
            line, pages = " ".join(cells[:2]), " ".join(cells[2:])
        else:
            line, pages = f"{block.number} {block.text}".strip(), ""
        match = _NUMBERED.match(line.split("\n")[0])
        if match and len(match[2].split()) <= 30:
            found = _RANGE.search(match[2])
            title = _RANGE.sub("", match[2]).strip(" *")
            items.append(Item(match[1], title, f"{found[1]}-{found[2]}" if found else pages))
        elif items and not items[-1].pages and (found := _RANGE.fullmatch(block.text)):
            items[-1] = replace(items[-1], pages=f"{found[1]}-{found[2]}")
    return items


@dataclass(frozen=True, slots=True)
class _Start:
    start: int
    title: str
    item: str
    item_title: str


def _outline_starts(reading: Reading) -> list[_Start]:
    """Where a pack's outline says that its items and their attachments begin, or nothing.

    Only an outline whose top level numbers the agenda items is a pack's; that of a single
    report lists its headings.
    """
    top = [mark.title for mark in reading.bookmarks if mark.level == 1]
    pack = record_of_title(reading.title) or any(_PACK.match(title) for title in top)
    if not pack or not any(_NUMBERED.match(title) for title in top):
        return []
    starts: list[_Start] = []
    item = item_title = ""
    for mark in reading.bookmarks:
        if mark.level == 1:
            match = _NUMBERED.match(mark.title)
            item, item_title = (match[1], match[2]) if match else ("", mark.title)
        if mark.level > 2:
            continue
        at = _first_on(reading.blocks, mark.page)
        title = item_title if mark.level == 1 else mark.title
        if starts and starts[-1].start == at:
            starts.pop()
        starts.append(_Start(at, title, item, item_title))
    return sorted(starts, key=lambda start: start.start)


def _first_on(blocks: tuple[Block, ...], page: int) -> int:
    for at, block in enumerate(blocks):
        if (block.page or 0) >= page:
            return at
    return len(blocks)


def _head_starts(blocks: tuple[Block, ...]) -> list[_Start]:
    """Where minutes, reports and appendices begin, judged by the lines that head them."""
    starts: list[int] = []
    for at in range(len(blocks)):
        floor = starts[-1] if starts else 0
        if _is_minutes(blocks, at) or _is_report(blocks, at, floor):
            begin = _above(blocks, at, floor)
        elif _is_appendix(blocks, at, floor):
            begin = at
        else:
            continue
        if begin > floor or not starts:
            starts.append(begin)
    if starts and starts[0] <= STRAY_BLOCKS:
        starts[0] = 0
    return [_Start(at, "", "", "") for at in starts]


def _is_minutes(blocks: tuple[Block, ...], at: int) -> bool:
    """Whether a line heads minutes: it or the next ones date them, and none disposes of them."""
    line = blocks[at].text
    if blocks[at].number or not MINUTES.match(line) or len(line.split()) >= 60:
        return False
    after = [block.text for block in blocks[at + 1 : at + 3]]
    dated = any(dates_in(text) for text in (line, *after))
    return dated and not _RANGE.search(line) and not any(map(_ONLY_NAMED.search, (line, *after)))


def _is_report(blocks: tuple[Block, ...], at: int, floor: int) -> bool:
    """Whether a line belongs to the head of another report than the one that is open."""
    line = _line(blocks[at])
    match = _REPORT.match(line)
    if not match:
        return False
    if blocks[at].kind is Kind.TABLE_ROW and not dates_in(line) and "date" in match[1].lower():
        return False  # the head of a table of meetings
    since = blocks[floor:at]
    again = any(_line(block).lower().startswith(match[1].lower()) for block in since)
    return again or any(_is_body(block) for block in since)


def _is_body(block: Block) -> bool:
    """Whether a block is a document's matter and not a line of its head."""
    return bool(block.number) or (
        block.kind is Kind.PARAGRAPH and len(block.text.split()) > 3 and block.text.endswith(".")
    )


def _is_appendix(blocks: tuple[Block, ...], at: int, floor: int) -> bool:
    """Whether a heading begins an appendix: not one of a list, and not repeated on each page."""
    line = blocks[at].text
    if blocks[at].kind is not Kind.HEADING or not _APPENDIX.match(line):
        return False
    listed = at > 0 and _LIST_OF_APPENDICES.match(blocks[at - 1].text)
    return not listed and (at == floor or blocks[floor].text != line)


def _above(blocks: tuple[Block, ...], at: int, floor: int) -> int:
    """The first of the short lines directly above a report head."""
    while at > floor and _is_head_line(blocks[at - 1]):
        at -= 1
    return at


def _is_head_line(block: Block) -> bool:
    if block.number or _TAIL.match(block.text):
        return False
    if block.kind is Kind.HEADING or is_marking(block.text):
        return True
    return (
        block.kind is Kind.PARAGRAPH
        and len(block.text.split()) <= 12
        and not block.text.endswith((".", ";", ":"))
    )


def _line(block: Block) -> str:
    if block.kind is Kind.TABLE_ROW:
        return block.text.replace(" | ", ": ", 1)
    return block.text


def _section(blocks: tuple[Block, ...], start: _Start, end: int) -> Section:
    part = blocks[start.start : end]
    lines = [_line(block) for block in part[:HEAD_BLOCKS]]
    head = " ".join(lines[:HEAD_LINES])
    kind = type_of(start.title or head)
    if kind == "report" and start.title:
        kind = type_of(" ".join(lines[:2]))
    told = meeting_date_in(lines) if kind == "minutes" else told_date_in(lines[:HEAD_LINES])
    return Section(
        start=start.start,
        end=end,
        title=start.title or title_of(part) or (lines[0][:120] if start.start else ""),
        type=kind,
        item=start.item,
        item_title=start.item_title,
        # What is appended often names bodies that it came from.
        committee=committee_named(lines) if kind != "appendix" else "",
        meeting_date=told,
    )


def _front_sheet(sections: list[Section]) -> int:
    """How many blocks stand before the first document, where that part is an agenda."""
    return sections[0].end if len(sections) > 1 else 0


def _tie_to_items(sections: list[Section], items: list[Item]) -> list[Section]:
    """The sections with the agenda item that each belongs to; an appendix goes with its report."""
    tied: list[Section] = []
    current: Item | None = None
    for at, section in enumerate(sections):
        if at > 0 and items:
            current = _item_of(section, items) or current
        if current:
            section = replace(section, item=current.number, item_title=current.title)
        tied.append(section)
    return tied


def _item_of(section: Section, items: list[Item]) -> Item | None:
    if section.type == "minutes":
        return next((item for item in items if item.title.lower().startswith("minutes")), None)
    scored = [
        (fuzz.token_set_ratio(item.title.lower(), section.title.lower()), item) for item in items
    ]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= SAME_TITLE else None
