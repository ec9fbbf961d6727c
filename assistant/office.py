"""Reader of Word documents."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from assistant.errors import PaperUnreadable
from assistant.guarded import serve
from assistant.inline import escape
from assistant.markup import read_markup
from assistant.papers import Reading, Running

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_LARGEST = 400_000_000  # bytes unpacked; a bigger "document" is a damaged or hostile file
_HEADING = re.compile(r"heading (\d)", re.I)
_DELETED = frozenset(qn(name) for name in ("w:del", "w:moveFrom"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")


def read_docx(path: Path) -> Reading:
    """The blocks of a Word document: body and tables, tracked deletions and hidden words left out.

    A document has no pages until it is printed, so blocks carry none.
    """
    body, title, styles, numbering, running = _open(path)
    numbers = _Numbers(numbering, styles)
    lines = list(_body_lines(body, styles, numbers))
    reading = read_markup("\n".join(lines), path.name)
    hidden = sum(1 for run in body.iter(qn("w:r")) if _is_hidden(run))
    remarks = (f"{hidden} run{'s'[: hidden > 1]} of hidden words left out",) if hidden else ()
    return Reading(reading.blocks, None, title, remarks=remarks + reading.remarks, running=running)


def _open(
    path: Path,
) -> tuple[Element, str, dict[str, Element], Element | None, tuple[Running, ...]]:
    """The body, title, styles by id, numbering and running heads of a document."""
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise PaperUnreadable(f"{path.name}: the file is empty")
    if start == _OLD_OR_LOCKED:
        raise PaperUnreadable(
            f"{path.name}: is protected with a password or in the old .doc format; save it as .docx"
        )
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            size = sum(entry.file_size for entry in package.infolist())
        if "word/vbaProject.bin" in names:
            raise PaperUnreadable(f"{path.name}: holds macros; save it as .docx without them")
        if size > _LARGEST:
            raise PaperUnreadable(f"{path.name}: unpacks to more than a document can hold")
        document = Document(str(path))
        styles = {str(style.style_id): style.element for style in document.styles}
        numbering = _numbering_of(document.part)
        running = tuple(Running(None, line) for line in _running_of(document.part))
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        SyntaxError,  # broken XML in the package, as lxml reports it
        KeyError,
        ValueError,
    ) as error:
        raise PaperUnreadable(f"{path.name}: is damaged or is not a Word document") from error
    title = document.core_properties.title or ""
    return document.element.body, title, styles, numbering, running


def _running_of(part: object) -> Iterator[str]:
    """The lines of a document's page heads and feet, and the words of its watermarks."""
    for relation in getattr(part, "rels", {}).values():
        if str(relation.reltype).endswith(("/header", "/footer")):
            edge: Element = relation.target_part.element
            for paragraph in edge.iter(qn("w:p")):
                yield "".join(word.text or "" for word in paragraph.iter(qn("w:t")))
            yield from (str(mark.get("string")) for mark in edge.iter(_WATERMARK))


def _numbering_of(part: object) -> Element | None:
    for relation in getattr(part, "rels", {}).values():
        if str(relation.reltype).endswith("/numbering"):
            element: Element = relation.target_part.element
            return element
    return None


def _body_lines(body: Element, styles: dict[str, Element], numbers: _Numbers) -> Iterator[str]:
    """Paragraphs and rows as lines of Markdown, a blank line after each paragraph and table."""
    for element in body:
        if element.tag == qn("w:p"):
            yield _paragraph_line(element, styles, numbers)
            yield ""
        elif element.tag == qn("w:tbl"):
            yield from _table_lines(element, numbers)
            yield ""
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _body_lines(element, styles, numbers)


def _paragraph_line(paragraph: Element, styles: dict[str, Element], numbers: _Numbers) -> str:
    words = _words_of(paragraph)
    if not words:
        return ""
    level = _heading_level(paragraph, styles)
    mark = numbers.mark(paragraph)
    return f"{'#' * level} {mark}{words}" if level else f"{mark}{words}"


def _heading_level(paragraph: Element, styles: dict[str, Element]) -> int:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style = styles.get(str(found.get(qn("w:val")))) if found is not None else None
    name = style.find(qn("w:name")) if style is not None else None
    called = str(name.get(qn("w:val"))) if name is not None else ""
    heading = _HEADING.match(called)
    return int(heading[1]) if heading else int(called.lower() == "title")


def _words_of(element: Element) -> str:
    """The words of a paragraph with bold and raised runs marked."""
    parts = (_run_words(run) for run in element.iter(qn("w:r")) if not _is_left_out(run))
    joined = "".join(parts).replace("</b><b>", "").replace("</b> <b>", " ")
    return re.sub(r"[ \t\n]+", " ", joined).strip()


def _is_left_out(run: Element) -> bool:
    above = {parent.tag for parent in run.iterancestors()}
    return _is_hidden(run) or bool(above & _DELETED) or _FALLBACK in above


def _is_hidden(run: Element) -> bool:
    return run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None


def _run_words(run: Element) -> str:
    words = ""
    for child in run:
        if child.tag == qn("w:t"):
            words += escape(child.text or "")
        elif child.tag == qn("w:noBreakHyphen"):
            words += "-"
        elif child.tag == qn("w:tab"):
            words += " "
        elif child.tag in (qn("w:br"), qn("w:cr")):
            words += "<br>" if child.get(qn("w:type")) is None else " "
    raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    if raised is not None and raised.get(qn("w:val")) == "superscript":
        return f"<sup>{words}</sup>"
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    heavy = bold is not None and bold.get(qn("w:val")) not in ("0", "false")
    return f"<b>{words}</b>" if heavy and words.strip() else words


def _table_lines(table: Element, numbers: _Numbers) -> Iterator[str]:
    """Rows with cells parted by tabs; a merged cell stands once, with blanks where it reaches."""
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not table:
            continue
        cells: list[str] = []
        for cell in row.findall(f"{qn('w:tc')}") + row.findall(f"{qn('w:sdt')}//{qn('w:tc')}"):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            wide = int(span.get(qn("w:val")) or 1) if span is not None else 1
            cells += [_cell_words(cell, numbers), *[""] * (min(wide, 60) - 1)]
        yield "\t".join(cells)


def _cell_words(cell: Element, numbers: _Numbers) -> str:
    paragraphs = [(numbers.mark(item), _words_of(item)) for item in cell.iter(qn("w:p"))]
    filled = [("• " if mark == "- " else mark) + words for mark, words in paragraphs if words]
    return filled[0] if len(filled) == 1 else "".join(f"<p>{words}</p>" for words in filled)


class _Numbers:
    """Counts automatic numbers as Word prints them, which the file holds only as rules."""

    def __init__(self, numbering: Element | None, styles: dict[str, Element]) -> None:
        self.styles = styles
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0] * 9)
        self.levels: dict[tuple[str, int], tuple[str, str]] = {}
        self.lists: dict[str, str] = {}
        if numbering is not None:
            self._learn(numbering)

    def _learn(self, numbering: Element) -> None:
        for rules in numbering.findall(qn("w:abstractNum")):
            key = str(rules.get(qn("w:abstractNumId")))
            for level in rules.findall(qn("w:lvl")):
                depth = int(level.get(qn("w:ilvl")) or 0)
                self.levels[key, depth] = (_value(level, "w:numFmt"), _value(level, "w:lvlText"))
        for number in numbering.findall(qn("w:num")):
            self.lists[str(number.get(qn("w:numId")))] = _value(number, "w:abstractNumId")

    def mark(self, paragraph: Element) -> str:
        """The number or bullet printed before a paragraph, with a space after it; "" for none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        key, depth = place
        kind, pattern = self.levels[key, depth]
        if kind in ("bullet", "none"):
            return "- " if kind == "bullet" else ""
        counts = self.counts[key]
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (8 - depth)
        return re.sub(r"%(\d)", lambda found: self._count(key, int(found[1]) - 1), pattern) + " "

    def _count(self, key: str, depth: int) -> str:
        count = max(self.counts[key][depth], 1)
        kind = self.levels.get((key, depth), ("decimal", ""))[0]
        if kind.endswith("Roman") and count <= len(_ROMAN):
            return _ROMAN[count - 1].upper() if kind.startswith("upper") else _ROMAN[count - 1]
        if kind.endswith("Letter") and count <= 26:
            return chr((ord("A") if kind.startswith("upper") else ord("a")) + count - 1)
        return str(count)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and depth of a paragraph, its own or its style's."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is None:
            named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            style = self.styles.get(str(named.get(qn("w:val")))) if named is not None else None
            own = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if style is not None else None
        if own is None:
            return None
        key = self.lists.get(_value(own, "w:numId"), "")
        depth = int(_value(own, "w:ilvl") or 0)
        return (key, depth) if (key, depth) in self.levels else None


def _value(element: Element, name: str) -> str:
    found = element.find(qn(name))
    return str(found.get(qn("w:val"))) if found is not None else ""


if __name__ == "__main__":
    serve(read_docx)
