"""What is printed on a page but is not the paper: running heads, stamps, blank-page notes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from assistant.grids import ruled_regions
from assistant.lines import Line, rows_of, segments
from assistant.papers import Bookmark
from assistant.sheet import Sheet

EDGE = 0.09  # share of the page's height, above and below, where heads and feet stand
STAMPED = 0.13  # the same for page stamps, which say what they are
STAMP = re.compile(
    r"^page\s*(?P<number>\d{1,4}|[ivxlc]{1,6})(\s*(of|/)\s*\d+)?\s*(?P<item>agenda item:?\s*\w+)?$",
    re.IGNORECASE,
)
ITEM = re.compile(r"^agenda item(?: no\.?)?:?\s*(?P<item>\d+\w?)$", re.IGNORECASE)
BARE = re.compile(r"^[-–|]?\s*(\d{1,4}|[ivxlc]{1,6})\s*[-–|]?$")
BLANK = re.compile(
    r"^(this )?page (is |has been )?(intentionally )?left (intentionally )?blank\W*$"
)


@dataclass(frozen=True, slots=True)
class Stripped:
    """A sheet without its furniture, the page number that was printed, the item stamped."""

    sheet: Sheet
    printed: str = ""
    item: str = ""
    running: tuple[str, ...] = ()  # the heads and feet that were taken off, top to bottom


def strip_furniture(sheets: list[Sheet]) -> list[Stripped]:
    """Every sheet with only the paper's own words left on it."""
    edges = {sheet.number: _edge_lines(sheet) for sheet in sheets}
    repeated = _repeated(edges, len(sheets))
    bare = _bare_numbers(edges)
    return [_strip(sheet, edges[sheet.number], repeated, bare) for sheet in sheets]


def item_stamps(stripped: list[Stripped]) -> tuple[Bookmark, ...]:
    """Where items start by their stamps, for a pack that has no outline."""
    return tuple(
        Bookmark(1, f"Agenda Item {page.item}", page.sheet.number) for page in stripped if page.item
    )


def _edge_lines(sheet: Sheet) -> list[Line]:
    top, bottom = STAMPED * sheet.height, (1 - STAMPED) * sheet.height
    words = [word for word in sheet.words if word.bottom < top or word.top > bottom]
    lines = [line for row in rows_of(words) for line in segments(row, 1.5)]
    top, bottom = EDGE * sheet.height, (1 - EDGE) * sheet.height
    return [
        line
        for line in lines
        if line.bottom < top or line.top > bottom or STAMP.match(line.text) or ITEM.match(line.text)
    ]


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower())


def _repeated(edges: dict[int, list[Line]], pages: int) -> set[str]:
    """Texts that stand at the edge of three pages or more, or of all of a short paper."""
    counts = Counter(text for lines in edges.values() for text in set(map(_pattern, lines)))
    least = 3 if pages > 3 else max(2, pages)
    return {text for text, count in counts.items() if count >= least}


def _bare_numbers(edges: dict[int, list[Line]]) -> dict[int, str]:
    """Numbers alone at a page's edge that count on with the pages."""
    steps: Counter[int] = Counter()
    seen: dict[int, list[tuple[int, str]]] = {}
    for page, lines in edges.items():
        for line in lines:
            match = BARE.match(line.text)
            if match and match[1].isdigit():
                steps[int(match[1]) - page] += 1
                seen.setdefault(page, []).append((int(match[1]) - page, match[1]))
    return {
        page: number
        for page, found in seen.items()
        for step, number in found
        if steps[step] >= 2 or (len(edges) == 1 and step == 0)
    }


def _strip(sheet: Sheet, lines: list[Line], repeated: set[str], bare: dict[int, str]) -> Stripped:
    printed, item = bare.get(sheet.number, ""), ""
    gone: set[tuple[float, float, str]] = set()
    running = [sheet.slanted] if sheet.slanted else []
    tables = _tables(sheet) if lines else []
    for line in lines:
        stamp, single = STAMP.match(line.text), ITEM.match(line.text)
        if stamp:
            printed = stamp["number"]
            item = item or _item_number(stamp["item"] or "")
        elif single:
            item = single["item"]
        elif line.text != printed and not _is_running(line, repeated, tables):
            continue
        else:
            running.append(line.text)
        gone |= {(word.left, word.bottom, word.text) for word in line.words}
    words = [w for w in sheet.words if (w.left, w.bottom, w.text) not in gone]
    if len(words) < 12 and BLANK.match(" ".join(word.text for word in words).lower()):
        words = []
    return Stripped(replace(sheet, words=tuple(words)), printed, item, tuple(running))


def _item_number(stamp: str) -> str:
    return stamp.split()[-1] if stamp else ""


def _tables(sheet: Sheet) -> list[tuple[float, float]]:
    return [(region.top, region.bottom) for region in ruled_regions(sheet)]


def _is_running(line: Line, repeated: set[str], tables: list[tuple[float, float]]) -> bool:
    middle = (line.top + line.bottom) / 2
    in_table = any(top <= middle <= bottom for top, bottom in tables)
    return _pattern(line) in repeated and not in_table
