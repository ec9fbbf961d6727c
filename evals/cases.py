"""The evaluation case: a question, the evidence for its answer and what the answer must show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from assistant.errors import AssistantError


class CaseInvalid(AssistantError):
    """Raised for a case file that cannot be read as cases."""


class Kind(StrEnum):
    """What a question asks for."""

    FIGURE = "figure"
    FACT = "fact"
    LIST = "list"
    DECISION = "decision"
    PERSON = "person"
    DATE = "date"
    DEFINITION = "definition"
    TABLE = "table"
    COMPARISON = "comparison"
    TREND = "trend"
    YESNO = "yesno"
    UNANSWERABLE = "unanswerable"
    FOLLOWUP = "followup"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a paper that bear the answer."""

    paper: str
    quote: str
    page: int | None = None  # PDF page, from 1; None where the paper has no pages


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One earlier exchange of the conversation, as the person saw it."""

    user: str
    assistant: str


@dataclass(frozen=True, slots=True)
class Case:
    """One known question; of each of the `groups` an answer must show one alternative."""

    id: str
    question: str
    kind: Kind
    answer: str
    evidence: tuple[Evidence, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    all_needed: bool = False
    history: tuple[PastTurn, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the papers hold an answer."""
        return self.kind is not Kind.UNANSWERABLE


_KEYS = {
    "id",
    "question",
    "kind",
    "history",
    "evidence",
    "need",
    "answer",
    "must_include",
    "difficulty",
}


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of one YAML file, in order; `CaseInvalid` names the file and the case."""
    try:
        raw: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        reason = " ".join(str(problem).split())
        raise CaseInvalid(f"{path}: cannot be read as YAML ({reason})") from problem
    if not isinstance(raw, list):
        raise CaseInvalid(f"{path}: must be a list of cases, each starting with '- id:'")
    cases = tuple(_case(_Entry(path, number, item)) for number, item in enumerate(raw, start=1))
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CaseInvalid(f"{path}: case {case.id}: the id is used twice; give each its own")
        seen.add(case.id)
    return cases


class _Entry:
    """One mapping of a case file, with the words to say where it stands when it is wrong."""

    def __init__(self, path: Path, number: int, item: object) -> None:
        self.where = f"{path}: case number {number}"
        if not isinstance(item, dict):
            raise CaseInvalid(f"{self.where}: must be a mapping with an id")
        self.fields: dict[object, object] = item
        self.where = f"{path}: case {self.text('id')}"
        unknown = sorted(str(key) for key in set(item) - _KEYS)
        if unknown:
            raise self.wrong(f"unknown field {', '.join(unknown)}; known are {', '.join(_FIELDS)}")

    def wrong(self, what: str) -> CaseInvalid:
        return CaseInvalid(f"{self.where}: {what}")

    def text(self, key: str) -> str:
        return self.text_in(self.fields, key)

    def text_in(self, fields: dict[object, object], key: str) -> str:
        value = fields.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"'{key}' must be text (put figures and dates in quotes)")
        return value.strip()

    def mappings(self, key: str) -> list[dict[object, object]]:
        value = self.fields.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(f"'{key}' must be a list of mappings")
        return value


_FIELDS = sorted(_KEYS)


def _case(entry: _Entry) -> Case:
    kind = entry.text("kind")
    if kind not in list(Kind):
        raise entry.wrong(f"kind '{kind}' is unknown; known are {', '.join(Kind)}")
    need = entry.fields.get("need", "any")
    if need not in ("any", "all"):
        raise entry.wrong("'need' must be any or all")
    case = Case(
        id=entry.text("id"),
        question=entry.text("question"),
        kind=Kind(kind),
        answer=entry.text("answer") if kind != Kind.UNANSWERABLE else _optional(entry, "answer"),
        evidence=tuple(_evidence(entry, fields) for fields in entry.mappings("evidence")),
        groups=_groups(entry),
        all_needed=need == "all",
        history=tuple(
            PastTurn(entry.text_in(turn, "user"), entry.text_in(turn, "assistant"))
            for turn in entry.mappings("history")
        ),
    )
    if case.answerable and not (case.evidence and case.groups):
        raise entry.wrong("needs 'evidence' and 'must_include', or the kind unanswerable")
    return case


def _optional(entry: _Entry, key: str) -> str:
    return entry.text(key) if entry.fields.get(key) else ""


def _evidence(entry: _Entry, fields: dict[object, object]) -> Evidence:
    page = fields.get("page")
    if page is not None and (not isinstance(page, int) or page < 1):
        raise entry.wrong("'page' must be the PDF page, counted from 1")
    return Evidence(entry.text_in(fields, "paper"), entry.text_in(fields, "quote"), page)


def _groups(entry: _Entry) -> tuple[tuple[str, ...], ...]:
    value = entry.fields.get("must_include") or []
    if not isinstance(value, list):
        raise entry.wrong("'must_include' must be a list of lists of alternatives")
    for group in value:
        texts = isinstance(group, list) and all(isinstance(a, str) and a.strip() for a in group)
        if not texts or not group:
            raise entry.wrong("'must_include' must be lists of text (put figures in quotes)")
    return tuple(tuple(group) for group in value)
