"""Texts and web pages, read one after another by one child process.

A fork for each would cost more than the reading: these are small, and many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.guarded import serve
from assistant.markup import read_html, read_text
from assistant.papers import Reading

_READERS: Mapping[str, Callable[[Path], Reading]] = {"html": read_html, "text": read_text}


if __name__ == "__main__":
    serve(lambda path, kind: _READERS[kind](path), apart=False)
