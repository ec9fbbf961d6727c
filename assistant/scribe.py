"""Texts and web pages, read one after another by one child process.

A fork for each would cost more than the reading: these are small, and many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.guarded import read_guarded, serve
from assistant.markup import read_html, read_text
from assistant.papers import Reading

SECONDS = 60.0
_READERS: Mapping[str, Callable[[Path], Reading]] = {"html": read_html, "text": read_text}


def read_text_safely(path: Path, seconds: float = SECONDS) -> Reading:
    """What a text or Markdown file holds, read in a child process with limits."""
    return read_guarded("assistant.scribe", path, "text", seconds=seconds)


def read_html_safely(path: Path, seconds: float = SECONDS) -> Reading:
    """What a web page holds, read in a child process with limits."""
    return read_guarded("assistant.scribe", path, "html", seconds=seconds)


if __name__ == "__main__":
    serve(lambda path, kind: _READERS[kind](path), apart=False)
