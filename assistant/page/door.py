"""The door: where a councillors' password is set, nobody sees the page who has not signed in."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.page.signin import SignIn
from assistant.page.statements import STATEMENTS, framed

COOKIE = "councillor"
ADDRESS = "/sign-in"
# A meeting and the reading for it fit into it: no time-out costs anybody her question.
HOURS = 12
MOST_SENT = 4_096
# The officer's page has a sign-in of its own, and the statements are for everybody.
_OPEN = {f"/{address}" for address in STATEMENTS} | {"/officer", "/officer.js"}
_FORM = """<h1>Sign in</h1>
<p>The committee papers assistant is for councillors. Your Democratic Services team has the
password.</p>{told}
<form method="post" action="sign-in">
<p><label for="password">Password</label><br>
<input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button type="submit">Sign in</button></p></form>"""


class Door:
    """Middleware: lets in who carries the cookie of a session, shows the others the sign-in."""

    def __init__(self, app: ASGIApp, signin: SignIn, root: str = "") -> None:
        self._app = app
        self._root = root
        self._signin = signin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page speaks HTTP alone
            return
        request = Request(scope, receive)
        path = scope["path"]
        if path == ADDRESS:
            await (await self._entering(request))(scope, receive, send)
        elif path in _OPEN or path.startswith("/officer/") or self._knows(request):
            await self._app(scope, receive, send)
        elif path == "/":
            await RedirectResponse(ADDRESS[1:], 303)(scope, receive, send)
        else:
            await PlainTextResponse("sign in first", 401)(scope, receive, send)

    async def _entering(self, request: Request) -> Response:
        if request.method != "POST":
            return _page("")
        if int(request.headers.get("content-length") or MOST_SENT + 1) > MOST_SENT:
            return _page("That password is wrong.", 413)
        form = await request.form()
        person = request.client.host if request.client else ""
        # Hashing takes a tenth of a second, which the others need not wait.
        token = await run_in_threadpool(self._signin.enter, person, str(form.get("password", "")))
        if not token:
            locked = self._signin.locked(person)
            return _page(_LOCKED if locked else "That password is wrong.", 429 if locked else 401)
        response = RedirectResponse("./", 303)
        response.set_cookie(
            COOKIE,
            token,
            max_age=HOURS * 3600,
            path=self._root or "/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",  # a link in an e-mail opens the page signed in
        )
        return response

    def _knows(self, request: Request) -> bool:
        try:
            cookies = SimpleCookie(request.headers.get("cookie", ""))
        except CookieError:
            return False
        return COOKIE in cookies and self._signin.holds(cookies[COOKIE].value)


_LOCKED = "Too many wrong passwords. Wait a quarter of an hour, then try again."


def _page(told: str, status: int = 200) -> Response:
    said = f'<p class="todo" role="alert">{told}</p>' if told else ""
    body = _FORM.format(told=said)
    return HTMLResponse(framed("Sign in", body, back=False), status, {"cache-control": "no-store"})
