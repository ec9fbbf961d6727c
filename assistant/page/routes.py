"""What the page fetches beside the chat: files of papers, pictures of their pages, statements."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import Body, FastAPI, Query, Request
from fastapi.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)

from assistant.errors import AssistantError
from assistant.page.desk import Desk
from assistant.page.feedback import read_report
from assistant.page.limits import Limit
from assistant.page.pageview import marks_of
from assistant.page.statements import STATEMENTS, statement

# A file of the papers that the browser would run as a page of ours is handed over as a download.
_SHOWN = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}
SCALES = (1.5, 2.25, 3.0)
# Far more than anybody turns, far fewer than would keep the others waiting.
PICTURES_A_MINUTE = 120
REPORTS_A_MINUTE = 20
_HERE = Path(__file__).parent
_HOUR = {"cache-control": "private, max-age=3600"}


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Lets the page fetch what it shows; what names no indexed paper gets a 404."""
    routes = _Routes(desk)
    app.add_api_route("/page.js", _script)
    app.add_api_route("/paper", routes.paper)
    app.add_api_route("/picture", routes.picture)
    app.add_api_route("/printed", routes.printed)
    app.add_api_route("/feedback", routes.feedback, methods=["POST"])
    for address in STATEMENTS:
        app.add_api_route(f"/{address}", partial(_statement, address))


def _script() -> Response:
    return FileResponse(_HERE / "page.js", media_type="text/javascript; charset=utf-8")


def _statement(address: str) -> Response:
    return HTMLResponse(statement(address))


class _Routes:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pictures, self._reports = Limit(PICTURES_A_MINUTE), Limit(REPORTS_A_MINUTE)

    def paper(self, path: str) -> Response:
        try:
            file = self._desk.file(path)
        except AssistantError as error:
            return PlainTextResponse(str(error), 404)
        kind = _SHOWN.get(file.suffix.lower())
        return FileResponse(
            file,
            media_type=kind or "application/octet-stream",
            filename=file.name,
            content_disposition_type="inline" if kind else "attachment",
        )

    def picture(
        self,
        request: Request,
        path: str,
        page: int,
        zoom: int = 0,
        mark: Annotated[Sequence[str], Query()] = (),
        cut: bool = False,
    ) -> Response:
        if not self._pictures.allows(_person(request)):
            return PlainTextResponse("too many pictures; wait a minute", 429)
        scale = SCALES[max(0, min(zoom, len(SCALES) - 1))]
        try:
            drawn = self._desk.picture(path, page, scale, marks_of(mark, page), cut=cut)
        except AssistantError as error:
            return PlainTextResponse(str(error), 404)
        return Response(drawn, media_type="image/png", headers=_HOUR)

    def printed(self, path: str, page: int) -> Response:
        try:
            return JSONResponse({"printed": self._desk.printed(path, page)})
        except AssistantError as error:
            return PlainTextResponse(str(error), 404)

    def feedback(self, request: Request, sent: Annotated[object, Body()]) -> Response:
        # A form of another site could not send JSON, and its script is refused by the browser.
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return PlainTextResponse("send JSON", 415)
        report = read_report(sent)
        if report is None:
            return PlainTextResponse("not a report", 400)
        if not self._reports.allows(_person(request)):
            return PlainTextResponse("too many reports; wait a minute", 429)
        if self._desk.keep(report):
            return PlainTextResponse("")
        return PlainTextResponse("the report could not be kept", 507)


def _person(request: Request) -> str:
    """Who asks, as far as a server can tell: the address that the request came from."""
    return request.client.host if request.client else ""
