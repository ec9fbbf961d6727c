"""Times whole commands against embedding the same passages alone, so that machines compare.

Run as `python -m benchmarks.speed [--corpus DIR] [--cases FILE] [--runs N]`. Each run indexes
into an empty folder, indexes again with nothing changed and with one paper gone and back, embeds
the same passages in a process of its own, and asks the questions of FILE. Ratios are taken within
a run; their median is shown and saved.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory

from tqdm import tqdm

from assistant.corpus import READERS
from benchmarks.costs import ROOT, Cost, Row, run_command, save, table, this_machine
from evals.cases import read_cases
from evals.suites import batch_row


@dataclass(frozen=True, slots=True)
class Run:
    """One run of every command."""

    embedding: Cost
    index: Cost
    again: Cost
    without: Cost  # one paper was taken out
    with_it: Cost  # and put back
    batch: Cost
    one: float  # milliseconds to embed one passage alone
    question: float  # milliseconds a question, the median


def measure(corpus: Path, batch: Path, index: Path) -> Run:
    """Every command once, into an index folder that is empty."""
    build = ("assistant.cli", "index", "--corpus", corpus, "--index", index)
    first, again = run_command(*build), run_command(*build)
    one_paper = next(path for path in sorted(corpus.rglob("*")) if path.suffix in READERS)
    aside = one_paper.rename(index.parent / one_paper.name)
    without = run_command(*build)
    aside.rename(one_paper)
    with_it = run_command(*build)
    embedding = run_command("benchmarks.embed", index)
    one = float(run_command("benchmarks.embed", index, "--one").output)
    asked = run_command("assistant.cli", "ask", "--batch", batch, "--index", index)
    # The first question also loads the model, which a person waits for once.
    times = [json.loads(line)["milliseconds"] for line in asked.output.splitlines()][1:]
    return Run(embedding, first, again, without, with_it, asked, one, median(times))


def rows_of(runs: Sequence[Run]) -> list[Row]:
    """The medians, each beside its ratio to embedding alone and to what it may be of that."""
    unit = [run.embedding for run in runs]
    rows = [
        _row(name, costs, unit, limit)
        for name, costs, limit in (
            ("embedding the passages alone", unit, 1.0),
            ("assistant index, everything new", [run.index for run in runs], 1.25),
            ("assistant index, nothing changed", [run.again for run in runs], 0.1),
            ("assistant index, one paper gone", [run.without for run in runs], 0.25),
            ("assistant index, one paper new", [run.with_it for run in runs], 0.5),
        )
    ]
    asked = [replace(run.batch, seconds=run.question / 1000, worked=0.0) for run in runs]
    alone = [replace(run.embedding, seconds=run.one / 1000, worked=0.0) for run in runs]
    rows.append(_row("embedding one passage alone", alone, alone, 1.0))
    rows.append(_row("a question, all of it", asked, alone, 10.0))
    return rows


def _row(name: str, costs: Sequence[Cost], unit: Sequence[Cost], limit: float) -> Row:
    """CPU is told of whole commands only."""
    pairs = list(zip(costs, unit, strict=True))
    worked = [cost.worked / one.worked for cost, one in pairs if one.worked]
    return {
        "what": name,
        "seconds": round(median(cost.seconds for cost in costs), 3),
        "ratio to embedding": round(median(c.seconds / one.seconds for c, one in pairs), 2),
        "CPU s": round(median(cost.worked for cost in costs), 1) if worked else "",
        "CPU ratio": round(median(worked), 2) if worked else "",
        "limit": limit,
        "peak MB": round(max(cost.megabytes for cost in costs)),
    }


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus" / "sample")
    parser.add_argument("--cases", type=Path, default=ROOT / "evals" / "sample.yaml")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        batch = Path(folder) / "questions.jsonl"
        rows = [json.dumps(batch_row(case)) for case in read_cases(options.cases)]
        batch.write_text("\n".join(rows), encoding="utf-8")
        corpus = Path(copytree(options.corpus, Path(folder) / "corpus"))
        runs = [
            measure(corpus, batch, Path(folder) / f"index-{number}")
            for number in tqdm(range(options.runs), desc="Measuring", unit="run")
        ]
    print(f"{options.corpus.name}: {runs[0].index.output.splitlines()[-1]}")
    print(f"{len(rows)} questions; {this_machine()}; medians of {len(runs)} runs\n")
    found = rows_of(runs)
    print(table(found))
    print(f"\nsaved: {save('build', found)}")


if __name__ == "__main__":
    main()
