"""Readers of plain text, Markdown and HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from assistant.errors import PaperUnreadable
from assistant.inline import drop_scripts, escape, plain
from assistant.markings import restricted_flag
from assistant.papers import Reading, Running
from assistant.textblocks import build_blocks
from assistant.textlines import drop_furniture, split_lines

_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\ufffd]")
_KEPT = frozenset(
    ["b", "strong", "sup", "br", "p", "div", "ol", "ul", "li", "table", "tr", "td", "th"]
)
_BLOCKS = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "div",
        "table",
        "ul",
        "ol",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "pre",
        "form",
        "fieldset",
    ]
)
_TABLE = re.compile(r"^[ \t]*<table\b.*?</table>[ \t]*$", re.I | re.S | re.M)


def read_text(path: Path) -> Reading:
    """The blocks of a text or Markdown file, tags and tables of HTML in it included."""
    return read_markup(_decode(path), path.name)


def read_html(path: Path) -> Reading:
    """The blocks of a web page: its body, without scripts, styles and navigation."""
    text, dropped = drop_scripts(_decode(path))
    soup = BeautifulSoup(text, "lxml")
    for tag in soup(["head", "nav", "noscript", "template"]):
        if tag.name != "head":
            tag.decompose()
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    body = soup.body or soup
    reading = read_markup("\n".join(_lines_of(body)), path.name)
    remarks = _script_remarks(dropped) + reading.remarks
    # A meeting system may say it in an attribute, which no reader sees.
    flag = restricted_flag(text)
    running = reading.running + ((Running(None, flag),) if flag else ())
    return replace(reading, title=title, remarks=remarks, running=running)


def read_markup(text: str, name: str) -> Reading:
    """The blocks of a text that is in memory."""
    text, dropped = drop_scripts(text)
    text = _TABLE.sub(lambda found: "\n" + "\n".join(_rows_in(found[0])) + "\n", text)
    lines, pages = split_lines(text)
    own = drop_furniture(lines)
    blocks = tuple(build_blocks(own))
    if not blocks:
        raise PaperUnreadable(f"{name}: holds no words")
    held = {(line.raw, line.page) for line in own}
    running = [Running(a.page, plain(a.raw)) for a in lines if (a.raw, a.page) not in held]
    return Reading(
        blocks, pages, remarks=_script_remarks(dropped), running=tuple(dict.fromkeys(running))
    )


def _decode(path: Path) -> str:
    data = path.read_bytes()
    if not data.strip():
        raise PaperUnreadable(f"{path.name}: the file is empty")
    if data.startswith(_BINARY):
        raise PaperUnreadable(f"{path.name}: is not a text file, whatever its name ends in")
    text = _text_of(data)
    if len(_CONTROLS.findall(text)) > len(text) / 50:
        raise PaperUnreadable(f"{path.name}: is not text")
    return text


def _text_of(data: bytes) -> str:
    """UTF-16 where the file says so, else UTF-8, else the Windows code page of older exports."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _script_remarks(dropped: int) -> tuple[str, ...]:
    if not dropped:
        return ()
    return (f"{dropped} script or style element{'s'[: dropped > 1]} left out",)


def _rows_in(table: str) -> list[str]:
    found = BeautifulSoup(table, "lxml").table
    return _table_lines(found) if found is not None else []


def _lines_of(tag: Tag, indent: int = 0) -> list[str]:
    """An element's headings, paragraphs, list items and table rows, one a line, as Markdown."""
    lines: list[str] = []
    words = ""
    for child in tag.children:
        if not isinstance(child, Tag):
            words += _inline(child)
        elif child.name in _BLOCKS:
            lines += [words, "", *_block_lines(child, indent), ""]
            words = ""
        elif child.find(list(_BLOCKS)):
            lines += [words, "", *_lines_of(child, indent), ""]
            words = ""
        else:
            words += _inline(child)
    return [*lines, words]


def _block_lines(tag: Tag, indent: int) -> list[str]:
    if re.fullmatch(r"h[1-6]", tag.name):
        return [f"{'#' * int(tag.name[1])} {_inline_of(tag)}"]
    if tag.name == "table":
        return _table_lines(tag)
    if tag.name in ("ul", "ol"):
        return _list_lines(tag, indent)
    return _lines_of(tag, indent)


def _list_lines(tag: Tag, indent: int) -> list[str]:
    lines: list[str] = []
    start = int(str(tag.get("start", "1"))) if str(tag.get("start", "1")).isdigit() else 1
    for count, item in enumerate(tag.find_all("li", recursive=False), start):
        mark = "-" if tag.name == "ul" else f"- {count}."
        inner = [line for line in _lines_of(item, indent + 1) if line.strip()]
        first, rest = (inner[0], inner[1:]) if inner else ("", [])
        lines += [f"{'  ' * indent}{mark} {first.strip()}", *rest]
    return lines


def _table_lines(table: Tag) -> list[str]:
    """The rows with cells parted by tabs; a cell over several columns or rows leaves blanks."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    caption = table.find("caption")
    lines = [_inline_of(caption), ""] if isinstance(caption, Tag) else []
    covered: dict[tuple[int, int], bool] = {}
    for down, row in enumerate(rows):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            while covered.get((down, len(cells))):
                cells.append("")
            deep, wide = _span(cell, "rowspan"), _span(cell, "colspan")
            covered |= {
                (down + step, len(cells) + n): True for step in range(1, deep) for n in range(wide)
            }
            words = _inline_of(cell)
            cells += [f"<b>{words}</b>" if cell.name == "th" else words, *[""] * (wide - 1)]
        lines.append("\t".join(cells) if len(cells) > 1 else "".join(cells))
    return lines


def _span(cell: Tag, name: str) -> int:
    """How many columns or rows a cell covers; a page's nonsense is held to the believable."""
    value = str(cell.get(name, "1"))
    return min(max(int(value), 1), 100) if value.isdigit() else 1


def _inline_of(tag: Tag) -> str:
    return "".join(_inline(child) for child in tag.children).strip()


def _inline(node: object) -> str:
    """Words and the tags that matter inside a line, all else escaped."""
    if isinstance(node, Tag):
        inner = "".join(_inline(child) for child in node.children)
        if node.name not in _KEPT:
            return inner
        kind = (
            f' type="{escape(str(node["type"]))}"' if node.name == "ol" and node.get("type") else ""
        )
        return f"<{node.name}{kind}>{inner}</{node.name}>" if node.name != "br" else "<br>"
    if type(node) is NavigableString:
        return re.sub(r"\s+", " ", escape(str(node)))
    return ""
