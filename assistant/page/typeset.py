"""A briefing as a PDF file that a screen reader can read, set by Typst."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst
from matplotlib import get_data_path

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

_FONTS = Path(get_data_path()) / "fonts" / "ttf"
_LAYOUT = Path(__file__).with_name("briefing.typ")


def as_pdf(asked: Sequence[Asked], today: date) -> bytes:
    """The conversation as a PDF file; words of papers are data of its layout, never its code."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        turns = [_turn(one, folder, number) for number, one in enumerate(asked, 1)]
        said = {"title": TITLE, "note": f"{say_date(today)}. {NOTE}", "turns": turns}
        (folder / "data.json").write_text(json.dumps(said), "utf-8")
        (folder / "briefing.typ").write_bytes(_LAYOUT.read_bytes())
        try:
            return _compiled(folder, "ua-1")
        except typst.TypstError:
            # The standard wants a glyph for every letter, which no font has.
            return _compiled(folder, None)


def _compiled(folder: Path, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        folder / "briefing.typ",
        root=folder,
        format="pdf",
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        pdf_standards=standard,
    )


def _turn(one: Asked, folder: Path, number: int) -> dict[str, object]:
    sources = [{"label": source(cited), "quote": quoted(cited)} for cited in one.cited]
    pictures = []
    for at, picture in enumerate(one.pictures, 1):
        name = f"page-{number}-{at}.png"
        (folder / name).write_bytes(picture.png)
        pictures.append({"file": name, "caption": clean(picture.caption)})
    chart: dict[str, object] = {}
    if one.series:
        name = f"chart-{number}.svg"
        (folder / name).write_bytes(draw(one.series))
        rows = series_rows(one.series)
        told = {"title": series_title(one.series), "alt": clean(described(one.series))}
        chart = {"file": name, "heads": rows[0], "rows": rows[1:], **told}
    return {
        "question": clean(one.question),
        "lines": one.lines,
        "chart": chart,
        "heading": one.heading,
        "sources": sources,
        "pictures": pictures,
    }
