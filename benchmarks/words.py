"""Three ways to search the words of an index: bm25s, tantivy and SQLite's FTS5.

Run as `python -m benchmarks.words INDEX`; tantivy comes with the extra `bench`. All index the terms
of the same passages, and are asked for the same terms of the sample's questions, each in a process
of its own.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from assistant.index import current
from assistant.lexical import Lexical, LexicalWriter
from assistant.retriever import CANDIDATES
from assistant.store import Store
from assistant.terms import terms
from assistant.writing import STORE
from benchmarks.costs import ROOT, Row, run_command, save, table
from evals.cases import read_cases

SAMPLE = ROOT / "evals" / "sample.yaml"
PART = 1_000

# Searches for terms and returns how many documents it found
Search = Callable[[list[str]], int]


def documents(index: Path) -> Iterator[list[str]]:
    """The terms of every passage of an index."""
    folder = current(index)
    if folder is None:
        raise SystemExit(f"{index}: no index here; run: assistant index")
    store = Store(folder / STORE)
    size = store.size()
    for start in range(0, size, PART):
        for known in store.traits(range(start, min(start + PART, size))):
            yield list(known.terms) or ["-"]


def with_bm25s(index: Path, folder: Path) -> Callable[[], Search]:
    """bm25s as the assistant uses it, its files mapped into memory."""
    writer = LexicalWriter(folder / "bm25s")
    for document in documents(index):
        writer.add(document)
    writer.finish()

    def opened() -> Search:
        lexical = Lexical(folder / "bm25s")

        def search(asked: list[str]) -> int:
            scores = lexical.scores(dict.fromkeys(asked, 1.0))
            return len(np.argpartition(-scores, CANDIDATES)[:CANDIDATES])

        return search

    return opened


def with_tantivy(index: Path, folder: Path) -> Callable[[], Search]:
    """tantivy, whose scores hold for the best only."""
    import tantivy

    (folder / "tantivy").mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace")
    schema = builder.build()
    made = tantivy.Index(schema, path=str(folder / "tantivy"))
    writer = made.writer(heap_size=200_000_000, num_threads=1)
    for document in documents(index):
        writer.add_document(tantivy.Document(terms=" ".join(document)))
    writer.commit()
    writer.wait_merging_threads()

    def opened() -> Search:
        searcher = tantivy.Index.open(str(folder / "tantivy")).searcher()

        def search(asked: list[str]) -> int:
            parts = [
                (tantivy.Occur.Should, tantivy.Query.term_query(schema, "terms", term))
                for term in asked
            ]
            return len(searcher.search(tantivy.Query.boolean_query(parts), CANDIDATES).hits)

        return search

    return opened


def with_fts5(index: Path, folder: Path) -> Callable[[], Search]:
    """SQLite's FTS5, whose terms cannot be weighed."""
    place = str(folder / "fts5.sqlite")
    made = sqlite3.connect(place)
    made.execute("CREATE VIRTUAL TABLE words USING fts5(terms, content='')")
    rows = ((" ".join(document),) for document in documents(index))
    made.executemany("INSERT INTO words(terms) VALUES (?)", rows)
    made.commit()
    made.close()

    def opened() -> Search:
        held = sqlite3.connect(place)
        asking = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words) LIMIT ?"

        def search(asked: list[str]) -> int:
            said = " OR ".join(f'"{term}"' for term in asked)
            return len(held.execute(asking, (said, CANDIDATES)).fetchall())

        return search

    return opened


WAYS = {"bm25s": with_bm25s, "tantivy": with_tantivy, "FTS5": with_fts5}


def measured(way: str, index: Path) -> Row:
    """One way: built, opened and asked."""
    questions = [terms(case.question) for case in read_cases(SAMPLE)]
    with TemporaryDirectory() as folder:
        began = perf_counter()
        opened = WAYS[way](index, Path(folder))
        built = perf_counter()
        search = opened()
        search(questions[0])
        ready = perf_counter()
        times = [_milliseconds(search, asked) for asked in questions]
    return {
        "way": way,
        "build s": round(built - began, 1),
        "open and first ms": round(1000 * (ready - built), 1),
        "median ms": round(median(times), 2),
        "longest ms": round(max(times), 2),
    }


def _milliseconds(search: Search, asked: list[str]) -> float:
    began = perf_counter()
    search(asked)
    return 1000 * (perf_counter() - began)


def main() -> None:
    """Measures all ways, prints them and saves them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words")
    parser.add_argument("index", type=Path)
    parser.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(measured(options.way, options.index)))
        return
    rows: list[Row] = []
    for way in WAYS:
        cost = run_command("benchmarks.words", options.index.resolve(), "--way", way)
        rows.append(json.loads(cost.output) | {"CPU s": cost.worked, "peak MB": cost.megabytes})
    first = float(rows[0]["median ms"])
    print(table([row | {"ratio to bm25s": float(row["median ms"]) / first} for row in rows]))
    print(f"\nsaved: {save('words', rows)}")


if __name__ == "__main__":
    main()
