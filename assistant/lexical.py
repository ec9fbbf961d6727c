"""The lexical index: BM25 over the terms of passages, by bm25s, in files mapped into memory.

bm25s works out the scores of every term once, when the index is built, and keeps what a term
scores together, so that a question reads no more than its own terms.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from bm25s.tokenization import Tokenized
from numpy.typing import NDArray

from assistant.spelling import Spelling, Surface

# Lucene's defaults; passages are short and of like length, so length is discounted less.
K1 = 1.2
B = 0.5
_EMPTY = "\x00"  # stands for the terms of a document that has none
_SURFACE = "surface.tsv"

Scores = NDArray[np.float32]


class _Documents:
    """The numbers of each document's terms, four bytes a term.

    bm25s goes through them more than once; lists of a million documents would take gigabytes.
    """

    def __init__(self) -> None:
        self._terms, self._ends = array("I"), array("Q", [0])

    def add(self, document: Sequence[int]) -> None:
        self._terms.extend(document)
        self._ends.append(len(self._terms))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[array[int]]:
        starts, ends = iter(self._ends), iter(self._ends)
        next(ends)
        return (self._terms[start:end] for start, end in zip(starts, ends, strict=False))


class LexicalWriter:
    """Takes documents one at a time and writes the index of them under a new folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._numbers: dict[str, int] = {}  # by the order in which the terms came
        self._documents = _Documents()
        self._surface = Surface()

    def add(self, document: Sequence[str], text: str = "") -> None:
        """The next document's terms; how words are spelt is learned from the `text`."""
        known = self._numbers
        self._documents.add([known.setdefault(term, len(known)) for term in document or [_EMPTY]])
        self._surface.add(text)

    def finish(self) -> None:
        """Writes the files and lets go of the documents, of which one at least must be there."""
        # The way through scipy takes less memory than bm25s's own, and less time.
        made = bm25s.BM25(method="lucene", k1=K1, b=B, csc_backend="scipy")
        tokens = Tokenized(ids=self._documents, vocab=self._numbers)
        made.index(tokens, create_empty_token=False, show_progress=False)
        made.save(self._folder)
        self._surface.write(self._folder / _SURFACE)
        self._documents, self._numbers = _Documents(), {}


class Counts(Mapping[str, int]):
    """In how many documents each term stands."""

    def __init__(self, numbers: dict[str, int], ends: NDArray[np.integer]) -> None:
        self._numbers, self._ends = numbers, ends

    def __len__(self) -> int:
        return len(self._numbers) - (_EMPTY in self._numbers)

    def __iter__(self) -> Iterator[str]:
        return (term for term in self._numbers if term != _EMPTY)

    def __getitem__(self, term: str) -> int:
        return len(self.held(term))

    def held(self, term: str) -> range:
        """Where the documents and scores of a term lie. Raises KeyError for one unknown."""
        if term == _EMPTY:
            raise KeyError(term)
        number = self._numbers[term]
        return range(int(self._ends[number]), int(self._ends[number + 1]))


def highest(scores: Scores, count: int) -> list[int]:
    """The documents with the highest scores above 0, the best first, of equal ones the first."""
    held = np.flatnonzero(scores > 0)
    if len(held) > count:  # only those are sorted that may be among the best
        found = scores[held]
        held = held[found >= np.partition(found, -count)[-count]]
    order = np.argsort(-scores[held], kind="stable")[:count]
    return [int(key) for key in held[order]]


class Lexical:
    """An index opened for reading. Raises ValueError where its files do not fit together."""

    def __init__(self, folder: Path) -> None:
        found = bm25s.BM25.load(folder, mmap=True)
        numbers: dict[str, int] = found.vocab_dict
        ends = np.asarray(found.scores["indptr"])
        self._documents: NDArray[np.int32] = np.asarray(found.scores["indices"])
        self._scores: Scores = np.asarray(found.scores["data"])
        fits = len(ends) == len(numbers) + 1
        if not fits or {int(ends[-1])} != {len(self._documents), len(self._scores)}:
            raise ValueError("the terms are of another index")
        self.counts = Counts(numbers, ends)
        self.spelling = Spelling(folder / _SURFACE)
        self.size = int(found.scores["num_docs"])
        self._rarity: dict[str, float] = {}  # asked for again with every candidate

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """The BM25 score of every document for weighted terms, float32, 0 where none stands."""
        # bm25s's own way makes a row of all documents for each term, and knows no weights.
        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in weights.items():
            if term in self.counts:
                held = self.counts.held(term)
                scores = self._scores[held.start : held.stop]
                total[self._documents[held.start : held.stop]] += weight * scores
        return total

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term (Lucene's), highest for one unknown."""
        known = self._rarity.get(term)
        if known is None:
            count = self.counts.get(term, 0)
            known = math.log(1 + (self.size - count + 0.5) / (count + 0.5))
            self._rarity[term] = known
        return known
