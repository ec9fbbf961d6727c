"""The vocabulary: the terms of an index in a file that is searched where it lies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)

_LETTERS, _STARTS = "terms.npy", "starts.npy"


def encoded(term: str) -> bytes:
    """A term as its file holds it, and as it is ordered there."""
    return term.encode("utf-8", "surrogatepass")


def write_vocabulary(folder: Path, ordered: Collection[str]) -> None:
    """Writes terms that are in the order of `encoded`; a term's place there is its number."""
    letters = [encoded(term) for term in ordered]
    starts = np.zeros(len(letters) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in letters], out=starts[1:])
    np.save(folder / _LETTERS, np.frombuffer(b"".join(letters), dtype=np.uint8))
    np.save(folder / _STARTS, starts)


class Vocabulary(Mapping[str, int]):
    """The number of each term, found by halving. Raises ValueError where the files are torn."""

    def __init__(self, folder: Path) -> None:
        self._letters = mapped(folder / _LETTERS, np.uint8)
        self._starts = mapped(folder / _STARTS, np.int64)
        if self._starts.ndim != 1 or int(self._starts[-1]) != len(self._letters):
            raise ValueError("the terms are of another index")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return (self._at(number).decode("utf-8", "surrogatepass") for number in range(len(self)))

    def __getitem__(self, term: str) -> int:
        wanted = encoded(term)
        number = bisect_left(range(len(self)), wanted, key=self._at)
        if number == len(self) or self._at(number) != wanted:
            raise KeyError(term)
        return number

    def _at(self, number: int) -> bytes:
        return self._letters[self._starts[number] : self._starts[number + 1]].tobytes()


def mapped(file: Path, dtype: type[Number]) -> NDArray[Number]:
    """An array in a file, of which no more is read than is looked at.

    Raises ValueError where it holds something else.
    """
    found: NDArray[Number] = np.load(file, mmap_mode="r").view(np.ndarray)
    if found.dtype != dtype:
        raise ValueError(f"{file.name}: of another type")
    return found
