"""What of a page can be seen, as a sheet: words that nobody can read are counted and left out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from pdfminer.layout import LTCurve, LTFigure, LTLine, LTRect

from assistant.canvas import Inked, PageDevice, colour_of
from assistant.glyphs import Flags, Glyphs
from assistant.sheet import Fill, Rule, Sheet

MOST_SIDES = 12  # a stroked path with more is a drawing
THIN = 2.6  # a filled rectangle no thicker than this is a ruling


@dataclass(slots=True)
class _Strokes:
    across: list[Rule]
    upright: list[Rule]
    fills: list[tuple[int, Fill]]
    backs: list[tuple[int, Fill]]  # filled shapes that are not rectangles
    pictures: list[tuple[int, tuple[float, float, float, float]]]

    def edge(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Keeps a stroke that runs along an axis."""
        if abs(y0 - y1) <= 1 and abs(x0 - x1) > 2:
            self.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= 1 and abs(y0 - y1) > 2:
            self.upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def area(self, order: int, item: LTCurve, box: tuple[float, float, float, float]) -> None:
        """Keeps a filled rectangle: as a ruling where it is thin, as a fill where it is not."""
        left, top, right, bottom = box
        if bottom - top <= THIN:
            self.edge(left, (top + bottom) / 2, right, (top + bottom) / 2)
        elif right - left <= THIN:
            self.edge((left + right) / 2, top, (left + right) / 2, bottom)
        else:
            colour = colour_of(item.non_stroking_color)
            self.fills.append((order, Fill(left, top, right, bottom, colour)))


def _strokes(page: PageDevice) -> _Strokes:
    strokes = _Strokes([], [], [], [], [])
    x0, _, _, y1 = page.crop
    for order, item in page.shapes:
        box = (item.x0 - x0, y1 - item.y1, item.x1 - x0, y1 - item.y0)
        if isinstance(item, LTFigure):
            strokes.pictures.append((order, box))
        elif isinstance(item, LTLine):
            strokes.edge(*box)
        elif isinstance(item, LTRect):
            _rectangle(strokes, order, item, box)
        elif isinstance(item, LTCurve):
            if item.fill:
                strokes.backs.append((order, Fill(*box, colour_of(item.non_stroking_color))))
            _outline(strokes, item, x0, y1)
    return strokes


def _rectangle(
    strokes: _Strokes, order: int, item: LTRect, box: tuple[float, float, float, float]
) -> None:
    if item.fill:
        strokes.area(order, item, box)
    if item.stroke and min(item.width, item.height) > THIN:
        _edges(strokes, box)


def _outline(strokes: _Strokes, item: LTCurve, left: float, top: float) -> None:
    """The straight sides of a simple shape."""
    if not item.stroke or len(item.pts) > MOST_SIDES:
        return
    points = [(x - left, top - y) for x, y in item.pts]
    for (ax, ay), (bx, by) in pairwise(points):
        strokes.edge(ax, ay, bx, by)


def _edges(strokes: _Strokes, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    strokes.edge(left, top, right, top)
    strokes.edge(left, bottom, right, bottom)
    strokes.edge(left, top, left, bottom)
    strokes.edge(right, top, right, bottom)


def _inside(glyphs: Glyphs, box: tuple[float, float, float, float]) -> Flags:
    """Which characters have their middle in a box."""
    x, y = (glyphs.left + glyphs.right) / 2, (glyphs.top + glyphs.bottom) / 2
    return (box[0] <= x) & (x <= box[2]) & (box[1] <= y) & (y <= box[3])


def _dark(fill: Fill) -> bool:
    parts = fill.colour
    if len(parts) == 4:
        return parts[3] >= 0.95
    return bool(parts) and max(parts) <= 0.05


def _coloured(fill: Fill) -> bool:
    parts = fill.colour
    return not parts or (max(parts) > 0.02 if len(parts) == 4 else min(parts) < 0.98)


def sheet_of(page: PageDevice, number: int) -> Sheet:
    """The page as a reader sees it: what is hidden is counted and left out."""
    left, bottom, right, top = page.crop
    width, height = right - left, top - bottom
    strokes = _strokes(page)
    share, cover = _largest_picture(strokes, width, height)
    marks = page.inked()
    scanned = share > 0.5
    under = int(np.count_nonzero(marks.invisible | (marks.order < cover)))
    # Only where most of a page lies under its scan is that an OCR layer, and not a hiding place.
    ocr = scanned and 2 * under > len(marks.glyphs) > 0
    shown = _inside(marks.glyphs, (-1.0, -1.0, width + 1, height + 1))
    if not ocr:
        shown &= ~marks.invisible
        if not page.shaded:
            shown &= ~marks.white | _standing_out(marks, strokes)
    shown &= ~_covered(marks, strokes)
    hidden = ~shown & ~marks.glyphs.blank()
    return Sheet(
        number,
        width,
        height,
        marks.glyphs.at(shown),
        tuple(strokes.across),
        tuple(strokes.upright),
        tuple(fill for _, fill in strokes.fills if _coloured(fill)),
        pictures=len(strokes.pictures),
        ocr=ocr,
        covered=share,
        hidden=int(np.count_nonzero(hidden)),
        unmapped=page.unmapped,
        slanted=page.slanted.strip("|"),
    )


def _largest_picture(strokes: _Strokes, width: float, height: float) -> tuple[float, float]:
    """Share of the page under its largest picture, and when that was drawn."""
    share, drawn = 0.0, math.inf
    for order, box in strokes.pictures:
        across = min(box[2], width) - max(box[0], 0)
        down = min(box[3], height) - max(box[1], 0)
        if min(across, down) > 0 and across * down > share * width * height:
            share, drawn = across * down / (width * height), order
    return share, drawn


def _standing_out(marks: Inked, strokes: _Strokes) -> Flags:
    """White ink shows only on a picture or something coloured that was drawn before it."""
    found = np.zeros(len(marks.glyphs), dtype=bool)
    if not marks.white.any():
        return found
    fills = [(order, fill[:4]) for order, fill in strokes.fills + strokes.backs if _coloured(fill)]
    for order, box in fills + strokes.pictures:
        found |= (order < marks.order) & _inside(marks.glyphs, box)
    return found


def _covered(marks: Inked, strokes: _Strokes) -> Flags:
    """What a black or a white box, drawn later, has blotted out."""
    found = np.zeros(len(marks.glyphs), dtype=bool)
    first = marks.order.min(initial=math.inf)
    for order, fill in strokes.fills:
        if order > first and (_dark(fill) or not _coloured(fill)):
            found |= (order > marks.order) & _inside(marks.glyphs, fill[:4])
    return found
