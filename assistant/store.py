"""Passages and paper records in SQLite, read a few at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from sys import intern
from typing import Any, cast

from assistant.errors import IndexUnusable
from assistant.naming import Document, dump_document, load_document
from assistant.papers import Box, Kind, PaperRecord
from assistant.passages import Passage, Place
from assistant.traits import Traits, dump_traits, load_traits

# Passages and traits that a store remembers, some 2 KB each.
REMEMBERED = 40_000
# What many passages of a paper share is kept once for all of them.
_REPEATED = frozenset(
    {"paper", "lead", "caption", "title", "type", "item", "item_title", "committee"}
)
# Passages that are read in one go where all are wanted
AT_ONCE = 1_000
# What is kept of a passage beside its key
_KEPT = tuple(field.name for field in fields(Passage) if field.name != "key")
# What writing raises, on a full disk too
NotWritten = sqlite3.OperationalError
_SPAN = "SELECT key, body FROM passages WHERE key >= ? AND key < ? ORDER BY key"
# `body` is what is said of a paper and `own` what it says itself, without its neighbours.
_SCHEMA = """
CREATE TABLE papers (
    path TEXT PRIMARY KEY, first INTEGER, last INTEGER, body TEXT NOT NULL, own TEXT NOT NULL
);
CREATE TABLE passages (
    key INTEGER PRIMARY KEY, paper TEXT NOT NULL, tbl INTEGER NOT NULL, body TEXT NOT NULL,
    traits TEXT NOT NULL
);
CREATE TABLE documents (body TEXT NOT NULL);
"""
# Made when all rows are there, which is quicker
_INDEXES = "CREATE INDEX by_paper ON passages (paper, tbl);"


@dataclass(frozen=True, slots=True)
class Held:
    """A paper as it was read: what it says of itself, what is said of it, and its passages."""

    own: PaperRecord
    record: PaperRecord
    passages: Collection[Passage]  # keyed, and of the meeting that their own words name


def of_meeting(passage: Passage, record: PaperRecord) -> Passage:
    """The passage with its paper's meeting where it names none itself."""
    if passage.meeting_date and passage.committee:
        return passage
    return replace(
        passage,
        meeting_date=passage.meeting_date or record.meeting_date,
        committee=passage.committee or record.committee,
    )


class StoreWriter:
    """Takes papers one at a time, in the order of their keys, and writes a new database of them."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript(_SCHEMA)

    def add(
        self, paper: Held, traits: Sequence[Traits], documents: Sequence[Document] = ()
    ) -> None:
        """The next paper, with the traits of its passages in their order."""
        record, own = _dump_record(paper.record), _dump_record(paper.own)
        self._database.execute(
            "INSERT INTO papers VALUES (?, ?, ?, ?, ?)",
            (paper.record.path, *_ends([one.key for one in paper.passages]), record, own),
        )
        self._database.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            (
                (p.key, p.paper, p.table, _dump_passage(p), dump_traits(known))
                for p, known in zip(paper.passages, traits, strict=True)
            ),
        )
        rows = [(dump_document(document),) for document in documents]
        self._database.executemany("INSERT INTO documents VALUES (?)", rows)

    def finish(self) -> None:
        """Makes what was written whole and releases the file."""
        self._database.executescript(_INDEXES)
        self._database.commit()
        self._database.close()


def _ends(keys: Sequence[int]) -> tuple[int, int]:
    return (keys[0], keys[-1]) if keys else (0, -1)


class Store:
    """A database opened for reading; every thread may use it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        place = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._database = sqlite3.connect(place, uri=True, check_same_thread=False)
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error
        rows = self._rows("SELECT path, body, first, last FROM papers ORDER BY path")
        # Questions come back to the same passages, and reading one anew costs more than ranking it.
        self._read: dict[int, Passage] = {}
        self._known: dict[int, Traits] = {}
        self._types: dict[str, frozenset[int]] = {}
        self.records = {row[0]: _load_record(row[1]) for row in rows}
        self._spans: dict[str, tuple[int, int]] = {row[0]: (row[2], row[3]) for row in rows}

    def _rows(self, query: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(query, given).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: sqlite3.DatabaseError) -> IndexUnusable:
        return IndexUnusable(f"{self._path}: damaged ({error}); run: assistant index --full")

    def close(self) -> None:
        """Releases the file."""
        self._database.close()

    def get(self, keys: Iterable[int]) -> list[Passage]:
        """The passages with these keys, in the order asked for; unknown keys are left out."""
        wanted = list(dict.fromkeys(int(key) for key in keys))
        found = {key: self._read[key] for key in wanted if key in self._read}
        for key, body in self._bodies("body", [key for key in wanted if key not in found]):
            found[key] = self._read[key] = self._passage(key, body)
        return [found[key] for key in wanted if key in found]

    def traits(self, keys: Sequence[int]) -> list[Traits]:
        """What was worked out of these passages when they were indexed, in the order asked."""
        found = {key: self._known[key] for key in keys if key in self._known}
        for key, body in self._bodies("traits", [key for key in keys if key not in found]):
            found[key] = self._known[key] = load_traits(body)
        return [found[key] for key in keys]

    def _bodies(self, column: str, keys: Sequence[int]) -> Iterator[tuple[int, str]]:
        """A column of the passages with these keys; forgets what was read when that is much."""
        if len(self._read) + len(self._known) > REMEMBERED:
            self._read, self._known = {}, {}
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            yield from self._rows(
                f"SELECT key, {column} FROM passages WHERE key IN ({marks})", part
            )

    def span(self, paper: str) -> range:
        """The keys of a paper's passages."""
        first, last = self._spans.get(paper, (0, -1))
        return range(first, last + 1)

    def of_type(self, type_: str) -> frozenset[int]:
        """The keys of the passages that stand in papers of a type, as `Section` has it."""
        if type_ not in self._types:
            query = "SELECT key FROM passages WHERE json_extract(body, '$.type') = ?"
            self._types[type_] = frozenset(row[0] for row in self._rows(query, (type_,)))
        return self._types[type_]

    def table(self, paper: str, table: int) -> list[Passage]:
        """The rows of one table of a paper, top to bottom."""
        rows = self._rows(
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
        for start in range(0, self.size(), AT_ONCE):
            for key, body in self._rows(_SPAN, (start, start + AT_ONCE)):
                yield self._passage(key, body)

    def size(self) -> int:
        """How many passages there are; their keys count them from 0."""
        return int(self._rows("SELECT COALESCE(MAX(key) + 1, 0) FROM passages")[0][0])

    def documents(self) -> list[Document]:
        """The documents bound into the papers, in the order of their passages."""
        return [load_document(row[0]) for row in self._rows("SELECT body FROM documents")]

    def held(self, paper: str) -> Held:
        """A paper as `write_store` was given it."""
        ((own,),) = self._rows("SELECT own FROM papers WHERE path = ?", (paper,))
        rows = self._rows("SELECT key, body FROM passages WHERE paper = ? ORDER BY key", (paper,))
        passages = tuple(_load_passage(*row) for row in rows)
        return Held(_load_record(own), self.records[paper], passages)

    def _passage(self, key: int, body: str) -> Passage:
        passage = _load_passage(key, body)
        return of_meeting(passage, self.records[passage.paper])


def _dump_record(record: PaperRecord) -> str:
    return json.dumps(asdict(record), default=str)


def _load_record(body: str) -> PaperRecord:
    known = json.loads(body)
    known["meeting_date"] = _day(known["meeting_date"])
    known["remarks"] = tuple(known["remarks"])
    return PaperRecord(**known)


def _dump_passage(passage: Passage) -> str:
    places = [
        [p.offset, p.page, p.printed, p.ocr, *(_corners(p.box) if p.box else ())]
        for p in passage.places
    ]
    body = {name: places if name == "places" else getattr(passage, name) for name in _KEPT}
    return json.dumps({name: value for name, value in body.items() if value}, default=str)


def _corners(box: Box) -> tuple[float, ...]:
    return tuple(round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom))


def _load_passage(key: int, body: str) -> Passage:
    known = cast("dict[str, object]", json.loads(body))
    places = cast("list[list[object]]", known.pop("places"))
    for name in known.keys() & _REPEATED:
        known[name] = intern(str(known[name]))
    for name in ("trail", "heads", "cells"):
        if name in known:
            known[name] = tuple(map(intern, cast("list[str]", known[name])))
    known["places"] = tuple(_load_place(place) for place in places)
    known["kind"] = Kind(str(known["kind"]))
    known["meeting_date"] = _day(known.get("meeting_date"))
    return Passage(key=key, **{"text": "", **known})  # type: ignore[arg-type]


def _load_place(place: list[object]) -> Place:
    offset, page, printed, ocr, *corners = place
    box = Box(*cast("list[float]", corners)) if corners else None
    known = cast("int | None", page), intern(str(printed)), box, cast("int | None", ocr)
    return Place(cast(int, offset), *known)


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
