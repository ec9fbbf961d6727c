"""Listing: how many points a list has, so that nobody takes the part that is shown for all."""

from __future__ import annotations

import re

from assistant.index import Index
from assistant.passages import Passage
from assistant.working import WorkedOut

# A shorter list is counted at a glance.
LONG_LIST = 5
_STYLES = tuple(
    re.compile(rf"^\W*{number}")
    for number in (r"\d{1,2}(?:[.)]|\s)(?!\d)", r"\(?[a-z][.)]", r"\(?[ivx]{1,5}[.)]", r"[•*–-]\s")
)


def counted(passage: Passage, number: int, index: Index) -> WorkedOut | None:
    """How many points the list has that a passage is of, where they are `LONG_LIST` or more.

    `number` is that of the citation. A list that goes on in the passages after is counted whole.
    """
    here = points(passage)
    parts = _rest(passage, index)
    total = here + sum(len(part.text.splitlines()) for part in parts)
    if here < 2 or total < LONG_LIST:
        return None
    shown = f", {here} of them here" if total > here else ""
    return WorkedOut(f"a list of {total} points{shown}", (number,))


def points(passage: Passage) -> int:
    """The points of a passage that is a list: its lines numbered as the first that is numbered.

    Where none is, its lines after a lead-in; 0 for lines that nothing introduces.
    """
    lines = passage.text.splitlines()
    for style in _STYLES:
        marked = sum(bool(style.match(line)) for line in lines)
        if marked > 1 and any(style.match(line) for line in lines[:2]):
            return marked
    if lines[0].rstrip().endswith(":"):
        return len(lines) - 1
    return len(lines) if passage.lead.rstrip().endswith(":") else 0


def _rest(passage: Passage, index: Index) -> list[Passage]:
    """The passages that a list goes on in: those after it that have its first line as lead-in."""
    opening = passage.lead or passage.text.splitlines()[0]
    rest: list[Passage] = []
    if not opening.rstrip().endswith(":"):
        return rest
    for after in index.store.around(passage, 0, 12):
        if after.key == passage.key:
            continue
        if after.lead != opening:
            break
        rest.append(after)
    return rest
