"""What a visitor asks for by a control and not in words, as the page's script sends it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.papers import PaperRecord
from assistant.questions import LONGEST
from assistant.scope import KINDS, Scope

PARTS = ("matter", "about", "group", "area", "period", "paper", "scope")
# A link must fit into an address; a follow-up leans on few turns.
MOST_LINKED = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: a turn asked again with parts changed, another question, or another scope."""

    turn: int = 0  # from 1; 0 where no turn is asked again
    parts: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    scope: Scope | None = None


def read_wish(sent: str, records: Iterable[PaperRecord]) -> Wish | None:
    """The wish that the page sent, or None where it is none."""
    try:
        said = json.loads(sent)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    if said.get("do") == "again":
        return _again(said)
    if said.get("do") == "ask":
        question = said.get("question")
        asked = isinstance(question, str) and bool(question.strip())
        return Wish(question=str(question)[: LONGEST + 1]) if asked else None
    if said.get("do") == "scope":
        return Wish(scope=read_scope(said, records))
    return None


def _again(said: Mapping[str, object]) -> Wish | None:
    turn, parts = said.get("turn"), said.get("parts")
    if not isinstance(turn, int) or not isinstance(parts, dict):
        return None
    known = {
        name: " ".join(value.split())[:LONGEST]
        for name, value in parts.items()
        if name in PARTS and isinstance(value, str)
    }
    return Wish(turn=turn, parts=known)


def read_scope(said: Mapping[str, object], records: Iterable[PaperRecord]) -> Scope:
    """The scope that a form or a link names; of what no paper has, nothing is taken."""
    known = list(records)
    meeting, _, body = _text(said, "meeting").partition(" ")
    committee = body or _text(said, "committee")
    paper, kind = _text(said, "paper"), _text(said, "kind")
    return Scope(
        committee if committee in {record.committee for record in known} else "",
        _several(said, "years"),
        _several(said, "months"),
        paper if paper in {record.title for record in known} else "",
        _day(meeting) or _day(_text(said, "since")),
        _day(meeting) or _day(_text(said, "until")),
        kind if kind in KINDS else "",
    )


def scope_fields(scope: Scope) -> dict[str, object]:
    """A scope as `read_scope` takes it; what asks for nothing is left out."""
    days = {"since": scope.since, "until": scope.until}
    said = {name: day.isoformat() for name, day in days.items() if day}
    several = {"years": sorted(scope.years), "months": sorted(scope.months)}
    named = {"committee": scope.committee, "paper": scope.paper, "kind": scope.kind}
    return {name: value for name, value in {**named, **several, **said}.items() if value}


def read_link(link: str) -> tuple[list[str], dict[str, object]]:
    """The questions of a permanent link, and what it says of the scope."""
    try:
        said = json.loads(link or "{}")
        only = json.loads(said.get("only") or "{}") if isinstance(said, dict) else {}
    except (ValueError, TypeError, RecursionError):
        return [], {}
    asked = said.get("questions") if isinstance(said, dict) else None
    questions = asked if isinstance(asked, list) else []
    kept = [one for one in questions if isinstance(one, str) and one.strip()][:MOST_LINKED]
    return kept, only if isinstance(only, dict) else {}


def _text(said: Mapping[str, object], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _several(said: Mapping[str, object], name: str) -> frozenset[str]:
    value = said.get(name)
    held = value if isinstance(value, list) else []
    return frozenset(one[:7] for one in held[:20] if isinstance(one, str))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
