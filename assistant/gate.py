"""The gate: which parts of a paper are not for publication, and the words that say so.

A marking at the edge of a page holds that page. One at the head of a report holds the report and
the appendices that follow it; one at the head of an appendix holds that appendix. Front sheets,
forward plans and minutes speak of exempt matters without holding any.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from assistant.archives import names_of
from assistant.markings import (
    hidden_appendices,
    is_marked_heading,
    is_marking,
    is_running_marking,
    is_secret_status,
    marking_in_name,
    restricted_flag,
    says_of_itself,
)
from assistant.papers import Block, Kind, Paper, Reading, Section

# A document says within so many blocks, and a page within so few, what it is.
HEAD_BLOCKS = 14
TOP_BLOCKS = 3
AGENDA_HEAD = 4
FRONT_PAGES = 8  # no front sheet goes on for longer
# Pages without the running mark between two that have it: drawings and blank pages
UNMARKED_BETWEEN = 2
SHOWN = 160  # characters of the words that held a part

_PLANS = frozenset({"forward plan", "work programme"})
_FRONTS = frozenset({"agenda", "supplement"})
_APPENDIX = re.compile(
    r"^\W*(?:(?:exempt|confidential|restricted|private)\W+)?(?:appendix"
    r"|annexe?) (?P<name>[\da-z]{1,3})\b",
    re.I,
)
_OF_APPENDIX = re.compile(r"^(?!.*\b(?:reports?|papers?)\b).*\b(?:appendi|annex)", re.I)
_ITEM = re.compile(r"\d{1,2}[a-z]?[.)]?", re.I)
_APPENDICES = re.compile(r"^\W*(?:\d+\W+)?(?:list of )?(?:appendix|appendices|annexe?s)\W*$", re.I)


@dataclass(frozen=True, slots=True)
class Hold:
    """Blocks of a paper that are held back, the pages they stand on, and the words that held."""

    start: int
    end: int  # one past the last block
    page: int | None  # where the words stand
    words: str
    first: int | None = None
    last: int | None = None


def hold_back(paper: Paper, reading: Reading) -> tuple[Hold, ...]:
    """The parts of a paper that are not for publication, in order; empty for a public paper."""
    blocks = paper.blocks
    whole = _whole(paper, reading)
    found = [whole] if whole else _Paged(paper, reading).holds()
    return tuple(
        replace(hold, first=min(pages, default=None), last=max(pages, default=None))
        for hold in _joined(found)
        for pages in [[b.page for b in blocks[hold.start : hold.end] if b.page is not None]]
    )


def public_part(paper: Paper, holds: Sequence[Hold]) -> Paper | None:
    """The paper without what is held back, or None where no block is left."""
    gone = {at for hold in holds for at in range(hold.start, hold.end)}
    kept: list[Block] = []
    sections: list[Section] = []
    for section in paper.sections:
        start = len(kept)
        kept += [paper.blocks[at] for at in range(section.start, section.end) if at not in gone]
        if len(kept) > start:
            sections.append(replace(section, start=start, end=len(kept)))
    return replace(paper, blocks=tuple(kept), sections=tuple(sections)) if kept else None


def _whole(paper: Paper, reading: Reading) -> Hold | None:
    """What holds all of a file: its name or title, its running heads, a flag, its front sheet."""
    named = filter(None, map(marking_in_name, (*names_of(paper.record.path), reading.title)))
    name = next(named, "")
    heads = [line.text for line in reading.running if line.page is None]
    head = name or next(filter(is_running_marking, heads), "")
    if head:
        return Hold(0, len(paper.blocks), None, head[:SHOWN])
    found = [*_flagged(paper, reading), *_marked_front(paper)]
    return found[0] if found else None


def _flagged(paper: Paper, reading: Reading) -> Iterator[Hold]:
    """The flag of a meeting system in an export, which is no PDF."""
    for block in paper.blocks if reading.pages is None else ():
        if flag := restricted_flag(block.text):
            yield Hold(0, len(paper.blocks), block.page, flag)


def _marked_front(paper: Paper) -> Iterator[Hold]:
    """The agenda of a private meeting, by the lines at its head."""
    head = paper.blocks[:AGENDA_HEAD] if paper.sections[0].type in _FRONTS else ()
    for block in takewhile(lambda block: not block.number, head):
        if is_marking(block.text):
            yield Hold(0, len(paper.blocks), block.page, block.text[:SHOWN])


def _joined(holds: Sequence[Hold]) -> list[Hold]:
    """The holds in order, those that touch or overlap as one under the words that stand first."""
    joined: list[Hold] = []
    for hold in sorted(holds, key=lambda hold: (hold.start, hold.page or 0, -hold.end)):
        if joined and hold.start <= joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, hold.end))
        elif hold.end > hold.start:
            joined.append(hold)
    return joined


class _Paged:
    """A paper laid out by pages, whose markings are looked for page by page and part by part."""

    def __init__(self, paper: Paper, reading: Reading) -> None:
        self.blocks, self.sections = paper.blocks, paper.sections
        self.pages: dict[int, list[int]] = defaultdict(list)
        for at, block in enumerate(self.blocks):
            if block.page is not None:
                self.pages[block.page].append(at)
        self.running = {
            line.page: line.text
            for line in reversed(reading.running)
            if line.page is not None and is_running_marking(line.text)
        }
        self.repeated = self._repeated()

    def holds(self) -> list[Hold]:
        """All parts that are held back, in no order."""
        found = list(self._by_page())
        for at, section in enumerate(self.sections):
            found += self._by_part(section)
            found += self._by_reference(at, section)
        return found + list(self._with_appendices(found))

    def _repeated(self) -> set[str]:
        """Markings that stand at the edge of several pages without being taken off as running."""
        seen: dict[str, int] = defaultdict(int)
        for places in self.pages.values():
            edge = {self.blocks[at].text for at in (*places[:2], *places[-2:])}
            for text in edge:
                seen[text] += is_marking(text)
        repeated = {text for text, count in seen.items() if count > 1}
        for page, places in self.pages.items():
            for at in (*places[:2], *places[-2:]):
                if self.blocks[at].text in repeated:
                    self.running.setdefault(page, self.blocks[at].text)
        return repeated

    def _by_page(self) -> Iterator[Hold]:
        """The pages that carry a marking at their edge, and the few between them that do not."""
        marked = sorted(page for page in self.running if not self._is_placeholder(page))
        for before, page in zip([None, *marked], marked, strict=False):
            places = self.pages[page]
            if not places:
                continue
            start = places[0]
            section = self._section_at(start)
            if before is not None and page - before - 1 <= UNMARKED_BETWEEN:
                start = max(section.start, min(start, *self.pages[before], start))
            yield Hold(start, places[-1] + 1, page, self.running[page][:SHOWN])

    def _section_at(self, at: int) -> Section:
        return next(one for one in self.sections if one.start <= at < one.end)

    def _is_placeholder(self, page: int | None) -> bool:
        """Whether a page of the public pack only says that a paper is not in it."""
        text = " ".join(self.blocks[at].text for at in self.pages.get(page or 0, ()))
        return "document is restricted" in text.lower() and len(text.split()) < 45

    def _by_part(self, section: Section) -> Iterator[Hold]:
        """The reports and appendices of a section that are marked where they begin."""
        at = section.start
        while at < section.end:
            words = self._marking_at(at, section)
            if not words:
                at += 1
                continue
            start, end = self._extent(at, section)
            yield Hold(start, end, self.blocks[at].page, words[:SHOWN])
            at = max(end, at + 1)

    def _marking_at(self, at: int, section: Section) -> str:
        """The words of a block that hold the part it stands in, or ""."""
        block = self.blocks[at]
        if (
            block.text in self.repeated
            or section.type in _PLANS
            or self._is_placeholder(block.page)
        ):
            return ""
        front = section.type in _FRONTS and self._is_early(at, section)
        status = _status_of(block) if not front or self._is_later(at, section) else ""
        words = status or ("" if front else _own_words(block))
        if words and section.type != "minutes":
            return words
        if block.kind is Kind.TABLE_ROW and len([cell for cell in block.cells if cell]) > 1:
            return ""
        line = block.text.split("\n")[0]
        if _APPENDIX.match(line):
            marked = self._begins_appendix(at, section) and is_marked_heading(line)
        else:
            marked = self._is_prominent(at, section, front) and is_marking(line)
            # "Not for publication: Appendix 2" in a report's head is not said of the report.
            marked = marked and not (section.type != "appendix" and _OF_APPENDIX.search(line))
        return line if marked else ""

    def _is_early(self, at: int, section: Section) -> bool:
        page, first = self.blocks[at].page, self.blocks[section.start].page
        return page is None or first is None or page - first < FRONT_PAGES

    def _is_later(self, at: int, section: Section) -> bool:
        """Whether a block stands on a later page than its section begins on."""
        return self.blocks[at].page != self.blocks[section.start].page

    def _place_on_page(self, at: int) -> int:
        page = self.blocks[at].page
        return self.pages[page].index(at) if page is not None else at

    def _is_prominent(self, at: int, section: Section, front: bool) -> bool:
        """Whether a line stands where documents and pages say what they are."""
        block, within = self.blocks[at], at - section.start
        if block.kind is Kind.LIST_ITEM or (front and self._is_listed(at)):
            return False
        if block.page is None:
            above = self.blocks[at - 1] if within else block
            titled = above.kind is Kind.HEADING and not above.number
            return titled if front else within < HEAD_BLOCKS or block.kind is Kind.HEADING
        top = self._place_on_page(at)
        if front:
            return self._is_later(at, section) and top < TOP_BLOCKS
        if section.type == "minutes":
            return top == 0
        last = len(self.pages[block.page]) - top <= 2 and len(block.text.split()) <= 12
        return within < HEAD_BLOCKS or top < TOP_BLOCKS or last

    def _is_listed(self, at: int) -> bool:
        """Whether a line is one of numbered items."""
        near = (*self.blocks[max(at - 2, 0) : at], *self.blocks[at + 1 : at + 3])
        page = self.blocks[at].page
        items = (one.page == page and bool(_ITEM.fullmatch(one.number)) for one in near)
        return bool(self.blocks[at].number) or any(items)

    def _begins_appendix(self, at: int, section: Section) -> bool:
        """Whether a line heads an appendix and is not one of a list of them."""
        around = [self.blocks[n] for n in (at - 1, at + 1) if section.start <= n < section.end]
        if any(_APPENDIX.match(one.text) or _APPENDICES.match(one.text) for one in around):
            return False
        if at == section.start:
            return True
        if self.blocks[at].page is None:
            return self.blocks[at].kind is Kind.HEADING
        return self._place_on_page(at) < TOP_BLOCKS

    def _extent(self, at: int, section: Section) -> tuple[int, int]:
        """The blocks of the report or appendix that a marking stands in."""
        heads = [
            n
            for n in range(section.start, section.end)
            if _APPENDIX.match(self.blocks[n].text) and self._begins_appendix(n, section)
        ]
        before = [n for n in heads if n < at]
        own = next((n for n in heads if at <= n <= at + TOP_BLOCKS), None)
        inside = before[-1] if before else section.start
        if is_marking(self.blocks[at].text.split("\n")[0]) or own is not None:
            start = max(inside, self._first_of_page(at, section))
            start = section.start if self._in_head(at, section) and not before else start
        else:
            start = inside
        if own is None and not before:
            return start, self._end_of_document(at, section)
        return start, next((n for n in heads if n > max(at, own or 0)), section.end)

    def _in_head(self, at: int, section: Section) -> bool:
        """Whether a marking is in the head of its section, and not at the top of a later page."""
        page = self.blocks[at].page
        later = page != self.blocks[section.start].page and self._place_on_page(at) < TOP_BLOCKS
        return at - section.start < HEAD_BLOCKS and not later

    def _end_of_document(self, at: int, section: Section) -> int:
        """The end of what a marking heads, which may be the next section where it ends this one."""
        rest = self.blocks[at + 1 : section.end]
        after = next((one for one in self.sections if one.start == section.end), None)
        if after is None or at - section.start < TOP_BLOCKS or len(rest) > TOP_BLOCKS:
            return section.end
        return section.end if any(len(block.text.split()) > 12 for block in rest) else after.end

    def _first_of_page(self, at: int, section: Section) -> int:
        page = self.blocks[at].page
        if page is not None:
            return max(section.start, self.pages[page][0])
        while at > section.start and self.blocks[at - 1].kind is Kind.HEADING:
            at -= 1
        return at

    def _by_reference(self, at: int, section: Section) -> Iterator[Hold]:
        """The appendices behind a report that it says are exempt, though they do not."""
        if section.type in _PLANS | _FRONTS | {"minutes"}:
            return
        told: dict[str, int] = {}
        for n in range(section.start, section.end):
            for name in hidden_appendices(self.blocks[n].text):
                told.setdefault(name, n)
        if not told:
            return
        for part in [section, *self._appendices_after(at)]:
            for n in range(part.start, part.end):
                found = _APPENDIX.match(self.blocks[n].text)
                name = found["name"].lower() if found else ""
                if name in told and n > told[name] and self._begins_appendix(n, part):
                    said = self.blocks[told[name]]
                    yield Hold(n, self._extent(n, part)[1], said.page, said.text[:SHOWN])

    def _appendices_after(self, at: int) -> list[Section]:
        """The appendices bound behind a report, up to the next document."""
        behind: list[Section] = []
        for section in self.sections[at + 1 :]:
            if section.type != "appendix" or section.item != self.sections[at].item:
                break
            behind.append(section)
        return behind

    def _with_appendices(self, found: list[Hold]) -> Iterator[Hold]:
        """What is bound behind a report that is held back as a whole."""
        for hold in found:
            for at, section in enumerate(self.sections):
                if (
                    section.type == "appendix"
                    or not hold.start <= section.start < section.end <= hold.end
                ):
                    continue
                for behind in self._appendices_after(at):
                    yield replace(hold, start=behind.start, end=behind.end)


def _status_of(block: Block) -> str:
    """The status that a line or a row of a report's head gives it, where it is secret."""
    if block.kind is Kind.TABLE_ROW:
        cells = [cell for cell in block.cells if cell]
        pairs = list(zip(cells[::2], cells[1::2], strict=False)) if len(cells) <= 4 else []
    else:
        lines = (line.partition(":") for line in block.text.split("\n"))
        pairs = [(label, value) for label, _, value in lines if value]
    return next((f"{a.strip()}: {b.strip()}" for a, b in pairs if is_secret_status(a, b)), "")


def _own_words(block: Block) -> str:
    """The block's text where it is a sentence that says that its report is held back."""
    if block.kind is Kind.TABLE_ROW and len([cell for cell in block.cells if cell]) > 2:
        return ""
    return block.text if says_of_itself(block.text) else ""
