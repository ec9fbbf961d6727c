"""How cost grows with the papers: indexes of a thousand to a million passages, built and asked.

Run as `python -m benchmarks.scale [--base INDEX ...] [--sizes 1000 10000 ...] [--into DIR]`. The
passages are re-combined from those of the indexes given (`benchmarks.synthesis`), or of the
sample's. Each size is built, opened and asked in processes of their own. The sample's questions
are asked once each, so that no answer is at hand from before.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np

from assistant.assistant import Assistant
from assistant.embedder import Embedder
from assistant.encoder import Vectors
from assistant.index import Index
from assistant.nearest import Keys, Nearest
from assistant.retriever import CANDIDATES
from benchmarks.costs import PER_MEGABYTE, ROOT, Row, run_command, save, table
from benchmarks.synthesis import write_index
from evals.cases import read_cases
from evals.suites import batch_row

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SAMPLE = ROOT / "evals" / "sample.yaml"
# Questions that are asked before any is timed: the first ones read files that all others need.
WARM = 10
ASKED = 70
# Questions whose nearest vectors are found by looking at all, and those asked within a filter
RECALLED, FILTERED = 40, 10
# What a person may have to wait for, in seconds and milliseconds, and the memory of a small machine
FIRST, MEDIAN, SPREAD, BUILDING, SERVING, RECALL = 5.0, 200.0, 3.0, 4096.0, 3072.0, 0.98


def asked(index: Path, count: int) -> Row:
    """How long the sample's questions take, and how near the vectors found are to the nearest."""
    embedder = Embedder()
    assistant = Assistant(Index.open(index, embedder.name), embedder)
    cases = read_cases(SAMPLE)[:count]
    times = [_times(assistant, batch_row(case)) for case in cases]
    if count == 1:
        return {}
    taken, worked = zip(*times[WARM:], strict=True)
    memory = getrusage(RUSAGE_SELF).ru_maxrss / PER_MEGABYTE
    one = min(_seconds(embedder, case.question) for case in cases[:WARM])
    questions = embedder.embed([case.question for case in cases[:RECALLED]])
    return {
        "serve MB": round(memory),
        "median ms": round(median(taken), 1),
        "p95 ms": round(quantiles(taken, n=20)[-1], 1),
        "median CPU ms": round(median(worked), 1),
        "p95 CPU ms": round(quantiles(worked, n=20)[-1], 1),
        "embedding ms": round(1000 * one, 1),
        **searched(assistant.index, questions),
    }


def _times(assistant: Assistant, row: dict[str, object]) -> tuple[float, float]:
    """The milliseconds that a question takes, and those of processors that it works."""
    began, worked = perf_counter(), process_time()
    assistant.answer_row(row)
    return 1000 * (perf_counter() - began), 1000 * (process_time() - worked)


def _seconds(embedder: Embedder, text: str) -> float:
    began = perf_counter()
    embedder.embed([text])
    return perf_counter() - began


def searched(index: Index, questions: Vectors) -> Row:
    """Time of the search for vectors, its recall, and that within one committee or one year."""
    found = index.vectors
    exact = Nearest(found.vectors, None, None)
    began = perf_counter()
    keys = [found.search(one[None], CANDIDATES)[1] for one in questions]
    between = perf_counter()
    best = [exact.search(one[None], CANDIDATES)[1] for one in questions]
    ended = perf_counter()
    some = questions[:FILTERED]
    row: Row = {
        "search ms": round(1000 * (between - began) / len(questions), 2),
        "exact ms": round(1000 * (ended - between) / len(questions), 2),
        "recall": round(recall(np.concatenate(keys), np.concatenate(best)), 4),
    }
    for name, chosen in _filters(index).items():
        inside = found.among(chosen).search(some, CANDIDATES)[1]
        row[f"recall {name}"] = round(recall(inside, _best(exact, some, chosen)), 4)
    return row


def _filters(index: Index) -> dict[str, list[int]]:
    """The passages of the committee that has most papers, of one year, and of one paper."""
    records = list(index.store.records.values())
    bodies = [record.committee for record in records if record.committee]
    years = [record.meeting_date.year for record in records if record.meeting_date]
    body = max(set(bodies), key=lambda one: (bodies.count(one), one))
    year = max(set(years), key=lambda one: (years.count(one), one))
    chosen = {
        "committee": [one for one in records if one.committee == body],
        "year": [one for one in records if one.meeting_date and one.meeting_date.year == year],
        "paper": records[:1],
    }
    return {
        name: [key for one in kept for key in index.store.span(one.path)]
        for name, kept in chosen.items()
    }


def _best(exact: Nearest, questions: Vectors, chosen: Sequence[int]) -> Keys:
    """The nearest among chosen vectors, by looking at all of those."""
    return exact.among(chosen).search(questions, CANDIDATES)[1]


def recall(found: Keys, best: Keys) -> float:
    """The share of the best that is found, over all rows."""
    shares = [
        len(set(one) & set(other) - {-1}) / len(set(other) - {-1})
        for one, other in zip(found, best, strict=True)
    ]
    return float(np.mean(shares))


def measure(size: int, bases: Sequence[Path], index: Path) -> Row:
    """One size: built, then opened for a first question, then asked many."""
    given = [part for base in bases for part in ("--base", base)]
    built = run_command("benchmarks.scale", "--make", str(size), "--into", index, *given)
    first = run_command("benchmarks.scale", "--ask", "1", "--into", index)
    served = run_command("benchmarks.scale", "--ask", str(ASKED), "--into", index)
    on_disk = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    row: Row = {
        "passages": size,
        "build s": round(built.seconds, 1),
        "build CPU s": round(built.worked, 1),
        "build MB": round(built.megabytes),
        "disk MB": round(on_disk / 2**20),
        "first s": round(first.seconds, 2),
        "first CPU s": round(first.worked, 2),
    }
    return row | json.loads(served.output.splitlines()[-1])


def ratios(row: Row) -> Row:
    """What a row came to, as shares of what it may be; 1 or less is met."""
    return {
        "passages": row["passages"],
        f"first / {FIRST:g} s": float(row["first s"]) / FIRST,
        f"median / {MEDIAN:g} ms": float(row["median ms"]) / MEDIAN,
        f"p95 / {SPREAD:g} medians": float(row["p95 ms"]) / SPREAD / float(row["median ms"]),
        f"median CPU / {MEDIAN:g} ms": float(row["median CPU ms"]) / MEDIAN,
        f"p95 CPU / {SPREAD:g} medians": float(row["p95 CPU ms"])
        / SPREAD
        / float(row["median CPU ms"]),
        f"build / {BUILDING:g} MB": float(row["build MB"]) / BUILDING,
        f"serve / {SERVING:g} MB": float(row["serve MB"]) / SERVING,
        "misses / allowed": (1 - float(row["recall"])) / (1 - RECALL),
    }


def main() -> None:
    """Measures all sizes, prints them beside their limits, and saves them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--base", type=Path, action="append", help="a real index; may be repeated")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--into", type=Path, help="where indexes are made, and left")
    parser.add_argument("--make", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--ask", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask:
        print(json.dumps(asked(options.into, options.ask)))
    elif options.make:
        write_index(options.into, options.base, options.make)
    else:
        with TemporaryDirectory() as aside:
            run(options.sizes, options.base, options.into, Path(aside))


def run(sizes: Sequence[int], bases: Sequence[Path] | None, into: Path | None, aside: Path) -> None:
    """All sizes, one after another; an index is removed when it was measured, unless `into`."""
    if not bases:
        run_command(
            "assistant.cli", "index", "--quiet", "--corpus", ROOT / "corpus" / "sample",
            "--index", aside / "sample",
        )  # fmt: skip
    rows: list[Row] = []
    for size in sizes:
        index = (into or aside) / f"{size}"
        rows.append(measure(size, bases or [aside / "sample"], index.resolve()))
        print(f"{table(rows)}\n", flush=True)
        if not into:
            shutil.rmtree(index)
    print(table([ratios(row) for row in rows]))
    print(f"\nsaved: {save('scale', rows)}")


if __name__ == "__main__":
    main()
