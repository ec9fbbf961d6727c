"""Reads pages that are pictures of text, where the extra for scanned papers is installed.

rapidocr carries its models in its wheel, so nothing is fetched. Its words come with how sure it is
of them, and go through the same layout as words that are typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean, median
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from assistant.errors import PaperUnreadable
from assistant.glyphs import Word
from assistant.papers import NEEDS_OCR
from assistant.sheet import Sheet, turned

SECONDS_OF_OCR = 1800.0  # for one file: some 200 pages
INSTALL = "pip install '.[ocr]'"
# A page under a picture with no more typed words than a pack's stamp has is a scanned page.
COVERED = 0.5
STAMP_WORDS = 8
DOTS = 200 / 72  # for each point, as a scanner set for text has them
MOST_DOTS = 12_000_000
SUREST = 99  # percent: nothing that was read from a picture is certain
LEAST_SURE = 0.6  # lines read with less are marks and stains
GOOD = 0.85  # a page read like this stands upright
# What a line's frame is higher than its type
FRAME = 0.76
TURNS = (0, 90, 270, 180)
_QUARTERS = {0: 0, 90: -1, 180: 2, 270: 1}
# Lines are found on a smaller picture, which is as sure and much quicker; pages are turned here.
_SETTINGS = {
    "Global.log_level": "error",
    "Global.use_cls": False,
    "Det.limit_type": "max",
    "Det.limit_side_len": 1280,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
Picture = NDArray[np.uint8]
Corners = NDArray[np.float32]  # of a line's frame, from its top left on, clockwise


@dataclass(frozen=True, slots=True)
class Scanned:
    """A line as it was read from a picture."""

    corners: Corners
    text: str
    sure: float


def is_installed() -> bool:
    """Whether scanned pages can be read here."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def is_scanned(sheet: Sheet) -> bool:
    """Whether what a page says can only be read from its picture."""
    if not sheet.words:
        return bool(sheet.pictures or sheet.unmapped)
    read = sheet.tried and sheet.ocr
    return sheet.covered > COVERED and len(sheet.words) <= STAMP_WORDS and not read


def scan(path: Path, sheets: Sequence[Sheet], seconds: float) -> list[Sheet]:
    """The pages of a file, those that are scanned with their words, as far as there is time."""
    until = monotonic() + seconds
    done: dict[int, Sheet] = {}
    scanned = [sheet for sheet in sheets if is_scanned(sheet)] if is_installed() else []
    with suppress(PaperUnreadable):
        scanner = Scanner(path) if scanned else None
        for sheet in scanned:
            if scanner and monotonic() < until:
                done[sheet.number] = replace(sheet, tried=True)
                with suppress(PaperUnreadable):
                    done[sheet.number] = scanner.read(done[sheet.number])
    return [done.get(sheet.number, sheet) for sheet in sheets]


def not_read() -> str:
    """Why the words of pictures are not known, and what to do."""
    return "and OCR could not read it" if is_installed() else f"{NEEDS_OCR} ({INSTALL})"


def picture_remarks(sheets: Sequence[Sheet]) -> Iterator[tuple[int, str]]:
    """How many pages there are of each kind that holds pictures of words, and what to say of it."""
    bare = [sheet for sheet in sheets if sheet.pictures and is_scanned(sheet)]
    tried = sum(sheet.tried for sheet in bare)
    yield tried, "hold only pictures, in which OCR found no words"
    late = "there was no time left for OCR" if is_installed() else not_read()
    yield len(bare) - tried, f"hold only pictures: {late}"
    read = [sheet for sheet in sheets if sheet.ocr and sheet.tried]
    yield len(read), f"were read by OCR, {_sure(read)}% sure of their words"
    yield sum(s.ocr for s in sheets) - len(read), "hold text from OCR, which may be wrong"


def _sure(sheets: Sequence[Sheet]) -> int:
    words = [word for sheet in sheets for word in sheet.words]
    return round(fmean(word.sure for word in words)) if words else 0


class Scanner:
    """Reads the scanned pages of one file. Raises PaperUnreadable for one that cannot be drawn."""

    def __init__(self, file: Path) -> None:
        # These take a second, so only where a page is scanned.
        from cv2 import error as cv_error
        from onnxruntime.capi import onnxruntime_pybind11_state as onnx
        from rapidocr import RapidOCR

        failures = (onnx.Fail, onnx.RuntimeException, onnx.InvalidArgument, cv_error)
        self._failures = (*failures, RuntimeError, ValueError, LookupError, MemoryError)
        import pypdfium2  # which papers with no scanned page never need

        try:
            self._document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            raise PaperUnreadable(f"cannot be drawn: {error}") from error
        self._engine = RapidOCR(params=_SETTINGS)

    def read(self, sheet: Sheet) -> Sheet:
        """The page with the words of its picture; as it was where no words are found in it.

        Raises PaperUnreadable for a page that cannot be drawn or read.
        """
        try:
            return self._read(sheet)
        except self._failures as error:
            raise PaperUnreadable(f"page {sheet.number}: {error}") from error

    def _read(self, sheet: Sheet) -> Sheet:
        page = self._document[sheet.number - 1]
        width, height = page.get_size()
        scale = min(DOTS, (MOST_DOTS / max(width * height, 1)) ** 0.5)
        picture: Picture = page.render(scale=scale).to_numpy()[:, :, :3]
        turn, lines = self._upright(np.rot90(picture, _QUARTERS[sheet.turn]))
        if not lines:
            return sheet
        typed = [_turn_word(word, turn, sheet) for word in sheet.words]
        words = [word for word in _words(lines, scale) if not _is_typed(word, typed)]
        sideways = turn in (90, 270)
        return replace(
            sheet,
            width=sheet.height if sideways else sheet.width,
            height=sheet.width if sideways else sheet.height,
            turn=(sheet.turn + turn) % 360,
            words=(*typed, *words),
            ocr=True,
            across=(),
            upright=(),
            fills=(),
        )

    def _upright(self, picture: Picture) -> tuple[int, list[Scanned]]:
        """How far the picture has to be turned to be read, and its lines then."""
        best: tuple[int, list[Scanned]] = (0, [])
        for turn in TURNS:
            lines = self._lines(np.ascontiguousarray(np.rot90(picture, _QUARTERS[turn])))
            if _worth(lines) > _worth(best[1]):
                best = turn, lines
            if _is_good(lines):
                break
        return best

    def _lines(self, picture: Picture) -> list[Scanned]:
        found = self._engine(picture)
        if found.boxes is None:
            return []
        rows = zip(found.boxes, found.txts, found.scores, strict=True)
        return [
            Scanned(np.asarray(corners), text.strip(), float(sure))
            for corners, text, sure in rows
            if sure >= LEAST_SURE and text.strip()
        ]


def _worth(lines: Iterable[Scanned]) -> float:
    """How many letters were read, each as far as it is sure beyond a guess."""
    return sum(len(line.text) * (line.sure - 0.5) for line in lines)


def _is_good(lines: Sequence[Scanned]) -> bool:
    letters = sum(len(line.text) for line in lines)
    wide = sum(len(line.text) for line in lines if _is_wide(line))
    sure = sum(len(line.text) * line.sure for line in lines)
    return letters > 0 and sure >= GOOD * letters and wide >= 0.7 * letters


def _is_wide(line: Scanned) -> bool:
    across, down = np.ptp(line.corners, axis=0)
    return bool(across >= down or len(line.text) < 3)


def _words(lines: Sequence[Scanned], scale: float) -> Iterator[Word]:
    """The words of all lines in points, the page set straight and type of one size made equal."""
    slope = _slope(lines)
    middle = float(np.mean([line.corners[:, 0].mean() for line in lines]))
    usual = median(_height(line) for line in lines)
    for line in lines:
        height = _height(line)
        size = FRAME * (usual if 0.8 * usual < height < 1.25 * usual else height) / scale
        left, right = (float(edge) / scale for edge in _ends(line))
        centre = line.corners.mean(axis=0)
        level = float(centre[1] - slope * (centre[0] - middle)) / scale
        yield from _split(
            line, Word("", left, level - size / 2, right, level + size / 2, size, False)
        )


def _ends(line: Scanned) -> tuple[float, float]:
    return line.corners[:, 0].min(), line.corners[:, 0].max()


def _height(line: Scanned) -> float:
    top_left, _, _, bottom_left = line.corners
    return float(np.hypot(*(bottom_left - top_left)))


def _slope(lines: Sequence[Scanned]) -> float:
    """How far a line falls for each dot to the right, where a scan lies askew."""
    sides = [line.corners[1] - line.corners[0] for line in lines if len(line.text) > 12]
    return float(median(side[1] / side[0] for side in sides if side[0] > 0)) if sides else 0.0


def _split(line: Scanned, whole: Word) -> Iterator[Word]:
    """The words of a line, each where its letters would stand if all were as wide."""
    width = (whole.right - whole.left) / len(line.text)
    at = 0
    for text in line.text.split(" "):
        if text:
            left, right = whole.left + at * width, whole.left + (at + len(text)) * width
            yield whole._replace(
                text=text, left=left, right=right, sure=min(round(100 * line.sure), SUREST)
            )
        at += len(text) + 1


def _turn_word(word: Word, turn: int, sheet: Sheet) -> Word:
    left, top, right, bottom = turned(
        (word.left, word.top, word.right, word.bottom), turn, sheet.width, sheet.height
    )
    return word._replace(left=left, top=top, right=right, bottom=bottom, sure=SUREST)


def _is_typed(word: Word, typed: Iterable[Word]) -> bool:
    """Whether a word that was read stands where one is typed."""
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return any(
        one.left - 2 <= x <= one.right + 2 and one.top - 2 <= y <= one.bottom + 2 for one in typed
    )
