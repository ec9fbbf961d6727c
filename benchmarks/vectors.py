"""Ways to find the nearest of many vectors: all of them, lists (IVF), graphs (HNSW), codes (PQ).

Run as `python -m benchmarks.vectors INDEX [--most N]`. Each way is asked for the candidates of the
sample's questions; what it finds is held against the nearest. The limit is the scan of all vectors
at the speed at which memory is read.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import faiss
import numpy as np

from assistant.embedder import Embedder
from assistant.encoder import Vectors
from assistant.index import current
from assistant.nearest import AGAIN, LEARNED_FROM, VECTORS, Keys, mapped
from assistant.retriever import CANDIDATES
from benchmarks.costs import ROOT, Row, save, table
from benchmarks.scale import recall
from evals.cases import read_cases

# Shares of the lists that are looked through
PROBED = (1 / 64, 1 / 16, 1 / 4)
EFFORTS = (64, 256)

Search = Callable[[Vectors], Keys]


def measure(vectors: Vectors, questions: Vectors) -> list[Row]:
    """One row for each way and each setting of it."""

    def exact(question: Vectors) -> Keys:
        return np.asarray(faiss.knn(question, vectors, CANDIDATES, metric=_INNER)[1])

    best = np.concatenate([exact(one[None]) for one in questions])
    limit = _scan_milliseconds(vectors)
    rows = [_row("exact", 0.0, vectors.nbytes, exact, questions, best, limit)]
    for made in (f"PQ{vectors.shape[1] // 2}x4fs", f"PQ{vectors.shape[1] // 4}x4fs"):
        codes, seconds = _built(made, vectors, LEARNED_FROM)
        size = len(faiss.serialize_index(codes))
        ours = _again(codes, vectors, AGAIN)
        rows.append(_row(made, seconds, size, ours, questions, best, limit))
    lists = round(4 * len(vectors) ** 0.5)
    inverted, seconds = _built(f"IVF{lists},SQ8", vectors, 40 * lists)
    size = len(faiss.serialize_index(inverted))
    for share in PROBED:
        inverted.nprobe = max(1, round(share * lists))
        name = f"IVF{lists},SQ8, {inverted.nprobe} lists"
        found = _again(inverted, vectors, 2)
        rows.append(_row(name, seconds, size, found, questions, best, limit))
    graph, seconds = _built("HNSW32,SQ8", vectors, LEARNED_FROM)
    size = len(faiss.serialize_index(graph))
    for effort in EFFORTS:
        faiss.downcast_index(graph).hnsw.efSearch = effort
        found = _again(graph, vectors, 2)
        rows.append(
            _row(f"HNSW32,SQ8, effort {effort}", seconds, size, found, questions, best, limit)
        )
    return rows


_INNER = faiss.METRIC_INNER_PRODUCT


def _built(made: str, vectors: Vectors, learned_from: int) -> tuple[faiss.Index, float]:
    began = perf_counter()
    index = faiss.index_factory(vectors.shape[1], made, _INNER)
    index.train(np.ascontiguousarray(vectors[:: max(1, len(vectors) // learned_from)]))
    index.add(np.ascontiguousarray(vectors))
    return index, perf_counter() - began


def _again(index: faiss.Index, vectors: Vectors, times: int) -> Search:
    """Asks for so many times the candidates, and measures those by the vectors themselves."""

    def search(question: Vectors) -> Keys:
        found = index.search(question, times * CANDIDATES)[1][0]
        found = found[found >= 0]
        order = np.argsort(-(vectors[found] @ question[0]), kind="stable")[:CANDIDATES]
        keys = np.full((1, CANDIDATES), -1, dtype=np.int64)
        keys[0, : len(order)] = found[order]
        return keys

    return search


def _row(
    way: str, built: float, size: int, search: Search, questions: Vectors, best: Keys, limit: float
) -> Row:
    search(questions[:1])
    began = perf_counter()
    found = np.concatenate([search(one[None]) for one in questions])
    milliseconds = 1000 * (perf_counter() - began) / len(questions)
    return {
        "way": way,
        "build s": round(built, 1),
        "MB": round(size / 2**20),
        "ms": round(milliseconds, 2),
        "ratio to a scan": round(milliseconds / limit, 3),
        "recall": round(recall(found, best), 4),
    }


def _scan_milliseconds(vectors: Vectors) -> float:
    """How long it takes to read all vectors once."""
    times = []
    for _ in range(3):
        began = perf_counter()
        for start in range(0, len(vectors), 50_000):
            vectors[start : start + 50_000].max()
        times.append(1000 * (perf_counter() - began))
    return min(times)


def main() -> None:
    """Measures, prints and saves."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.vectors")
    parser.add_argument("index", type=Path)
    parser.add_argument("--most", type=int, default=1_000_000, help="vectors to take of it")
    options = parser.parse_args()
    folder = current(options.index)
    if folder is None:
        raise SystemExit(f"{options.index}: no index here; run: assistant index")
    vectors = mapped(folder / VECTORS, np.float32)[: options.most]
    cases = read_cases(ROOT / "evals" / "sample.yaml")
    questions = Embedder().embed([case.question for case in cases])
    rows = measure(vectors, questions)
    print(table(rows))
    print(f"\nsaved: {save('vectors', [{'vectors': len(vectors)} | row for row in rows])}")


if __name__ == "__main__":
    main()
