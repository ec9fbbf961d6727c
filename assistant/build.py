"""The building of an index: what is new or changed is read and embedded, the rest is kept."""

from __future__ import annotations

import fcntl
import hashlib
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from tqdm import tqdm

from assistant.corpus import OVERRIDES, File, list_files, load_overrides, read_paper, with_meeting
from assistant.embedder import Embedder, Vectors
from assistant.errors import CorpusEmpty, IndexUnusable, PaperUnreadable
from assistant.index import Index, Manifest, embed_new, known_vectors, write_generation
from assistant.papers import PaperRecord
from assistant.passages import Passage, cut_paper, embedding_text
from assistant.records import Record

# A PDF is read in a process of its own, so that two threads keep two cores busy.
READERS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, for the officer who ran it."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    dropped: tuple[str, ...]
    unreadable: dict[str, str]  # path -> why
    remarks: dict[str, tuple[str, ...]]  # path -> what the officer should know of its reading
    passages: int
    embedded: int  # texts that had to be embedded
    seconds: float

    def __str__(self) -> str:
        rows = [("added", self.added), ("changed", self.changed), ("dropped", self.dropped)]
        lines = [f"{name:<11}{len(paths):>5}  {_some(paths)}".rstrip() for name, paths in rows]
        lines.insert(2, f"{'unchanged':<11}{len(self.unchanged):>5}")
        lines.append(f"{'unreadable':<11}{len(self.unreadable):>5}")
        lines += [f"  {path}: {why}" for path, why in sorted(self.unreadable.items())]
        for path, remarks in sorted(self.remarks.items()):
            lines += [f"  {path}: {remark}" for remark in remarks]
        lines.append(
            f"{self.passages} passages, {self.embedded} embedded, in {self.seconds:.1f} seconds"
        )
        return "\n".join(lines)


def _some(paths: tuple[str, ...]) -> str:
    shown = ", ".join(paths[:3])
    return f"{shown} and {len(paths) - 3} more" if len(paths) > 3 else shown


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of one file: a record with its passages, or why there is none."""

    file: File
    record: PaperRecord | None
    passages: tuple[Passage, ...]
    why: str = ""


def build_index(
    corpus: Path, index: Path, *, embedder: Embedder, full: bool = False, progress: bool = True
) -> BuildReport:
    """Brings the index up to the folder and swaps it in; the one in use answers until then.

    Raises CorpusEmpty where there is nothing to index, and IndexUnusable where another build
    of the same index is running or the folder cannot be written.
    """
    began = perf_counter()
    files = list_files(corpus)
    with _only_build(index):
        old = None if full else _open_old(index, embedder.name)
        overrides = _overrides_digest(corpus)
        if old and old.manifest.overrides != overrides:
            kept: dict[str, _Read] = {}
        else:
            kept = _kept(old, files)
        fresh = [file for file in files if file.path not in kept]
        report = _report(old, files, fresh)
        if old and not fresh and not report.dropped:
            return replace(
                report,
                passages=old.manifest.passages,
                unreadable=_why({p: r for p, r in kept.items()}),
                seconds=perf_counter() - began,
            )
        reads = kept | _read_all(corpus, fresh, load_overrides(corpus), progress)
        passages, embedded = _write(index, files, reads, old, overrides, embedder, progress)
    return replace(
        report,
        unreadable=_why(reads),
        remarks={p: r.record.remarks for p, r in reads.items() if r.record and r.record.remarks},
        passages=passages,
        embedded=embedded,
        seconds=perf_counter() - began,
    )


@contextmanager
def _only_build(index: Path) -> Iterator[None]:
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = (index / ".lock").open("w")
    except OSError as error:
        raise IndexUnusable(
            f"{index}: cannot be written ({error.strerror}); name another with --index"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexUnusable(f"{index}: another build is running; wait for it to end") from error
        yield


def _open_old(index: Path, model: str) -> Index | None:
    """The index in use where it can be built upon; a build replaces any other."""
    try:
        return Index.open(index, model)
    except IndexUnusable:
        return None


def _overrides_digest(corpus: Path) -> str:
    path = corpus / OVERRIDES
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _kept(old: Index | None, files: list[File]) -> dict[str, _Read]:
    """What an index already holds of the files as they are now, by their path now."""
    if old is None:
        return {}
    by_digest = {digest: path for path, digest in old.manifest.papers.items()}
    kept: dict[str, _Read] = {}
    for file in files:
        if file.digest in old.manifest.unreadable:
            kept[file.path] = _Read(file, None, (), old.manifest.unreadable[file.digest])
        elif file.digest in by_digest:
            known = (
                file.path
                if old.manifest.papers.get(file.path) == file.digest
                else by_digest[file.digest]
            )
            record = replace(old.store.records[known], path=file.path)
            passages = old.store.get(old.store.span(known))
            kept[file.path] = _Read(
                file, record, tuple(replace(passage, paper=file.path) for passage in passages)
            )
    return kept


def _read_all(
    corpus: Path, files: list[File], overrides: dict[str, Record], progress: bool
) -> dict[str, _Read]:
    def read(file: File) -> _Read:
        try:
            paper = read_paper(corpus, file, overrides)
        except PaperUnreadable as error:
            return _Read(file, None, (), str(error).removeprefix(f"{file.path}: "))
        return _Read(file, paper.record, tuple(cut_paper(paper)))

    bar = tqdm(
        total=len(files), desc="Reading papers", unit="paper", disable=not progress, file=sys.stderr
    )
    with bar, ThreadPoolExecutor(READERS_AT_ONCE) as pool:
        done: dict[str, _Read] = {}
        for result in pool.map(read, files):
            done[result.file.path] = result
            bar.update()
    return done


def _write(
    index: Path,
    files: list[File],
    reads: dict[str, _Read],
    old: Index | None,
    overrides: str,
    embedder: Embedder,
    progress: bool,
) -> tuple[int, int]:
    """Embeds what is new, writes the generation, and returns how many passages and texts."""
    ordered = [reads[file.path] for file in files]
    records = with_meeting([read.record for read in ordered if read.record])
    cut = [passage for read in ordered for passage in read.passages]
    passages = [replace(passage, key=key) for key, passage in enumerate(cut)]
    if not passages:
        reasons = "; ".join(f"{path}: {why}" for path, why in _why(reads).items())
        raise CorpusEmpty(f"no paper could be read ({reasons}); add others, then: assistant index")
    known: dict[str, Vectors] = known_vectors(old, embedding_text) if old else {}
    new = len({embedding_text(p) for p in passages} - known.keys())
    with tqdm(
        total=new, desc="Embedding passages", unit="passage", disable=not progress, file=sys.stderr
    ) as bar:
        vectors, embedded = embed_new(passages, known, embedding_text, embedder, bar.update)
    manifest = Manifest(
        model=embedder.name,
        papers={read.file.path: read.file.digest for read in ordered if read.record},
        unreadable={read.file.digest: read.why for read in ordered if not read.record},
        overrides=overrides,
        passages=len(passages),
    )
    write_generation(index, manifest, records, passages, vectors)
    return len(passages), embedded


def _why(reads: dict[str, _Read]) -> dict[str, str]:
    return {path: read.why for path, read in reads.items() if not read.record}


def _report(old: Index | None, files: list[File], fresh: list[File]) -> BuildReport:
    before = old.manifest.papers if old else {}
    now = {file.path for file in files}
    new = {file.path for file in fresh}
    return BuildReport(
        added=tuple(sorted(now - before.keys())),
        changed=tuple(sorted(new & before.keys())),
        unchanged=tuple(sorted((now & before.keys()) - new)),
        dropped=tuple(sorted(before.keys() - now)),
        unreadable={},
        remarks={},
        passages=0,
        embedded=0,
        seconds=0.0,
    )
