"""What a PDF page draws, in order: its characters, lines, areas and pictures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

import numpy as np
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

from assistant.glyphs import Flags, Floats, Glyphs
from assistant.operators import Interpreter

Each = TypeVar("Each", float, Floats)

INVISIBLE = 3  # text render mode of OCR layers, and of text meant for machines only
SPACE = 32  # code of the character that word spacing widens
OFTEN = 512  # characters and shapes between two looks at the clock

# The width of a character and what it reads: None where the file gives no letter
Letter = tuple[float, str | None]


class Pen(NamedTuple, Generic[Each]):
    """What the characters of a string have in common, for one string or a column for many."""

    a: Each  # the matrix that leads from the string to the page
    b: Each
    c: Each
    d: Each
    e: Each
    f: Each
    y: Each
    below: Each  # what is drawn reaches from here up to `above`
    above: Each
    size: Each
    bold: Each
    turn: Each
    white: Each
    invisible: Each


@dataclass(frozen=True, slots=True)
class Inked:
    """Characters as drawn, before it is known which of them anyone can see."""

    glyphs: Glyphs
    order: Floats
    white: Flags
    invisible: Flags


class PageDevice(PDFLayoutAnalyzer):
    """Collects what one page draws; pdfminer's own grouping into lines is slow and unused."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.deadline = math.inf
        self.drawn: LTPage | None = None
        self.invisible = False
        self._letters: dict[PDFFont, dict[int, Letter]] = {}
        self._bold: dict[PDFFont, bool] = {}
        self._reset()

    def _reset(self) -> None:
        self._texts: list[str | None] = []
        self._places: list[float] = []  # of each character along its string
        self._advances: list[float] = []
        self._pens: list[tuple[float, ...]] = []  # of each string: its length, and `Pen`
        self.order = 0
        self._unwatched = 0
        self.unmapped = 0
        self.slanted = ""
        self.shaded = False
        self.shapes: list[tuple[int, LTComponent]] = []

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
        letters = self._letters.setdefault(font, {})
        texts, places, advances = self._texts, self._places, self._advances
        before, moved = len(texts), False
        for part in seq:
            if isinstance(part, bytes):
                for cid in font.decode(part):
                    x += charspace if moved else 0
                    width, text = letters.get(cid) or self._letter(font, cid)
                    advance = width * fontsize * scaling
                    texts.append(text)
                    places.append(x)
                    advances.append(advance)
                    x += advance
                    x += wordspace if cid == SPACE else 0
                    moved = True
            elif isinstance(part, int | float):
                x -= part * dxscale
                moved = True
        pen = self._pen(matrix, y, font, fontsize, rise, _is_white(graphicstate.ncolor, ncs.name))
        self._drawn(pen, before)
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
        before = len(self._texts)
        width, text = self._letters.setdefault(font, {}).get(cid) or self._letter(font, cid)
        advance = width * fontsize * scaling
        self._texts.append(text)
        self._places.append(0.0)
        self._advances.append(advance)
        pen = self._pen(matrix, 0, font, fontsize, rise, _is_white(graphicstate.ncolor, ncs.name))
        self._drawn(pen, before)
        return advance

    def _pen(
        self, matrix: Matrix, y: float, font: PDFFont, fontsize: float, rise: float, white: bool
    ) -> Pen[float]:
        below, above = rise - 0.2 * fontsize, rise + 0.8 * fontsize
        size = fontsize * math.hypot(matrix[2], matrix[3])
        look = size, self.is_bold(font), _turn(matrix), white, self.invisible
        return Pen(*matrix, y, below, above, *look)

    def _drawn(self, pen: Pen[float], before: int) -> None:
        """Keeps the characters of a string, which come behind so many others."""
        texts = self._texts[before:]
        self.tick(1 + len(texts))
        self.unmapped += texts.count(None)
        slanted = _is_slanted(pen)
        if slanted:
            self.slanted += "".join(filter(None, texts))
        if slanted or pen.size < 1:
            del self._texts[before:], self._places[before:], self._advances[before:]
        elif texts:
            self._pens.append((len(texts), self.order, *pen))

    def inked(self) -> Inked:
        """The characters of the page."""
        rows = np.array(self._pens, dtype=np.float64).reshape(-1, 2 + len(Pen._fields))
        held = np.repeat(rows, rows[:, 0].astype(np.intp), axis=0).T
        order, pen = held[1], Pen(*held[2:])
        box = _boxes(pen, np.array(self._places), np.array(self._advances), self.crop)
        text = np.empty(len(self._texts), dtype=object)
        text[:] = self._texts
        glyphs = Glyphs(text, *box, pen.size, pen.bold.astype(bool), pen.turn)
        read = text.astype(bool)
        white, invisible = pen.white.astype(bool), pen.invisible.astype(bool)
        return Inked(glyphs.at(read), order[read], white[read], invisible[read])

    def is_bold(self, font: PDFFont) -> bool:
        """Whether a font is bold by its name."""
        if font not in self._bold:
            self._bold[font] = _is_bold(font)
        return self._bold[font]

    def _letter(self, font: PDFFont, cid: int) -> Letter:
        width = font.char_width(cid)
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            known: Letter = width, None
        else:
            known = width, "" if text.startswith("(cid:") else text
        self._letters[font][cid] = known
        return known

    def tick(self, drawn: int = 1) -> None:
        """Counts what is drawn. Raises TimeoutError where the page takes too long."""
        self.order += 1
        self._unwatched += drawn
        if self._unwatched >= OFTEN:
            self._unwatched = 0
            if monotonic() > self.deadline:
                raise TimeoutError("page takes too long")


def _boxes(
    pen: Pen[Floats], x: Floats, advance: Floats, crop: tuple[float, float, float, float]
) -> tuple[Floats, Floats, Floats, Floats]:
    """Left, top, right and bottom on the page as seen; its own axes run upwards."""
    with np.errstate(all="ignore"):
        e, f = x * pen.a + pen.y * pen.c + pen.e, x * pen.b + pen.y * pen.d + pen.f
        x0, y0 = pen.a * 0 + pen.c * pen.below + e, pen.b * 0 + pen.d * pen.below + f
        x1 = pen.a * advance + pen.c * pen.above + e
        y1 = pen.b * advance + pen.d * pen.above + f
        left, _, _, top = crop
        return (
            np.minimum(x0, x1) - left,
            top - np.maximum(y0, y1),
            np.maximum(x0, x1) - left,
            top - np.minimum(y0, y1),
        )


def _turn(matrix: Matrix) -> int:
    return round(math.degrees(math.atan2(matrix[1], matrix[0])) / 90) % 4 * 90


def _is_slanted(pen: Pen[float]) -> bool:
    """Whether words run across the page, as those of a watermark do."""
    return 10 < math.degrees(math.atan2(pen.b, pen.a)) % 90 < 80


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
