"""What a reader makes of a file: blocks with their kind and place, and the paper they form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# In what a reader says of pages that it could not read without the extra for scanned papers
NEEDS_OCR = "needs OCR"


class Kind(StrEnum):
    """What a block is, as a reader of the paper would name it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row, in the paper's own words.

    `text` never holds running heads, page stamps, markup or footnote marks. A table row's text
    is its non-empty cells joined by ` | `; `cells` keeps the blanks, and `heads` names the
    column above each cell ("" where there is none; a two-level head is joined by ` > `).
    """

    kind: Kind
    text: str
    page: int | None = None  # PDF page, from 1; None where the file has no pages
    printed: str = ""  # page number as printed on the page, "" where none is
    box: Box | None = None
    level: int = 0  # depth of a heading, from 1; depth of a list item, from 1
    number: str = ""  # "4.3", "a)", "12." as printed, without surrounding space
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    caption: str = ""  # a table's title, where it stands directly above or below the table
    table: int = 0  # number of the table within the paper, from 1; 0 outside tables
    continues: bool = False  # goes on with the sentence (or row) of the block before it
    # How sure OCR is of the words, in percent, 0 where it does not say; None where they are typed
    ocr: int | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of a PDF's outline."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Running:
    """A running head, foot or watermark: on the page, and in none of the blocks."""

    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader took from one file."""

    blocks: tuple[Block, ...]
    pages: int | None = None
    title: str = ""  # the file's own title metadata, "" where none
    bookmarks: tuple[Bookmark, ...] = ()
    remarks: tuple[str, ...] = ()  # plain words for the officer: "3 of 9 pages hold only pictures"
    running: tuple[Running, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A run of blocks that belong to one agenda item and one document bound into the paper."""

    start: int  # first block
    end: int  # one past the last block
    title: str  # the report's or minutes' own title
    type: str  # "agenda", "minutes", "report", "appendix", ...
    item: str = ""  # agenda item number as printed
    item_title: str = ""
    committee: str = ""
    meeting_date: date | None = None


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What is known of one file of the corpus, from its own words or an officer's."""

    path: str  # below the corpus folder, with forward slashes
    digest: str  # SHA-256 of the file's bytes
    title: str
    type: str
    council: str
    committee: str
    meeting_date: date | None
    pages: int | None
    remarks: tuple[str, ...] = ()
    source: str = ""  # its address on the web, "" where nobody recorded it
    minutes: str = ""  # "draft minutes" or "confirmed minutes", where it holds any


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of the corpus: its record, and its blocks in reading order."""

    record: PaperRecord
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
