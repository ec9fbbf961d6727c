"""The lines of an extracted text, without what the page added: running heads, stamps, rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.inline import plain

_TURN = re.compile(r"\f|\s*\[page\]\s*", re.I)
_RULE = re.compile(r"[\s\-–—_=*.·|:\\]*")
_STAMP = re.compile(r"\W*page\s+\d{1,4}(?:\s+of\s+\d{1,4})?\W*", re.I)
_LONE_NUMBER = re.compile(r"[\s*_|\-–]*\d{1,3}[\s*_|\-–.)]*")
_BLANK_PAGE = re.compile(r"\W*this page (?:is|has been)(?: intentionally)? left blank\W*", re.I)
_SEPARATOR = re.compile(r"[\s|:]*-{2,}[\s|:\-]*")
_DOTTED = re.compile(r"[-\s*#]*(\d{1,3}(?:\.\d{1,3})+)")
_ITEM = re.compile(r"\s*(?:[-*+•]|\(?\w{1,3}[.)])\s")
_RUNNING_WORDS = 14  # a running head is a title: one line, never a sentence
_EDGE = 3  # lines at the top and foot of a page that may hold its running head
_HALF_SENTENCE = 40  # a line this long without an end may go on over the page


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands in the file, and what separates it from the line above."""

    raw: str
    page: int | None = None
    gap: bool = False  # a blank line or a page break comes before it
    turn: bool = False  # a page break comes before it
    hard: bool = False  # Markdown's mark for a line that ends here
    heads: bool = False  # Markdown's rule between a table's heads and its rows comes after it

    @property
    def is_row(self) -> bool:
        """Whether the line is a row of a table: cells parted by tabs."""
        return "\t" in self.raw


def split_lines(text: str) -> tuple[list[Line], int | None]:
    """The lines that hold words, with page numbers if the text marks its pages, and their count."""
    text = re.sub(r"\r\n?|[\v\x85\u2028\u2029]", "\n", text).replace("\x00", "")
    text = re.sub(r"\f", "\n\f\n", text)
    raws = text.strip("\n\f ").split("\n")
    paged = any(_TURN.fullmatch(raw) for raw in raws)
    if _tabs_are_spaces(raws):
        raws = [raw.replace("\t", " ") for raw in raws]
    lines: list[Line] = []
    page, gap, turn = 1, True, False
    for raw in raws:
        if _TURN.fullmatch(raw):
            page, gap, turn = page + 1, True, True
        elif raw.strip() == "---" and not paged:
            gap = turn = True
        elif "|" in raw and _SEPARATOR.fullmatch(raw) and lines and lines[-1].is_row:
            lines[-1] = replace(lines[-1], heads=True)
        elif _RULE.fullmatch(raw) and not _holds_row(raw):
            gap = True
        elif not _SEPARATOR.fullmatch(raw):
            hard = raw.endswith("  ")
            lines.append(Line(_row(raw), page if paged else None, gap, turn, hard))
            gap = turn = False
    return lines, page if paged else None


def drop_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without running heads, page numbers and notes that a page is blank."""
    keys = [_key(line) for line in lines]
    running = _confirmed(lines, keys) | _at_edges(lines, keys)
    kept: list[Line] = []
    gap = turn = False
    for at, line in enumerate(lines):
        if keys[at] in running or _is_stamp(lines, at):
            gap, turn = True, True
            continue
        kept.append(replace(line, gap=line.gap or gap, turn=line.turn or turn))
        gap = turn = False
    return kept


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether each line is a printed line, and not a whole paragraph."""
    prose = [line for line in lines if not line.is_row and not _ITEM.match(line.raw)]
    if len(prose) < 8:
        return False
    closed = sum(not line.gap and not line.hard for line in prose)
    longest = sorted(len(line.raw) for line in prose)[int(len(prose) * 0.97)]
    return closed / len(prose) > 0.6 and longest <= 140


def is_unfinished(text: str) -> bool:
    """Whether words stop in the middle of a sentence."""
    return len(text) >= _HALF_SENTENCE and not text.rstrip("\"'”’)* ").endswith(
        (".", ":", ";", "?", "!", "…")
    )


def _row(raw: str) -> str:
    """A row of a Markdown table as cells parted by tabs; any other line as it is."""
    if re.fullmatch(r"\s*\|.*\|\s*", raw) and raw.count("|") > 2:
        return "\t".join(cell.strip() for cell in raw.strip().strip("|").split("|"))
    return raw.rstrip(" \n")


def _holds_row(raw: str) -> bool:
    return "\t" in raw and bool(re.search(r"[^\s\-|:]", raw))


def _tabs_are_spaces(raws: Sequence[str]) -> bool:
    """Whether tabs part words, or only trail, so that they say nothing of tables."""
    rows = [raw for raw in raws if "\t" in raw.strip()]
    if not rows:
        return True
    cells = [cell for raw in rows for cell in raw.split("\t") if cell.strip()]
    spaced = sum(" " in raw.replace("\t", "").strip() for raw in raws)
    words = sum(bool(re.fullmatch(r"[a-z]+[,.;]?", cell.strip())) for cell in cells)
    if len(cells) < 5 * len(rows):
        return False
    return words > len(cells) / 2 or (words > len(cells) / 4 and spaced < len(rows))


def _key(line: Line) -> str:
    """What two prints of one running head have in common; "" for a line that cannot be one."""
    if line.is_row or re.match(r"\s*(?:[-*•]\s|\d|\(?[a-z]{1,3}\)|#+\s*\W*\d)", line.raw):
        return ""
    key = re.sub(r"\s+", " ", line.raw.lstrip("# ").rstrip()).casefold()
    return key if len(key.split()) <= _RUNNING_WORDS and not key.endswith(":") else ""


def _confirmed(lines: Sequence[Line], keys: Sequence[str]) -> set[str]:
    """Repeated lines that cut a table, a sentence or a run of paragraphs in two."""
    counts = Counter(keys)
    last_number = ""
    found: set[str] = set()
    for at, line in enumerate(lines):
        number = _DOTTED.match(line.raw) if not line.is_row else None
        last_number = number[1] if number else last_number
        if not keys[at] or counts[keys[at]] < 2 or not 0 < at < len(lines) - 1:
            continue
        if (line.gap or lines[at + 1].gap) and _cuts(lines[at - 1], lines[at + 1], last_number):
            found.add(keys[at])
    return found


def _cuts(before: Line, after: Line, last_number: str) -> bool:
    if before.is_row or after.is_row:
        both = before.is_row and after.is_row
        return both and not after.raw.split("\t")[0].strip()
    number = _DOTTED.match(after.raw)
    if number and last_number:
        return _follows(last_number, number[1])
    text = plain(before.raw)
    item = bool(re.match(r"\s*[-•*]\s", after.raw))
    if item:
        return text.endswith((";", ",", "; and", " and", " or"))
    return is_unfinished(text) and after.raw.strip("*_ ")[:1].islower()


def _follows(first: str, second: str) -> bool:
    """Whether 3.2.2 comes next after 3.2.1."""
    one, two = first.split("."), second.split(".")
    return one[:-1] == two[:-1] and int(two[-1]) == int(one[-1]) + 1


def _at_edges(lines: Sequence[Line], keys: Sequence[str]) -> set[str]:
    """Lines printed again and again at the top or the foot of pages that the text marks."""
    pages: dict[int, list[str]] = defaultdict(list)
    number = 0
    for line, key in zip(lines, keys, strict=True):
        number += line.turn
        pages[number].append(key)
    edges = Counter(
        key for keys in pages.values() for key in {*keys[:_EDGE], *keys[-_EDGE:]} if len(key) > 3
    )
    needed = max(3, len(pages) * 0.4)
    return {key for key, count in edges.items() if count >= needed}


def _is_stamp(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a page number or says that the page is blank."""
    line = lines[at]
    if line.is_row:
        return False
    if _STAMP.fullmatch(line.raw) or _BLANK_PAGE.fullmatch(line.raw):
        return True
    if not _LONE_NUMBER.fullmatch(line.raw):
        return False
    after = lines[at + 1] if at + 1 < len(lines) else None
    ends = after is None or after.turn
    alone = line.gap and (after is None or after.gap)
    listed = line.raw.rstrip().endswith((".", ")")) and not ends
    labels = at > 0 and not line.turn and lines[at - 1].raw.rstrip(" *").endswith(":")
    return (alone or line.turn or ends) and not listed and not labels
