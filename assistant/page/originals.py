"""The papers' own files: only those that are in the index, and only as they were indexed."""

from __future__ import annotations

import atexit
from functools import cache, lru_cache
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.archives import archive_of, names_of, unpack_safely
from assistant.corpus import READERS
from assistant.errors import PaperUnreadable
from assistant.papers import PaperRecord


def file_of(record: PaperRecord, corpus: Path) -> Path:
    """Where the file of an indexed paper lies.

    Raises PaperUnreadable where it is gone, leads out of the corpus folder, or has changed.
    """
    root = corpus.resolve()
    file = (root / (archive_of(record.path) or record.path)).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        raise PaperUnreadable(f"{record.path}: is not in the folder of papers any more")
    if file.name != record.path.rsplit("/", 1)[-1]:
        file = _unpacked(file, record)
    known = file.stat()
    if _digest(file, known.st_mtime_ns, known.st_size) != record.digest:
        raise PaperUnreadable(f"{record.path}: has changed since it was read; run: assistant index")
    return file


def _unpacked(archive: Path, record: PaperRecord) -> Path:
    """A paper out of its archive, in a folder that goes when the page is stopped."""
    target = _room() / f"{record.digest}{Path(record.path).suffix.lower()}"
    if not target.exists():
        inside = "/".join(names_of(record.path)[1:])
        with TemporaryDirectory(dir=_room()) as folder:
            for member in unpack_safely(archive, Path(folder), tuple(READERS)):
                if member.name == inside and member.file:
                    (Path(folder) / member.file).replace(target)
    if not target.exists():
        raise PaperUnreadable(
            f"{record.path}: is not in its archive any more; run: assistant index"
        )
    return target


@cache
def _room() -> Path:
    room = TemporaryDirectory(prefix="assistant-")
    atexit.register(room.cleanup)
    return Path(room.name)


@lru_cache(maxsize=512)
def _digest(file: Path, changed: int, size: int) -> str:
    # A file is read again only when its date or its size says that it is another.
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
