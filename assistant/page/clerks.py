"""Clerks: processes beside the page that seek the answers, so that all cores work at them.

Python lets one thread of a process compute at a time; a page that sought the answers itself would
keep one core busy while the others wait.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from types import TracebackType

from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.errors import AssistantError
from assistant.page.heap import keep_lean, settle
from assistant.page.told import Told, tell
from assistant.scope import EVERYTHING, Scope
from assistant.spelling import is_english

MOST = 4
# A question takes a fifth of one at a million passages; one that stalls must end at some time.
SECONDS = 60.0
# Where the model has never been converted on this machine, the first clerk does so.
STARTING = 300.0
# What a clerk asks itself before anybody else does: the first question of each kind takes up to
# twice as long as those that come after it.
FIRST = (
    "Who chairs the committee?",
    "What share of pupils did the January papers report?",
    "How did it change between the two years?",
    "Which area has the highest rate?",
    "How much does the budget come to, and why?",
    "What did the minutes resolve?",
)
# Between two attempts to start a clerk that died before it was ready
PAUSE = 5.0
# A question is asked again where its clerk was killed, but not for ever: it may be the cause.
TRIES = 2

_STALLED = "Looking for that took too long, and was ended. Ask about one thing, or of fewer papers."
_DIED = "Looking for that failed twice. Ask in other words, or tell whoever runs this page."
_NONE_FREE = "Too many questions wait to be answered. Please ask again in a minute."

Seek = Callable[[str, Sequence[Turn], Scope], Told]


class Clerk:
    """Seeks answers in this process, one at a time, always in the newest index."""

    def __init__(self, index: Path, model: str) -> None:
        self._index = index
        self._model = model
        self._one_at_a_time = Lock()
        self._assistant: Assistant | None = None

    def ask(self, question: str, turns: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Told:
        """The reply, with what is shown beside it. Raises AssistantError as the assistant does."""
        with self._one_at_a_time:
            assistant = self._assistant or Assistant.open(self._index, self._model)
            self._assistant = assistant.renewed(self._index)
            return tell(self._assistant, question, turns, scope)


def ready_clerk(index: Path, model: str) -> Seek:
    """How a clerk asks that has its model and its words loaded, and has answered each kind once."""
    clerk = Clerk(index, model)
    is_english("papers")  # reads the list of words
    # What is amiss with the index is said to whoever asks.
    with suppress(AssistantError):
        for question in FIRST:
            clerk.ask(question)
    return clerk.ask


def cores() -> int:
    """How many processors this process may use."""
    own = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return own or 1


@dataclass(frozen=True, slots=True, eq=False)
class _Hired:
    """A clerk's process and the pipe to it."""

    process: SpawnProcess
    pipe: Connection

    def hear(self, seconds: float) -> Told | AssistantError | None:
        """What it says next. Raises TimeoutError, or EOFError or OSError where it has died."""
        if not self.pipe.poll(seconds):
            raise TimeoutError
        said: Told | AssistantError | None = self.pipe.recv()
        return said

    def dismiss(self) -> None:
        """Ends it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Clerks:
    """As many clerks as there are cores. One that dies or stalls is replaced."""

    def __init__(self, make: Callable[[], Seek], number: int = 0, seconds: float = SECONDS) -> None:
        """`make` is called in each process, and must be a function that can be pickled."""
        self._make = make
        self._seconds = seconds
        self._free: SimpleQueue[_Hired] = SimpleQueue()
        self._hired: set[_Hired] = set()
        self._hiring = Lock()
        self._closed = Event()
        for _ in range(number or min(MOST, cores())):
            self._replace()

    def __enter__(self) -> Clerks:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes that are there now."""
        with self._hiring:
            return [one.process.pid for one in self._hired if one.process.pid]

    def ask(self, question: str, turns: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Told:
        """What a free clerk tells. Raises AssistantError as it does, or where none could tell."""
        for _ in range(TRIES):
            clerk = self._next()
            try:
                clerk.pipe.send((question, tuple(turns), scope))
                told = clerk.hear(self._seconds)
            except TimeoutError:
                self._replace(clerk)
                raise AssistantError(_STALLED) from None
            except (EOFError, OSError):
                self._replace(clerk)
                continue
            self._free.put(clerk)
            if isinstance(told, Told):
                return told
            raise told or AssistantError(_DIED)
        raise AssistantError(_DIED)

    def _next(self) -> _Hired:
        """A free clerk; those that were killed while they had nothing to do are replaced."""
        while True:
            try:
                clerk = self._free.get(timeout=STARTING)
            except Empty:
                raise AssistantError(_NONE_FREE) from None
            if clerk.process.is_alive():
                return clerk
            self._replace(clerk)

    def close(self) -> None:
        """Ends all of them."""
        self._closed.set()
        with self._hiring:
            for one in self._hired:
                one.process.kill()
            self._hired.clear()

    def _replace(self, gone: _Hired | None = None) -> None:
        """Hires a clerk, in the place of one that is gone; nobody waits for it to be ready."""
        if gone:
            self._dismiss(gone)
        Thread(target=self._hire, daemon=True).start()

    def _hire(self) -> None:
        while clerk := self._begin():
            try:
                clerk.hear(STARTING)
            except (EOFError, OSError):
                self._dismiss(clerk)
                self._closed.wait(PAUSE)
            else:
                self._free.put(clerk)
                return

    def _begin(self) -> _Hired | None:
        """A clerk that gets ready; None where no more are wanted."""
        with self._hiring:
            if self._closed.is_set():
                return None
            spawning = multiprocessing.get_context("spawn")
            here, there = spawning.Pipe()
            process = spawning.Process(target=_serve, args=(self._make, there), daemon=True)
            process.start()
            there.close()  # so that it is heard here when the clerk has died
            clerk = _Hired(process, here)
            self._hired.add(clerk)
            return clerk

    def _dismiss(self, clerk: _Hired) -> None:
        with self._hiring:
            self._hired.discard(clerk)
        clerk.dismiss()


def _serve(make: Callable[[], Seek], pipe: Connection) -> None:
    """What a clerk does until the page is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the page, which ends its clerks
    Thread(target=_end_with_the_page, daemon=True).start()
    keep_lean()
    seek = make()
    settle()
    with suppress(EOFError, OSError):
        pipe.send(None)  # ready
        while True:
            asked: tuple[str, tuple[Turn, ...], Scope] = pipe.recv()
            try:
                said: Told | AssistantError = seek(*asked)
            except AssistantError as error:
                said = error
            pipe.send(said)


def _end_with_the_page() -> None:
    """However it ends, and whatever its clerk is at."""
    page = multiprocessing.parent_process()
    if page:
        page.join()
    os._exit(0)
