"""The building of an index: what is new or changed is read and embedded, the rest is kept."""

from __future__ import annotations

import fcntl
import json
import sys
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from time import perf_counter

from tqdm import tqdm

from assistant.corpus import OVERRIDES, File, list_files, load_overrides, read_paper, with_meeting
from assistant.embedder import Embedder, Vectors
from assistant.errors import CorpusEmpty, IndexUnusable, PaperUnreadable
from assistant.index import Index, Manifest, Unreadable, embed_new, write_generation
from assistant.papers import PaperRecord
from assistant.passages import Passage, cut_paper, embedding_text
from assistant.records import Record
from assistant.store import Held

# A PDF is read in a process of its own, so that two threads keep two cores busy.
READERS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, for the officer who ran it."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    dropped: tuple[str, ...]
    copies: dict[str, str]  # path -> path of the same paper, which is indexed once
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
        lines += [f"  {path}: same as {one}" for path, one in sorted(self.copies.items())]
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


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The folder as it is now: its files, and what the officers say of them."""

    folder: Path
    files: tuple[File, ...]
    overrides: dict[str, Record]
    said: dict[str, str]  # the overrides as the manifest holds them
    copies: dict[str, str]

    @property
    def digests(self) -> dict[str, str]:
        return {file.path: file.digest for file in self.files}


def build_index(
    corpus: Path, index: Path, *, embedder: Embedder, full: bool = False, progress: bool = True
) -> BuildReport:
    """Brings the index up to the folder and swaps it in; the one in use answers until then.

    Raises CorpusEmpty where there is nothing to index, and IndexUnusable where another build
    of the same index is running or the folder cannot be written.
    """
    began = perf_counter()
    now = _look(corpus)
    with _only_build(index):
        old = _open_old(index, embedder.name)
        if old and not full and _is_same(old.manifest, now):
            report = _report(old.manifest, old.manifest, now, {})
            return replace(report, seconds=perf_counter() - began)
        held, known = _contents(old)
        # Even when every paper is read again, the vector of a text stays what it was.
        kept = _kept(old.manifest, held, now) if old and not full else {}
        reads = kept | _read_all(now, kept.keys(), progress)
        manifest, embedded = _write(index, now, reads, known, embedder, progress)
    report = _report(old.manifest if old else None, manifest, now, reads)
    return replace(report, embedded=embedded, seconds=perf_counter() - began)


def _look(corpus: Path) -> _Corpus:
    files = list_files(corpus)
    overrides = load_overrides(corpus)
    said = {path: json.dumps(asdict(one), default=str) for path, one in overrides.items()}
    copies: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    # Of several copies, the one that an officer speaks of is the paper.
    for file in sorted(files, key=lambda file: file.path not in overrides):
        same = first.setdefault((file.digest, Path(file.path).suffix.lower()), file.path)
        if same != file.path:
            copies[file.path] = same
    return _Corpus(corpus, tuple(files), overrides, said, copies)


def _is_same(manifest: Manifest, now: _Corpus) -> bool:
    unreadable = {path: file.digest for path, file in manifest.unreadable.items()}
    return manifest.papers | unreadable == now.digests and manifest.overrides == now.said


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


def _contents(old: Index | None) -> tuple[dict[str, Held], dict[str, Vectors]]:
    """The papers and vectors of an index; nothing where it proves damaged or there is none."""
    if old is None:
        return {}, {}
    try:
        return old.papers(), old.texts(embedding_text)
    except IndexUnusable:
        return {}, {}


def _identity(path: str, digest: str, said: dict[str, str]) -> tuple[str, str, str]:
    """What the reading of a file depends on: its bytes, its name, and the officer's word."""
    return digest, Path(path).name, said.get(path, "")


def _kept(manifest: Manifest, held: dict[str, Held], now: _Corpus) -> dict[str, _Read]:
    """What an index already holds of the files as they are now, by their path now."""
    said = manifest.overrides
    papers = {_identity(path, one.own.digest, said): one for path, one in held.items()}
    broken = {_identity(p, file.digest, said): file for p, file in manifest.unreadable.items()}
    kept: dict[str, _Read] = {}
    for file in now.files:
        identity = _identity(file.path, file.digest, now.said)
        if identity in broken:
            kept[file.path] = _Read(file, None, (), broken[identity].why)
        elif identity in papers and file.path not in now.copies:
            own, passages = papers[identity].own, papers[identity].passages
            kept[file.path] = _Read(
                file,
                replace(own, path=file.path),
                tuple(replace(passage, paper=file.path) for passage in passages),
            )
    return kept


def _read_all(now: _Corpus, kept: Collection[str], progress: bool) -> dict[str, _Read]:
    """What comes of each file that is not kept; a copy of a broken file is broken too."""
    fresh = [file for file in now.files if file.path not in kept and file.path not in now.copies]

    def read(file: File) -> _Read:
        try:
            paper = read_paper(now.folder, file, now.overrides)
        except PaperUnreadable as error:
            return _Read(file, None, (), str(error).removeprefix(f"{file.path}: "))
        return _Read(file, paper.record, tuple(cut_paper(paper)))

    bar = tqdm(
        total=len(fresh), desc="Reading papers", unit="paper", disable=not progress, file=sys.stderr
    )
    with bar, ThreadPoolExecutor(READERS_AT_ONCE) as pool:
        done: dict[str, _Read] = {}
        for result in pool.map(read, fresh):
            done[result.file.path] = result
            bar.update()
    return done


def _write(
    index: Path,
    now: _Corpus,
    reads: dict[str, _Read],
    known: dict[str, Vectors],
    embedder: Embedder,
    progress: bool,
) -> tuple[Manifest, int]:
    """Embeds what is new, writes the generation, and returns its manifest and how many texts."""
    papers = _papers(now, reads)
    manifest = _manifest(now, reads, embedder.name, sum(len(one.passages) for one in papers))
    if not manifest.passages:
        reasons = "; ".join(f"{path}: {file.why}" for path, file in manifest.unreadable.items())
        raise CorpusEmpty(f"no paper could be read ({reasons}); add others, then: assistant index")
    passages = [passage for paper in papers for passage in paper.passages]
    new = len({embedding_text(passage) for passage in passages} - known.keys())
    with tqdm(
        total=new, desc="Embedding passages", unit="passage", disable=not progress, file=sys.stderr
    ) as bar:
        vectors, embedded = embed_new(passages, known, embedding_text, embedder, bar.update)
    write_generation(index, manifest, papers, vectors)
    return manifest, embedded


def _papers(now: _Corpus, reads: dict[str, _Read]) -> list[Held]:
    """The papers by path, each of its meeting, with its passages keyed by their position."""
    ordered = [reads[file.path] for file in now.files if file.path in reads]
    own = {read.file.path: read.record for read in ordered if read.record}
    said = with_meeting(list(own.values()))
    keys = count()
    return [
        Held(
            own[record.path],
            record,
            tuple(replace(one, key=next(keys)) for one in reads[record.path].passages),
        )
        for record in said
    ]


def _manifest(now: _Corpus, reads: dict[str, _Read], model: str, passages: int) -> Manifest:
    papers: dict[str, str] = {}
    unreadable: dict[str, Unreadable] = {}
    for file in now.files:
        read = reads.get(file.path) or reads[now.copies[file.path]]
        if read.record:
            papers[file.path] = file.digest
        else:
            unreadable[file.path] = Unreadable(file.digest, read.why)
    copies = {path: same for path, same in now.copies.items() if path in papers}
    return Manifest(model, papers, copies, unreadable, now.said, passages)


def _report(
    old: Manifest | None, new: Manifest, now: _Corpus, reads: dict[str, _Read]
) -> BuildReport:
    """What became of each path between two manifests."""
    before, papers = (old.papers if old else {}), new.papers
    spoken = old.overrides if old else {}
    both = sorted(before.keys() & papers.keys())
    same = [
        path
        for path in both
        if _identity(path, before[path], spoken) == _identity(path, papers[path], new.overrides)
    ]
    remarks = {
        path: read.record.remarks
        for path, read in reads.items()
        if read.record and read.record.remarks
    }
    remarks |= {
        path: (f"named in {OVERRIDES}, but no such paper is here",)
        for path in sorted(now.said.keys() - now.digests.keys())
    }
    return BuildReport(
        added=tuple(sorted(papers.keys() - before.keys())),
        changed=tuple(path for path in both if path not in same),
        unchanged=tuple(same),
        dropped=tuple(sorted(before.keys() - papers.keys())),
        copies=new.copies,
        unreadable={path: file.why for path, file in new.unreadable.items()},
        remarks=remarks,
        passages=new.passages,
        embedded=0,
        seconds=0.0,
    )
