"""The lexical index: BM25 over the terms of passages, kept as memory-mapped files."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from assistant.spelling import Spelling, surface_of

# Lucene's defaults; passages are short and of like length, so length is discounted less.
K1 = 1.2
B = 0.5
_EMPTY = "\x00"  # stands for the terms of a document that has none

Scores = NDArray[np.float32]


def write_lexical(
    folder: Path, documents: Sequence[Sequence[str]], texts: Iterable[str] = ()
) -> None:
    """Indexes documents, each a list of terms, under a new folder.

    How words are spelt is learned from the `texts`.
    """
    retriever = bm25s.BM25(method="lucene", k1=K1, b=B)
    retriever.index([list(document) or [_EMPTY] for document in documents], show_progress=False)
    retriever.save(str(folder))
    counts = Counter(term for document in documents for term in set(document))
    (folder / "counts.json").write_text(json.dumps(counts), encoding="utf-8")
    (folder / "surface.json").write_text(json.dumps(surface_of(texts)), encoding="utf-8")


class Lexical:
    """An index opened for reading. Raises ValueError where its files do not fit together."""

    def __init__(self, folder: Path) -> None:
        self._retriever = bm25s.BM25.load(str(folder), mmap=True)
        # In how many documents each term stands
        self.counts: dict[str, int] = json.loads((folder / "counts.json").read_text("utf-8"))
        if set(self.counts) != self._retriever.vocab_dict.keys() - {"", _EMPTY}:
            raise ValueError("the counts are of another index")
        self.spelling = Spelling(json.loads((folder / "surface.json").read_text("utf-8")))
        self.size = int(self._retriever.scores["num_docs"])
        self._rarity: dict[str, float] = {}  # asked for again with every candidate

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """The BM25 score of every document for weighted terms, float32, 0 where none stands."""
        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in weights.items():
            if term in self.counts:
                total += weight * self._retriever.get_scores([term])
        return total

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term (Lucene's), highest for one unknown."""
        known = self._rarity.get(term)
        if known is None:
            count = self.counts.get(term, 0)
            known = math.log(1 + (self.size - count + 0.5) / (count + 0.5))
            self._rarity[term] = known
        return known
