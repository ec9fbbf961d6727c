"""The nearest vectors: by looking at all of them, or at what a coarse copy of them puts first.

The vectors lie in a file that is searched where it lies. Above `EXACT_UP_TO` of them a second file
holds each in a sixteenth of the room (product quantisation, two numbers in four bits). All of that
copy is looked through for each question, and what it puts first is measured again by the vectors
themselves. Lists of vectors that lie together (IVF) read less and miss more: of 40,000 vectors a
quarter of the lists held 966 in 1,000 of the nearest, and the codes put all of them in front.
`python -m benchmarks.vectors` measures these ways, and graphs (HNSW), on any index.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import faiss
import numpy as np
from numpy.typing import NDArray

from assistant.encoder import Vectors

VECTORS, CODES = "vectors.npy", "codes.faiss"
# Up to here all are looked at in less time than a question takes for the rest.
EXACT_UP_TO = 50_000
# Times as many as are asked for that the coarse copy must put first, for 99 in 100 to be among them
AGAIN = 16
# Vectors that a coarse copy is learned from, of all parts of the table
LEARNED_FROM = 20_000

Keys = NDArray[np.int64]
Number = TypeVar("Number", bound=np.generic)

# A search for one question has work for one thread, and others that wait for it only cost time.
faiss.omp_set_num_threads(1)


class Nearest:
    """Vectors opened for reading. Raises ValueError or RuntimeError where the files are torn."""

    def __init__(self, vectors: Vectors, codes: faiss.Index | None, among: Keys | None) -> None:
        self.vectors, self._codes, self._among = vectors, codes, among

    @classmethod
    def open(cls, folder: Path) -> Nearest:
        """The vectors of a generation."""
        vectors = mapped(folder / VECTORS, np.float32)
        codes = None
        if len(vectors) > EXACT_UP_TO:
            codes = faiss.read_index(str(folder / CODES))
            if (codes.ntotal, codes.d) != vectors.shape:
                raise ValueError("the codes are of other vectors")
        return cls(vectors, codes, None)

    @property
    def ntotal(self) -> int:
        """How many vectors there are."""
        return len(self.vectors)

    def among(self, keys: Sequence[int]) -> Nearest:
        """The vectors as if only those with these keys were there."""
        chosen = np.unique(np.asarray(keys, dtype=np.int64))
        return Nearest(self.vectors, self._codes, chosen)

    def reconstruct(self, key: int) -> Vectors:
        """One vector."""
        found: Vectors = self.vectors[key]
        return found

    def search(self, questions: Vectors, count: int) -> tuple[Vectors, Keys]:
        """Similarities and keys of the nearest to each row, best first; -1 fills what lacks."""
        few = self._among is not None and len(self._among) <= EXACT_UP_TO
        if self._codes is None or few:
            return self._exact(questions, count)
        rows = [self._coarse(self._codes, question[None], count) for question in questions]
        return np.concatenate([row[0] for row in rows]), np.concatenate([row[1] for row in rows])

    def _exact(self, questions: Vectors, count: int) -> tuple[Vectors, Keys]:
        if self._among is None:
            return _knn(questions, self.vectors, count)
        parts = [
            self._measured(questions, self._among[start : start + EXACT_UP_TO], count)
            for start in range(0, max(1, len(self._among)), EXACT_UP_TO)
        ]
        similar, keys = (np.concatenate(found, axis=1) for found in zip(*parts, strict=True))
        order = np.argsort(-similar, axis=1, kind="stable")[:, :count]
        return np.take_along_axis(similar, order, 1), np.take_along_axis(keys, order, 1)

    def _coarse(self, codes: faiss.Index, question: Vectors, count: int) -> tuple[Vectors, Keys]:
        """What the coarse copy puts first, measured again.

        What of it lies among chosen vectors is what comes first of those. Where that is too
        little to rely on, all of them are looked at.
        """
        kept = self.ntotal if self._among is None else len(self._among)
        wide = min(self.ntotal, AGAIN * count * self.ntotal // kept)
        found = codes.search(question, wide)[1][0]
        found = found[found >= 0]
        if self._among is None:
            return self._measured(question, found, count)
        at = np.searchsorted(self._among, found)
        found = found[self._among.take(at, mode="clip") == found]
        if len(found) < min(AGAIN * count // 2, kept):
            return self._exact(question, count)
        return self._measured(question, found, count)

    def _measured(self, questions: Vectors, keys: Keys, count: int) -> tuple[Vectors, Keys]:
        """The nearest of the vectors with these keys, by the vectors themselves."""
        rows = self.vectors[keys]
        similar, at = _knn(questions, rows, count)
        return similar, np.where(at < 0, -1, keys[at])


def _knn(questions: Vectors, vectors: Vectors, count: int) -> tuple[Vectors, Keys]:
    similar, keys = faiss.knn(questions, vectors, count, metric=faiss.METRIC_INNER_PRODUCT)
    return similar, keys


def write_codes(folder: Path) -> None:
    """Writes the coarse copy beside the vectors of a folder, where they are many enough for it."""
    vectors = mapped(folder / VECTORS, np.float32)
    many, dimensions = vectors.shape
    if many <= EXACT_UP_TO:
        return
    made = f"PQ{dimensions // 2}x4fs"
    codes = faiss.index_factory(dimensions, made, faiss.METRIC_INNER_PRODUCT)
    codes.train(np.ascontiguousarray(vectors[:: -(-many // LEARNED_FROM)]))
    for start in range(0, many, EXACT_UP_TO):
        codes.add(np.ascontiguousarray(vectors[start : start + EXACT_UP_TO]))
    faiss.write_index(codes, str(folder / CODES))


def mapped(file: Path, dtype: type[Number]) -> NDArray[Number]:
    """An array in a file, of which no more is read than is looked at.

    Raises ValueError where it holds something else.
    """
    found: NDArray[Number] = np.load(file, mmap_mode="r").view(np.ndarray)
    if found.dtype != dtype:
        raise ValueError(f"{file.name}: of another type")
    return found
