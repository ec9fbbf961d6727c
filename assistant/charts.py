"""Charts of series: a line for what is told over time, bars for what stands side by side."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from assistant.points import UNITS, when
from assistant.series import Line, Series

# Words of a paper are words here, never formulas; and they come as outlines, never as markup.
matplotlib.rcParams.update(
    {"text.parse_math": False, "svg.fonttype": "path", "svg.hashsalt": "series", "font.size": 10}
)
INCHES = (6.4, 3.6)
LONGEST_LABEL, LONGEST_NAME = 22, 48
# Charts that are kept, some thirty kilobytes each: drawing one takes longer than its answer.
KEPT = 128
# Lines differ by their mark and their stroke too, never by colour alone.
_MARKS, _STROKES = "osD^", ("-", "--", "-.", ":")
_DRAWING = Lock()


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours that stand out from their ground, three to one at least."""

    ground: str
    ink: str
    rule: str
    lines: tuple[str, ...]


DAY = Scheme("#ffffff", "#1b2430", "#8b949e", ("#0b5d4e", "#9a3412", "#3b4ba3", "#7a1f5c"))
NIGHT = Scheme("#1c2320", "#e8ecea", "#7a8783", ("#7fd1bd", "#f0b27a", "#a9b8ff", "#f2a1cf"))


@lru_cache(maxsize=KEPT)
def draw(series: Series, scheme: Scheme = DAY, form: str = "svg") -> bytes:
    """The chart as a file: "svg", or "png" for a document that holds no other."""
    figure = Figure(figsize=INCHES, layout="constrained", facecolor=scheme.ground)
    axes = figure.add_subplot()
    (_lines if series.over_time else _bars)(axes, series, scheme)
    _dress(axes, series, scheme)
    out = io.BytesIO()
    # Drawing shares fonts and their cache, which only one may use at a time.
    with _DRAWING:
        figure.savefig(
            out, format=form, dpi=150, metadata={"Date": None} if form == "svg" else None
        )
    return out.getvalue()


def by_night(drawn: bytes) -> bytes:
    """A chart as "svg" that was drawn by day, in the colours of the night.

    Takes a thousandth of the time that drawing it again takes.
    """
    colours = dict(zip(_colours(DAY), _colours(NIGHT), strict=True))
    day = re.compile("|".join(colours))
    return day.sub(lambda found: colours[found[0]], drawn.decode()).encode()


def _colours(scheme: Scheme) -> tuple[str, ...]:
    return scheme.ground, scheme.ink, scheme.rule, *scheme.lines


def described(series: Series) -> str:
    """The chart in words, for those who do not see it."""
    way = "Line chart" if series.over_time else "Bar chart"
    told = "; ".join(f"{line.name}: {_ends(line, series)}" for line in series.lines)
    return f"{way} of {series.measure}. {told}. The table below holds every value."


def from_zero(series: Series) -> bool:
    """Whether the axis of values begins at nought: bars always do, a line that keeps high not."""
    values = [point.figure.value for line in series.lines for point in line.points]
    return not series.over_time or min(values) < max(values) / 2


def _ends(line: Line, series: Series) -> str:
    order = series.labels
    points = sorted(line.points, key=lambda point: order.index(point.label))
    said = [f"{point.figure.text} ({point.label})" for point in points]
    return f"from {said[0]} to {said[-1]}" if series.over_time else ", ".join(said)


def _lines(axes: Axes, series: Series, scheme: Scheme) -> None:
    labels = series.labels
    whens = [when(label) for label in labels]
    known = [at for at in whens if at is not None]
    # Years apart stand apart; where a period names no year all stand evenly.
    spread = known if len(set(known)) == len(labels) else [float(n) for n in range(len(labels))]
    at = dict(zip(labels, spread, strict=True))
    for number, line in enumerate(series.lines):
        points = sorted(line.points, key=lambda point: at[point.label])
        across = [at[point.label] for point in points]
        axes.plot(
            across,
            [point.figure.value for point in points],
            color=scheme.lines[number],
            marker=_MARKS[number],
            linestyle=_STROKES[number],
            linewidth=2,
            label=_short(line.name, LONGEST_NAME),
        )
        for x, point in zip(across, points, strict=True):
            _value(axes, (x, point.figure.value), point.figure.text, scheme)
    axes.set_xticks(spread, [_short(label, LONGEST_LABEL) for label in labels])
    axes.margins(x=0.08, y=0.22)
    lowest = min(point.figure.value for line in series.lines for point in line.points)
    if from_zero(series) and lowest >= 0:
        axes.set_ylim(bottom=0)


def _bars(axes: Axes, series: Series, scheme: Scheme) -> None:
    points = series.lines[0].points[::-1]
    places = range(len(points))
    values = [point.figure.value for point in points]
    axes.barh(places, values, color=scheme.lines[0], height=0.6)
    for place, point in zip(places, points, strict=True):
        axes.annotate(
            point.figure.text,
            (point.figure.value, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=scheme.ink,
        )
    axes.set_yticks(places, [_short(point.label, LONGEST_LABEL) for point in points])
    axes.margins(x=0.16)
    axes.axvline(0, color=scheme.rule, linewidth=1)


def _value(axes: Axes, at: tuple[float, float], text: str, scheme: Scheme) -> None:
    axes.annotate(
        text,
        at,
        xytext=(0, 7),
        textcoords="offset points",
        ha="center",
        color=scheme.ink,
        # A line that runs behind a value must not be read as part of it.
        bbox={"facecolor": scheme.ground, "edgecolor": "none", "alpha": 0.8, "pad": 0.5},
    )


def _dress(axes: Axes, series: Series, scheme: Scheme) -> None:
    axes.set_facecolor(scheme.ground)
    axes.tick_params(colors=scheme.ink, labelcolor=scheme.ink, color=scheme.rule)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(scheme.rule)
    unit = UNITS.get(series.unit, series.unit)
    values = axes.yaxis if series.over_time else axes.xaxis
    values.set_major_formatter(lambda value, _: said_short(value))
    (axes.set_ylabel if series.over_time else axes.set_xlabel)(unit, color=scheme.ink)
    if len(series.lines) > 1:
        axes.legend(frameon=False, labelcolor=scheme.ink, loc="best", handlelength=3)


def said_short(value: float) -> str:
    """A value as an axis tells it: "7.5m", "12,500", "0.4"."""
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.6g}m"
    return f"{value:,.6g}" if abs(value) < 1e4 else f"{value:,.0f}"


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
