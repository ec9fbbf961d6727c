"""A child process that reads texts and web pages one after another, and is ended where it stalls.

One of its own for each would cost more than the reading: these are small, and many.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import select
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from time import monotonic

from assistant.errors import PaperUnreadable
from assistant.guarded import MEMORY
from assistant.markup import read_html, read_text
from assistant.papers import Reading

SECONDS = 60.0
_READERS: Mapping[str, Callable[[Path], Reading]] = {"html": read_html, "text": read_text}
_SIZE = 8  # bytes that tell how long an answer is
_PIECE = 2**16


class Scribe:
    """The child, begun with the first file and begun anew after one that it did not outlive."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def read(self, kind: str, path: Path, seconds: float = SECONDS) -> Reading:
        """What a text or web page holds. Raises PaperUnreadable where it cannot be read."""
        with self._lock:
            child = self._child or _begin()
            self._child = None  # until it has answered
            try:
                told = pickle.loads(_ask(child, [kind, str(path)], monotonic() + seconds))
            except (PaperUnreadable, OSError):
                _end(child)
                raise
            self._child = child
        if isinstance(told, Reading):
            return told
        raise PaperUnreadable(str(told))

    def close(self) -> None:
        """Ends the child, where there is one."""
        with self._lock:
            if self._child:
                _end(self._child)
            self._child = None


def _end(child: subprocess.Popen[bytes]) -> None:
    with child:  # closes what leads to it and waits for it
        child.kill()


def _begin() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parent.parent)
    return subprocess.Popen(
        [sys.executable, "-m", "assistant.scribe"],
        env={**os.environ, "PYTHONPATH": root},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _ask(child: subprocess.Popen[bytes], asked: list[str], until: float) -> bytes:
    assert child.stdin and child.stdout
    try:
        child.stdin.write(json.dumps(asked).encode() + b"\n")
        child.stdin.flush()
    except BrokenPipeError as error:
        raise _died() from error
    source = child.stdout.fileno()
    size = int.from_bytes(_receive(source, _SIZE, until), "big")
    return _receive(source, size, until)


def _receive(source: int, size: int, until: float) -> bytes:
    held = bytearray()
    while len(held) < size:
        if not select.select([source], [], [], max(0.0, until - monotonic()))[0]:
            raise PaperUnreadable("took too long to read")
        piece = os.read(source, min(_PIECE, size - len(held)))
        if not piece:
            raise _died()
        held += piece
    return bytes(held)


def _died() -> PaperUnreadable:
    return PaperUnreadable("damaged file: reading it failed or took too much memory")


_scribe = Scribe()
atexit.register(_scribe.close)


def read_text_safely(path: Path) -> Reading:
    """What a text or Markdown file holds, read by the child that all of them share."""
    return _scribe.read("text", path)


def read_html_safely(path: Path) -> Reading:
    """What a web page holds, read by the child that all of them share."""
    return _scribe.read("html", path)


def _main() -> None:
    """Reads what is named line by line, until nobody names any more."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin.buffer:
        kind, path = json.loads(line)
        told: Reading | str
        try:
            told = _READERS[kind](Path(path))
        except PaperUnreadable as error:
            told = str(error)
        answer = pickle.dumps(told)
        sys.stdout.buffer.write(len(answer).to_bytes(_SIZE, "big") + answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main()
