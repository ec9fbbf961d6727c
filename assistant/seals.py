"""Seals: what the files of a generation were when written, so that none is torn or edited."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import IndexUnusable
from assistant.manifest import REBUILD, naming_damage
from assistant.store import NotWritten

SEAL = "seal.json"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
Mark = tuple[int, int, str]  # size, when it was last written, SHA-256


def seal(folder: Path) -> None:
    """Writes the seal of a generation, once all its files are on the disk."""
    marks = {name: _mark(path) for name, path in _files(folder)}
    with (folder / SEAL).open("w", encoding="utf-8") as file:
        json.dump(marks, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def check_seal(folder: Path, *, whole: bool = False) -> None:
    """Raises IndexUnusable where a file of a generation is not as it was written.

    A file is only read where its size or date is another, or where all of it is to be checked:
    a question must not wait for an index of gigabytes to be read.
    """
    with naming_damage(folder):
        marks: dict[str, Mark] = json.loads((folder / SEAL).read_text("utf-8"))
        for name, (size, written, digest) in marks.items():
            known = (folder / name).stat()
            if not whole and (known.st_size, known.st_mtime_ns) == (size, written):
                continue
            if known.st_size != size or _digest(folder / name) != digest:
                raise IndexUnusable(f"{folder}: {name} is torn or was edited; {REBUILD}")


@contextmanager
def naming_full_disk(index: Path) -> Iterator[None]:
    """That there was no room to write an index, as IndexUnusable in one line."""
    try:
        yield
    except (OSError, NotWritten, RuntimeError) as error:
        if not _is_no_room(error):
            raise
        raise IndexUnusable(
            f"{index}: no room left to write it, the index in use is as it was; free some on its "
            "disk, then: assistant index"
        ) from error


def _is_no_room(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    # SQLite and faiss tell it in words only.
    return any(words in str(error) for words in ("is full", "disk I/O", "write error"))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != SEAL:
            yield path.relative_to(folder).as_posix(), path


def _mark(path: Path) -> Mark:
    with path.open("rb") as file:
        os.fsync(file.fileno())
    known = path.stat()
    return known.st_size, known.st_mtime_ns, _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
