"""What the page fetches beside the chat: files of papers, pictures of their pages, its script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from assistant.errors import AssistantError
from assistant.page.desk import Desk
from assistant.papers import Box

# A file of the papers that the browser would run as a page of ours is handed over as a download.
_SHOWN = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}
SCALES = (1.5, 2.25, 3.0)
MOST_MARKS = 60
_HERE = Path(__file__).parent
_HOUR = {"cache-control": "private, max-age=3600"}


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Lets the page fetch what it shows. A request that names no indexed paper gets a 404."""

    @app.get("/page.js")
    def script() -> Response:
        return FileResponse(_HERE / "page.js", media_type="text/javascript; charset=utf-8")

    @app.get("/paper")
    def paper(path: str) -> Response:
        try:
            file = desk.file(path)
        except AssistantError as error:
            return PlainTextResponse(str(error), 404)
        kind = _SHOWN.get(file.suffix.lower())
        return FileResponse(
            file,
            media_type=kind or "application/octet-stream",
            filename=file.name,
            content_disposition_type="inline" if kind else "attachment",
        )

    @app.get("/picture")
    def picture(
        path: str, page: int, zoom: int = 0, mark: Annotated[Sequence[str], Query()] = ()
    ) -> Response:
        scale = SCALES[max(0, min(zoom, len(SCALES) - 1))]
        try:
            drawn = desk.picture(path, page, scale, marks_of(mark, page))
        except AssistantError as error:
            return PlainTextResponse(str(error), 404)
        return Response(drawn, media_type="image/png", headers=_HOUR)

    @app.get("/printed")
    def printed(path: str, page: int) -> Response:
        try:
            return JSONResponse({"printed": desk.printed(path, page)})
        except AssistantError as error:
            return PlainTextResponse(str(error), 404)


def marks_of(marks: Sequence[str], page: int) -> tuple[Box, ...]:
    """The boxes of the marks "PAGE,LEFT,TOP,RIGHT,BOTTOM" that are on this page."""
    boxes: list[Box] = []
    for mark in marks[:MOST_MARKS]:
        try:
            number, *edges = (float(part) for part in mark.split(","))
        except ValueError:
            continue
        if number == page and len(edges) == 4 and all(map(math.isfinite, edges)):
            boxes.append(Box(*edges))
    return tuple(boxes)
