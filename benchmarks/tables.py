"""Scores table reading on the ICDAR 2013 files: relations between neighbouring cells.

Run as `python -m benchmarks.tables [FOLDER]`. The measure is that of Göbel et al., "A
Methodology for Evaluating Algorithms for Table Understanding in PDF Documents" (2012): every
cell with its nearest right and lower neighbour is one relation, compared by text without white
space. Relations are pooled by page, so a table that is split or missed costs recall.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from warnings import catch_warnings

import pdfplumber
from lxml import etree

from assistant.papers import Block, Kind
from assistant.pdf import read_pdf

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "tables" / "icdar2013-eu"
FLAVOURS = ("lattice", "stream", "hybrid")
Cell = tuple[int, int, int, int, str]  # first row, first column, last row, last column, text
Relation = tuple[int, str, str, str]  # page, text, neighbour's text, direction


def relations(page: int, cells: Iterable[Cell]) -> Counter[Relation]:
    """Each cell with its nearest neighbour to the right and below, blanks skipped."""
    grid: dict[tuple[int, int], int] = {}
    filled = [cell for cell in cells if cell[4]]
    for index, (top, left, bottom, right, _) in enumerate(filled):
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                grid[row, column] = index
    height = max((row for row, _ in grid), default=0)
    width = max((column for _, column in grid), default=0)
    pairs: set[tuple[int, int, str]] = set()
    for (row, column), index in grid.items():
        beside = ((row, other) for other in range(column + 1, width + 1))
        below = ((other, column) for other in range(row + 1, height + 1))
        for direction, places in (("right", beside), ("below", below)):
            near = next((grid[place] for place in places if place in grid), index)
            if near != index:
                pairs.add((index, near, direction))
    return Counter((page, filled[a][4], filled[b][4], way) for a, b, way in pairs)


def plain(text: str) -> str:
    """The text as it is compared: no white space, one kind of dash."""
    return re.sub(r"[–—−]", "-", re.sub(r"\s+", "", text))


def truth(path: Path) -> Counter[Relation]:
    """The relations of a file's tables as people marked them."""
    found: Counter[Relation] = Counter()
    for table in etree.parse(str(path)).iter("table"):
        for region in table.iter("region"):
            cells: list[Cell] = []
            for cell in region.iter("cell"):
                top, left = int(cell.get("start-row")), int(cell.get("start-col"))
                bottom, right = int(cell.get("end-row", top)), int(cell.get("end-col", left))
                cells.append((top, left, bottom, right, plain(cell.findtext("content") or "")))
            found += relations(int(region.get("page")), cells)
    return found


def ours(path: Path) -> Counter[Relation]:
    """The relations that our reader sees."""
    tables: dict[tuple[int, int], list[Block]] = {}
    for block in read_pdf(path).blocks:
        if block.kind is Kind.TABLE_ROW and block.page:
            tables.setdefault((block.page, block.table), []).append(block)
    found: Counter[Relation] = Counter()
    for (page, _), rows in tables.items():
        found += relations(page, _cells(row.cells for row in rows))
    return found


def theirs(path: Path) -> Counter[Relation]:
    """The relations that pdfplumber sees with its default settings."""
    found: Counter[Relation] = Counter()
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages, start=1):
            for table in page.extract_tables():
                found += relations(number, _cells([cell or "" for cell in row] for row in table))
    return found


def camelots(flavour: str) -> Callable[[Path], Counter[Relation]]:
    """A reader with camelot in one of its flavours: by rulings, by white space, or both."""
    import camelot

    def read(path: Path) -> Counter[Relation]:
        found: Counter[Relation] = Counter()
        with catch_warnings(action="ignore"):  # of pages without a table
            for table in camelot.read_pdf(str(path), pages="all", flavor=flavour):
                found += relations(int(table.page), _cells(table.data))
        return found

    return read


def _cells(rows: Iterable[Iterable[str]]) -> list[Cell]:
    return [
        (row, column, row, column, plain(text))
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]


def score(folder: Path, reader: Callable[[Path], Counter[Relation]]) -> dict[str, tuple[int, ...]]:
    """For each file: relations right, found, and true."""
    scores: dict[str, tuple[int, ...]] = {}
    for path in sorted(folder.glob("*.pdf")):
        marked: Counter[Relation] = Counter()
        for part in folder.glob(f"{path.stem.rstrip('ab')}*-str.xml"):
            marked += truth(part)
        found = reader(path)
        scores[path.stem] = ((found & marked).total(), found.total(), marked.total())
    return scores


def _by_file(scores: dict[str, tuple[int, ...]]) -> float:
    """F1 of each file, averaged, so that one long table does not decide."""
    return sum(2 * a / max(b + c, 1) for a, b, c in scores.values()) / max(len(scores), 1)


def main(folder: Path) -> None:
    """Prints precision, recall and F1 of each reader, pooled over the files."""
    readers = {"ours": ours, "pdfplumber": theirs}
    if find_spec("camelot"):
        readers |= {f"camelot {flavour}": camelots(flavour) for flavour in FLAVOURS}
    else:
        print("camelot is not installed, so not compared; run: pip install -e '.[tables]'")
    for name, reader in readers.items():
        scores = score(folder, reader)
        right, found, marked = (sum(column) for column in zip(*scores.values(), strict=True))
        precision, recall = right / max(found, 1), right / max(marked, 1)
        harmonic = 2 * right / max(found + marked, 1)
        print(
            f"{name:16} precision {precision:.3f}  recall {recall:.3f}  F1 {harmonic:.3f}", end=""
        )
        print(f"  F1 by file, averaged {_by_file(scores):.3f}")
        for stem, (a, b, c) in scores.items():
            print(f"   {stem:8} {a:5} right of {b:5} found, {c:5} true")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
