"""What a PDF page draws, as a sheet: its characters, rulings, filled areas and pictures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTComponent, LTCurve, LTFigure, LTLine, LTPage, LTRect
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import Matrix, PathSegment, apply_matrix_pt, apply_matrix_rect

from assistant.sheet import Fill, Glyph, Rule, Sheet

INVISIBLE = 3  # text render mode of OCR layers, and of text meant for machines only
MOST_SIDES = 12  # a stroked path with more is a drawing
THIN = 2.6  # a filled rectangle no thicker than this is a ruling


@dataclass(slots=True)
class _Inked:
    """A character as drawn, before it is known whether anyone can see it."""

    glyph: Glyph
    order: int
    white: bool
    invisible: bool


class PageDevice(PDFLayoutAnalyzer):
    """Collects what one page draws; pdfminer's own grouping into lines is slow and unused."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.deadline = math.inf
        self.drawn: LTPage | None = None
        self._mode = 0
        self._reset()

    def _reset(self) -> None:
        self.inked: list[_Inked] = []
        self.order = 0
        self.unmapped = 0
        self.slanted = ""
        self.shaded = False
        self.shapes: list[tuple[int, LTComponent]] = []
        self._bold: dict[int, bool] = {}

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Forgets the page before."""
        self._reset()
        self._stack.clear()
        super().begin_page(page, ctm)
        left, bottom, right, top = apply_matrix_rect(ctm, page.cropbox)
        self.crop = (max(0.0, left), max(0.0, bottom), right, top)
        if right - left < 1 or top - bottom < 1:
            self.crop = self.cur_item.bbox

    def receive_layout(self, ltpage: LTPage) -> None:
        """Keeps the finished page."""
        self.drawn = ltpage

    def render_string(
        self,
        textstate: PDFTextState,
        seq: Iterable[int | float | bytes],
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Notes how the string is painted before its characters are."""
        self._mode = textstate.render
        self.slanted += "|" if self.slanted else ""
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Notes where a picture lies."""
        if isinstance(self.cur_item, LTFigure):
            self._tick()
            self.shapes.append((self.order, self.cur_item))

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Notes lines and shapes, and when they were drawn."""
        self._tick()
        before = len(self.cur_item._objs)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        self.shapes += [(self.order, item) for item in self.cur_item._objs[before:]]

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Keeps one character with its place, and returns how far it moves the pen."""
        self._tick()
        advance = font.char_width(cid) * fontsize * scaling
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            self.unmapped += 1
            return advance
        if _is_slanted(matrix):
            self.slanted += text
            return advance
        size = fontsize * math.hypot(matrix[2], matrix[3])
        if text and size >= 1 and not text.startswith("(cid:"):
            box = _glyph_box(matrix, fontsize, rise, advance)
            bold = self._bold.setdefault(id(font), _is_bold(font))
            glyph = Glyph(text, *box, size, bold, _turn(matrix))
            white = _is_white(graphicstate.ncolor, ncs.name)
            self.inked.append(_Inked(glyph, self.order, white, self._mode == INVISIBLE))
        return advance

    def _tick(self) -> None:
        self.order += 1
        if self.order % 512 == 0 and monotonic() > self.deadline:
            raise TimeoutError("page takes too long")


def _glyph_box(
    matrix: Matrix, fontsize: float, rise: float, advance: float
) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in the page's own axes, which run upwards."""
    x0, y0 = apply_matrix_pt(matrix, (0, rise - 0.2 * fontsize))
    x1, y1 = apply_matrix_pt(matrix, (advance, rise + 0.8 * fontsize))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _turn(matrix: Matrix) -> int:
    return round(math.degrees(math.atan2(matrix[1], matrix[0])) / 90) % 4 * 90


def _is_slanted(matrix: Matrix) -> bool:
    """Whether words run across the page, as those of a watermark do."""
    return 10 < math.degrees(math.atan2(matrix[1], matrix[0])) % 90 < 80


def _is_bold(font: PDFFont) -> bool:
    name = str(font.fontname).lower()
    return any(mark in name for mark in ("bold", "black", "heavy", "semibold", "-bd"))


def _is_white(colour: object, space: str) -> bool:
    parts = _colour(colour)
    if len(parts) == 1:
        return parts[0] >= 0.99 and space in ("DeviceGray", "CalGray", "ICCBased")
    if len(parts) == 3:
        return min(parts) >= 0.99
    return len(parts) == 4 and max(parts) <= 0.01


def _colour(colour: object) -> tuple[float, ...]:
    if isinstance(colour, (int, float)):
        return (float(colour),)
    if isinstance(colour, (tuple, list)) and all(isinstance(c, (int, float)) for c in colour):
        return tuple(float(part) for part in colour)
    return ()


class ShadedInterpreter(PDFPageInterpreter):
    """Tells the device of shadings, on which white ink can be read."""

    def do_sh(self, name: object) -> None:
        """Paints a shading: only that there is one matters here."""
        if isinstance(self.device, PageDevice):
            self.device.shaded = True


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
            colour = _colour(item.non_stroking_color)
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
                strokes.backs.append((order, Fill(*box, _colour(item.non_stroking_color))))
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


def _inside(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


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
    marks = [_from_top(mark, left, top) for mark in page.inked]
    scanned = share > 0.5
    under = sum(mark.invisible or mark.order < cover for mark in marks)
    # Only where most of a page lies under its scan is that an OCR layer, and not a hiding place.
    ocr = scanned and 2 * under > len(marks) > 0
    shown = [
        mark.glyph
        for mark in marks
        if (ocr or not mark.invisible)
        and _inside(mark.glyph, (-1.0, -1.0, width + 1, height + 1))
        and (ocr or page.shaded or not mark.white or _stands_out(mark, strokes))
    ]
    shown = _uncovered(shown, marks, strokes)
    return Sheet(
        number,
        width,
        height,
        tuple(shown),
        tuple(strokes.across),
        tuple(strokes.upright),
        tuple(fill for _, fill in strokes.fills if _coloured(fill)),
        pictures=len(strokes.pictures),
        ocr=ocr,
        covered=share,
        hidden=_inked(mark.glyph for mark in marks) - _inked(shown),
        unmapped=page.unmapped,
        slanted=page.slanted.strip("|"),
    )


def _inked(glyphs: Iterable[Glyph]) -> int:
    return sum(not glyph.text.isspace() for glyph in glyphs)


def _largest_picture(strokes: _Strokes, width: float, height: float) -> tuple[float, float]:
    """Share of the page under its largest picture, and when that was drawn."""
    share, drawn = 0.0, math.inf
    for order, box in strokes.pictures:
        across = min(box[2], width) - max(box[0], 0)
        down = min(box[3], height) - max(box[1], 0)
        if min(across, down) > 0 and across * down > share * width * height:
            share, drawn = across * down / (width * height), order
    return share, drawn


def _from_top(mark: _Inked, left: float, top: float) -> _Inked:
    box = mark.glyph
    mark.glyph = box._replace(
        left=box.left - left, top=top - box.bottom, right=box.right - left, bottom=top - box.top
    )
    return mark


def _stands_out(mark: _Inked, strokes: _Strokes) -> bool:
    """White ink shows only on a picture or something coloured that was drawn before it."""
    behind = (fill for order, fill in strokes.fills + strokes.backs if order < mark.order)
    if any(_coloured(fill) and _inside(mark.glyph, fill[:4]) for fill in behind):
        return True
    return any(order < mark.order and _inside(mark.glyph, box) for order, box in strokes.pictures)


def _uncovered(shown: list[Glyph], marks: list[_Inked], strokes: _Strokes) -> list[Glyph]:
    """Without what a black or a white box, drawn later, has blotted out."""
    boxes = [(order, fill) for order, fill in strokes.fills if _dark(fill) or not _coloured(fill)]
    if not boxes:
        return shown
    covered = {
        id(mark.glyph)
        for mark in marks
        if any(order > mark.order and _inside(mark.glyph, fill[:4]) for order, fill in boxes)
    }
    return [glyph for glyph in shown if id(glyph) not in covered]
