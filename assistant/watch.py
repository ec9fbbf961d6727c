"""Watches the folder of papers, and has the index built when it has changed and settled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Never

PAUSE = 5.0  # seconds between two looks
# Copying a pack takes a while, and a build in the middle of it would be for nothing.
STILL = 3  # looks during which nothing may change
RETRY = 60  # looks after a build that failed

State = frozenset[tuple[str, int, int]]


def state_of(corpus: Path) -> State:
    """Name, size and date of every file of the folder, the officers' own among them."""
    found: set[tuple[str, int, int]] = set()
    for path in corpus.rglob("*"):
        try:
            known = path.stat()
        except OSError:  # gone since it was listed
            continue
        if path.is_file():
            found.add((str(path), known.st_size, known.st_mtime_ns))
    return frozenset(found)


def watch(corpus: Path, build: Callable[[], bool], pause: Callable[[], object]) -> Never:
    """Builds whenever the folder has changed and then been still; goes on until `pause` raises.

    `build` returns whether it worked; where it did not it is tried again after a while.
    """
    built: State | None = None
    seen: State | None = None
    still = 0
    while True:
        now = state_of(corpus)
        still = still + 1 if now == seen else min(still, 0)
        seen = now
        if still >= STILL and now != built:
            worked = build()
            built, still = (now, 0) if worked else (built, -RETRY)
        pause()
