"""What papers of one meeting have to do with each other: a supplement with what it supplements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from rapidfuzz import fuzz

from assistant.papers import PaperRecord

# How alike the titles of a report and of its later version are, of 100
SAME_TITLE = 90
_LATER = re.compile(
    r"\b(?:supplement(?:ary)?|addendum|updated?|revised|replacement|to follow|late paper|tabled)\b",
    re.I,
)
_SUPPLEMENT = re.compile(
    r"\bsupplement(?:ary)?(?: agenda)?[ (-]*(?:no\.? ?)?(?P<number>\d{1,2})\b", re.I
)
_ITEM = re.compile(r"^(?:agenda )?item (?P<number>\d{1,2}[a-z]?)\b", re.I)


def item_in_name(stem: str) -> str:
    """The agenda item that a file's name opens with, or ""."""
    found = _ITEM.match(stem.replace("_", " "))
    return found["number"] if found else ""


def tied(records: Sequence[PaperRecord]) -> list[PaperRecord]:
    """The records, each with what it supplements or is supplemented by among its remarks."""
    meetings: dict[tuple[str, date], list[PaperRecord]] = {}
    for record in records:
        if record.committee and record.meeting_date:
            meetings.setdefault((record.committee, record.meeting_date), []).append(record)
    told: dict[str, list[str]] = {}
    for papers in meetings.values():
        for later, earlier in _pairs(papers):
            told.setdefault(later.path, []).append(f"supplements {earlier.path}")
            told.setdefault(earlier.path, []).append(f"is supplemented by {later.path}")
    return [
        replace(record, remarks=(*record.remarks, *told[record.path]))
        if record.path in told
        else record
        for record in records
    ]


def later_than(record: PaperRecord, records: Iterable[PaperRecord]) -> list[PaperRecord]:
    """The papers of the same meeting that came out after one of them, the newest first."""
    order = _order(record)
    later = [
        (_order(other), other)
        for other in records
        if record.meeting_date
        and (other.meeting_date, other.committee) == (record.meeting_date, record.committee)
    ]
    newest = sorted(later, key=lambda pair: -pair[0])
    return [other for number, other in newest if number > order]


def _order(record: PaperRecord) -> int:
    """0 for what was published with the agenda, else the number of the supplement, from 1."""
    if not is_later(record):
        return 0
    found = _SUPPLEMENT.search(f"{record.title} {_stem(record)}")
    return int(found["number"]) if found else 1


def _pairs(papers: Sequence[PaperRecord]) -> Iterator[tuple[PaperRecord, PaperRecord]]:
    """Each supplement of a meeting with the report of its title, or else with the agenda."""
    earlier = [one for one in papers if not is_later(one)]
    for later in filter(is_later, papers):
        same = [one for one in earlier if _is_same_title(one, later)]
        agendas = [one for one in earlier if one.type == "agenda"]
        yield from ((later, one) for one in same or (agendas if len(agendas) == 1 else []))


def is_later(record: PaperRecord) -> bool:
    """Whether a paper says of itself that it came out after the agenda of its meeting."""
    return record.type == "supplement" or bool(_LATER.search(_stem(record)))


def _stem(record: PaperRecord) -> str:
    return PurePosixPath(record.path).stem.replace("_", " ")


def _is_same_title(one: PaperRecord, other: PaperRecord) -> bool:
    return one.type == other.type and fuzz.ratio(one.title, other.title) >= SAME_TITLE
