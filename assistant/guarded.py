"""Readers in a child process, which may neither stall the build nor eat the memory."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.errors import PaperUnreadable
from assistant.papers import Reading

MEMORY = 3 * 2**30
SECONDS = 180.0


def read_guarded(
    module: str, path: Path, *more: str, seconds: float = SECONDS, spare: float = 0.0
) -> Reading:
    """What `python -m MODULE SECONDS PATH ...` makes of a file.

    `spare` is what it may take beside its seconds, `unhurried`. Raises PaperUnreadable where the
    child says so, fails, or takes too long.
    """
    root = str(Path(__file__).resolve().parent.parent)
    try:
        child = subprocess.run(
            [sys.executable, "-m", module, str(seconds), str(path), *more],
            env={**os.environ, "PYTHONPATH": root},
            capture_output=True,
            timeout=seconds + spare,
            check=False,
        )
        late = child.returncode == -signal.SIGALRM
    except subprocess.TimeoutExpired:
        late = True
    if late:
        raise PaperUnreadable(f"took longer than {seconds:g} seconds to read")
    if child.returncode != 0 or not child.stdout:
        raise PaperUnreadable("damaged file: reading it failed or took too much memory")
    answer = pickle.loads(child.stdout)
    if isinstance(answer, Reading):
        return answer
    raise PaperUnreadable(str(answer))


def limit(seconds: float) -> None:
    """Called by a child before it opens anything: it dies of too much memory or time."""
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


def answer(read: Callable[[], Reading]) -> None:
    """Called by a child: reads, and tells the parent what came of it."""
    told: Reading | str
    try:
        told = read()
    except PaperUnreadable as error:
        told = str(error)
    sys.stdout.buffer.write(pickle.dumps(told))
