"""Times whole commands against embedding the same passages alone, so that machines compare.

Run as `python -m benchmarks.speed [--corpus DIR] [--cases FILE] [--runs N]`. Each run indexes
into an empty folder, indexes again with nothing changed, embeds the same passages in a process
of its own, and asks the questions of FILE. Ratios are taken within a run; their median is shown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tqdm import tqdm

from evals.cases import read_cases
from evals.suites import batch_row

ROOT = Path(__file__).resolve().parent.parent
# What getrusage counts memory in: bytes on macOS, kilobytes elsewhere.
PER_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took."""

    seconds: float
    megabytes: float  # the most memory that one of its processes held
    output: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of every command."""

    embedding: Cost
    index: Cost
    again: Cost
    batch: Cost
    one: float  # milliseconds to embed one passage alone
    question: float  # milliseconds a question, the median


def run_command(*arguments: str | Path) -> Cost:
    """Runs a Python module with these arguments and says what it took."""
    began = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    with process.stdout as stream:
        output = stream.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments[0]} {arguments[1]} failed; nothing was measured")
    return Cost(perf_counter() - began, usage.ru_maxrss / PER_MEGABYTE, output)


def measure(corpus: Path, batch: Path, index: Path) -> Run:
    """Every command once, into an index folder that is empty."""
    build = ("assistant.cli", "index", "--corpus", corpus, "--index", index)
    first, again = run_command(*build), run_command(*build)
    embedding = run_command("benchmarks.embed", index)
    one = float(run_command("benchmarks.embed", index, "--one").output)
    asked = run_command("assistant.cli", "ask", "--batch", batch, "--index", index)
    # The first question also loads the model, which a person waits for once.
    times = [json.loads(line)["milliseconds"] for line in asked.output.splitlines()][1:]
    return Run(embedding, first, again, asked, one, median(times))


def table(runs: Sequence[Run]) -> str:
    """The medians, each beside its ratio to embedding alone."""
    unit = [run.embedding for run in runs]
    lines = [f"{'':<36}{'seconds':>9}{'ratio':>8}{'peak MB':>9}"]
    for name, costs in (
        ("embedding the passages alone", unit),
        ("assistant index, everything new", [run.index for run in runs]),
        ("assistant index, nothing changed", [run.again for run in runs]),
    ):
        seconds = median(cost.seconds for cost in costs)
        ratio = median(c.seconds / u.seconds for c, u in zip(costs, unit, strict=True))
        peak = max(cost.megabytes for cost in costs)
        lines.append(f"{name:<36}{seconds:>9.2f}{ratio:>8.2f}{peak:>9.0f}")
    asked = median(run.question / run.one for run in runs)
    peak = max(run.batch.megabytes for run in runs)
    lines += [
        f"\n{'':<36}{'ms':>9}{'ratio':>8}{'peak MB':>9}",
        f"{'embedding one passage alone':<36}{median(run.one for run in runs):>9.1f}{1:>8.2f}",
        f"{'a question':<36}{median(run.question for run in runs):>9.1f}{asked:>8.2f}{peak:>9.0f}",
    ]
    return "\n".join(lines)


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
        runs = [
            measure(options.corpus.resolve(), batch, Path(folder) / f"index-{number}")
            for number in tqdm(range(options.runs), desc="Measuring", unit="run")
        ]
    print(f"{options.corpus.name}: {runs[0].index.output.splitlines()[-1]}")
    print(f"{len(rows)} questions; {os.cpu_count()} cores; medians of {len(runs)} runs\n")
    print(table(runs))


if __name__ == "__main__":
    main()
