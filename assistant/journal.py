"""Journals: files beside the index to which a line of JSON is added at a time, up to a size."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

# Held while a journal is written to, or written anew.
WRITING = Lock()


def add_line(file: Path, entry: Mapping[str, object], most: int) -> bool:
    """Adds an entry; False where the file would hold more than `most` bytes or is not writable."""
    line = json.dumps(entry, ensure_ascii=False) + "\n"
    try:
        with WRITING, file.open("a", encoding="utf-8", errors="replace") as opened:
            if opened.tell() + len(line) > most:
                return False
            opened.write(line)
    except OSError:
        return False
    return True
