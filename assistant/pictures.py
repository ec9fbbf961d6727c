"""Pictures of PDF pages as printed, with marked places, drawn by a child process on demand."""

from __future__ import annotations

import io
import json
import math
import subprocess
import sys
from collections import Counter, OrderedDict
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock

import pypdfium2
import pypdfium2.raw
from PIL import Image, ImageChops, ImageDraw

from assistant.errors import PaperUnreadable
from assistant.papers import Box
from assistant.settings import environment

# A hostile page may try to stall the reader, or to fill the memory with one huge picture.
SECONDS = 20.0
MEMORY = 2**30
MOST_PIXELS = 8_000_000
MOST_AT_ONCE = 2
CACHED_BYTES = 48 * 2**20
MOST_CHARACTERS = 5_000
# Black words stay black under it: it is multiplied with the page, not laid over it.
_SHADE = (255, 236, 120)
_EDGE = (176, 96, 0)
# By quarter turns that the text is off, clockwise
_TURNS = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
_AROUND = 24.0  # points that a cut-out shows beyond its marks
_MARGIN = 1.5  # points that a mark is wider than its words


@dataclass(frozen=True, slots=True)
class View:
    """What a picture shows: a page of a file, how large, and the places marked on it."""

    file: Path
    digest: str  # of the file's bytes: another file of the same name is another view
    page: int  # from 1
    scale: float  # pixels for each point
    marks: tuple[Box, ...] = ()
    cut: bool = False  # to the marks, and a little around them


class Pictures:
    """Pictures as PNG files, the last ones kept until they fill CACHED_BYTES."""

    def __init__(self) -> None:
        self._kept: OrderedDict[View, bytes] = OrderedDict()
        self._size = 0
        self._keeping = Lock()
        self._drawing = BoundedSemaphore(MOST_AT_ONCE)

    def show(self, view: View) -> bytes:
        """The picture of a view. Raises PaperUnreadable for a page that cannot be drawn."""
        kept = self._find(view)
        if kept is None:
            with self._drawing:
                kept = self._find(view) or draw_safely(view)
            self._keep(view, kept)
        return kept

    def _find(self, view: View) -> bytes | None:
        with self._keeping:
            if view in self._kept:
                self._kept.move_to_end(view)
            return self._kept.get(view)

    def _keep(self, view: View, picture: bytes) -> None:
        with self._keeping:
            self._size += len(picture) - len(self._kept.pop(view, b""))
            self._kept[view] = picture
            while self._size > CACHED_BYTES:
                self._size -= len(self._kept.popitem(last=False)[1])


def draw_safely(view: View, seconds: float = SECONDS) -> bytes:
    """The picture, drawn in a child process that may neither stall nor eat the memory.

    Raises PaperUnreadable, whatever the file does to the child.
    """
    asked = {**asdict(view), "file": str(view.file)}
    try:
        child = subprocess.run(
            [sys.executable, "-m", "assistant.pictures", json.dumps(asked)],
            env=environment(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PaperUnreadable(f"page {view.page}: took too long to draw; open the file") from None
    if child.returncode != 0 or not child.stdout.startswith(b"\x89PNG"):
        raise PaperUnreadable(f"page {view.page}: cannot be drawn; open the file")
    return child.stdout


def draw(view: View) -> bytes:
    """The picture, drawn here, and turned so that most of the page's text reads upright."""
    page = pypdfium2.PdfDocument(view.file)[view.page - 1]
    width, height = page.get_size()
    scale = min(view.scale, math.sqrt(MOST_PIXELS / max(width * height, 1)))
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    across, down = _cut_off(page)
    for box in view.marks:
        edges = (box.left - across, box.top - down, box.right - across, box.bottom - down)
        _mark(picture, Box(*edges), scale)
    if view.cut and view.marks:
        picture = picture.crop(_around(view.marks, (across, down), scale, picture.size))
    turn = _upright(page)
    if turn is not None:
        picture = picture.transpose(turn)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _around(
    marks: tuple[Box, ...], off: tuple[float, float], scale: float, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """The edges, in pixels, of what is cut out: the marks, with a little above and below."""
    left = min(mark.left for mark in marks) - off[0] - _AROUND
    right = max(mark.right for mark in marks) - off[0] + _AROUND
    top = min(mark.top for mark in marks) - off[1] - _AROUND
    bottom = max(mark.bottom for mark in marks) - off[1] + _AROUND
    width, height = size
    first = (min(max(0, int(left * scale)), width - 1), min(max(0, int(top * scale)), height - 1))
    last = (math.ceil(right * scale), math.ceil(bottom * scale))
    return (*first, min(max(last[0], first[0] + 1), width), min(max(last[1], first[1] + 1), height))


def _cut_off(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """How much of the page's left and top edge, as it is seen, no viewer shows."""
    whole, shown = page.get_mediabox(), page.get_cropbox()
    left, bottom, right, top = (abs(a - b) for a, b in zip(whole, shown, strict=True))
    seen = [(left, top), (bottom, left), (right, bottom), (top, right)]
    turns: int = page.get_rotation() // 90
    return seen[turns % 4]


def _upright(page: pypdfium2.PdfPage) -> Image.Transpose | None:
    """How to turn a page on which most characters lie on their side or stand on their head."""
    text = page.get_textpage()
    turns: Counter[int] = Counter()
    for at in range(min(text.count_chars(), MOST_CHARACTERS)):
        angle = math.degrees(pypdfium2.raw.FPDFText_GetCharAngle(text.raw, at))
        turns[round((angle + page.get_rotation()) / 90) % 4] += 1
    return _TURNS[turns.most_common(1)[0][0]] if turns else None


def _mark(picture: Image.Image, box: Box, scale: float) -> None:
    """Shades a place as a marker pen would, with an edge that shows without colour too."""
    left, top = (max(0, int((edge - _MARGIN) * scale)) for edge in (box.left, box.top))
    right = min(picture.width, math.ceil((box.right + _MARGIN) * scale))
    bottom = min(picture.height, math.ceil((box.bottom + _MARGIN) * scale))
    if left >= right or top >= bottom:
        return
    place = (left, top, right, bottom)
    part = picture.crop(place)
    picture.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _SHADE)), place)
    edge = (left, top, right - 1, bottom - 1)
    ImageDraw.Draw(picture).rectangle(edge, outline=_EDGE, width=max(1, round(scale)))


def _view(text: str) -> View:
    asked = json.loads(text)
    marks = tuple(Box(**mark) for mark in asked.pop("marks"))
    return View(file=Path(asked.pop("file")), marks=marks, **asked)


def _limit() -> None:
    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(SECONDS), math.ceil(SECONDS)))


if __name__ == "__main__":
    _limit()
    sys.stdout.buffer.write(draw(_view(sys.argv[1])))
