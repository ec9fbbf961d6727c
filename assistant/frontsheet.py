"""The front sheet of a pack as its checksum: every item with a page range has words from there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.papers import Block, Section
from assistant.sections import Item, agenda_items

MOST_NAMED = 12  # items that are named in one remark
SLACK = 4.0  # points by which a range may stand above or below its item
_ALONE = re.compile(r"\(?(?:pages?\s*)?(\d+)\s*[-–]\s*(\d+)\)?", re.I)
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)|(\d+)")


def front_remarks(blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[str, ...]:
    """What an officer should know of a pack's items: which have no paper, and which were not read.

    Nothing for a paper that is no pack, whose page ranges are those of other files.
    """
    if not sections or sections[0].type != "agenda":
        return ()
    first = sections[0]
    items = _items(blocks[first.start : first.end])
    read = {int(block.printed) for block in blocks[first.end :] if block.printed.isdigit()}
    wanted = {item: pages for item in items if (pages := _pages(item))}
    if not any(read & set(pages) for pages in wanted.values()):
        return ()
    return tuple(_remarks(items, wanted, read))


def _items(blocks: Sequence[Block]) -> list[Item]:
    """The items of a front sheet; a page range that stands apart belongs to the item beside it."""
    items: list[tuple[Item, Block]] = []
    apart: list[tuple[str, Block]] = []
    for block in blocks:
        line = f"{block.number} {block.text}".strip()
        if not block.cells and (found := _ALONE.fullmatch(line)):
            apart.append((f"{found[1]}-{found[2]}", block))
        else:
            items += [(item, block) for item in agenda_items((block,))]
    for pages, block in apart:
        at = next((n for n, (_, one) in enumerate(items) if _is_beside(block, one)), None)
        if at is not None:
            items[at] = replace(items[at][0], pages=pages), items[at][1]
    return [item for item, _ in items]


def _is_beside(block: Block, item: Block) -> bool:
    if block.page != item.page or not block.box or not item.box:
        return False
    middle = (block.box.top + block.box.bottom) / 2
    return item.box.top - SLACK <= middle <= item.box.bottom + SLACK


def _pages(item: Item) -> range | None:
    """The printed pages that an item's paper stands on, or None where it has no paper."""
    found = _RANGE.fullmatch(item.pages.strip(" ()"))
    if not found:
        return None
    low, high = (found[1], found[2]) if found[1] else (found[3], found[3])
    return range(int(low), int(high) + 1) if int(low) <= int(high) else None


def _remarks(items: Sequence[Item], wanted: dict[Item, range], read: set[int]) -> Iterator[str]:
    for item, pages in wanted.items():
        if not read & set(pages):
            yield (
                f"front sheet: nothing was read of item {item.number} ({item.title}), "
                f"pages {pages.start} to {pages.stop - 1}"
            )
    bare = [f"{item.number} {item.title}" for item in items if item not in wanted]
    if bare:
        more = f" and {len(bare) - MOST_NAMED} more" if len(bare) > MOST_NAMED else ""
        yield f"front sheet: no paper for item {'; '.join(bare[:MOST_NAMED])}{more}"
