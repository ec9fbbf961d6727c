"""What the browser is told of every response, so that no page of ours reaches another machine."""

from __future__ import annotations

import re
import secrets

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio compiles its HTML component with Function(), hence unsafe-eval; scripts that stand in the
# page itself run only with the nonce of this response, so words of a paper can never be one.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'nonce-{nonce}'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'self'"
)
# A paper that the browser shows itself runs no script of its own and stands in no other page. Its
# viewer for PDF files is blocked by anything stricter.
_PAPER_POLICY = "script-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Doors of Gradio that this page never uses: nobody may fill the disk, nor fetch through us.
_CLOSED = re.compile(r"/(?:upload|upload_progress|component_server)/?$|/proxy=")
# The longest of questions takes a third of it, and of one that takes more the page itself says that
# it is too long. Whatever is sent lies in the memory as a whole, and the name that a visit gives
# itself is kept as long as the visit.
MOST_SENT = 2**18
# The officer's page sends papers, and sees to their size itself.
_UPLOADS = re.compile(r"/officer(?:/.*)?")
# Addresses whose forms send a password, or what an officer decides.
_SIGN_IN = re.compile(r"/(?:sign-in|officer(?:/.*)?)")
# Cards for social networks, which name hosts of others.
_CARDS = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>', re.S)
_ELSEWHERE = re.compile(
    r"<(?:link|script)\b[^>]*\b(?:href|src)=\"(?:https?:)?//[^>]*>(?:</script>)?", re.S
)


class Safety:
    """Middleware: the policy on every response, pages without what lies elsewhere, closed doors."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _CLOSED.search(scope["path"]):
            await PlainTextResponse("not here", 404)(scope, receive, send)
            return
        if _is_too_much(scope):
            await PlainTextResponse("too much was sent", 413)(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        if scope["path"] == "/":
            # A page that came compressed could not be rewritten.
            headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            await self._app({**scope, "headers": headers}, receive, _Page(send, nonce))
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = _PAPER_POLICY if scope["path"] == "/paper" else _POLICY
                if _SIGN_IN.fullmatch(scope["path"]):
                    policy = policy.replace("form-action 'none'", "form-action 'self'")
                message = {**message, "headers": _headers(message["headers"], nonce, policy)}
            await send(message)

        await self._app(scope, receive, send_safely)


def _is_too_much(scope: Scope) -> bool:
    """Whether a request brings more than the page takes, or does not say how much it brings."""
    if scope["method"] != "POST" or _UPLOADS.fullmatch(scope["path"]):
        return False
    said = dict(scope["headers"]).get(b"content-length", b"")
    return not said.isdigit() or int(said) > MOST_SENT


class _Page:
    """Holds a page back until it is whole, then sends it rewritten."""

    def __init__(self, send: Send, nonce: str) -> None:
        self._send = send
        self._nonce = nonce
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = safe_page(self._body.decode("utf-8"), self._nonce).encode("utf-8")
        kept = [pair for pair in self._start["headers"] if pair[0].lower() != b"content-length"]
        headers = [*_headers(kept, self._nonce), (b"content-length", str(len(body)).encode())]
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _headers(
    headers: list[tuple[bytes, bytes]], nonce: str, policy: str = _POLICY
) -> list[tuple[bytes, bytes]]:
    return [
        *headers,
        (b"content-security-policy", policy.format(nonce=nonce).encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]


def safe_page(page: str, nonce: str) -> str:
    """The page in British English, without tags that lead elsewhere, its own scripts let run."""
    page = _ELSEWHERE.sub("", _CARDS.sub("", page))
    page = re.sub(r'(<html\b[^>]*\blang=)"en"', r'\1"en-GB"', page, count=1)
    return re.sub(r"<script(?=[\s>])", f'<script nonce="{nonce}"', page)
