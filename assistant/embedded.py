"""Embedded texts: the vectors that an index has, and those of a new one as they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.embedder import Embedder
from assistant.encoder import Vectors
from assistant.passages import Passage
from assistant.room import take_room

# Passages whose vectors are made and written together: many, so that texts of like length meet.
SLAB = 16_384

TextOf = Callable[[Passage], str]


class Embedded:
    """Vectors by the text that each was made from; of the texts only digests are kept."""

    def __init__(self) -> None:
        self._rows: dict[bytes, tuple[Vectors, int]] = {}

    def add(self, text: str, vectors: Vectors, row: int) -> None:
        """Tells that a row of a table of vectors is the text's."""
        self._rows.setdefault(digest_of(text), (vectors, row))

    def __contains__(self, text: str) -> bool:
        return digest_of(text) in self._rows

    def __getitem__(self, text: str) -> Vectors:
        vectors, row = self._rows[digest_of(text)]
        found: Vectors = vectors[row]
        return found


def digest_of(text: str) -> bytes:
    """What is kept of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def write_vectors(
    file: Path,
    passages: Sequence[Passage],
    known: Embedded,
    text_of: TextOf,
    embedder: Embedder,
    tick: Callable[[int], object] | None,
) -> int:
    """Writes one vector for each passage, and returns how many texts were embedded for them.

    What is embedded is known from then on.
    """
    embedded = start = 0
    for slab in _slabs(passages):
        texts = [text_of(passage) for passage in slab]
        new = sorted({text for text in texts if text not in known})
        if new:
            made = embedder.embed(new, tick)
            for row, text in enumerate(new):
                known.add(text, made, row)
        rows = np.stack([known[text] for text in texts]).astype(np.float32)
        write_rows(file, rows, start, len(passages))
        embedded, start = embedded + len(new), start + len(slab)
    return embedded


def _slabs(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
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
