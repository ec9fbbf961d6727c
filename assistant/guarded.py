"""Readers in child processes, which may neither stall the build nor eat the memory.

A child has its reader loaded, and reads each file in a fork of its own: that costs a hundredth of
a second, and what a file does to its reader, the next file never meets.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pickle
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic

from assistant.errors import PaperUnreadable
from assistant.papers import Reading
from assistant.settings import environment

MEMORY = 3 * 2**30
SECONDS = 180.0
# Objects that come before Python looks for circles of them that nobody needs: what a reader makes
# it keeps to the end of its file, so that looking oftener costs a tenth of its time.
BETWEEN = 50_000
_SIZE = 8  # bytes that tell how long an answer is
_PIECE = 2**16
_BROKEN = "damaged file: reading it failed or took too much memory"

Read = Callable[..., Reading]


def read_guarded(
    module: str, path: Path, *more: str, seconds: float = SECONDS, spare: float = 0.0
) -> Reading:
    """What the reader that a module serves makes of a file.

    `spare` is what it may take beside its seconds, `unhurried`. Raises PaperUnreadable where the
    reader says so, fails, or takes too long.
    """
    child = _take(module)
    try:
        told = child.ask([str(seconds), str(path), *more], monotonic() + seconds + spare)
    except BaseException as error:
        child.end()
        if isinstance(error, TimeoutError):
            raise PaperUnreadable(_late(seconds)) from None
        raise
    _idle.setdefault(module, []).append(child)
    if isinstance(told, Reading):
        return told
    raise PaperUnreadable(told)


class _Child:
    """A process that runs `serve`."""

    def __init__(self, module: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, asked: Sequence[str], until: float) -> Reading | str:
        """What comes of a file. Raises TimeoutError, or PaperUnreadable where the child died."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise PaperUnreadable(_BROKEN) from error
        source = self._process.stdout.fileno()
        size = int.from_bytes(_receive(source, _SIZE, until), "big")
        told: Reading | str = pickle.loads(_receive(source, size, until))
        return told

    def end(self) -> None:
        """Ends the process and its fork."""
        with suppress(BrokenPipeError), self._process:  # closes what leads to it, waits for it
            self._process.terminate()


def _receive(source: int, size: int, until: float) -> bytes:
    held = bytearray()
    while len(held) < size:
        if not select.select([source], [], [], max(0.0, until - monotonic()))[0]:
            raise TimeoutError
        piece = os.read(source, min(_PIECE, size - len(held)))
        if not piece:
            raise PaperUnreadable(_BROKEN)
        held += piece
    return bytes(held)


_idle: dict[str, list[_Child]] = {}  # by module; a thread takes one, so that no other has it


def _take(module: str) -> _Child:
    waiting = _idle.setdefault(module, [])
    with suppress(IndexError):
        while True:
            child = waiting.pop()
            if child.is_alive():
                return child
            child.end()
    return _Child(module)


def close_readers() -> None:
    """Ends the children that read nothing now; the next file begins another."""
    for waiting in list(_idle.values()):
        with suppress(IndexError):
            while True:
                waiting.pop().end()


atexit.register(close_readers)


def serve(read: Read, *, apart: bool = True) -> None:
    """What a reader's module does as a program: reads what it is asked for, till nobody asks.

    Small files need no forks, `apart`: what becomes of one ends the process, and another begins.
    """
    if not apart:
        limit()
    gc.freeze()  # what a fork does not touch it need not copy
    for line in sys.stdin.buffer:
        seconds, path, *more = json.loads(line)
        work = partial(_told, read, Path(path), more)
        answer = _forked(work, float(seconds)) if apart else work()
        sys.stdout.buffer.write(len(answer).to_bytes(_SIZE, "big") + answer)
        sys.stdout.buffer.flush()


def _told(read: Read, path: Path, more: Sequence[str]) -> bytes:
    """What a reader says of a file, pickled."""
    told: Reading | str
    try:
        told = read(path, *more)
    except PaperUnreadable as error:
        told = str(error)
    return pickle.dumps(told)


def _forked(work: Callable[[], bytes], seconds: float) -> bytes:
    """What comes of work in a fork, or the reason why nothing does."""
    source, sink = os.pipe()
    fork = os.fork()
    if not fork:
        try:
            _work_alone(work, seconds, sink)
        finally:
            os._exit(1)
    os.close(sink)

    def end(*_: object) -> None:
        os.kill(fork, signal.SIGKILL)
        sys.exit()

    signal.signal(signal.SIGTERM, end)
    with os.fdopen(source, "rb") as told:
        answer = told.read()
    code = os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1])
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if code == -signal.SIGALRM:
        return pickle.dumps(_late(seconds))
    return answer if code == 0 and answer else pickle.dumps(_BROKEN)


def _work_alone(work: Callable[[], bytes], seconds: float, sink: int) -> None:
    """The whole life of a fork."""
    for standard in (0, 1):  # what a library prints is no answer
        os.dup2(os.open(os.devnull, os.O_RDWR), standard)
    gc.set_threshold(BETWEEN)
    limit(seconds)
    answer = work()
    with os.fdopen(sink, "wb") as told:
        told.write(answer)
    os._exit(0)


def _late(seconds: float) -> str:
    return f"took longer than {seconds:g} seconds to read"


def limit(seconds: float = 0) -> None:
    """The process dies of too much memory from now on, and of so many seconds where given."""
    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.setitimer(signal.ITIMER_REAL, seconds)


@contextmanager
def unhurried() -> Iterator[None]:
    """A stretch of a child's work whose time does not count, having a limit of its own."""
    left = signal.setitimer(signal.ITIMER_REAL, 0)[0] if hasattr(signal, "setitimer") else 0.0
    try:
        yield
    finally:
        if left:
            signal.setitimer(signal.ITIMER_REAL, left)
