"""Writes docs/performance.md and its plots from the results that the benchmarks saved.

Run as `python -m benchmarks.report`. A benchmark that was not run has no part in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

from benchmarks.costs import RESULTS, ROOT, Row
from benchmarks.scale import BUILDING, FIRST, MEDIAN, SERVING, ratios

DOCS = ROOT / "docs"
PAGE = DOCS / "performance.md"
INTRO = """# Performance

What the assistant costs, measured by `benchmarks/` and written by `python -m benchmarks.report`
from the results in `benchmarks/results/`. Seconds depend on the machine and on what else it does:
the load beside each table is the number of processes that wanted one of its cores at the end of
the measurement. Where that is above the number of cores, seconds on the clock say little: go by
the ratios, and by the seconds of processor ("CPU") where they are given.
"""
EMBEDDING = """## Embedding

`python -m benchmarks.embed INDEX --plain`: the texts of an index, embedded by sentence-transformers
as it comes (float32) and as a build does (OpenVINO, bfloat16 where the processor knows it).
"""
READING = """## Reading PDFs

`python -m benchmarks.reading CORPUS`: all that is on the pages, tables and headings included, read
as a build does, beside pdfminer grouping the same pages into lines on two processes.
"""
BUILD = """## Building and asking

`make bench` (`python -m benchmarks.speed`): whole commands, beside embedding the same passages
alone. Ratios are taken within a run. The rows are of forty PDFs, one Cabinet's papers.
"""
PEERS = """## Beside others

`python -m benchmarks.peers --corpus DIR` (extra `peers`): haystack, llama-index and txtai with the
same weights in float32 on the same papers, passages of 160 words of what pypdf reads. They find ten
passages for a question; the assistant reads tables and paragraphs apart, embeds each with the
headings and column heads above it (some 1.7 times the tokens of its own words), and answers in
full. Each is held against the run of the assistant just before it: above 1 it takes so many times
as long.
"""
STAGES = """## A question, stage by stage

`python -m benchmarks.stages`: the parts of a question, beside embedding its text alone.
"""
LOAD = """## Many at once

`python -m benchmarks.load --pause 0 --asked 1` (all of them in one moment), or `--minutes 60
--asked 2 --pause 10` (as fast as people read): people who ask the page, while some drop their
connections or read slowly. "wrong" are answers that differ from those given alone. CPU includes
opening the page. Rows may be of runs at other loads than that of the last: the burst was at 1.6.

The memory is what the page and its clerks have written, without the files that they map. It grows
while what is kept fills: 500 visits (a tenth of a megabyte each), 300 answers, and what each clerk
remembers of the papers' words. What it grows by is taken from the second half. `--log FILE` writes
what each process holds once a minute: in the hour the page went from 240 to 245 MB after its first
ten minutes and 1 MB of that in the last thirty, each clerk from 159 to 163 and 1 MB.
"""
SCALE = """## Scale

`python -m benchmarks.scale`: indexes of a thousand passages and more, re-combined from real ones,
each built, opened and asked in processes of its own. "first" is the whole command that opens the
index and answers one question, the model's loading included. Recall is that of the search for
vectors against looking at all of them, for the sample's questions: over all papers, and within the
committee that has most of them, one year, and one paper. Rows may be of runs at other loads than
that of the last: compare their CPU.
"""
LIMITS = """Each as a share of what it may be; 1 or less is met:
"""
VECTORS = """## The search for vectors

`python -m benchmarks.vectors INDEX`: ways to find the 60 nearest, against a scan of all vectors at
the speed at which memory is read. Codes of four bits for two numbers (PQ), all of which are looked
through and the best of which are measured again, find nearly all of the nearest for little time.
Lists and graphs read less and miss more, and take longer to build. Up to 50,000 vectors all are
looked at: that is no longer the quickest way there, but quick beside the rest of a question, and
misses nothing. Within a committee, a year or papers named, what the codes put first is kept where
enough of it lies inside; else all vectors inside are looked at, so that filters cost no recall.
"""
WORDS = """## The search for words

`python -m benchmarks.words INDEX`: the same terms in three indexes. The ranker weighs the scores of
every candidate, those that the vectors found included, and gives terms weights of their own. FTS5
has neither such scores nor weights, and tantivy scores only what it puts first; bm25s does both,
from files that are searched where they lie.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What a benchmark saved."""

    cores: int
    load: float
    rows: tuple[Row, ...]


def read_result(name: str) -> Result | None:
    """The result of a benchmark, or None where it was not run."""
    file = RESULTS / f"{name}.json"
    if not file.exists():
        return None
    body = json.loads(file.read_text("utf-8"))
    machine = cast("dict[str, float]", body["machine"])
    return Result(int(machine["cores"]), machine["load"], tuple(body["rows"]))


def markdown(rows: Sequence[Row]) -> str:
    """Rows of the same columns as a table."""
    heads = list(rows[0])
    lines = [heads, ["---"] * len(heads)]
    lines += [[_shown(row[head]) for head in heads] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(value: str | int | float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"


def section(head: str, name: str) -> str:
    """The part of one benchmark; "" where it was not run."""
    result = read_result(name)
    if result is None:
        return ""
    machine = f"{result.cores} cores, load {result.load:g}."
    parts = [head, machine, "", markdown(result.rows), ""]
    if name == "scale":
        parts += [LIMITS, markdown([ratios(row) for row in result.rows]), ""]
        parts += [f"![{name}](performance-{name}.png)", ""]
        plot_scale(result.rows, DOCS / "performance-scale.png")
    return "\n".join(parts)


def plot_scale(rows: Sequence[Row], file: Path) -> None:
    """How seconds and memory grow with the passages, with what they may be."""
    sizes = [float(row["passages"]) for row in rows]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4))
    for name in ("median ms", "p95 ms", "median CPU ms", "search ms", "exact ms"):
        left.plot(sizes, [float(row[name]) for row in rows], marker="o", label=name)
    firsts = [1000 * float(row["first s"]) for row in rows]
    left.plot(sizes, firsts, marker="s", label="open and first question")
    left.axhline(MEDIAN, ls="--", color="grey", label=f"median at most {MEDIAN:g} ms")
    left.axhline(1000 * FIRST, ls=":", color="grey", label=f"first at most {FIRST:g} s")
    left.set(xscale="log", yscale="log", xlabel="passages", ylabel="milliseconds")
    for name in ("build MB", "serve MB", "disk MB"):
        right.plot(sizes, [float(row[name]) for row in rows], marker="o", label=name)
    right.axhline(BUILDING, ls="--", color="grey", label=f"build at most {BUILDING:g} MB")
    right.axhline(SERVING, ls=":", color="grey", label=f"serve at most {SERVING:g} MB")
    right.set(xscale="log", yscale="log", xlabel="passages", ylabel="megabytes")
    for axes in (left, right):
        axes.legend(fontsize=8)
        axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(file, dpi=80, metadata={"Software": None})
    pyplot.close(figure)


def main() -> None:
    """Writes the page."""
    parts = [
        section(EMBEDDING, "embedding"),
        section(READING, "reading"),
        section(BUILD, "build"),
        section(PEERS, "peers"),
        section(STAGES, "stages"),
        section(LOAD, "load"),
        section(SCALE, "scale"),
        section(VECTORS, "vectors"),
        section(WORDS, "words"),
    ]
    PAGE.write_text("\n".join([INTRO, *filter(None, parts)]).rstrip() + "\n", encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
