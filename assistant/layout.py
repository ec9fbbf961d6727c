"""From sheets to blocks: headings told from text, tables numbered, page breaks bridged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from assistant.cells import Row
from assistant.flow import BULLET, COUNT, LETTER, Piece, page_flow
from assistant.furniture import Stripped
from assistant.papers import Block, Box, Kind
from assistant.sheet import Sheet, turned
from assistant.tables import Table, find_tables

LARGE = 1.12  # type this much larger than the body's makes a heading
LONGEST_HEADING = 22  # words
Style = tuple[float, bool]


def blocks_of(pages: list[Stripped]) -> tuple[Block, ...]:
    """The paper's blocks in reading order."""
    found = [(page, *find_tables(page.sheet)) for page in pages]
    flows = [(page, page_flow(rest, tables)) for page, tables, rest in found]
    body = _body_size(piece for _, flow in flows for piece in flow if isinstance(piece, Piece))
    levels = _levels(
        [p for _, flow in flows for p in flow if isinstance(p, Piece) and _is_heading(p, body)]
    )
    writer = _Writer(body, levels)
    for page, flow in flows:
        writer.page(page, flow)
    return tuple(writer.blocks)


def _body_size(pieces: Iterable[Piece]) -> float:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        if len(piece.text) > 60 or not sizes:
            sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _is_heading(piece: Piece, body: float) -> bool:
    words = piece.text.split()
    if not words or len(words) > LONGEST_HEADING or not any(map(str.isalpha, piece.text)):
        return False
    if BULLET.match(piece.mark) or piece.text[0].islower() or piece.text.endswith((";", ",")):
        return False
    if piece.size >= LARGE * body:
        return len(words) <= 14 or not piece.text.endswith(".")
    if piece.text.endswith("."):
        return False
    capitals = piece.text.isupper() and len(piece.text) > 3
    return (piece.bold and piece.size > 0.85 * body) or (
        capitals and bool(piece.mark) and not LETTER.match(piece.mark)
    )


def _style(piece: Piece) -> Style:
    return round(piece.size), piece.bold


def _levels(headings: list[Piece]) -> dict[Style, int]:
    """Heading levels by type: larger before smaller, bold before plain."""
    styles = sorted({_style(piece) for piece in headings}, reverse=True)
    return {style: min(level, 6) for level, style in enumerate(styles, start=1)}


class _Writer:
    """Writes the blocks page by page, and remembers what may go on over the page."""

    def __init__(self, body: float, levels: dict[Style, int]) -> None:
        self.body = body
        self.levels = levels
        self.blocks: list[Block] = []
        self.tables = 0
        self.open_table: Table | None = None  # the last thing on the page before

    def page(self, page: Stripped, flow: list[Piece | Table]) -> None:
        """Adds one page's blocks."""
        first, before = True, len(self.blocks)
        for index, item in enumerate(flow):
            if isinstance(item, Table):
                self._table(page, item, flow[index + 1 : index + 2], first)
            else:
                self._piece(page, item, first)
            first = False
        if flow:
            last = flow[-1]
            self.open_table = last if isinstance(last, Table) else None
        if page.sheet.ocr:
            read = self.blocks[before:]
            self.blocks[before:] = [replace(b, ocr=_sureness(page.sheet, b)) for b in read]

    def _piece(self, page: Stripped, piece: Piece, first: bool) -> None:
        heading = _is_heading(piece, self.body)
        if heading:
            kind, level = Kind.HEADING, self.levels[_style(piece)]
        elif any(form.match(piece.mark) for form in (LETTER, COUNT, BULLET)):
            kind, level = Kind.LIST_ITEM, 1
        else:
            kind, level = Kind.PARAGRAPH, 0
        bullet = BULLET.match(piece.mark)
        block = Block(
            kind,
            piece.text,
            page.sheet.number,
            page.printed,
            _box(page.sheet, piece),
            level,
            "" if bullet else piece.mark,
        )
        if first and self._goes_on(block):
            block = replace(block, continues=True)
        self.blocks.append(block)

    def _goes_on(self, block: Block) -> bool:
        if not self.blocks or block.kind is not Kind.PARAGRAPH or block.number:
            return False
        last = self.blocks[-1]
        if last.page == block.page or last.kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM):
            return False
        return not last.text.endswith((".", ":", ";", "?", "!")) or block.text[0].islower()

    def _table(self, page: Stripped, table: Table, after: list[Piece | Table], first: bool) -> None:
        before = self.open_table if first else None
        rows = list(table.rows)
        names = table.names
        heads = table.heads
        caption = self._caption(page, after)
        same = before is not None and _same_columns(before, table)
        if same and before is not None:
            rows, heads = _without_heads(before, table)
            names = before.names if any(before.names) else names
            caption = self.blocks[-1].caption
            table = replace(table, names=names, edges=before.edges)
        else:
            self.tables += 1
        for index, row in enumerate(rows):
            cells = row.texts(table.columns)
            text = " | ".join(cell for cell in cells if cell)
            self.blocks.append(
                Block(
                    Kind.TABLE_ROW,
                    text,
                    page.sheet.number,
                    page.printed,
                    _row_box(page.sheet, table, row),
                    cells=cells,
                    heads=() if index < heads else tuple(names),
                    caption=caption,
                    table=self.tables,
                    continues=same and index == 0 and _row_goes_on(self.blocks[-1], cells),
                )
            )

    def _caption(self, page: Stripped, after: list[Piece | Table]) -> str:
        last = self.blocks[-1] if self.blocks else None
        above = last is not None and last.page == page.sheet.number
        if last and above and (last.kind is Kind.HEADING or _names_table(last.text)):
            return f"{last.number} {last.text}".strip()
        if after and isinstance(after[0], Piece) and _names_table(after[0].text):
            return after[0].text
        return ""


def _names_table(text: str) -> bool:
    words = text.split()
    return (
        1 < len(words) <= 30
        and words[0].lower().rstrip(":") in ("table", "chart", "figure", "appendix", "annex")
        and any(map(str.isalnum, words[1]))
    )


def _same_columns(before: Table, table: Table) -> bool:
    """Whether the table goes on from the one at the end of the page before."""
    if before.columns != table.columns:
        return False
    width = max(table.edges[-1] - table.edges[0], 1.0)
    return all(abs(a - b) < 0.04 * width for a, b in zip(before.edges, table.edges, strict=True))


def _without_heads(before: Table, table: Table) -> tuple[list[Row], int]:
    """The rows that go on, without a head that is printed again."""
    columns = table.columns
    known = {row.texts(columns) for row in before.rows[: max(before.heads, 1)]}
    count = 0
    for row in table.rows:
        if row.texts(columns) not in known:
            break
        count += 1
    return list(table.rows[count:]), 0


def _row_goes_on(last: Block, cells: tuple[str, ...]) -> bool:
    """A row cut by the page break: its first cell is blank, or a sentence is left open."""
    filled = [cell for cell in cells if cell]
    if not cells[0] and filled and last.cells and last.cells[0]:
        return True
    return bool(filled) and filled[0][:1].islower()


def _box(sheet: Sheet, piece: Piece) -> Box:
    return _placed(
        sheet,
        min(line.left for line in piece.lines),
        min(line.top for line in piece.lines),
        max(line.right for line in piece.lines),
        max(line.bottom for line in piece.lines),
    )


def _row_box(sheet: Sheet, table: Table, row: Row) -> Box:
    return _placed(sheet, table.region.left, row.top, table.region.right, row.bottom)


def _sureness(sheet: Sheet, block: Block) -> int:
    """How sure OCR is of a block, by its letters, in percent; 0 where it does not say."""
    letters, sure = 0, 0
    for word in sheet.words:
        box = _placed(sheet, *word[1:5])
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        edge = block.box
        if edge and edge.left <= x <= edge.right and edge.top <= y <= edge.bottom:
            letters += len(word.text)
            sure += len(word.text) * word.sure
    return round(sure / letters) if letters else 0


def _placed(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> Box:
    """The box on the page as a viewer shows it, before it was turned for reading."""
    back = (360 - sheet.turn) % 360
    box = turned((left, top, right, bottom), back, sheet.width, sheet.height)
    return Box(*(round(side, 1) for side in box))
