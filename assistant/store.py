"""Passages and paper records in SQLite, read a few at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import cast

from assistant.papers import Box, Kind, PaperRecord
from assistant.passages import Passage, Place
from assistant.traits import Traits, dump_traits, load_traits

_SCHEMA = """
CREATE TABLE papers (path TEXT PRIMARY KEY, first INTEGER, last INTEGER, body TEXT NOT NULL);
CREATE TABLE passages (
    key INTEGER PRIMARY KEY, paper TEXT NOT NULL, tbl INTEGER NOT NULL, body TEXT NOT NULL,
    traits TEXT NOT NULL
);
CREATE INDEX by_table ON passages (paper, tbl);
"""


def write_store(
    path: Path,
    records: Sequence[PaperRecord],
    passages: Sequence[Passage],
    traits: Sequence[Traits],
) -> None:
    """Writes a new database; passages are keyed by their position, grouped by paper."""
    spans: dict[str, tuple[int, int]] = {}
    for passage in passages:
        first, _ = spans.get(passage.paper, (passage.key, 0))
        spans[passage.paper] = (first, passage.key)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_SCHEMA)
        database.executemany(
            "INSERT INTO papers VALUES (?, ?, ?, ?)",
            [(r.path, *spans.get(r.path, (0, -1)), _dump_record(r)) for r in records],
        )
        database.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            (
                (p.key, p.paper, p.table, _dump_passage(p), dump_traits(known))
                for p, known in zip(passages, traits, strict=True)
            ),
        )
        database.commit()


class Store:
    """A database opened for reading; every thread may use it."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.records = {
            row[0]: _load_record(row[1])
            for row in self._database.execute("SELECT path, body FROM papers ORDER BY path")
        }
        self._spans: dict[str, tuple[int, int]] = {
            row[0]: (row[1], row[2])
            for row in self._database.execute("SELECT path, first, last FROM papers")
        }

    def close(self) -> None:
        """Releases the file."""
        self._database.close()

    def get(self, keys: Iterable[int]) -> list[Passage]:
        """The passages with these keys, in the order asked for; unknown keys are left out."""
        wanted = list(dict.fromkeys(int(key) for key in keys))
        found: dict[int, Passage] = {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            rows = self._database.execute(
                f"SELECT key, body FROM passages WHERE key IN ({marks})", part
            )
            found.update({row[0]: self._passage(row[0], row[1]) for row in rows})
        return [found[key] for key in wanted if key in found]

    def traits(self, keys: Sequence[int]) -> list[Traits]:
        """What was worked out of these passages when they were indexed, in the order asked."""
        marks = ",".join("?" * len(keys))
        rows = self._database.execute(
            f"SELECT key, traits FROM passages WHERE key IN ({marks})", list(keys)
        )
        found = {row[0]: load_traits(row[1]) for row in rows}
        return [found[key] for key in keys]

    def span(self, paper: str) -> range:
        """The keys of a paper's passages."""
        first, last = self._spans.get(paper, (0, -1))
        return range(first, last + 1)

    def table(self, paper: str, table: int) -> list[Passage]:
        """The rows of one table of a paper, top to bottom."""
        rows = self._database.execute(
            "SELECT key, body FROM passages WHERE paper = ? AND tbl = ? ORDER BY key",
            (paper, table),
        )
        return [self._passage(row[0], row[1]) for row in rows]

    def around(self, passage: Passage, before: int, after: int) -> list[Passage]:
        """The passage with its neighbours in the same paper, in reading order."""
        span = self.span(passage.paper)
        low, high = max(span.start, passage.key - before), min(span.stop, passage.key + after + 1)
        return self.get(range(low, high))

    def every(self) -> Iterator[Passage]:
        """All passages by key."""
        for key, body in self._database.execute("SELECT key, body FROM passages ORDER BY key"):
            yield self._passage(key, body)

    def _passage(self, key: int, body: str) -> Passage:
        passage = _load_passage(key, body)
        if passage.meeting_date and passage.committee:
            return passage
        record = self.records[passage.paper]
        return replace(
            passage,
            meeting_date=passage.meeting_date or record.meeting_date,
            committee=passage.committee or record.committee,
        )


def _dump_record(record: PaperRecord) -> str:
    return json.dumps(asdict(record), default=str)


def _load_record(body: str) -> PaperRecord:
    known = json.loads(body)
    known["meeting_date"] = _day(known["meeting_date"])
    known["remarks"] = tuple(known["remarks"])
    return PaperRecord(**known)


def _dump_passage(passage: Passage) -> str:
    body = asdict(passage)
    del body["key"]
    body["places"] = [
        [p.offset, p.page, p.printed, *(_corners(p.box) if p.box else ())] for p in passage.places
    ]
    return json.dumps({name: value for name, value in body.items() if value}, default=str)


def _corners(box: Box) -> tuple[float, ...]:
    return tuple(round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom))


def _load_passage(key: int, body: str) -> Passage:
    known = cast("dict[str, object]", json.loads(body))
    places = cast("list[list[object]]", known.pop("places"))
    for name in ("trail", "heads", "cells"):
        if name in known:
            known[name] = tuple(cast("list[str]", known[name]))
    known["places"] = tuple(_load_place(place) for place in places)
    known["kind"] = Kind(str(known["kind"]))
    known["meeting_date"] = _day(known.get("meeting_date"))
    return Passage(key=key, **{"text": "", **known})  # type: ignore[arg-type]


def _load_place(place: list[object]) -> Place:
    offset, page, printed, *corners = place
    box = Box(*cast("list[float]", corners)) if corners else None
    return Place(cast(int, offset), cast("int | None", page), str(printed), box)


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
