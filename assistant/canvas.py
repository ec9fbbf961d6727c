"""What a PDF page draws, in order: its characters, lines, areas and pictures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTComponent, LTFigure, LTPage
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFResourceManager,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import Matrix, PathSegment, Point, apply_matrix_rect

from assistant.operators import Interpreter
from assistant.sheet import Glyph

INVISIBLE = 3  # text render mode of OCR layers, and of text meant for machines only
SPACE = 32  # code of the character that word spacing widens


@dataclass(slots=True)
class Inked:
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
        self.invisible = False
        self._reset()

    def _reset(self) -> None:
        self.inked: list[Inked] = []
        self.order = 0
        self.unmapped = 0
        self.slanted = ""
        self.shaded = False
        self.shapes: list[tuple[int, LTComponent]] = []
        self.letters: dict[PDFFont, dict[int, tuple[float, str | None]]] = {}
        self._bold: dict[PDFFont, bool] = {}

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
        self.invisible = textstate.render == INVISIBLE
        self.slanted += "|" if self.slanted else ""
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Notes where a picture lies."""
        if isinstance(self.cur_item, LTFigure):
            self.tick()
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
        self.tick()
        before = len(self.cur_item._objs)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        self.shapes += [(self.order, item) for item in self.cur_item._objs[before:]]

    def render_string_horizontal(
        self,
        seq: Iterable[int | float | bytes],
        matrix: Matrix,
        pos: Point,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        charspace: float,
        wordspace: float,
        rise: float,
        dxscale: float,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> Point:
        """Draws a string with one pen, and returns where that ends."""
        x, y = pos
        pen = _Pen(self, matrix, font, fontsize, scaling, rise, ncs, graphicstate)
        moved = False
        for part in seq:
            if isinstance(part, bytes):
                for cid in font.decode(part):
                    x += charspace if moved else 0
                    x += pen.draw(x, y, cid)
                    x += wordspace if cid == SPACE else 0
                    moved = True
            elif isinstance(part, int | float):
                x -= part * dxscale
                moved = True
        return x, y

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
        """Draws a character of a string that runs downwards, and returns how far it moves."""
        pen = _Pen(self, matrix, font, fontsize, scaling, rise, ncs, graphicstate)
        return pen.draw(0, 0, cid)

    def is_bold(self, font: PDFFont) -> bool:
        """Whether a font is bold by its name."""
        if font not in self._bold:
            self._bold[font] = _is_bold(font)
        return self._bold[font]

    def letter(self, font: PDFFont, cid: int) -> tuple[float, str | None]:
        """The width of a character and what it reads; None where the file gives no letter."""
        width = font.char_width(cid)
        try:
            return width, font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            return width, None

    def tick(self) -> None:
        """Counts what is drawn. Raises TimeoutError where the page takes too long."""
        self.order += 1
        if self.order % 512 == 0 and monotonic() > self.deadline:
            raise TimeoutError("page takes too long")


class _Pen:
    """Draws the characters of one string, which have all but their place in common."""

    def __init__(
        self,
        page: PageDevice,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        self._page, self._matrix, self._font = page, matrix, font
        self._fontsize, self._scaling = fontsize, scaling
        self._below, self._above = rise - 0.2 * fontsize, rise + 0.8 * fontsize
        self._letters = page.letters.setdefault(font, {})
        self._size = fontsize * math.hypot(matrix[2], matrix[3])
        self._bold = page.is_bold(font)
        self._turn = _turn(matrix)
        self._slanted = _is_slanted(matrix)
        self._white = _is_white(graphicstate.ncolor, ncs.name)

    def draw(self, x: float, y: float, cid: int) -> float:
        """Keeps a character at a place along the string, and returns how far it moves the pen."""
        page = self._page
        page.tick()
        known = self._letters.get(cid)
        if known is None:
            known = self._letters[cid] = page.letter(self._font, cid)
        width, text = known
        advance = width * self._fontsize * self._scaling
        if text is None:
            page.unmapped += 1
        elif self._slanted:
            page.slanted += text
        elif text and self._size >= 1 and not text.startswith("(cid:"):
            glyph = Glyph(text, *self._box(x, y, advance), self._size, self._bold, self._turn)
            page.inked.append(Inked(glyph, page.order, self._white, page.invisible))
        return advance

    def _box(self, x: float, y: float, advance: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the page as seen; its own axes run upwards."""
        a, b, c, d, e, f = self._matrix
        e, f = x * a + y * c + e, x * b + y * d + f
        x0, y0 = a * 0 + c * self._below + e, b * 0 + d * self._below + f
        x1, y1 = a * advance + c * self._above + e, b * advance + d * self._above + f
        left, _, _, top = self._page.crop
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        return x0 - left, top - y1, x1 - left, top - y0


def _turn(matrix: Matrix) -> int:
    return round(math.degrees(math.atan2(matrix[1], matrix[0])) / 90) % 4 * 90


def _is_slanted(matrix: Matrix) -> bool:
    """Whether words run across the page, as those of a watermark do."""
    return 10 < math.degrees(math.atan2(matrix[1], matrix[0])) % 90 < 80


def _is_bold(font: PDFFont) -> bool:
    name = str(font.fontname).lower()
    return any(mark in name for mark in ("bold", "black", "heavy", "semibold", "-bd"))


def _is_white(colour: object, space: str) -> bool:
    parts = colour_of(colour)
    if len(parts) == 1:
        return parts[0] >= 0.99 and space in ("DeviceGray", "CalGray", "ICCBased")
    if len(parts) == 3:
        return min(parts) >= 0.99
    return len(parts) == 4 and max(parts) <= 0.01


def colour_of(colour: object) -> tuple[float, ...]:
    """The parts of a colour; none of a pattern."""
    if isinstance(colour, (int, float)):
        return (float(colour),)
    if isinstance(colour, (tuple, list)) and all(isinstance(c, (int, float)) for c in colour):
        return tuple(float(part) for part in colour)
    return ()


class ShadedInterpreter(Interpreter):
    """Tells the device of shadings, on which white ink can be read."""

    def do_sh(self, name: object) -> None:
        """Paints a shading: only that there is one matters here."""
        if isinstance(self.device, PageDevice):
            self.device.shaded = True
