"""The server of the web page: on this machine alone, with nothing fetched from another."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.errors import AssistantError
from assistant.page.chat import NAME, Chat
from assistant.page.desk import Desk
from assistant.page.routes import add_routes
from assistant.page.safety import Safety

HOST = "127.0.0.1"
PORTS_TRIED = 10
_CSS = Path(__file__).with_name("theme.css")


def serve(index: Path, model: str, port: int, corpus: Path, host: str = HOST) -> None:
    """Shows the page until it is stopped; its address is printed first, and who can reach it.

    Raises AssistantError where `port` and those after it are in use.
    """
    with _listen(host, port) as listener:
        desk = Desk(index, model, corpus)
        # The first visitor need not wait for the model to load.
        Thread(target=_warm, args=(desk,), daemon=True).start()
        found = listener.getsockname()[1]
        moved = f" (port {port} is in use)" if found != port else ""
        app = web_app(desk)
        sys.stdout.write(f"{NAME}: http://{host}:{found}{moved}; Ctrl+C stops it\n")
        sys.stderr.write(warning(host))
        sys.stdout.flush()
        # An open page holds a connection for as long as it is open; stopping must not wait for it.
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        uvicorn.Server(config).run(sockets=[listener])


def warning(host: str) -> str:
    """What an officer must know before others can reach the page; "" on this machine alone."""
    if host in ("127.0.0.1", "localhost"):
        return ""
    return (
        f"assistant: WARNING: {host} can be reached from other machines, and the page has no "
        "sign-in: whoever reaches it reads every indexed paper. Put a proxy with a sign-in and "
        "HTTPS before it, or run: assistant serve\n"
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


def web_app(desk: Desk) -> FastAPI:
    """The page and its safeguards, for an ASGI server to run."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Safety)
    add_routes(app, desk)
    gr.mount_gradio_app(
        app,
        Chat(desk).blocks,
        path="/",
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
