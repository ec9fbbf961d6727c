"""What officers say of papers where the papers are wrong or silent: `papers.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import yaml

from assistant.errors import AssistantError
from assistant.papers import PaperRecord
from assistant.records import Record

OVERRIDES = "papers.yaml"
BEFORE = "papers.yaml.before"  # what an import replaced
_FIELDS = ("title", "type", "council", "committee", "date", "source")
_NOTHING = frozenset({"", "~", "null"})  # how YAML writes that there is no value


def load_overrides(corpus: Path) -> dict[str, Record]:
    """What an officer says of papers in `papers.yaml`, by path below the corpus folder.

    The file maps a path to any of: title, type, council, committee, date (YYYY-MM-DD), source (its
    address on the web). Raises AssistantError, naming file, path and field, where it says anything
    else.
    """
    path = corpus / OVERRIDES
    return read_overrides(path) if path.is_file() else {}


def read_overrides(path: Path) -> dict[str, Record]:
    """What a file in the form of `papers.yaml` says. Raises AssistantError as above."""
    try:
        # Every value comes as it is typed, so that a wrong date is told of by its paper and field.
        content = yaml.load(path.read_text(encoding="utf-8-sig"), yaml.BaseLoader)
    except OSError as error:
        raise AssistantError(f"{path}: cannot be read ({error.strerror}); name another") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())
        raise AssistantError(f"{path}: not YAML ({why}); mend it, then: assistant index") from error
    if content in ("", None):
        return {}
    if not isinstance(content, dict):
        raise AssistantError(f"{path}: must map each paper's path to what it is; mend it")
    return {name: _override(f"{path}: {name}", said) for name, said in content.items()}


def _override(where: str, said: object) -> Record:
    if not isinstance(said, dict):
        raise AssistantError(f"{where}: must hold {', '.join(_FIELDS[:-1])} or source")
    for name, value in said.items():
        if name not in _FIELDS:
            raise AssistantError(f"{where}: unknown field {name!r}; use {', '.join(_FIELDS)}")
        if not isinstance(value, str):
            raise AssistantError(f"{where}: {name} must be plain text")
    known = {name: "" if value.lower() in _NOTHING else value for name, value in said.items()}
    return Record(
        title=known.get("title", ""),
        type=known.get("type", ""),
        council=known.get("council", ""),
        committee=known.get("committee", ""),
        meeting_date=_day(where, known.get("date", "")),
        source=_address(where, known.get("source", "")),
    )


def _day(where: str, text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError as error:
        raise AssistantError(f"{where}: date {text!r} must be YYYY-MM-DD") from error


def _address(where: str, text: str) -> str:
    if not text or text.startswith(("https://", "http://")):
        return text
    raise AssistantError(f"{where}: source {text!r} must be an address that begins with https://")


def export_papers(records: Iterable[PaperRecord], path: Path) -> int:
    """Writes what is known of each paper to a file that can be corrected and imported.

    Returns how many papers there are. Raises AssistantError where it cannot be written.
    """
    said = {record.path: _said(record) for record in records}
    _write(path, said)
    return len(said)


def import_papers(corpus: Path, path: Path, records: Iterable[PaperRecord]) -> list[str]:
    """Takes the corrections in a file into `papers.yaml`, and returns the paths that it changed.

    A correction is a value that differs from what is known of a paper. Raises AssistantError
    where either file says what cannot be.
    """
    known = {record.path: record for record in records}
    before = load_overrides(corpus)
    after = dict(before)
    for name, said in read_overrides(path).items():
        new = _correction(said, known.get(name))
        told = {field.name: getattr(new, field.name) for field in fields(new)}
        merged = {name: value for name, value in told.items() if value}
        after[name] = replace(before.get(name, Record(type="")), **merged)
    changed = [name for name, said in after.items() if said != before.get(name, Record(type=""))]
    if changed:
        file = corpus / OVERRIDES
        if file.is_file():
            (corpus / BEFORE).write_bytes(file.read_bytes())
        _write(
            file, {name: _said(said) for name, said in after.items() if name in {*before, *changed}}
        )
    return changed


def _correction(said: Record, known: PaperRecord | None) -> Record:
    """What is said of a paper without what is known of it already."""
    if known is None:
        return said
    return Record(
        title="" if said.title == known.title else said.title,
        type="" if said.type == known.type else said.type,
        council="" if said.council == known.council else said.council,
        committee="" if said.committee == known.committee else said.committee,
        meeting_date=None if said.meeting_date == known.meeting_date else said.meeting_date,
        source="" if said.source == known.source else said.source,
    )


def _said(one: Record | PaperRecord) -> dict[str, str | date]:
    values = (one.title, one.type, one.council, one.committee, one.meeting_date, one.source)
    return {name: value for name, value in zip(_FIELDS, values, strict=True) if value}


def _write(path: Path, said: Mapping[str, Mapping[str, str | date]]) -> None:
    """Writes such a file with one rename, so that it is never half of one."""
    text = yaml.safe_dump(
        {name: dict(values) for name, values in said.items()},
        sort_keys=False,
        allow_unicode=True,
        width=1_000,
    )
    aside = path.with_name(f"{path.name}.new")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise AssistantError(f"{path}: cannot be written ({error.strerror})") from error
