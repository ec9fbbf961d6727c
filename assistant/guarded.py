"""Readers in a child process, which may neither stall the build nor eat the memory."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from assistant.errors import PaperUnreadable
from assistant.papers import Reading

MEMORY = 3 * 2**30
SECONDS = 180.0


def read_guarded(module: str, path: Path, *more: str, seconds: float = SECONDS) -> Reading:
    """What `python -m MODULE PATH ...` makes of a file.

    Raises PaperUnreadable where the child says so, fails, or takes too long.
    """
    root = str(Path(__file__).resolve().parent.parent)
    try:
        child = subprocess.run(
            [sys.executable, "-m", module, str(path), *more],
            env={**os.environ, "PYTHONPATH": root},
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PaperUnreadable(f"took longer than {seconds:g} seconds to read") from None
    if child.returncode != 0 or not child.stdout:
        raise PaperUnreadable("damaged file: reading it failed or took too much memory")
    answer = pickle.loads(child.stdout)
    if isinstance(answer, Reading):
        return answer
    raise PaperUnreadable(str(answer))


def limit_memory() -> None:
    """Called by a child before it opens anything."""
    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def answer(read: Callable[[], Reading]) -> None:
    """Called by a child: reads, and tells the parent what came of it."""
    told: Reading | str
    try:
        told = read()
    except PaperUnreadable as error:
        told = str(error)
    sys.stdout.buffer.write(pickle.dumps(told))
