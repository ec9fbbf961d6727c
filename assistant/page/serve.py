"""The server of the web page: on this machine alone, with nothing fetched from another."""

from __future__ import annotations

import errno
import logging
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.audit import Audit
from assistant.errors import AssistantError
from assistant.page.chat import NAME, Chat
from assistant.page.clerks import Clerks, Seek, ready_clerk
from assistant.page.desk import Desk
from assistant.page.door import HOURS, Door
from assistant.page.heap import keep_lean, settle
from assistant.page.officer import add_officer
from assistant.page.routes import add_routes
from assistant.page.safety import Safety
from assistant.page.signin import SignIn

HOST = "127.0.0.1"
PORTS_TRIED = 10
_CSS = Path(__file__).with_name("theme.css")


@dataclass(frozen=True, slots=True)
class Site:
    """What is served: the papers and their index, who signs in, and where it lies."""

    index: Path
    model: str
    corpus: Path
    officer_password: str = field(default="", repr=False)  # "" for no officer's page
    councillor_password: str = field(default="", repr=False)  # "" where nobody need sign in
    audit: str = "0"  # days that the record of answers is kept; "30 text" keeps questions too
    root: str = ""  # the path below which a proxy shows it: "/papers"


def serve(site: Site, port: int, host: str = HOST) -> None:
    """Shows the page until it is stopped; its address is printed first, and who can reach it.

    Raises AssistantError where `port` and those after it are in use, or a password is too short.
    """
    make = partial(ready_clerk, site.index, site.model)
    with _listen(host, port) as listener, Clerks(make) as clerks:
        app, desk = site_app(site, clerks.ask)
        # The first visitor need not wait for the example questions.
        Thread(target=_warm, args=(desk,), daemon=True).start()
        keep_lean()
        settle()
        found = listener.getsockname()[1]
        moved = f" (port {port} is in use)" if found != port else ""
        sys.stdout.write(f"{NAME}: http://{host}:{found}{moved}; Ctrl+C stops it\n")
        sys.stderr.write(warning(host, signed_in=bool(site.councillor_password)))
        sys.stdout.flush()
        # An open page holds a connection for as long as it is open; stopping must not wait for it.
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Stops without a word of the pages that are open then: that they end is no error."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def site_app(site: Site, seek: Seek | None = None) -> tuple[FastAPI, Desk]:
    """The page of a site with all that its settings ask for, and the desk behind it.

    `seek` is how answers are sought, if not in this process. Raises AssistantError where a
    password is too short.
    """
    days, _, text = site.audit.partition(" ")
    audit = Audit(site.index, int(days), bool(text))
    audit.forget()
    desk = Desk(site.index, site.model, site.corpus, audit, seek)
    place = (site.corpus, site.index, site.model, site.officer_password)
    signin = None
    if site.councillor_password:
        named = "ASSISTANT_COUNCILLOR_PASSWORD"
        signin = SignIn(site.councillor_password, idle=HOURS * 3600.0, variable=named)
    return web_app(desk, lambda app: add_officer(app, *place), signin, site.root), desk


def warning(host: str, *, signed_in: bool) -> str:
    """What an officer must know before others can reach the page; "" where nothing is amiss."""
    if host in ("127.0.0.1", "localhost") or signed_in:
        return ""
    return (
        f"assistant: WARNING: {host} can be reached from other machines, and the page has no "
        "sign-in: whoever reaches it reads every indexed paper. Set a password in "
        "ASSISTANT_COUNCILLOR_PASSWORD and put HTTPS before it, or run: assistant serve\n"
    )


def _listen(host: str, port: int) -> socket.socket:
    last = port + PORTS_TRIED - 1
    for number in range(port, last + 1):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
            # Visitors who come before the server is ready wait, and nobody else gets the port.
            listener.listen()
        except socket.gaierror as error:
            listener.close()
            raise AssistantError(f"{host}: no address of this machine ({error})") from error
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRNOTAVAIL:
                raise AssistantError(f"{host}: no address of this machine") from error
            continue
        return listener
    raise AssistantError(
        f"ports {port} to {last} are in use; run: assistant serve --port {last + 1}"
    )


def _warm(desk: Desk) -> None:
    # What cannot be opened is said on the page, to whoever comes.
    with suppress(AssistantError):
        desk.examples()


def web_app(
    desk: Desk,
    add_more: Callable[[FastAPI], None] = lambda app: None,
    signin: SignIn | None = None,
    root: str = "",
) -> FastAPI:
    """The page and its safeguards, for an ASGI server to run, with what `add_more` adds to it."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    if signin:
        app.add_middleware(Door, signin=signin, root=root)
    app.add_middleware(Safety)
    add_routes(app, desk)
    add_more(app)
    gr.mount_gradio_app(
        app,
        Chat(desk).blocks,
        path="/",
        root_path=root or None,
        server_name=HOST,
        footer_links=[],
        # Questions stay out of the browser's storage: people share machines.
        run_history=False,
        ssr_mode=False,
        show_error=False,
        pwa=False,
        # Gradio would fetch the fonts of its other themes from another machine.
        theme=gr.themes.Base(
            font=("system-ui", "Segoe UI", "Arial", "sans-serif"),
            font_mono=("ui-monospace", "Consolas", "monospace"),
        ),
        # Relative, so that the page may lie below any path of a proxy.
        head='<script src="page.js" defer></script>',
        css=_CSS.read_text("utf-8"),
    )
    return app
