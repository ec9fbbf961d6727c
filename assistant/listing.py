"""Listing: the whole of a list, however many passages it runs over, and how many points it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.index import Index
from assistant.papers import Kind
from assistant.passages import Passage
from assistant.text import sentences
from assistant.working import WorkedOut

# A shorter list is counted at a glance.
LONG_LIST = 5
# Passages before and after one that may be of the same list
REACH = 12
_STYLES = tuple(
    re.compile(rf"^\W*{number}")
    for number in (r"\d{1,2}(?:[.)]|\s)(?!\d)", r"\(?[a-z][.)]", r"\(?[ivx]{1,5}[.)]", r"[•*–-]\s")
)


def counted(shown: Sequence[Passage], index: Index) -> WorkedOut | None:
    """How many points the list has that is shown, where they are `LONG_LIST` or more.

    `shown` are the passages that are cited, the first of them by the number 1. A list that goes on
    in passages that are not shown is counted whole.
    """
    run = {part.key: points(part) for part in run_of(shown[0], index)}
    numbers = tuple(at for at, one in enumerate(shown, 1) if one.key in run)
    here, total = sum(run[shown[at - 1].key] for at in numbers), sum(run.values())
    if here < 2 or total < LONG_LIST:
        return None
    said = f", {here} of them here" if total > here else ""
    return WorkedOut(f"a list of {total} points{said}", numbers)


def points(passage: Passage) -> int:
    """The points of a passage that is a list: its lines numbered as the first that is numbered.

    Where none is, its lines after a lead-in, or those that marks set apart; 0 for lines that
    nothing introduces.
    """
    lines = passage.text.splitlines()
    for style in _STYLES:
        marked = sum(bool(style.match(line)) for line in lines)
        if marked > 1 and any(style.match(line) for line in lines[:2]):
            return marked
    if lines[0].rstrip().endswith(":"):
        return len(lines) - 1
    return len(lines) if _is_list(passage, passage.lead) else 0


def run_of(passage: Passage, index: Index) -> list[Passage]:
    """The passages that a list runs over, in reading order; the one alone that is of no list.

    They are those next to it that have the list's first line as their lead-in, and the one that
    begins with it.
    """
    opening = passage.lead or passage.text.splitlines()[0]
    if not _is_list(passage, opening):
        return [passage]
    *before, here = index.store.around(passage, REACH, 0)
    run = [here]
    while before and run[0].lead == opening and _is_of(before[-1], opening):
        run.insert(0, before.pop())
    after = index.store.around(passage, 0, REACH)[1:]
    return [*run, *takewhile(lambda one: one.lead == opening, after)]


def _is_list(passage: Passage, opening: str) -> bool:
    return passage.kind is Kind.LIST_ITEM or opening.rstrip().endswith(":")


def _is_of(passage: Passage, opening: str) -> bool:
    return opening in (passage.lead, passage.text.splitlines()[0])


def openings(passage: Passage, whole: int) -> list[tuple[int, int]]:
    """Where the first sentence of each line of a passage stands, of a lead-in its last.

    Of the line that `whole` stands in, all of it.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for line in passage.text.splitlines(keepends=True):
        if spans := sentences(line):
            a, b = spans[-1 if line.rstrip().endswith(":") else 0]
            own = start <= whole < start + len(line)
            found.append((start, start + len(line.rstrip())) if own else (start + a, start + b))
        start += len(line)
    return found
