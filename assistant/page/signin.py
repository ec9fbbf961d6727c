"""The sign-in of officers: one password, kept as its hash; who guesses too often has to wait."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from assistant.errors import AssistantError

SHORTEST = 10
MOST_FAILURES = 5  # of one person, before she is locked out
MOST_OF_ALL = 50  # of everybody together: guesses may come from many addresses
MOST_PEOPLE = 10_000  # whose failures are counted
LOCKED = 15 * 60.0  # seconds
IDLE = 30 * 60.0  # seconds after which an officer signs in again
_ALL = "*"


@dataclass(slots=True)
class _Failures:
    count: int = 0
    until: float = 0.0  # locked till then


class SignIn:
    """Who is signed in. Raises AssistantError for a password too short to guard anything."""

    def __init__(
        self,
        password: str,
        clock: Callable[[], float] = monotonic,
        *,
        idle: float = IDLE,
        variable: str = "ASSISTANT_OFFICER_PASSWORD",
    ) -> None:
        if len(password) < SHORTEST:
            raise AssistantError(
                f"{variable} has fewer than {SHORTEST} characters; set a longer one"
            )
        self._idle = idle
        self._salt = secrets.token_bytes(16)
        self._hash = self._hashed(password)
        self._clock = clock
        self._failures: dict[str, _Failures] = {}
        self._sessions: dict[str, float] = {}  # hash of a token -> when it ends
        self._deciding = Lock()

    def _hashed(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode(), salt=self._salt, n=2**14, r=8, p=1)

    def enter(self, person: str, password: str) -> str:
        """The token of a new session, or "" where the password is wrong or the person locked out.

        One who is locked out is refused even with the right password, so that no guess is told.
        """
        with self._deciding:
            if self.locked(person):
                return ""
            if hmac.compare_digest(self._hashed(password[:1_000]), self._hash):
                self._failures.pop(person, None)
                token = secrets.token_urlsafe(32)
                self._sessions[_key(token)] = self._clock() + self._idle
                return token
            self._count(person, MOST_FAILURES)
            self._count(_ALL, MOST_OF_ALL)
            return ""

    def locked(self, person: str) -> bool:
        """Whether this person, or everybody, has to wait."""
        now = self._clock()
        known = (self._failures.get(name) for name in (person, _ALL))
        return any(one is not None and one.until > now for one in known)

    def _count(self, person: str, most: int) -> None:
        if len(self._failures) > MOST_PEOPLE:
            self._failures = {_ALL: self._failures.get(_ALL, _Failures())}
        failures = self._failures.setdefault(person, _Failures())
        failures.count += 1
        if failures.count >= most:
            failures.count, failures.until = 0, self._clock() + LOCKED

    def holds(self, token: str) -> bool:
        """Whether a token is of a session that goes on; if so, it goes on for longer."""
        key, now = _key(token), self._clock()
        with self._deciding:
            self._sessions = {one: end for one, end in self._sessions.items() if end > now}
            if key not in self._sessions:
                return False
            self._sessions[key] = now + self._idle
            return True

    def leave(self, token: str) -> None:
        """Ends a session."""
        with self._deciding:
            self._sessions.pop(_key(token), None)


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
