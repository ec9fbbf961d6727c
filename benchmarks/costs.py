"""What commands cost, and where the results of the benchmarks are kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
# What getrusage counts memory in: bytes on macOS, kilobytes elsewhere.
PER_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10

Row = dict[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took."""

    seconds: float
    worked: float  # seconds that it kept processors busy
    megabytes: float  # the most memory that one of its processes held
    output: str


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
    worked = usage.ru_utime + usage.ru_stime
    return Cost(perf_counter() - began, worked, usage.ru_maxrss / PER_MEGABYTE, output)


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine of a measurement, and how busy it was with other things."""

    cores: int
    load: float  # processes that wanted a core, over the last minute


def this_machine() -> Machine:
    """The machine as it is now."""
    return Machine(len(os.sched_getaffinity(0)), round(os.getloadavg()[0], 1))


def save(name: str, rows: Sequence[Row]) -> Path:
    """Writes the rows of a benchmark where `benchmarks.report` finds them."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}.json"
    body = {"machine": asdict(this_machine()), "rows": list(rows)}
    file.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    return file


def table(rows: Sequence[Row]) -> str:
    """Rows of the same columns, as lines for a terminal."""
    heads = list(rows[0])
    lines = [heads, *([_shown(row[head]) for head in heads] for row in rows)]
    wide = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, wide, strict=True))
        for line in lines
    )


def _shown(value: str | int | float) -> str:
    if isinstance(value, float):
        return f"{value:,.3g}" if value < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else value
