"""Passages: the units of a paper that a councillor would cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.papers import Block, Box, Kind, Paper, Section
from assistant.text import sentences

# A passage holds at most this many words: longer ones stop being a citation and become a page.
MAX_WORDS = 180
# Neighbouring unnumbered lines shorter than this are read as one (contact details, indicator
# values under their name), up to SHORT_RUN words together.
SHORT_LINE = 18
SHORT_RUN = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words from `offset` on stand in the file."""

    offset: int
    page: int | None
    printed: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one paper, with what rides beside them: only `text` is ever quoted."""

    key: int  # position in the index; -1 before it is indexed
    paper: str  # path below the corpus folder
    kind: Kind
    text: str
    places: tuple[Place, ...]
    trail: tuple[str, ...] = ()  # headings above, outermost first
    lead: str = ""  # lead-in of the list that this passage goes on with
    paragraph: str = ""  # paragraph or minute number as printed
    heads: tuple[str, ...] = ()  # a table row's column heads, one for each cell
    cells: tuple[str, ...] = ()
    caption: str = ""  # the table's title
    table: int = 0
    title: str = ""  # of the report, minutes or appendix that it stands in
    type: str = ""
    item: str = ""
    item_title: str = ""
    committee: str = ""
    meeting_date: date | None = None

    def place_at(self, offset: int) -> Place:
        """The place of the word at `offset` in the text."""
        found = self.places[0]
        for place in self.places:
            if place.offset <= offset:
                found = place
        return found

    @property
    def page(self) -> int | None:
        """The PDF page on which the passage begins, from 1."""
        return self.places[0].page

    @property
    def heading(self) -> str:
        """What a reader sees above the words: headings, the table's title and column heads."""
        heads = [head for head in self.heads if head]
        parts = [*self.trail, self.caption, " | ".join(dict.fromkeys(heads))]
        return " > ".join(part for part in dict.fromkeys(parts) if part)


def cut_paper(paper: Paper) -> list[Passage]:
    """The passages of a paper in reading order; together they hold every word of its blocks."""
    passages: list[Passage] = []
    for section in paper.sections:
        for group, trail in _groups(paper.blocks[section.start : section.end]):
            passages += _cut_group(paper, section, group, trail)
    return passages


def _groups(blocks: tuple[Block, ...]) -> Iterator[tuple[list[Block], tuple[str, ...]]]:
    """Runs of blocks that belong in one passage, each with the headings above it.

    A heading with nothing beneath it is a run of its own, so that its words are not lost.
    """
    headings: list[Block] = []
    bare: list[Block] = []  # headings above that no run has followed yet
    run: list[Block] = []
    for block in blocks:
        if block.kind is not Kind.HEADING and run and _goes_with(run, block):
            run.append(block)
            continue
        if run:
            yield run, _trail(headings)
            run, bare = [], []
        if block.kind is not Kind.HEADING:
            run = [block]
            continue
        above = [heading for heading in headings if heading.level < block.level]
        lost = [heading for heading in bare if heading not in above]
        if lost:
            yield lost, _trail([heading for heading in headings if heading not in bare])
            bare = [heading for heading in bare if heading in above]
        headings = [*above, block]
        bare.append(block)
    if run:
        yield run, _trail(headings)
    elif bare:
        yield bare, _trail([heading for heading in headings if heading not in bare])


def _trail(headings: list[Block]) -> tuple[str, ...]:
    return tuple(f"{h.number} {h.text}".strip() for h in headings)


def _goes_with(run: list[Block], block: Block) -> bool:
    """Whether a block belongs in the same passage as the run before it."""
    last = run[-1]
    if block.kind is Kind.TABLE_ROW or last.kind is Kind.TABLE_ROW:
        return block.continues and block.kind is last.kind
    if block.continues:
        return True
    if block.kind is Kind.LIST_ITEM:
        return last.kind is Kind.LIST_ITEM or last.text.endswith((":", ";", "-", "–"))
    if block.number or last.number or last.kind is Kind.LIST_ITEM:
        return False
    return _is_short(block) and _is_short(last) and _count(run) + _words(block) <= SHORT_RUN


def _is_short(block: Block) -> bool:
    return _words(block) < SHORT_LINE


def _words(block: Block) -> int:
    return len(block.text.split())


def _count(run: list[Block]) -> int:
    return sum(map(_words, run))


def _cut_group(
    paper: Paper, section: Section, group: list[Block], trail: tuple[str, ...]
) -> list[Passage]:
    first = group[0]
    whole = Passage(
        key=-1,
        paper=paper.record.path,
        kind=_kind(first, section),
        text="",
        places=(),
        trail=trail,
        paragraph=first.number if first.kind is not Kind.LIST_ITEM else "",
        heads=first.heads,
        cells=first.cells,
        caption=first.caption,
        table=first.table,
        title=section.title,
        type=section.type,
        item=section.item,
        item_title=section.item_title,
        committee=section.committee or paper.record.committee,
        meeting_date=section.meeting_date or paper.record.meeting_date,
    )
    return _fill(whole, _pieces(group))


def _kind(first: Block, section: Section) -> Kind:
    if section.type == "minutes" and first.kind is Kind.PARAGRAPH:
        return Kind.MINUTE
    return first.kind


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that are not cut any further, with the glue that joins them to those before."""

    text: str
    glue: str
    block: Block


def _pieces(group: list[Block]) -> Iterator[_Piece]:
    for at, block in enumerate(group):
        # A list keeps a line for each item; what goes on over a page is the same line.
        glue = " " if block.continues or at == 0 else "\n"
        mark = f"{block.number} " if block.kind is Kind.LIST_ITEM and block.number else ""
        text = mark + block.text
        if len(text.split()) <= MAX_WORDS:
            yield _Piece(text, glue, block)
            continue
        for start, end in _cuts(text):
            yield _Piece(text[start:end], glue if start == 0 else " ", block)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Spans of a long text, none over MAX_WORDS: its sentences, or slices of one that is longer."""
    for start, end in sentences(text):
        words = text[start:end].split(" ")
        if len(words) <= MAX_WORDS:
            yield start, end
            continue
        at = start
        for first in range(0, len(words), MAX_WORDS):
            width = len(" ".join(words[first : first + MAX_WORDS]))
            yield at, at + width
            at += width + 1


def _fill(whole: Passage, pieces: Iterator[_Piece]) -> list[Passage]:
    """Joins pieces into passages of at most MAX_WORDS; a list's lead-in rides beside the rest."""
    done: list[Passage] = []
    text, lead = "", ""
    places: list[Place] = []
    for piece in pieces:
        if text and len(text.split()) + len(piece.text.split()) > MAX_WORDS:
            done.append(replace(whole, text=text, places=tuple(places), lead=lead))
            lead = lead or (text.split("\n")[0] if piece.block.kind is Kind.LIST_ITEM else "")
            text, places = "", []
        if text:
            text += piece.glue
        where = piece.block
        places.append(Place(len(text), where.page, where.printed, where.box))
        text += piece.text
    if text:
        done.append(replace(whole, text=text, places=tuple(places), lead=lead))
    return done


# Words of headings that ride along into the embedding: enough to say where a row or a short
# paragraph stands, few enough not to drown it (and each costs as much time as one of its own).
CONTEXT_WORDS = 20


def context(passage: Passage) -> str:
    """What rides beside the words of a passage and is searched but never quoted."""
    heads = " ".join(dict.fromkeys(head for head in passage.heads if head))
    stem = passage.paper.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    parts = [passage.title, passage.item_title, *passage.trail, passage.caption, heads]
    parts += [passage.lead, passage.committee, stem]
    return "\n".join(dict.fromkeys(part for part in parts if part))


def embedding_text(passage: Passage) -> str:
    """The words the embedder reads: the nearest headings, then the passage."""
    above = [passage.title, *passage.trail[-2:], passage.caption, passage.lead]
    lead = " - ".join(dict.fromkeys(part for part in above if part))
    return f"{' '.join(lead.split()[-CONTEXT_WORDS:])}: {labelled(passage)}"


def labelled(passage: Passage) -> str:
    """A table row with each cell behind its column head; any other passage as it stands."""
    if not any(passage.heads):
        return passage.text
    pairs = zip(passage.cells, passage.heads, strict=False)
    return "; ".join(f"{head}: {cell}" if head else cell for cell, head in pairs if cell)
