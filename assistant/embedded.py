"""Embedded texts: the vectors that an index has, and those of a new one as they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.embedder import Embedder
from assistant.encoder import Vectors
from assistant.passages import Passage
from assistant.room import take_room

# Texts that are embedded together: many, so that those of like length meet.
SLAB = 16_384

TextOf = Callable[[Passage], str]


class Embedded:
    """Vectors by the text that each was made from; of the texts only digests are kept.

    Those of an index lie in its table, and those made since in a file that grows with them.
    """

    def __init__(self, file: Path, table: Vectors | None = None) -> None:
        self._file = file
        self._table = np.empty((0, 0), dtype=np.float32) if table is None else table
        self._rows: dict[bytes, int] = {}  # those of the table, and then those of the file
        self._width = self._table.shape[1]
        self.made = 0  # texts that were embedded

    def add(self, text: str, row: int) -> None:
        """Tells that a row of the table is the text's."""
        self._rows.setdefault(digest_of(text), row)

    def embed(
        self, texts: Sequence[str], embedder: Embedder, tick: Callable[[int], object] | None = None
    ) -> None:
        """Makes the vectors of texts that are not known yet, each of which is given once."""
        made = embedder.embed(texts, tick)
        with self._file.open("ab") as file:
            file.write(made.astype(np.float32).tobytes())
        for row, text in enumerate(texts, len(self._table) + self.made):
            self._rows[digest_of(text)] = row
        self._width = made.shape[1]
        self.made += len(texts)

    def __contains__(self, text: str) -> bool:
        return digest_of(text) in self._rows

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row for each text. Raises KeyError for one that is not known."""
        rows = np.array([self._rows[digest_of(text)] for text in texts])
        found = np.empty((len(rows), self._width), dtype=np.float32)
        old = rows < len(self._table)
        if old.any():
            found[old] = self._table[rows[old]]
        if not old.all():
            shape = self.made, self._width
            new = np.memmap(self._file, dtype=np.float32, mode="r", shape=shape)
            found[~old] = new[rows[~old] - len(self._table)]
        return found


def digest_of(text: str) -> bytes:
    """What is kept of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def write_vectors(
    file: Path,
    passages: Iterable[Passage],
    total: int,
    known: Embedded,
    text_of: TextOf,
    embedder: Embedder,
    tick: Callable[[int], object] | None,
) -> None:
    """Writes a vector for each of `total` passages; what is embedded is known from then on."""
    start = 0
    for slab in _slabs(passages):
        texts = [text_of(passage) for passage in slab]
        if new := sorted({text for text in texts if text not in known}):
            known.embed(new, embedder, tick)
        write_rows(file, known.vectors(texts), start, total)
        start += len(slab)


def _slabs(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    left = iter(passages)
    while slab := list(islice(left, SLAB)):
        yield slab


def write_rows(file: Path, rows: Vectors, start: int, total: int) -> None:
    """Writes rows of a table of `total` vectors, which the first ones begin."""
    shape = (total, rows.shape[1])
    opened = np.lib.format.open_memmap(
        file, mode="r+" if start else "w+", dtype=np.float32, shape=shape
    )
    if not start:
        take_room(file)
    opened[start : start + len(rows)] = rows
