"""The shelf: passages on the disk while an index is built; memory holds those of one paper."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from assistant.passages import Passage


@dataclass(frozen=True, slots=True)
class Shelved(Collection[Passage]):
    """The passages of a paper, which are read anew each time that they are gone through."""

    file: Path
    size: int
    tables: int
    paper: str = ""  # the path under which the paper is known, where it is another by now
    first: int | None = None  # the key of the first one, where they have keys

    def __len__(self) -> int:
        return self.size

    def __contains__(self, passage: object) -> bool:
        return any(one == passage for one in self)

    def __iter__(self) -> Iterator[Passage]:
        if not self.size:
            return
        found: list[Passage] = pickle.loads(self.file.read_bytes())
        for number, one in enumerate(found):
            key = one.key if self.first is None else self.first + number
            yield replace(one, paper=self.paper or one.paper, key=key)


NOTHING = Shelved(Path(), 0, 0)


class Shelf:
    """A folder of passages, which threads may share; nobody but this process reads from it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder, self._numbers = folder, count()

    def put(self, passages: Sequence[Passage]) -> Shelved:
        """Keeps the passages of one paper."""
        file = self._folder / f"{next(self._numbers):06d}.pickle"
        file.write_bytes(pickle.dumps(list(passages)))
        tables = len({passage.table for passage in passages if passage.table})
        return Shelved(file, len(passages), tables)
