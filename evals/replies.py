"""What the assistant replied to one case, read from its batch row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.errors import AssistantError


class RowInvalid(AssistantError):
    """Raised for a batch row that lacks what the evaluation measures."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that the answer stands on; `quote` is in the paper's own words."""

    number: int
    paper: str
    quote: str
    heading: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was retrieved."""

    paper: str
    text: str
    heading: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer or a refusal, with what it cites and what was retrieved, best first."""

    answer: str
    refused: bool = False
    citations: tuple[Citation, ...] = ()
    worked_out: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    milliseconds: float = 0.0


def read_row(row: Mapping[str, object]) -> Reply:
    """Return the reply that a batch row holds; `RowInvalid` names the case and the field."""
    fields = _Fields(f"answer to case {row.get('id')}", row)
    return Reply(
        answer=fields.text("answer"),
        refused=fields.flag("refused"),
        citations=tuple(_citation(entry) for entry in fields.entries("citations")),
        worked_out=tuple(entry.text("text") for entry in fields.entries("worked_out")),
        hits=tuple(_hit(entry) for entry in fields.entries("hits")),
        milliseconds=fields.number("milliseconds"),
    )


class _Fields:
    """A JSON object whose values are checked as they are taken."""

    def __init__(self, where: str, values: Mapping[str, object]) -> None:
        self.where = where
        self.values = values

    def _wrong(self, key: str, what: str) -> RowInvalid:
        return RowInvalid(f"{self.where}: '{key}' is not {what}; see `assistant ask --batch`")

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str):
            raise self._wrong(key, "text")
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def number(self, key: str) -> float:
        value = self.values.get(key)
        if not isinstance(value, int | float):
            raise self._wrong(key, "a number")
        return float(value)

    def page(self) -> int | None:
        value = self.values.get("page")
        if value is not None and not isinstance(value, int):
            raise self._wrong("page", "a page number or null")
        return value

    def entries(self, key: str) -> list[_Fields]:
        value = self.values.get(key)
        if not isinstance(value, list | tuple):
            raise self._wrong(key, "a list")
        if not all(isinstance(entry, dict) for entry in value):
            raise self._wrong(key, "a list of objects")
        return [_Fields(f"{self.where}, {key}", entry) for entry in value]


def _citation(fields: _Fields) -> Citation:
    return Citation(
        number=int(fields.number("number")),
        paper=fields.text("paper"),
        quote=fields.text("quote"),
        heading=fields.text("heading"),
        page=fields.page(),
    )


def _hit(fields: _Fields) -> Hit:
    return Hit(fields.text("paper"), fields.text("text"), fields.text("heading"), fields.page())
