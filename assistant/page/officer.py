"""The officer's page: papers uploaded, listed, released and withdrawn, the index rebuilt.

It is there only where ASSISTANT_OFFICER_PASSWORD is set, apart from the councillors' page. Nothing
that is sent is read before it is known who sends it; the cookie is of no use to another site.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from fastapi import FastAPI, Request
from fastapi.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from assistant.archives import ARCHIVES, refusal
from assistant.build import decide, roll_back_index
from assistant.corpus import READERS
from assistant.errors import AssistantError
from assistant.page.ledger import ledger
from assistant.page.officerview import desk_page, signin_page
from assistant.page.rebuild import Rebuild
from assistant.page.signin import SignIn
from assistant.releases import Act, read_log

COOKIE = "officer"
MOST_BYTES = 500 * 2**20  # in one upload
MOST_FILES = 200
_CHUNK = 2**20
_JS = Path(__file__).with_name("officer.js")
_HERE = "../officer"  # from each of its addresses


def add_officer(app: FastAPI, corpus: Path, index: Path, model: str, password: str) -> None:
    """Adds the officer's page to an app; nothing where there is no password."""
    if not password:
        return
    office = Office(corpus, index, model, password)
    app.add_api_route("/officer", office.show, response_class=HTMLResponse)
    app.add_api_route("/officer.js", _script)
    app.add_api_route("/officer/in", office.enter, methods=["POST"])
    app.add_api_route("/officer/out", office.leave, methods=["POST"])
    app.add_api_route("/officer/progress", office.progress)
    for name, does in (
        ("add", office.add),
        ("decide", office.decide),
        ("rebuild", office.rebuild),
        ("rollback", office.roll_back),
    ):
        app.add_api_route(f"/officer/{name}", office.doing(does), methods=["POST"])


def _script() -> Response:
    return FileResponse(_JS, media_type="text/javascript; charset=utf-8")


class Office:
    """What an officer who is signed in may do."""

    def __init__(self, corpus: Path, index: Path, model: str, password: str) -> None:
        self._corpus = corpus
        self._index = index
        self._signin = SignIn(password)
        self._rebuild = Rebuild(corpus, index, model)
        self._told = ""  # what came of the last thing that was done

    def show(self, request: Request) -> Response:
        """The list of papers, or the sign-in."""
        if not self._knows(request):
            person = _person(request)
            locked = "Too many wrong passwords; wait a quarter of an hour."
            return _page(signin_page(locked if self._signin.locked(person) else ""))
        told, self._told = self._told, ""
        try:
            rows, log = ledger(self._corpus, self._index), read_log(self._corpus)
        except AssistantError as error:
            rows, log, told = [], (), f"{told} {error}".strip()
        return _page(desk_page(rows, log, self._rebuild.progress, told))

    async def enter(self, request: Request) -> Response:
        """Signs in, or says why not."""
        if int(request.headers.get("content-length") or 0) > 10_000:
            return PlainTextResponse("too long", 413)
        async with request.form(max_files=0, max_fields=5) as form:
            password = str(form.get("password", ""))
        person = _person(request)
        token = await run_in_threadpool(self._signin.enter, person, password)
        if not token:
            locked = self._signin.locked(person)
            told = "Too many wrong passwords; wait a quarter of an hour." if locked else ""
            return _page(signin_page(told or "The password is wrong."), 429 if locked else 403)
        answer = RedirectResponse(_HERE, 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)
        return answer

    def leave(self, request: Request) -> Response:
        """Signs out."""
        self._signin.leave(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(_HERE, 303)
        answer.delete_cookie(COOKIE)
        return answer

    def progress(self, request: Request) -> Response:
        """How far the rebuild is, as JSON."""
        if not self._knows(request):
            return PlainTextResponse("sign in", 403)
        return JSONResponse(asdict(self._rebuild.progress), headers={"cache-control": "no-store"})

    def doing(self, does: Callable[[FormData], str]) -> Callable[[Request], Awaitable[Response]]:
        """The answer to a form of an officer: what came of it is told on the page."""

        async def answer(request: Request) -> Response:
            if not self._knows(request):
                return PlainTextResponse("sign in", 403)
            if int(request.headers.get("content-length") or MOST_BYTES + 1) > MOST_BYTES:
                return PlainTextResponse(f"more than {MOST_BYTES >> 20} MB", 413)
            async with request.form(max_files=MOST_FILES, max_fields=20) as form:
                try:
                    self._told = await run_in_threadpool(does, form)
                except AssistantError as error:
                    self._told = str(error)
            return RedirectResponse(_HERE, 303)

        return answer

    def add(self, form: FormData) -> str:
        """Puts uploaded files into the folder; one of the same name is replaced."""
        told = [self._keep(one) for one in form.getlist("files") if isinstance(one, UploadFile)]
        return "; ".join(told) or "No file was chosen."

    def _keep(self, upload: UploadFile) -> str:
        name = PurePosixPath((upload.filename or "").replace("\\", "/")).name
        suffix = PurePosixPath(name).suffix.lower()
        shown = "".join(letter for letter in name if letter.isprintable())
        if why := refusal(name):
            return f"{shown}: {why}"
        taken = suffix in (*READERS, *ARCHIVES) and Path(name).stem.lower() != "readme"
        if not taken or name.startswith(".") or shown != name:
            return f"{shown or 'a file'}: is no paper of a kind that is read"
        target, aside = self._corpus / name, self._corpus / f".{secrets.token_hex(8)}.new"
        replaced = target.exists()
        try:
            with aside.open("wb") as file:
                _copy(upload.file, file)
            aside.replace(target)
        except OSError as error:
            aside.unlink(missing_ok=True)
            return f"{name}: could not be kept ({error.strerror})"
        return f"{name}: {'replaced' if replaced else 'added'}; the next rebuild reads it"

    def decide(self, form: FormData) -> str:
        """Records a release or a withdrawal; what is withdrawn goes at once."""
        said = {name: str(form.get(name, "")) for name in ("act", "paper", "by", "why")}
        if said["act"] not in tuple(Act):
            return "Nothing was decided."
        act = Act(said["act"])
        entry = decide(
            self._corpus, self._index, said["paper"], act, by=said["by"], why=said["why"]
        )
        if act is Act.WITHDRAW:
            self._rebuild.start()
        return f"{entry.paper}: {entry}"

    def rebuild(self, form: FormData) -> str:
        """Starts a rebuild."""
        return "" if self._rebuild.start() else "A rebuild is running already."

    def roll_back(self, form: FormData) -> str:
        """Puts the index before the one in use back."""
        folder = roll_back_index(self._corpus, self._index)
        return f"{folder.name} is in use again; a rebuild brings it up to the folder."

    def _knows(self, request: Request) -> bool:
        return self._signin.holds(request.cookies.get(COOKIE, ""))


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    while chunk := source.read(_CHUNK):
        target.write(chunk)


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status, headers={"cache-control": "no-store"})


def _person(request: Request) -> str:
    return request.client.host if request.client else ""
