"""The officer's list: every paper of the folder, what became of it and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.archives import archive_of
from assistant.corpus import paths_in
from assistant.errors import IndexUnusable
from assistant.index import current
from assistant.manifest import Manifest, read_manifest
from assistant.papers import NEEDS_OCR, PaperRecord
from assistant.releases import Act
from assistant.store import Store

# In the order in which an officer should see them
STATES = (
    "not indexed yet",
    "changed since",
    "held back",
    "needs OCR",
    "unreadable",
    "withdrawn",
    "gone",
    "copy",
    "indexed",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A paper of the list."""

    path: str
    state: str
    title: str = ""
    meeting: str = ""
    reasons: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()  # what an officer can do about it


def ledger(corpus: Path, index: Path) -> list[Row]:
    """All papers, those that need an officer first."""
    folder = current(index)
    try:
        manifest = read_manifest(folder) if folder else None
    except IndexUnusable:
        manifest = None
    if folder is None or manifest is None:
        return sorted(_new(corpus, set(), 0.0), key=_order)
    store = Store(folder / "papers.sqlite")
    try:
        rows = {row.path: row for row in _known(manifest, store.records)}
    finally:
        store.close()
    built = (folder / "manifest.json").stat().st_mtime
    archives = {archive_of(path) for path in rows}
    for row in _new(corpus, rows.keys() | archives, built):
        rows[row.path] = row
    for path in list(rows):
        if not (corpus / (archive_of(path) or path)).is_file():
            why = ("its file is not in the folder any more; the next rebuild drops it",)
            rows[path] = Row(path, "gone", rows[path].title, rows[path].meeting, why)
    return sorted(rows.values(), key=_order)


def _order(row: Row) -> tuple[int, str]:
    return STATES.index(row.state), row.path


def _new(corpus: Path, known: set[str], built: float) -> Iterator[Row]:
    """Files that the index does not know as they are now."""
    for path in paths_in(corpus):
        name = path.relative_to(corpus).as_posix()
        if name not in known:
            yield Row(name, "not indexed yet", reasons=("the next rebuild reads it",))
        elif path.stat().st_mtime > built:
            yield Row(name, "changed since", reasons=("the next rebuild reads it again",))


def _known(manifest: Manifest, records: dict[str, PaperRecord]) -> Iterator[Row]:
    for path, record in records.items():
        needs = any(NEEDS_OCR in remark for remark in record.remarks)
        released = manifest.released.get(path)
        held = manifest.withheld.get(path)
        reasons = [*record.remarks, *(held.lines() if held else ()), *filter(None, [released])]
        state = "held back" if held else "needs OCR" if needs else "indexed"
        acts = (Act.RELEASE, Act.WITHDRAW) if held else (Act.WITHDRAW,)
        yield Row(path, state, record.title, _meeting(record), tuple(reasons), acts)
    for path, same in manifest.copies.items():
        yield Row(path, "copy", reasons=(f"the same as {same}, which is indexed",))
    for path, held in manifest.withheld.items():
        if held.whole:
            yield Row(path, "held back", reasons=tuple(held.lines()), acts=tuple(Act))
    for path, gone in manifest.withdrawn.items():
        yield Row(path, "withdrawn", reasons=(gone.words,), acts=(Act.RELEASE,))
    for path, file in manifest.unreadable.items():
        state = "needs OCR" if NEEDS_OCR in file.why else "unreadable"
        yield Row(path, state, reasons=(file.why,), acts=(Act.WITHDRAW,))


def _meeting(record: PaperRecord) -> str:
    day = record.meeting_date.isoformat() if record.meeting_date else ""
    return ", ".join(part for part in (record.committee or record.council, day) if part)
