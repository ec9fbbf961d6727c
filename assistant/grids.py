"""Where rulings and filled cells mark out a table on a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.glyphs import Word
from assistant.sheet import Fill, Rule, Sheet

TOUCH = 3.0  # rulings this near to each other meet
MOST_RULES = 1500  # a page with more is a drawing
MOST_FILLS = 600
KEY = 18.0  # a coloured patch narrower than this is a key or a bullet, not a cell


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page with the rulings inside it."""

    left: float
    top: float
    right: float
    bottom: float
    across: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()

    def holds(self, word: Word) -> bool:
        """Whether the middle of the word lies inside."""
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.left - 1 <= x <= self.right + 1 and self.top - 1 <= y <= self.bottom + 1


def ruled_regions(sheet: Sheet) -> list[Region]:
    """Regions marked out by rulings, largest first; none lies inside another."""
    fill_across, fill_upright = _fill_edges(sheet.fills)
    across = merged([*sheet.across, *fill_across])
    upright = merged([*sheet.upright, *fill_upright])
    across, upright = _without_frame(sheet, across, upright)
    if len(across) + len(upright) > MOST_RULES:
        return []
    crossed, loose = _components(across, upright)
    regions = [_region(*parts) for parts in crossed if len(parts[0]) + len(parts[1]) >= 5]
    regions += _stacked(loose)
    return _outermost(regions)


def merged(rules: Iterable[Rule], near: float = 1.6) -> list[Rule]:
    """Rulings in line with each other, joined where they touch or nearly so."""
    level: list[list[Rule]] = []
    for rule in sorted(rules):
        if level and rule.at - level[-1][0].at <= near:
            level[-1].append(rule)
        else:
            level.append([rule])
    joined: list[Rule] = []
    for group in level:
        at = sum(rule.at for rule in group) / len(group)
        group.sort(key=lambda rule: rule.start)
        start, end = group[0].start, group[0].end
        for rule in group[1:]:
            if rule.start > end + TOUCH:
                joined.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        joined.append(Rule(at, start, end))
    return joined


def _fill_edges(fills: tuple[Fill, ...]) -> tuple[list[Rule], list[Rule]]:
    """Edges where the colour changes: shading is often laid on line by line within one cell."""
    across: list[Rule] = []
    upright: list[Rule] = []
    if len(fills) > MOST_FILLS:
        return across, upright
    for fill in fills:
        if fill.right - fill.left < KEY and fill.bottom - fill.top < 2 * KEY:
            continue
        x, y = (fill.left + fill.right) / 2, (fill.top + fill.bottom) / 2
        for at, beyond in ((fill.top, fill.top - 0.7), (fill.bottom, fill.bottom + 0.7)):
            if not _same_colour_at(fills, fill, x, beyond):
                across.append(Rule(at, fill.left, fill.right))
        for at, beyond in ((fill.left, fill.left - 0.7), (fill.right, fill.right + 0.7)):
            if not _same_colour_at(fills, fill, beyond, y):
                upright.append(Rule(at, fill.top, fill.bottom))
    return across, upright


def _same_colour_at(fills: tuple[Fill, ...], fill: Fill, x: float, y: float) -> bool:
    return any(
        other.left <= x <= other.right
        and other.top <= y <= other.bottom
        and other.colour == fill.colour
        for other in fills
    )


def _without_frame(
    sheet: Sheet, across: list[Rule], upright: list[Rule]
) -> tuple[list[Rule], list[Rule]]:
    """Without a border drawn round the whole page."""
    sides = [
        rule
        for rule in upright
        if rule.end - rule.start > 0.85 * sheet.height
        and not 0.08 * sheet.width < rule.at < 0.92 * sheet.width
    ]
    if len(sides) < 2:
        return across, upright
    left, right = sides[0].at, sides[-1].at
    long = [rule for rule in across if rule.start <= left + TOUCH and rule.end >= right - TOUCH]
    inner = [r for r in long if 0.12 * sheet.height < r.at < 0.88 * sheet.height]
    inner += [r for r in long[1:-1] if min(r.at - long[0].at, long[-1].at - r.at) > 2 * TOUCH]
    if inner:
        return across, upright
    if len(long) < 2:
        return across, upright
    return (
        [rule for rule in across if rule not in long],
        [rule for rule in upright if rule not in sides],
    )


def _components(
    across: list[Rule], upright: list[Rule]
) -> tuple[list[tuple[list[Rule], list[Rule]]], list[Rule]]:
    """Rulings that hang together, and horizontal ones that touch no vertical one."""
    parent = list(range(len(across) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, row in enumerate(across):
        for j, column in enumerate(upright, start=len(across)):
            if (
                row.start - TOUCH <= column.at <= row.end + TOUCH
                and column.start - TOUCH <= row.at <= column.end + TOUCH
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(across):
            group[0].append(across[index])
        else:
            group[1].append(upright[index - len(across)])
    crossed = [group for group in groups.values() if group[0] and group[1]]
    loose = [rule for group in groups.values() if not group[1] for rule in group[0]]
    return crossed, loose


def _region(across: list[Rule], upright: list[Rule]) -> Region:
    return Region(
        min([rule.start for rule in across] + [rule.at for rule in upright]),
        min([rule.at for rule in across] + [rule.start for rule in upright]),
        max([rule.end for rule in across] + [rule.at for rule in upright]),
        max([rule.at for rule in across] + [rule.end for rule in upright]),
        tuple(across),
        tuple(upright),
    )


def _stacked(loose: list[Rule]) -> list[Region]:
    """Tables with lines between their rows only: three or more with the same two ends."""
    stacks: list[list[Rule]] = []
    for rule in sorted(loose):
        if rule.end - rule.start < 40:
            continue
        for stack in stacks:
            last = stack[-1]
            if abs(last.start - rule.start) < 8 and abs(last.end - rule.end) < 8:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [_region(stack, []) for stack in stacks if len(stack) >= 3]


def _outermost(regions: list[Region]) -> list[Region]:
    regions.sort(key=lambda r: (r.left - r.right) * (r.bottom - r.top))
    kept: list[Region] = []
    for region in regions:
        x, y = (region.left + region.right) / 2, (region.top + region.bottom) / 2
        inside = any(
            big.left - 1 <= x <= big.right + 1 and big.top - 1 <= y <= big.bottom + 1
            for big in kept
        )
        if not inside:
            kept.append(region)
    return kept
