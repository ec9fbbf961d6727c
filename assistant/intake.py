"""The intake: what comes of each file of the folder, before anything of it is embedded."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tqdm import tqdm

from assistant.archives import names_of
from assistant.bound import bound_into
from assistant.corpus import File, list_files, read_gated
from assistant.errors import PaperUnreadable
from assistant.gate import Hold
from assistant.guarded import close_readers
from assistant.manifest import HeldPart, Manifest, reading_of
from assistant.markings import marking_in_name
from assistant.ocr import is_installed
from assistant.overrides import load_overrides
from assistant.papers import NEEDS_OCR, PaperRecord
from assistant.passages import cut_paper
from assistant.records import Record
from assistant.releases import Act, Entry, last_act, log_digest, read_log
from assistant.shelf import NOTHING, Shelf, Shelved

# Files are read in child processes, so that two threads keep two cores busy.
READERS_AT_ONCE = 2
# What programs make of a name when they save a file again
_COPIED = re.compile(r"%[0-9a-f]{2}| ?\(\d{1,2}\)\.\w+$|[ -]copy\b|^copy of ", re.I)
Identity = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder as it is now: its files, and what the officers say of them."""

    path: Path
    files: tuple[File, ...]
    overrides: dict[str, Record]
    said: dict[str, str]  # the overrides as the manifest holds them
    copies: dict[str, str]  # path -> path of the file with the same bytes
    log: tuple[Entry, ...]
    log_digest: str
    ocr: bool = False  # whether scanned pages can be read

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each file by its path."""
        return {file.path: file.digest for file in self.files}

    def bytes_of(self, file: File) -> int:
        """How large a file is; 0 for one that is gone."""
        try:
            return (file.at or self.path / file.path).stat().st_size
        except OSError:
            return 0

    def first(self) -> list[File]:
        """The files in the order in which one of several copies is taken for the paper."""
        return sorted(self.files, key=self._rank)

    def _rank(self, file: File) -> tuple[bool, bool, bool]:
        # A name that holds a paper back holds its copies too; then the one an officer speaks of.
        names = names_of(file.path)
        copied = len(names) > 1 or bool(_COPIED.search(names[-1]))
        return not any(map(marking_in_name, names)), file.path not in self.overrides, copied


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one file: a record with its passages, or what there is instead."""

    file: File
    record: PaperRecord | None = None
    passages: Shelved = NOTHING
    text: str = ""  # digest of its words, "" where they are not known
    why: str = ""  # why it cannot be read
    held: tuple[HeldPart, ...] = ()
    act: Entry | None = None  # what an officer last decided about it
    known: bool = False  # not read again, because its words are those of another file
    within: str = ""  # path of the pack that it is bound into, where it was not read again

    @property
    def withdrawn(self) -> bool:
        """Whether an officer has taken the paper back."""
        return self.act is not None and self.act.act is Act.WITHDRAW


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of all files. A copy has no read of its own."""

    reads: dict[str, Read]
    copies: dict[str, str]  # path -> path of the same paper, or of the pack that it is bound into
    texts: dict[str, str]  # path -> digest of the words of each file that was read

    def of(self, path: str) -> Read:
        """What came of a file or of the paper that it is a copy of."""
        return self.reads[self.copies.get(path, path)]


@dataclass(frozen=True, slots=True)
class Known:
    """What an index holds: of each paper what it says of itself, and its passages."""

    manifest: Manifest
    papers: dict[str, tuple[PaperRecord, Shelved]]


def look(corpus: Path, unpacked: Path | None = None) -> Folder:
    """The folder with its files, those of archives in the folder `unpacked`.

    Raises CorpusEmpty, or AssistantError for a broken list or log.
    """
    files = tuple(list_files(corpus, unpacked))
    overrides = load_overrides(corpus)
    said = {path: json.dumps(asdict(one), default=str) for path, one in overrides.items()}
    log = read_log(corpus), log_digest(corpus)
    folder = Folder(corpus, files, overrides, said, {}, *log, ocr=is_installed())
    copies: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    for file in folder.first():
        same = first.setdefault(reading_of(file.path, file.digest), file.path)
        if same != file.path:
            copies[file.path] = same
    return replace(folder, copies=copies)


def identity(path: str, digest: str, said: dict[str, str], released: Collection[str]) -> Identity:
    """What the reading of a file depends on: its bytes, its name, and the officers' word."""
    return digest, "/".join(names_of(path)), said.get(path, ""), path in released


def take_in(
    now: Folder,
    known: Known | None,
    shelf: Shelf,
    progress: bool,
    ready: Callable[[Read], None],
) -> Intake:
    """What comes of each file: only what is new or changed since it was known is read.

    Passages are left on the shelf. What is read is told to `ready` at once, larger files first.
    """
    kept = _kept(known, now) if known else {}
    fresh = [file for file in now.files if file.path not in kept and file.path not in now.copies]
    return _settled(now, kept | _read_all(now, fresh, shelf, progress, ready))


def _kept(known: Known, now: Folder) -> dict[str, Read]:
    """What an index already says of the files as they are now, by their path now."""
    manifest, before = known.manifest, _by_identity(known)
    kept: dict[str, Read] = {}
    texts = manifest.known_texts()
    for file in now.files:
        text = texts.get(reading_of(file.path, file.digest), "")
        act = last_act(now.log, file.path, file.digest, text)
        released = {file.path} if act and act.act is Act.RELEASE else ()
        one = before.get(identity(file.path, file.digest, now.said, released))
        if one is None or (act and act.act is Act.WITHDRAW) or (now.ocr and _waits_for_ocr(one)):
            continue
        if one.why or (file.path not in now.copies and (one.record or one.held)):
            kept[file.path] = _moved(replace(one, act=act), file)
    kept |= _known_bound(now, manifest, kept)
    return kept | _known_copies(now, manifest, kept)


def _waits_for_ocr(read: Read) -> bool:
    """Whether pages of a file were left unread because the extra for them was not there."""
    remarks = read.record.remarks if read.record else ()
    return any(NEEDS_OCR in words for words in (read.why, *remarks))


def _by_identity(index: Known) -> dict[Identity, Read]:
    """All that an index says of files, by what that depends on."""
    manifest = index.manifest

    def known(path: str, digest: str) -> Identity:
        return identity(path, digest, manifest.overrides, manifest.released)

    before = {
        known(path, one.digest): Read(File(path, one.digest), why=one.why)
        for path, one in manifest.unreadable.items()
    }
    for path, one in manifest.withheld.items():
        file, text = File(path, one.digest), manifest.texts.get(path, "")
        before[known(path, one.digest)] = Read(file, text=text, held=one.parts)
    for path, (own, passages) in index.papers.items():
        file, text = File(path, own.digest), manifest.texts.get(path, "")
        held = manifest.withheld[path].parts if path in manifest.withheld else ()
        before[known(path, file.digest)] = Read(file, own, passages, text, held=held)
    return before


def _moved(read: Read, file: File) -> Read:
    """The same under the path that the file has now."""
    return replace(
        read,
        file=file,
        record=replace(read.record, path=file.path) if read.record else None,
        passages=replace(read.passages, paper=file.path),
    )


def _known_copies(now: Folder, manifest: Manifest, kept: dict[str, Read]) -> dict[str, Read]:
    """Files that need no reading, since they hold the words of one that comes before them."""
    first: dict[str, str] = {}
    copies: dict[str, Read] = {}
    texts = manifest.known_texts()
    for file in now.first():
        text = texts.get(reading_of(file.path, file.digest), "")
        read = kept.get(file.path)
        if not text or file.path in now.copies or (read and read.why):
            continue
        if first.setdefault(text, file.path) != file.path and read is None:
            copies[file.path] = Read(file, text=text, known=True)
    return copies


def _known_bound(now: Folder, manifest: Manifest, kept: dict[str, Read]) -> dict[str, Read]:
    """Files that need no reading, since they are bound into a pack that is as it was."""
    bound: dict[str, Read] = {}
    for file in now.files:
        pack, text = manifest.copies.get(file.path, ""), manifest.texts.get(file.path, "")
        same = manifest.papers.get(file.path) == file.digest and file.path not in now.overrides
        acted = last_act(now.log, file.path, file.digest, text)
        there = pack in kept and kept[pack].record and kept[pack].text != text
        if same and text and there and not acted:
            bound[file.path] = Read(file, text=text, known=True, within=pack)
    return bound


def _read_all(
    now: Folder, fresh: list[File], shelf: Shelf, progress: bool, ready: Callable[[Read], None]
) -> dict[str, Read]:
    """What comes of files that are read; one that is withdrawn is not even opened."""

    def read(file: File) -> Read:
        act = last_act(now.log, file.path, file.digest)
        if act and act.act is Act.WITHDRAW:
            return Read(file, act=act)
        if file.why:
            return Read(file, why=file.why)
        try:
            paper = read_gated(now.path, file, now.overrides, now.log)
        except PaperUnreadable as error:
            return Read(file, why=str(error).removeprefix(f"{file.path}: "))
        held = tuple(_part(hold) for hold in paper.holds)
        if paper.public is None:
            return Read(file, text=paper.text, held=held, act=paper.act)
        passages = shelf.put(list(cut_paper(paper.public)))
        return Read(file, paper.public.record, passages, paper.text, "", held, paper.act)

    bar = tqdm(
        total=len(fresh), desc="Reading papers", unit="paper", disable=not progress, file=sys.stderr
    )
    with bar, ThreadPoolExecutor(READERS_AT_ONCE) as pool:
        done: dict[str, Read] = {}
        # With the large ones first, no reader is left alone with one at the end, and a pack
        # comes before the papers that are bound into it.
        for result in pool.map(read, sorted(fresh, key=now.bytes_of, reverse=True)):
            done[result.file.path] = result
            ready(result)
            bar.update()
    close_readers()
    return {file.path: done[file.path] for file in fresh}


def _part(hold: Hold) -> HeldPart:
    return HeldPart(hold.first, hold.last, hold.page, hold.words)


def _settled(now: Folder, reads: dict[str, Read]) -> Intake:
    """Of files with the same words the first is the paper, and the others are its copies."""
    ordered = [reads[file.path] for file in now.first() if file.path in reads]
    first: dict[str, str] = {}
    copies: dict[str, str] = {}
    for read in sorted(ordered, key=lambda read: read.known):
        if read.text and not read.withdrawn:
            same = first.setdefault(read.text, read.file.path)
            if same != read.file.path:
                copies[read.file.path] = same
    alone = {path: read for path, read in reads.items() if path not in copies}
    bound = _bound(now, alone)
    left = {path: _answering(read) for path, read in alone.items() if path not in bound}
    for path, same in now.copies.items():
        if path not in left:
            copies[path] = copies.get(same, same)
    texts = {path: read.text for path, read in reads.items() if read.text}
    texts |= {path: texts[same] for path, same in copies.items() if same in texts}
    return Intake(
        left, {path: bound.get(same, same) for path, same in copies.items()} | bound, texts
    )


def _bound(now: Folder, reads: dict[str, Read]) -> dict[str, str]:
    """The papers that are bound into a pack, none of which an officer speaks of by itself."""
    known = {path: read.within for path, read in reads.items() if read.within}
    whole = {
        path: (read.record, read.passages)
        for path, read in reads.items()
        if read.record and not read.withdrawn
    }
    own = {path for path in whole if reads[path].held or reads[path].act or path in now.overrides}
    found = bound_into(list(whole.values()))
    return known | {path: pack for path, pack in found.items() if path not in own}


def _answering(read: Read) -> Read:
    """A file that was not read because another has its words, which now cannot be read."""
    return (
        replace(read, why="its words were not read; run: assistant index --full")
        if (read.known)
        else read
    )
