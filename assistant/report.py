"""What a build did, for the officer who ran it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from time import perf_counter

from assistant.intake import Folder, Read, identity
from assistant.manifest import Manifest
from assistant.overrides import OVERRIDES
from assistant.papers import NEEDS_OCR, PaperRecord

MOST_NAMED = 3  # papers named in a row of the table


@dataclass(slots=True)
class Clock:
    """How long each stage of a build takes."""

    stages: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=perf_counter)

    def lap(self, stage: str) -> None:
        """Ends a stage."""
        now = perf_counter()
        self.stages[stage] = round(now - self._since, 2)
        self._since = now


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What became of each file, and what it cost."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    dropped: tuple[str, ...]
    held: dict[str, tuple[str, ...]]  # path -> what of it is held back, with page and words
    withdrawn: dict[str, str]  # path -> who withdrew it, when and why
    copies: dict[str, str]  # path -> path of the same paper, which is indexed once
    unreadable: dict[str, str]  # path -> why
    needs_ocr: tuple[str, ...]  # of those that are unreadable or read in part
    remarks: dict[str, tuple[str, ...]]  # path -> what the officer should know of its reading
    pages: int  # of the papers that were added or changed
    tables: int
    passages: int
    embedded: int  # texts that had to be embedded
    stages: dict[str, float]  # stage -> seconds

    @property
    def seconds(self) -> float:
        """How long all of it took."""
        return sum(self.stages.values())

    def row(self) -> dict[str, object]:
        """The report as `assistant index --json` prints it."""
        return {**asdict(self), "seconds": round(self.seconds, 2)}

    def __str__(self) -> str:
        held = {path: [*lines] for path, lines in self.held.items()}
        lines = [
            *_named("added", self.added),
            *_named("changed", self.changed),
            f"{'unchanged':<11}{len(self.unchanged):>5}",
            *_named("dropped", self.dropped),
            *_told("held back", held),
            *_told("withdrawn", {path: [words] for path, words in self.withdrawn.items()}),
            *_told("unreadable", {path: [why] for path, why in self.unreadable.items()}),
            *_named("needs OCR", self.needs_ocr),
        ]
        lines += [f"  {path}: same as {one}" for path, one in sorted(self.copies.items())]
        for path, remarks in sorted(self.remarks.items()):
            lines += [f"  {path}: {remark}" for remark in remarks]
        took = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in self.stages.items())
        lines.append(f"read {self.pages} pages and {self.tables} tables of what is new")
        lines.append(
            f"{self.passages} passages, {self.embedded} embedded, "
            f"in {self.seconds:.1f} seconds ({took})"
        )
        return "\n".join(lines)


def _named(name: str, paths: Sequence[str]) -> list[str]:
    shown = ", ".join(paths[:MOST_NAMED])
    more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
    return [f"{name:<11}{len(paths):>5}  {shown}{more}".rstrip()]


def _told(name: str, reasons: Mapping[str, Sequence[str]]) -> list[str]:
    lines = [f"  {path}: {why}" for path, whys in sorted(reasons.items()) for why in whys]
    return [f"{name:<11}{len(reasons):>5}", *lines]


def make_report(
    old: Manifest | None,
    new: Manifest,
    now: Folder,
    records: Mapping[str, PaperRecord],
    reads: Mapping[str, Read],
    clock: Clock,
) -> BuildReport:
    """What became of each path between two manifests; `reads` are what came of the files."""
    before, papers = (old.papers if old else {}), new.papers
    both = sorted(before.keys() & papers.keys())
    same = [path for path in both if old and _is_unchanged(path, old, new)]
    added = tuple(sorted(papers.keys() - before.keys()))
    changed = tuple(path for path in both if path not in same)
    unreadable = {path: file.why for path, file in new.unreadable.items()}
    remarks = {path: one.remarks for path, one in records.items() if one.remarks}
    waiting = [path for path, why in unreadable.items() if NEEDS_OCR in why]
    waiting += [path for path, said in remarks.items() if any(NEEDS_OCR in one for one in said)]
    fresh = [reads[path] for path in (*added, *changed) if path in reads]
    unknown = sorted(now.said.keys() - now.digests.keys())
    return BuildReport(
        added=added,
        changed=changed,
        unchanged=tuple(same),
        dropped=tuple(sorted(before.keys() - papers.keys())),
        held={path: tuple(one.lines()) for path, one in new.withheld.items()},
        withdrawn={path: one.words for path, one in new.withdrawn.items()},
        copies=new.copies,
        unreadable=unreadable,
        needs_ocr=tuple(sorted(waiting)),
        remarks=remarks
        | {path: (f"named in {OVERRIDES}, but no such paper is here",) for path in unknown},
        pages=sum(read.record.pages or 0 for read in fresh if read.record),
        tables=sum(read.passages.tables for read in fresh),
        passages=new.passages,
        embedded=0,
        stages=clock.stages,
    )


def _is_unchanged(path: str, old: Manifest, new: Manifest) -> bool:
    """Whether a paper is read and shown as it was before."""
    then = identity(path, old.papers[path], old.overrides, old.released)
    return then == identity(path, new.papers[path], new.overrides, new.released)
