"""Minutes: whether they are a draft, or the papers say that a later meeting confirmed them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.records import dates_in
from assistant.store import Held, of_meeting
from assistant.terms import terms
from assistant.text import sentences

DRAFT, CONFIRMED = "draft minutes", "confirmed minutes"
_MINUTES = re.compile(r"\bminutes\b", re.I)
_DONE = re.compile(
    r"\b(?:confirmed|approved|agreed|accepted|adopted|signed|correct(?:ly)? record(?:ed)?"
    r"|(?:true|accurate) record)\b",
    re.I,
)
# A meeting that puts them off, and the note that they are for the next one
_NOT_DONE = re.compile(
    r"\b(?:next meeting|deferred|(?:not|n't)(?: be| been)? (?:confirm|approv|sign|agree))", re.I
)
_LAST = re.compile(r"\b(?:last|previous|preceding) meeting\b", re.I)
_ITEM = re.compile(r"^[\d.()]*\s*minutes\b", re.I)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of one body."""

    council: str
    committee: frozenset[str]  # the terms of its name
    day: date

    def is_same(self, other: Meeting) -> bool:
        """Whether both are one meeting, where a paper does not name its council too."""
        councils = {self.council, other.council} - {""}
        return (self.committee, self.day) == (other.committee, other.day) and len(councils) < 2


@dataclass(frozen=True, slots=True)
class _Said:
    """What a paper says of the minutes of a meeting."""

    of: Meeting
    at: Meeting  # which is to confirm them, or did
    path: str
    done: bool


def with_standing(papers: Sequence[Held]) -> list[Held]:
    """The papers, the records of those that hold minutes saying whether these are confirmed.

    Minutes are a draft until the next suitable meeting signs them (Local Government Act 1972,
    schedule 12, paragraph 41), so those that no paper here confirms count as one.
    """
    held = {paper.record.path: _minutes_in(paper) for paper in papers}
    known = {meeting for meetings in held.values() for meeting in meetings}
    said = [one for paper in papers for one in _said_in(paper, known)]
    return [
        replace(paper, record=_told(paper.record, held[paper.record.path], said))
        for paper in papers
    ]


def _told(record: PaperRecord, held: Iterable[Meeting], said: Sequence[_Said]) -> PaperRecord:
    """The record with what is said of the minutes that the paper holds."""
    standing, remarks = "", list(record.remarks)
    for meeting in sorted(held, key=lambda one: one.day):
        about = [one for one in said if one.of.is_same(meeting)]
        done = next((one for one in about if one.done), None)
        listed = next((one for one in about if not one.done), None)
        standing = CONFIRMED if done and standing != DRAFT else DRAFT
        told = _standing(done or listed).replace(f" ({record.path})", "")
        remarks.append(f"minutes of {_words(meeting.day)}: {told}")
    return replace(record, minutes=standing, remarks=tuple(remarks))


def _standing(said: _Said | None) -> str:
    if said is None:
        return "a draft as far as is known: no paper here confirms them"
    told = "confirmed" if said.done else "a draft, to be confirmed"
    return f"{told} at the meeting of {_words(said.at.day)} ({said.path})"


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _minutes_in(paper: Held) -> set[Meeting]:
    """The meetings whose minutes a paper is, or has bound into it."""
    return {
        meeting
        for passage in paper.passages
        if passage.type == "minutes" and (passage.meeting_date or paper.record.type == "minutes")
        if (meeting := _meeting(passage, paper.record))
    }


def _meeting(passage: Passage, record: PaperRecord) -> Meeting | None:
    whole = of_meeting(passage, record)
    if not whole.meeting_date or not whole.committee:
        return None
    return Meeting(record.council, frozenset(terms(whole.committee)), whole.meeting_date)


def _said_in(paper: Held, known: Iterable[Meeting]) -> Iterator[_Said]:
    """What a front sheet lists for confirmation, and what minutes say was confirmed."""
    for passage in paper.passages:
        at = _meeting(passage, paper.record)
        done = passage.type == "minutes"
        if at is None or not (done or passage.type in ("agenda", "supplement")):
            continue
        above = passage.trail[-1] if passage.trail else ""
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            day = _confirmed(sentence, above, at, known) if done else _listed(sentence, above)
            if day and day < at.day:
                yield _Said(replace(at, day=day), at, paper.record.path, done)


def _listed(line: str, above: str) -> date | None:
    """The meeting whose minutes a line of a front sheet names."""
    found = _MINUTES.search(line)
    if found:
        return next(iter(dates_in(line[found.end() :])), None)
    return next(iter(dates_in(line)), None) if _ITEM.match(above) else None


def _confirmed(sentence: str, above: str, at: Meeting, known: Iterable[Meeting]) -> date | None:
    """The meeting whose minutes a sentence of a later one's says were confirmed."""
    text = sentence if _MINUTES.search(sentence) else f"{above}: {sentence}"
    if not _MINUTES.search(text) or not _DONE.search(sentence) or _NOT_DONE.search(sentence):
        return None
    if days := dates_in(sentence) or dates_in(above):
        return days[0]
    before = [
        one.day for one in known if one.is_same(replace(at, day=one.day)) and one.day < at.day
    ]
    asked = _LAST.search(f"{above} {sentence}") or _ITEM.match(above)
    return max(before, default=None) if asked else None
