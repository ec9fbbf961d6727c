"""Passages: the units of a paper that a councillor would cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.papers import Block, Box, Kind, Paper, Section
from assistant.text import sentences, states_value

# A passage holds at most this many words: longer ones stop being a citation and become a page.
MAX_WORDS = 180
# Neighbouring unnumbered lines shorter than this are read as one (contact details, indicator
# values under their name), up to SHORT_RUN words together.
SHORT_LINE = 18
SHORT_RUN = 60
# A line that names the short lines after it (an indicator with its officers) is no longer.
NAMING_WORDS = 45
# Words of headings that ride along into the embedding: enough to say where a row or a short
# paragraph stands, few enough not to drown it (and each costs as much time as one of its own).
CONTEXT_WORDS = 20
JOINED = " | "  # between the cells of a row


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words from `offset` on stand in the file."""

    offset: int
    page: int | None
    printed: str
    box: Box | None
    ocr: int | None = None  # as `Block.ocr` has it


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one paper, with what rides beside them: only `text` is ever quoted."""

    key: int  # position in the index; -1 before it is indexed
    paper: str  # path below the corpus folder
    kind: Kind
    text: str
    places: tuple[Place, ...]
    trail: tuple[str, ...] = ()  # headings above, outermost first
    lead: str = ""  # lead-in of the list that it goes on with, or the line that names it
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
        name, table = "", 0
        for group, trail in _groups(paper.blocks[section.start : section.end]):
            cut = _cut_group(paper, section, group, trail)
            titled = group[0].table != table and _titles_table(group)
            table = group[0].table
            if name and not titled and _is_fragment(cut):
                cut = [replace(cut[0], lead=name)]
            else:
                name = _naming(group[-1])
            passages += cut
    return passages


def _is_fragment(cut: list[Passage]) -> bool:
    """Whether a passage is so short, and under so little, that it lacks what it is about."""
    bare = len(cut) == 1 and not (cut[0].lead or cut[0].caption or any(cut[0].heads))
    return bare and not cut[0].paragraph and _size(cut[0].text) < SHORT_LINE


def _titles_table(group: list[Block]) -> bool:
    """Whether the first row of a table is one cell over all of it, which says what it is about."""
    row = group[0]
    return len(group) == 1 and len(row.cells) > 1 and sum(map(bool, row.cells)) == 1


def _naming(block: Block) -> str:
    """The words of a line that may name the short lines after it, or "".

    A sentence, a value, and a row with cells of its own name nothing.
    """
    ends = block.text.endswith((".", ";", "!", "?")) or sum(map(bool, block.cells)) > 1
    names = not ends and not states_value(block.text) and _size(block.text) <= NAMING_WORDS
    return block.text if names else ""


def _groups(blocks: tuple[Block, ...]) -> Iterator[tuple[list[Block], tuple[str, ...]]]:
    """Runs of blocks that belong in one passage, each with the headings above it.

    A heading with nothing beneath it is a run of its own, so that its words are not lost.
    """
    headings: list[Block] = []
    bare = False  # whether nothing has followed the last heading yet
    run: list[Block] = []
    for block in blocks:
        if block.kind is not Kind.HEADING:
            if run and not _goes_with(run, block):
                yield run, _trail(headings)
                run = []
            run.append(block)
            bare = False
            continue
        if run:
            yield run, _trail(headings)
            run = []
        if bare and headings[-1].level >= block.level:
            yield headings[-1:], _trail(headings[:-1])
        headings = [*(h for h in headings if h.level < block.level), block]
        bare = True
    if run:
        yield run, _trail(headings)
    elif bare:
        yield headings[-1:], _trail(headings[:-1])


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
        caption=first.caption,
        table=first.table,
        title=section.title,
        type=section.type,
        item=section.item,
        item_title=section.item_title,
        committee=section.committee or paper.record.committee,
        meeting_date=section.meeting_date or paper.record.meeting_date,
    )
    if first.kind is Kind.TABLE_ROW:
        return _fill_row(whole, _row(group))
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
    column: int = 0  # of a table row's cell


def _pieces(group: list[Block]) -> Iterator[_Piece]:
    for at, block in enumerate(group):
        # A list keeps a line for each item; what goes on over a page is the same line.
        glue = " " if block.continues or at == 0 else "\n"
        mark = f"{block.number} " if block.kind is Kind.LIST_ITEM and block.number else ""
        yield from _cut_to_fit(_Piece(mark + block.text, glue, block))


def _row_pieces(row: _Row) -> Iterator[_Piece]:
    """The words of a row cell by cell, each piece with the block that holds it."""
    for column, cell in enumerate(row.cells):
        for at, (text, block) in enumerate(cell):
            yield from _cut_to_fit(_Piece(text, " " if at else JOINED, block, column))


def _cut_to_fit(piece: _Piece) -> Iterator[_Piece]:
    if _size(piece.text) <= MAX_WORDS:
        yield piece
        return
    for start, end in _cuts(piece.text):
        glue = piece.glue if start == 0 else " "
        yield replace(piece, text=piece.text[start:end], glue=glue)


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


@dataclass(frozen=True, slots=True)
class _Row:
    """A table row: for each column its head and the parts of its cell, one from each page."""

    heads: tuple[str, ...]
    cells: tuple[tuple[tuple[str, Block], ...], ...]


def _row(group: list[Block]) -> _Row:
    """A row with what goes on over the page; columns that do not fit together stand in a line."""
    rows = [_row_of(block) for block in group]
    whole = rows[0]
    for row in rows[1:]:
        if len(row.cells) == len(whole.cells) and row.heads in (
            whole.heads,
            ("",) * len(row.heads),
        ):
            joined = tuple((*a, *b) for a, b in zip(whole.cells, row.cells, strict=True))
            whole = replace(whole, cells=joined)
        else:
            whole = _Row(whole.heads + row.heads, whole.cells + row.cells)
    return whole


def _row_of(block: Block) -> _Row:
    cells = block.cells or (block.text,)
    heads = (*block.heads, *[""] * len(cells))[: len(cells)]
    return _Row(heads, tuple(((cell, block),) if cell else () for cell in cells))


def _size(text: str) -> int:
    return len(text.split())


def _parts(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Runs of pieces that together hold at most MAX_WORDS."""
    part: list[_Piece] = []
    room = MAX_WORDS
    for piece in pieces:
        size = _size(piece.glue) + _size(piece.text)
        if part and size > room:
            yield part
            part, room = [], MAX_WORDS
        part.append(piece)
        room -= size
    if part:
        yield part


def _fill(whole: Passage, pieces: Iterable[_Piece]) -> list[Passage]:
    """Passages of at most MAX_WORDS; a list's lead-in rides beside the rest of its items."""
    done: list[Passage] = []
    lead = ""
    for part in _parts(pieces):
        if done and part[0].block.kind is Kind.LIST_ITEM:
            lead = lead or done[-1].text.split("\n")[0]
        done.append(replace(_joined(whole, part), lead=lead))
    return done


def _fill_row(whole: Passage, row: _Row) -> list[Passage]:
    """A row as one passage, or its parts: each with its own words in their columns.

    The row's first cell, which says what the row is about, rides beside the parts without it.
    """
    done: list[Passage] = []
    heads = row.heads if any(row.heads) else ()
    for part in _parts(_row_pieces(row)):
        cells = [""] * len(row.cells)
        for piece in part:
            held = cells[piece.column]
            cells[piece.column] = f"{held} {piece.text}" if held else piece.text
        label = done[0].cells[0] if done and not cells[0] else ""
        lead = label if _size(label) <= CONTEXT_WORDS else ""
        done.append(replace(_joined(whole, part), cells=tuple(cells), heads=heads, lead=lead))
    return done


def _joined(whole: Passage, part: list[_Piece]) -> Passage:
    """The passage with the words of these pieces and the places where they stand."""
    text = ""
    places: list[Place] = []
    for piece in part:
        text += piece.glue if text else ""
        where = piece.block
        place = Place(len(text), where.page, where.printed, where.box, where.ocr)
        if not places or replace(places[-1], offset=place.offset) != place:
            places.append(place)
        text += piece.text
    return replace(whole, text=text, places=tuple(places))


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


def cell_spans(passage: Passage) -> list[tuple[int, int, str]]:
    """Start, end and column head of each cell of a row; empty where its text is no plain row."""
    filled = [(at, cell) for at, cell in enumerate(passage.cells) if cell]
    if not filled or passage.text != JOINED.join(cell for _, cell in filled):
        return []
    found = []
    start = 0
    for at, cell in filled:
        head = passage.heads[at] if at < len(passage.heads) else ""
        found.append((start, start + len(cell), head))
        start += len(cell) + len(JOINED)
    return found
