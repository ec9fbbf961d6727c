"""Titles that count up ("Priority 1: Homes", "HEALTHY: 02 Excess weight") and name what follows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from dataclasses import replace

from assistant.inline import is_bold, plain
from assistant.terms import stem
from assistant.textlines import Line

_TITLE = re.compile(
    r"(?:\(?cont(?:inue|['’])?d\.?\)?[:\s]+)?(?P<name>[A-Z][\w&'’]*(?: [\w&'’]+){0,2}?)"
    r"(?P<before>\s?[:–-]\s?|\s)0?(?P<number>[1-9]\d?)(?P<after>\s?[:–-]\s?|\.?\s)\W{0,3}[A-Z%\d]"
)
# What is counted up but names no block: the table or picture beside it, a time, a class of school.
_OTHER = re.compile(
    r"(?:table|figure|fig|chart|graph|map|page|appendix|annex|schedule|item|note|minute|year|key "
    r"stage|grade|quarter|week|day|age[sd]?|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|"
    r"sep\w*|oct\w*|nov\w*|dec\w*)\b|.*\d",
    re.I,
)
# Who answers for the block stands behind its title: "... - Lead Officer A Person".
_ANSWERS = re.compile(
    r"\s*[-–;,]\s*(?=(?:[A-Z][\w&]* ){0,3}(?:Officer|Owner|Sponsor|Lead|Member|Director|Manager)s?"
    r"\b(?:[:\s–-]+[A-Z][\w'’-]*){2,})"
)
# A row of a list of contents: number, title, page.
_ENTRY = re.compile(
    r"0?(\d{1,2})[.:]?\s+([^\t]{10,})\t+(?:pages? )?\d{1,3}(?:\s?[&,–-]\s?\d{1,3})*\t*"
)
_LONGEST = 45  # words, with those who answer for the block


def counted_titles(lines: Sequence[Line]) -> dict[str, int]:
    """How far each name counts up, for names that count blocks: 1, 2, 3 with words between."""
    numbers: dict[str, set[int]] = defaultdict(set)
    last: dict[str, int] = {}
    for at in range(len(lines)):
        found = _match(lines, at)
        if not found:
            continue
        name = found["name"].casefold()
        if last.get(name, -2) < at - 1:
            numbers[name].add(int(found["number"]))
        last[name] = at
    return {
        name: max(held)
        for name, held in numbers.items()
        if 2 * len(held) >= max(held) and any(number + 1 in held for number in held)
    }


def lift_titles(lines: Sequence[Line], counted: Container[str]) -> list[Line]:
    """The lines with each such title, and those who answer for its block, on lines of their own.

    A title may fill a row of a table that begins below it. One that was torn at the table's
    columns is read from the paper's list of contents, if it stands there; its row stays too.
    """
    listed = _listed(lines)
    lifted: list[Line] = []
    gap = False
    for at, line in enumerate(lines):
        found = _match(lines, at)
        if not found or found["name"].casefold() not in counted:
            lifted.append(replace(line, gap=line.gap or gap))
            gap = False
            continue
        gap = True
        said = listed.get(int(found["number"])) if _is_torn(line) else None
        if said:
            title = f"{_text(line)[: found.end('number')]} {said}"
            lifted += [replace(line, raw=title, gap=True), replace(line, gap=True)]
            gap = False
            continue
        for part in _ANSWERS.split(_text(line), maxsplit=1):
            lifted.append(replace(line, raw=part.strip(" -–;,"), gap=True))
    return lifted


def _listed(lines: Sequence[Line]) -> dict[int, str]:
    """What a list of contents calls each number, where it gives a number only once."""
    entries = [found for line in lines if (found := _ENTRY.fullmatch(line.raw))]
    counts = Counter(int(found[1]) for found in entries)
    return {int(found[1]): found[2] for found in entries if counts[int(found[1])] == 1}


def _is_torn(line: Line) -> bool:
    return sum(bool(cell.strip()) for cell in line.raw.split("\t")) > 1


def name_and_number(text: str, counted: Container[str]) -> tuple[str, int] | None:
    """What a title counts up and its number, or None for a line that is no such title."""
    found = _TITLE.match(text)
    if not found or found["name"].casefold() not in counted:
        return None
    return found["name"].casefold(), int(found["number"])


def shares_word(heading: str, name: str) -> bool:
    """Whether a heading speaks of what a title counts up: "Our priorities" of "Priority 1"."""
    stems = {stem(word) for word in re.findall(r"[^\W\d_]{3,}", heading.lower())}
    return any(stem(word) in stems for word in re.findall(r"[^\W\d_]{3,}", name.lower()))


def _text(line: Line) -> str:
    return " ".join(plain(cell) for cell in line.raw.lstrip("# ").split("\t") if cell.strip())


def _match(lines: Sequence[Line], at: int) -> re.Match[str] | None:
    """The title that a line may be: alone, or alone in its row, and set off by a sign or bold."""
    line = lines[at]
    if len(line.raw) > _LONGEST * 20 or line.raw.startswith(("- ", "• ")):
        return None
    cells = [cell for cell in line.raw.split("\t") if cell.strip()]
    # A title over a whole table is torn where its columns end; a row's second cell is a new one.
    if not cells or (len(cells) > 1 and not _is_rest(cells[1].strip())):
        return None
    after = lines[at + 1] if at + 1 < len(lines) else None
    if not line.is_row and not (line.gap and (after is None or after.gap or after.is_row)):
        return None
    text = _text(line)
    found = _TITLE.match(text)
    if not found or _OTHER.match(found["name"]) or text.endswith((".", ";", ",")):
        return None
    set_off = found["before"].strip() or found["after"].strip(" .") or is_bold(cells[0])
    return found if set_off and len(text.split()) <= _LONGEST else None


def _is_rest(cell: str) -> bool:
    return cell in ("-", "–") or cell[0].islower()
