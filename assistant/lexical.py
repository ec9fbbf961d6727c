"""The lexical index: BM25 over the terms of passages, in files that are searched where they lie.

The scores are those of Lucene's BM25, worked out once for every term of every document. What a
term scores lies together, so that a question reads no more than its own terms.
"""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from assistant.room import take_room
from assistant.spelling import Spelling, Surface
from assistant.vocabulary import Number, Vocabulary, encoded, mapped, write_vocabulary

# Lucene's defaults; passages are short and of like length, so length is discounted less.
K1 = 1.2
B = 0.5
_EMPTY = "\x00"  # stands for the terms of a document that has none
# Documents that are put among the terms in one go, so that memory does not grow with them
PART = 100_000
_SIZE, _ENDS, _DOCUMENTS, _SCORES = "size.json", "ends.npy", "documents.npy", "scores.npy"
_SURFACE = "surface.tsv"

Scores = NDArray[np.float32]


class LexicalWriter:
    """Takes documents one at a time and writes the index of them under a new folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._numbers: dict[str, int] = {}  # by the order in which the terms came
        # Of each document its terms one after another, how often each stands in it
        self._terms, self._often = array("I"), array("I")
        self._sizes, self._lengths = array("I"), array("I")
        self._surface = Surface()

    def add(self, document: Sequence[str], text: str = "") -> None:
        """The next document's terms; how words are spelt is learned from the `text`."""
        counted = Counter(document or [_EMPTY])
        for term, often in counted.items():
            self._terms.append(self._numbers.setdefault(term, len(self._numbers)))
            self._often.append(often)
        self._sizes.append(len(counted))
        self._lengths.append(len(document) or 1)
        self._surface.add(text)

    def finish(self) -> None:
        """Writes the files. One document at least must have been added."""
        ordered = sorted(self._numbers, key=encoded)
        write_vocabulary(self._folder, ordered)
        places = np.empty(len(ordered), dtype=np.int64)
        places[[self._numbers[term] for term in ordered]] = np.arange(len(ordered))
        came = np.frombuffer(self._terms, dtype=np.uint32)
        counts = np.bincount(came, minlength=len(ordered))[np.argsort(places)]
        ends = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        np.save(self._folder / _ENDS, ends)
        self._write_scores(places, counts, ends)
        size = {"documents": len(self._sizes)}
        (self._folder / _SIZE).write_text(json.dumps(size), encoding="utf-8")
        self._surface.write(self._folder / _SURFACE)

    def _write_scores(
        self, places: NDArray[np.int64], counts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> None:
        """The documents and scores of all terms, part by part, each term's in order."""
        total, many = int(ends[-1]), len(self._sizes)
        documents = _new(self._folder / _DOCUMENTS, np.int32, total)
        scores = _new(self._folder / _SCORES, np.float32, total)
        rare = [math.log(1 + (many - count + 0.5) / (count + 0.5)) for count in counts.tolist()]
        rarity = np.asarray(rare, dtype=np.float32)
        lengths = np.frombuffer(self._lengths, dtype=np.uint32)
        discounts = K1 * ((1 - B) + B * lengths / lengths.mean())
        free = ends[:-1].copy()
        for came, often, document in self._parts():
            terms = places[came]
            order = np.argsort(terms, kind="stable")
            terms, often, document = terms[order], often[order], document[order]
            at = free[terms] + np.arange(len(terms)) - np.searchsorted(terms, terms)
            documents[at] = document
            scores[at] = rarity[terms] * (often / (discounts[document] + often))
            free += np.bincount(terms, minlength=len(free))

    def _parts(
        self,
    ) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.int32]]]:
        """Terms, how often each stands, and in which document, of some documents at a time."""
        sizes = np.frombuffer(self._sizes, dtype=np.uint32)
        starts = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        came = np.frombuffer(self._terms, dtype=np.uint32)
        often = np.frombuffer(self._often, dtype=np.uint32)
        for first in range(0, len(sizes), PART):
            last = min(first + PART, len(sizes))
            part = slice(starts[first], starts[last])
            document = np.arange(first, last, dtype=np.int32).repeat(sizes[first:last])
            yield came[part], often[part].astype(np.float32), document


def _new(file: Path, dtype: type[Number], length: int) -> NDArray[Number]:
    made: NDArray[Number] = open_memmap(file, mode="w+", dtype=dtype, shape=(length,))
    take_room(file)
    return made


class Counts(Mapping[str, int]):
    """In how many documents each term stands."""

    def __init__(self, vocabulary: Vocabulary, ends: NDArray[np.int64]) -> None:
        self._vocabulary, self._ends = vocabulary, ends

    def __len__(self) -> int:
        return len(self._vocabulary) - (_EMPTY in self._vocabulary)

    def __iter__(self) -> Iterator[str]:
        return (term for term in self._vocabulary if term != _EMPTY)

    def __getitem__(self, term: str) -> int:
        return len(self.held(term))

    def held(self, term: str) -> range:
        """Where the documents and scores of a term lie. Raises KeyError for one unknown."""
        if term == _EMPTY:
            raise KeyError(term)
        number = self._vocabulary[term]
        return range(int(self._ends[number]), int(self._ends[number + 1]))


class Lexical:
    """An index opened for reading. Raises ValueError where its files do not fit together."""

    def __init__(self, folder: Path) -> None:
        vocabulary = Vocabulary(folder)
        ends = mapped(folder / _ENDS, np.int64)
        self._documents = mapped(folder / _DOCUMENTS, np.int32)
        self._scores: Scores = mapped(folder / _SCORES, np.float32)
        fits = len(ends) == len(vocabulary) + 1
        if not fits or {int(ends[-1])} != {len(self._documents), len(self._scores)}:
            raise ValueError("the counts are of another index")
        self.counts = Counts(vocabulary, ends)
        self.spelling = Spelling(folder / _SURFACE)
        self.size = int(json.loads((folder / _SIZE).read_text("utf-8"))["documents"])
        self._rarity: dict[str, float] = {}  # asked for again with every candidate

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """The BM25 score of every document for weighted terms, float32, 0 where none stands."""
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
