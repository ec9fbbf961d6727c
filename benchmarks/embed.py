"""Embeds what an index holds, and nothing else: the unit that `benchmarks.speed` measures in.

`python -m benchmarks.embed INDEX` embeds its passages as a build does. With `--one` it prints
how many milliseconds one passage takes alone, as the median over a few of middling length; with
`--plain` how many passages a second a build embeds, beside sentence-transformers as it comes.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from assistant.conversion import plain_model
from assistant.embedder import Embedder
from assistant.index import current
from assistant.passages import embedding_text
from assistant.store import Store
from benchmarks.costs import Row, save, table

SAMPLE = 40
PLAIN = 600  # passages to compare on
AIM = 3.0  # times as many passages a second as sentence-transformers embeds as it comes


def texts_of(index: Path) -> list[str]:
    """The texts that a build of this index embedded, each once, shortest first."""
    folder = current(index)
    if folder is None:
        raise SystemExit(f"{index}: no index here; run: assistant index")
    passages = Store(folder / "papers.sqlite").every()
    return sorted({embedding_text(passage) for passage in passages}, key=len)


def milliseconds_for_one(texts: Sequence[str]) -> float:
    """The median time of one text alone, over those of middling length, the model warm."""
    embedder = Embedder()
    embedder.embed(texts[:1])
    start = max(0, (len(texts) - SAMPLE) // 2)
    times: list[float] = []
    for text in texts[start : start + SAMPLE]:
        began = perf_counter()
        embedder.embed([text])
        times.append(1000 * (perf_counter() - began))
    return median(times)


def beside_plain(texts: Sequence[str]) -> list[Row]:
    """Passages a second of sentence-transformers in float32 and of a build, and how alike."""
    import torch

    texts = texts[:: max(1, len(texts) // PLAIN)]
    embedder = Embedder()
    model = plain_model(embedder.path, embedder.layers)
    embedder.embed(texts[:8])
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    began = perf_counter()
    plain = model.encode(list(texts), normalize_embeddings=True, convert_to_numpy=True)
    between = perf_counter()
    built = embedder.embed(texts)
    ended = perf_counter()
    rates = len(texts) / (between - began), len(texts) / (ended - between)
    alike = float((plain * built).sum(axis=1).min())
    ways = zip(("sentence-transformers, float32", "a build"), rates, (1.0, alike), strict=True)
    return [
        {
            "way": way,
            "passages a second": round(rate, 1),
            f"ratio to {AIM:g} times plain": round(rate / rates[0] / AIM, 2),
            "times plain": round(rate / rates[0], 2),
            "least cosine": round(cosine, 4),
        }
        for way, rate, cosine in ways
    ]


def main() -> None:
    """Embeds, or times one text."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embed")
    parser.add_argument("index", type=Path)
    parser.add_argument("--one", action="store_true", help="print the milliseconds for one text")
    parser.add_argument("--plain", action="store_true", help="compare with the library as it comes")
    options = parser.parse_args()
    texts = texts_of(options.index)
    if options.plain:
        rows = beside_plain(texts)
        print(table(rows))
        print(f"\nsaved: {save('embedding', rows)}")
    elif options.one:
        print(milliseconds_for_one(texts))
    else:
        Embedder().embed(texts)


if __name__ == "__main__":
    main()
