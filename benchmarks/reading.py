"""Reads PDFs as a build does, beside pdfminer alone: its own layout analysis on two processes.

Run as `python -m benchmarks.reading CORPUS [--runs N]`. Both take turns, each in processes of its
own, and ratios are taken within a turn.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from statistics import median

from pdfminer.high_level import extract_pages

from assistant.doors import read_pdf_safely
from assistant.errors import PaperUnreadable
from assistant.guarded import close_readers
from assistant.intake import READERS_AT_ONCE
from benchmarks.costs import Cost, Row, run_command, save, table

LIMIT = 1.0  # times what pdfminer takes


def by_us(path: Path) -> int:
    """The pages of a paper, read with all that is on them; 0 of one that cannot be read."""
    try:
        return read_pdf_safely(path, scanning=0).pages or 0
    except PaperUnreadable:
        return 0


def by_pdfminer(path: Path) -> int:
    """The pages of a paper, with their lines and boxes as pdfminer groups them."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    return sum(1 for _ in extract_pages(path))


def pages(paths: Sequence[Path], alone: bool) -> int:
    """The pages of all papers, read two papers at a time."""
    if alone:
        with ProcessPoolExecutor(READERS_AT_ONCE) as processes:
            return sum(processes.map(by_pdfminer, paths))
    with ThreadPoolExecutor(READERS_AT_ONCE) as threads:
        found = sum(threads.map(by_us, paths))
    close_readers()
    return found


def rows_of(turns: Sequence[tuple[Cost, Cost]]) -> list[Row]:
    """The medians of pdfminer and of us, as ratios to pdfminer."""
    return [
        {
            "what": name,
            "pages": int(turns[0][at].output),
            "seconds": round(median(turn[at].seconds for turn in turns), 1),
            "CPU s": round(median(turn[at].worked for turn in turns), 1),
            "seconds, ratio": round(median(t[at].seconds / t[0].seconds for t in turns), 2),
            "CPU s, ratio": round(median(t[at].worked / t[0].worked for t in turns), 2),
            "limit": LIMIT,
        }
        for at, name in enumerate(("pdfminer alone", "reading papers"))
    ]


def main() -> None:
    """Measures both and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--by", choices=("pdfminer", "us"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.by:
        paths = sorted(options.corpus.rglob("*.pdf"), key=lambda one: -one.stat().st_size)
        print(pages(paths, options.by == "pdfminer"))
        return
    asked = ("benchmarks.reading", options.corpus.resolve(), "--by")
    turns = [
        (run_command(*asked, "pdfminer"), run_command(*asked, "us")) for _ in range(options.runs)
    ]
    found = rows_of(turns)
    print(table(found))
    print(f"\nsaved: {save('reading', found)}")


if __name__ == "__main__":
    main()
