"""The papers' own files: only those that are in the index, and only as they were indexed."""

from __future__ import annotations

from functools import lru_cache
from hashlib import file_digest
from pathlib import Path

from assistant.errors import PaperUnreadable
from assistant.papers import PaperRecord


def file_of(record: PaperRecord, corpus: Path) -> Path:
    """Where the file of an indexed paper lies.

    Raises PaperUnreadable where it is gone, leads out of the corpus folder, or has changed.
    """
    root = corpus.resolve()
    file = (root / record.path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        raise PaperUnreadable(f"{record.path}: is not in the folder of papers any more")
    known = file.stat()
    if _digest(file, known.st_mtime_ns, known.st_size) != record.digest:
        raise PaperUnreadable(f"{record.path}: has changed since it was read; run: assistant index")
    return file


@lru_cache(maxsize=512)
def _digest(file: Path, changed: int, size: int) -> str:
    # A file is read again only when its date or its size says that it is another.
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
