"""How a paper falls into its parts: the agenda items of a pack and the documents bound into it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from assistant.papers import Block, Kind, Reading, Section
from assistant.records import committee_in, meeting_date_in, type_of

# A report head begins with the committee's name and the report's title, a few short lines above
# the first line that gives it away.
HEAD_LINES = 5
# token_set_ratio at which a report's title is taken for an agenda item's, of 100
SAME_TITLE = 85

_NUMBERED = re.compile(r"^(?:item\s+)?(\d{1,2}[a-z]?)[.:)]?\s+(.+)$", re.I)
_RANGE = re.compile(r"\s*\(?\b(?:pages?\s*)?(\d+)\s*[-–]\s*(\d+)\)?\s*$", re.I)
_MINUTES = re.compile(
    r"^minutes of (?:the |a |an )?(?:\w+ ){0,4}?meeting|^minutes of meeting", re.I
)
_REPORT = re.compile(
    r"^(?:date of meeting\b|report status\s*:|cabinet member and portfolio\b|from\s*:\s*\S"
    r"|decision to be taken by\b)",
    re.I,
)
_APPENDIX = re.compile(r"^(?:appendix|annex)\s+[\dA-Z]{1,3}\b", re.I)
_SUBJECT = re.compile(r"^(?:subject(?: of report)?|title(?: of decision)?)\s*[:|]\s*(.+)$", re.I)
_BARE = re.compile(
    r"^(?:for |to |from |date|agenda\b|report\b|appendix \w+$|[\d\s/.,-]+$)|council$|committee$"
    r"|^cabinet$|\b(?:19|20)\d\d$",
    re.I,
)


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
    if any(section.item for section in sections):
        return tuple(sections)
    return tuple(_tie_to_items(sections, agenda_items(reading.blocks[: _front_sheet(sections)])))


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
    numbered = [b for b in reading.bookmarks if b.level == 1 and _NUMBERED.match(b.title)]
    if len(numbered) < 3:
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
    for at, block in enumerate(blocks):
        line = _line(block)
        floor = starts[-1] if starts else 0
        if (_MINUTES.match(line) and len(line.split()) < 60) or (
            _REPORT.match(line) and at - floor > HEAD_LINES
        ):
            begin = _above(blocks, at, floor)
        elif block.kind is Kind.HEADING and _APPENDIX.match(line):
            begin = at
        else:
            continue
        if begin > floor or not starts:
            starts.append(begin)
    return [_Start(at, "", "", "") for at in starts]


def _above(blocks: tuple[Block, ...], at: int, floor: int) -> int:
    """The first of the short lines directly above a report head."""
    while at > max(floor, 0) and at - 1 >= 0 and _is_head_line(blocks[at - 1]):
        at -= 1
    return at


def _is_head_line(block: Block) -> bool:
    return block.kind is Kind.HEADING or (
        block.kind is Kind.PARAGRAPH
        and not block.number
        and len(block.text.split()) <= 12
        and not block.text.endswith((".", ";", ":"))
    )


def _line(block: Block) -> str:
    if block.kind is Kind.TABLE_ROW:
        return block.text.replace(" | ", ": ", 1)
    return block.text


def _section(blocks: tuple[Block, ...], start: _Start, end: int) -> Section:
    part = blocks[start.start : end]
    lines = [_line(block) for block in part[:25]]
    head = " ".join(lines[:HEAD_LINES])
    return Section(
        start=start.start,
        end=end,
        title=start.title or _title(lines),
        type=type_of(start.title or head),
        item=start.item,
        item_title=start.item_title,
        committee=committee_in(lines),
        meeting_date=meeting_date_in(lines),
    )


def _title(lines: list[str]) -> str:
    """The document's title: its stated subject, else the first line that names a matter."""
    for line in lines:
        if match := _SUBJECT.match(line):
            return match[1].split("\n")[0].strip()
    for line in lines:
        if _MINUTES.match(line):
            return " ".join(line.split()[:24])
    for line in lines[:8]:
        if 1 < len(line.split()) <= 25 and not _BARE.search(line):
            return line
    return lines[0][:120] if lines else ""


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
