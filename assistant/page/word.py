"""A briefing as a Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import docx
from docx.document import Document
from docx.shared import Cm

from assistant.answers import say_date
from assistant.charts import described, draw
from assistant.page.briefing import (
    NOTE,
    TITLE,
    Asked,
    clean,
    quoted,
    series_rows,
    series_title,
    source,
)
from assistant.series import Series

WIDTH = Cm(15)


def as_word(asked: Sequence[Asked], today: date) -> bytes:
    """The conversation as a .docx file, with its charts and the pictures of cited pages."""
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.author = ""
    document.core_properties.language = "en-GB"
    document.add_heading(TITLE, 0)
    document.add_paragraph(f"{say_date(today)}. {NOTE}")
    for one in asked:
        _add(document, one)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: Document, one: Asked) -> None:
    document.add_heading(clean(one.question), 1)
    for line in one.lines:
        document.add_paragraph(line)
    if one.series:
        _add_series(document, one.series)
    if one.cited:
        document.add_heading(one.heading, 2)
    for citation in one.cited:
        document.add_paragraph(source(citation), style="List Bullet")
        for line in quoted(citation):
            document.add_paragraph(line, style="Quote")
    for picture in one.pictures:
        _picture(document, picture.png, picture.caption)
        document.add_paragraph(clean(picture.caption), style="Caption")


def _add_series(document: Document, series: Series) -> None:
    document.add_heading(series_title(series), 2)
    _picture(document, draw(series, form="png"), described(series))
    rows = series_rows(series)
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(table.rows[number].cells, row, strict=True):
            cell.text = text


def _picture(document: Document, png: bytes, told: str) -> None:
    """A picture with its words for those who do not see it."""
    shape = document.add_picture(io.BytesIO(png), width=WIDTH)
    shape._inline.docPr.set("descr", clean(told))
