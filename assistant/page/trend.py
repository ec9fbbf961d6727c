"""A series on the page: its chart, its values as a table that cites each, its data to save."""

from __future__ import annotations

import csv
import io
from base64 import b64encode

from assistant.answers import Citation
from assistant.charts import by_night, described, draw, from_zero
from assistant.page.cards import source_name
from assistant.page.words import escape
from assistant.points import UNITS, Point
from assistant.series import Line, Series

# A spreadsheet would run what begins so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "−", "＝", "＋", "－", "＠")
_HEADS = ("measure", "line", "label", "value", "unit", "as printed", "note", "source", "paper")


def trend(series: Series | None, turn: int) -> str:
    """The series as HTML; "" where there is none."""
    if series is None:
        return ""
    unit = UNITS.get(series.unit, series.unit)
    drawn = draw(series)
    title = escape(f"{series.measure}{f' ({unit})' if unit else ''}")
    return (
        f'<figure class="series"><figcaption id="series-{turn}">{title}</figcaption>'
        f"{_picture(series, drawn, 'by-day')}{_picture(series, by_night(drawn), 'by-night')}"
        f"{_axis(series)}"
        f'<div class="table" tabindex="0" role="region" aria-labelledby="series-{turn}">'
        f"<table>{_heads(series)}<tbody>{_rows(series, turn)}</tbody></table></div>"
        f'<div class="turntools"><button type="button" data-do="csv" '
        f'data-csv="{escape(as_csv(series))}">Save the data (CSV)</button>'
        '<p class="told" role="status"></p></div></figure>'
    )


def as_csv(series: Series) -> str:
    """The series as a table for a spreadsheet, in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADS)
    for line in series.lines:
        for point in line.points:
            value = point.figure.value
            writer.writerow(
                [
                    *map(_defused, (series.measure, line.name, point.label)),
                    int(value) if value == int(value) else value,
                    *map(_defused, (series.unit, point.figure.text, point.note)),
                    *map(_defused, (point.citation.label, point.citation.record.path)),
                ]
            )
    return out.getvalue()


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _picture(series: Series, drawn: bytes, name: str) -> str:
    data = b64encode(drawn).decode()
    return (
        f'<img class="chart {name}" alt="{escape(described(series))}" '
        f'src="data:image/svg+xml;base64,{data}">'
    )


def _axis(series: Series) -> str:
    said = "The upright axis does not begin at nought."
    return "" if from_zero(series) else f'<p class="grey">{said}</p>'


def _heads(series: Series) -> str:
    first = "Period" if series.over_time else "Of"
    names = [line.name for line in series.lines] if len(series.lines) > 1 else ["Value"]
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    return f'<thead><tr><th scope="col">{first}</th>{heads}</tr></thead>'


def _rows(series: Series, turn: int) -> str:
    # Where the points come from several papers, a page alone would not say which.
    several = len({citation.record.path for citation in series.citations}) > 1
    return "".join(
        f'<tr><th scope="row">{escape(label)}</th>'
        f"{''.join(_cell(line, label, turn, several) for line in series.lines)}</tr>"
        for label in series.labels
    )


def _cell(line: Line, label: str, turn: int, several: bool) -> str:
    point = next((one for one in line.points if one.label == label), None)
    return f"<td>{_told(point, turn, several)}</td>" if point else "<td>not said</td>"


def _told(point: Point, turn: int, several: bool) -> str:
    note = f" ({escape(point.note)})" if point.note else ""
    return f"{escape(point.figure.text)}{note} {_link(point.citation, turn, several)}"


def _link(citation: Citation, turn: int, several: bool) -> str:
    seen = citation.label if several else citation.place or citation.label
    before = citation.label.removesuffix(seen)
    return (
        f'<a class="cite" href="#{source_name(turn, citation.number)}">'
        f'<span class="unseen">{escape(before)}</span>{escape(seen)}</a>'
    )
