"""Where the time of a question goes, stage by stage, beside embedding its text alone.

Run as `python -m benchmarks.stages [INDEX] [--cases FILE]`; without an index one of the sample
papers is made.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from assistant.assistant import Assistant
from assistant.conversation import make_whole
from assistant.embedder import Embedder
from assistant.index import Index
from assistant.questions import understand
from assistant.retriever import CANDIDATES, candidates, stretched
from assistant.trees import Trees
from benchmarks.costs import ROOT, Row, run_command, save, table
from evals.cases import Case, read_cases

WARM = 10
# What a question of the papers of one council may take, in milliseconds
LIMIT = 100.0


def measure(assistant: Assistant, embedder: Embedder, cases: Sequence[Case]) -> list[Row]:
    """The median and p95 of each stage in milliseconds, over questions that stand alone."""
    times: dict[str, list[float]] = defaultdict(list)
    for case in [case for case in cases if not case.history]:
        with _timed(times["whole question"]):
            assistant.ask(case.question)
        _stages(assistant.index, embedder, case.question, times)
    alone = median(times["embedding"][WARM:])
    return [_row(stage, taken[WARM:], alone) for stage, taken in times.items()]


def _stages(index: Index, embedder: Embedder, text: str, times: dict[str, list[float]]) -> None:
    """The parts of the first half of an answer, each by itself."""
    ranker = _ranker()
    with _timed(times["understanding"]):
        question = understand(make_whole(text, ()).core, index.glossary, index.words)
    with _timed(times["embedding"]):
        vector = embedder.embed([text])
    with _timed(times["words"]):
        index.words.scores(question.weights)
        index.all.scores(question.weights)
    with _timed(times["vectors"]):
        index.vectors.search(vector, min(CANDIDATES, index.manifest.passages))
    with _timed(times["candidates (words and vectors too)"]):
        passages, traits, features = candidates(question, vector, index)
    with _timed(times["ranking"]):
        scores = ranker.score(features)
        stretched(passages, traits, features, scores, index, 10)


@cache
def _ranker() -> Trees:
    return Trees.load("ranker")


@contextmanager
def _timed(times: list[float]) -> Iterator[None]:
    began = perf_counter()
    yield
    times.append(1000 * (perf_counter() - began))


def _row(stage: str, taken: Sequence[float], alone: float) -> Row:
    middle = median(taken)
    return {
        "stage": stage,
        "median ms": round(middle, 2),
        "p95 ms": round(quantiles(taken, n=20)[-1], 2),
        "ratio to embedding": round(middle / alone, 2),
        f"ratio to {LIMIT:g} ms": round(middle / LIMIT, 2),
    }


def with_index(index: Path | None, use: Callable[[Path], None]) -> None:
    """Hands an index over: the one given, or one of the sample papers made for it."""
    if index:
        use(index)
        return
    with TemporaryDirectory() as folder:
        made, sample = Path(folder) / "index", ROOT / "corpus" / "sample"
        run_command("assistant.cli", "index", "--quiet", "--corpus", sample, "--index", made)
        use(made)


def main() -> None:
    """Measures, prints and saves."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages")
    parser.add_argument("index", type=Path, nargs="?")
    parser.add_argument("--cases", type=Path, default=ROOT / "evals" / "sample.yaml")
    options = parser.parse_args()

    def use(index: Path) -> None:
        embedder = Embedder()
        assistant = Assistant(Index.open(index, embedder.name), embedder)
        rows = measure(assistant, embedder, read_cases(options.cases))
        print(table(rows))
        print(f"\nsaved: {save('stages', rows)}")

    with_index(options.index, use)


if __name__ == "__main__":
    main()
