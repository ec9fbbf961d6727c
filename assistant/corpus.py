"""The folder of papers: which files it holds, and each of them as a paper."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from unicodedata import category

from assistant.archives import ARCHIVES, refusal, unpack_safely
from assistant.doors import (
    read_docx_safely,
    read_html_safely,
    read_pdf_safely,
    read_text_safely,
)
from assistant.errors import CorpusEmpty, PaperUnreadable
from assistant.frontsheet import front_remarks
from assistant.gate import Hold, hold_back, public_part
from assistant.papers import Paper, PaperRecord, Reading, Section
from assistant.records import (
    Record,
    committee_in,
    council_in,
    dates_in,
    meeting_date_in,
    month_in,
    record_of_title,
    type_of,
)
from assistant.releases import Act, Entry, last_act
from assistant.sections import split_sections
from assistant.ties import item_in_name

READERS: Mapping[str, Callable[[Path], Reading]] = {
    ".pdf": read_pdf_safely,
    ".docx": read_docx_safely,
    ".html": read_html_safely,
    ".htm": read_html_safely,
    ".md": read_text_safely,
    ".txt": read_text_safely,
}
# Nothing in them unpacks to more than it is, so that they tell by their size what they cost.
_IN_ONE_GO = (".html", ".htm", ".md", ".txt")
MOST_BYTES = 20 * 2**20
# Line breaks, and bytes that are no letter of the disk's alphabet
_NOT_SHOWN = ("Cc", "Cs")
# A paper speaks of itself in its first blocks; further down it speaks of other meetings.
FIRST_BLOCKS = 40


@dataclass(frozen=True, slots=True)
class File:
    """A file of the corpus before it is read."""

    path: str  # below the corpus folder, with forward slashes; "pack.zip/report.pdf" in an archive
    digest: str  # SHA-256 of its bytes, or of the archive's where it was not unpacked
    why: str = ""  # why it is not read at all
    at: Path | None = field(default=None, compare=False)  # where its bytes are, if elsewhere


def list_files(corpus: Path, unpacked: Path | None = None) -> list[File]:
    """The files of the corpus that a reader exists for or that are refused, by path.

    What archives hold is left in the folder `unpacked`, where one is named, so that it can be
    read. Raises CorpusEmpty where there is nothing.
    """
    paths = paths_in(corpus)
    if not paths:
        kinds = ", ".join(sorted((*READERS, *ARCHIVES)))
        raise CorpusEmpty(
            f"{corpus}: holds no paper ({kinds}); put papers there, then: assistant index"
        )
    with TemporaryDirectory() as passing:
        room = unpacked or Path(passing)
        files = [file for path in paths for file in _files_of(path, corpus, room)]
    return sorted(files, key=lambda file: file.path)


def paths_in(corpus: Path) -> list[Path]:
    """The files of the folder that are papers, archives or refused, by path.

    Raises CorpusEmpty where there is no such folder.
    """
    if not corpus.is_dir():
        raise CorpusEmpty(f"{corpus}: no such folder; name it with: assistant index --corpus DIR")
    return [
        path
        for path in sorted(corpus.rglob("*"))
        if _is_listed(path) and path.is_file() and not _is_own(path, corpus)
    ]


def _is_listed(path: Path) -> bool:
    return path.suffix.lower() in (*READERS, *ARCHIVES) or bool(refusal(path.name))


def _files_of(path: Path, corpus: Path, room: Path) -> Iterator[File]:
    """A file of the folder, or those that it holds where it is an archive."""
    name = path.relative_to(corpus).as_posix()
    if any(category(letter) in _NOT_SHOWN for letter in name):
        yield _refused(name, "its name holds letters that cannot be shown: rename it")
        return
    try:
        digest = _digest(path)
    except OSError as error:  # not ours to read, or gone since it was listed
        yield _refused(name, f"cannot be opened ({error.strerror})")
        return
    if path.suffix.lower() not in ARCHIVES:
        yield File(name, digest, refusal(name))
        return
    folder = Path(mkdtemp(dir=room))
    for held in unpack_safely(path, folder, tuple(READERS)):
        inside = f"{name}/{held.name}".rstrip("/")
        at = folder / held.file if held.file else None
        yield File(inside, _digest(at) if at else digest, held.why, at)


def _refused(name: str, why: str) -> File:
    """A file of which nothing is known but its name."""
    said = "".join("?" if category(letter) in _NOT_SHOWN else letter for letter in name)
    return File(said, hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest(), why)


def _is_own(path: Path, corpus: Path) -> bool:
    """Whether a file is a note about the corpus (its README) and not a paper in it."""
    hidden = any(part.startswith(".") for part in path.relative_to(corpus).parts)
    return hidden or (path.parent == corpus and path.stem.lower() == "readme")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Gated:
    """A paper that has been through the gate."""

    public: Paper | None  # what of it may be indexed, None where nothing may
    holds: tuple[Hold, ...]
    text: str  # SHA-256 of all its words, by which its copies are known
    act: Entry | None  # what an officer last decided about it


def read_gated(
    corpus: Path, file: File, overrides: Mapping[str, Record], log: Sequence[Entry]
) -> Gated:
    """The part of a paper that may be indexed. Raises PaperUnreadable as `read_paper` does."""
    paper, reading = _read(corpus, file, overrides)
    words = " ".join(" ".join(block.text for block in paper.blocks).split())
    text = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    act = last_act(log, file.path, file.digest, text)
    if act:
        return Gated(paper if act.act is Act.RELEASE else None, (), text, act)
    holds = hold_back(paper, reading)
    return Gated(public_part(paper, holds), holds, text, None)


def read_paper(corpus: Path, file: File, overrides: Mapping[str, Record]) -> Paper:
    """The paper that a file holds. Raises PaperUnreadable where it holds none."""
    return _read(corpus, file, overrides)[0]


def _read(corpus: Path, file: File, overrides: Mapping[str, Record]) -> tuple[Paper, Reading]:
    path, at = Path(file.path), file.at or corpus / file.path
    try:
        size = at.stat().st_size
    except OSError as error:
        raise PaperUnreadable(f"{file.path}: cannot be opened ({error.strerror})") from error
    if path.suffix.lower() in _IN_ONE_GO and size > MOST_BYTES:
        raise PaperUnreadable(f"{file.path}: larger than any paper; split it")
    reading = READERS[path.suffix.lower()](at)
    if not reading.blocks:
        raise PaperUnreadable(f"{file.path}: no text found")
    sections = split_sections(reading)
    own = _record(reading, sections, path)
    sections = (_as_paper(sections[0], own), *sections[1:])
    if len(sections) == 1 and not sections[0].item:
        sections = (replace(sections[0], item=item_in_name(path.stem)),)
    said = overrides.get(file.path, Record(type=""))
    record = Record(
        title=said.title or own.title,
        type=said.type or own.type,
        council=said.council or own.council,
        committee=said.committee or own.committee,
        meeting_date=said.meeting_date or own.meeting_date,
    )
    known = PaperRecord(
        path=file.path,
        digest=file.digest,
        title=record.title,
        type=record.type,
        council=record.council,
        committee=record.committee,
        meeting_date=record.meeting_date,
        pages=reading.pages,
        remarks=(*reading.remarks, *front_remarks(reading.blocks, sections)),
        source=said.source,
    )
    parts = tuple(_inherit(section, own, record) for section in sections)
    return Paper(known, reading.blocks, parts), reading


def _record(reading: Reading, sections: tuple[Section, ...], path: Path) -> Record:
    """What a paper says of itself in its metadata, its first blocks and its file's name."""
    lines = [block.text for block in reading.blocks[:FIRST_BLOCKS]]
    first = sections[0]
    packed = record_of_title(reading.title) or Record(type="")
    kind = packed.type or first.type
    title = packed.title or _title(first, len(sections) > 1) or path.stem
    if kind == "report":
        kind = type_of(path.stem)
    day = (
        packed.meeting_date
        or first.meeting_date
        or meeting_date_in(lines[:15])
        or (_date_of_name(path.stem) if kind != "appendix" else None)
    )
    # Reports that go to no meeting, such as a quarter's monitoring, are known by their month.
    month = "" if day else month_in(lines[:15])
    return Record(
        title=f"{title}, {month}" if month and month not in title else title,
        type=kind,
        council=council_in(lines),
        committee=packed.committee
        or first.committee
        or committee_in(lines[:15])
        or committee_in([path.stem]),
        meeting_date=day,
    )


def _title(first: Section, packed: bool) -> str:
    return "Agenda pack" if first.type == "agenda" and packed else first.title


def _as_paper(first: Section, own: Record) -> Section:
    """The first part with what the file's name, its month or metadata says of it."""
    if own.title.startswith(first.title):
        first = replace(first, title=own.title)
    if first.item or first.type not in ("agenda", "report") or own.type == first.type:
        return first
    if own.type == "supplement":
        # Its letter is dated some days before the meeting.
        title = "Agenda supplement"
        return replace(first, type=own.type, title=title, meeting_date=own.meeting_date)
    return replace(first, type=own.type)


def _date_of_name(stem: str) -> date | None:
    """The date in a file's name, whose words and dates may be joined by underscores."""
    days = dates_in(stem.replace("_", "-")) or dates_in(stem.replace("_", " "))
    return days[0] if days else None


def _inherit(section: Section, own: Record, record: Record) -> Section:
    """A document bound into a pack is of the pack's meeting unless it is another's minutes.

    What an officer says of a paper holds for those of its parts that said the same as the paper.
    """
    if section.title in ("", own.title):
        section = replace(section, title=record.title)
    if section.type == "minutes" and section.meeting_date not in (None, own.meeting_date):
        return replace(section, committee=section.committee or record.committee)
    same = section.committee in ("", own.committee)
    return replace(
        section,
        committee=record.committee if same else section.committee,
        meeting_date=record.meeting_date
        if section.meeting_date in (None, own.meeting_date)
        else section.meeting_date,
    )


def with_meeting(records: list[PaperRecord]) -> list[PaperRecord]:
    """Papers that name no council or meeting take them from their folder.

    The council is the one that most papers of the folder name; the meeting that of its only
    agenda.
    """
    folders: dict[str, list[PaperRecord]] = {}
    for record in records:
        folders.setdefault(_folder(record), []).append(record)
    shared = {folder: _shared(held) for folder, held in folders.items()}
    return [_filled(record, shared[_folder(record)]) for record in records]


def _folder(record: PaperRecord) -> str:
    return Path(record.path).parent.as_posix()


def _shared(records: list[PaperRecord]) -> Record:
    """What the papers of one folder have in common."""
    councils = Counter(record.council for record in records if record.council)
    council = councils.most_common(1)[0][0] if councils else ""
    agendas = [record for record in records if record.type == "agenda" and record.meeting_date]
    if len(agendas) != 1:
        return Record(council=council)
    return Record("", "", council, agendas[0].committee, agendas[0].meeting_date)


def _filled(record: PaperRecord, shared: Record) -> PaperRecord:
    same = record.meeting_date in (None, shared.meeting_date)
    return replace(
        record,
        council=record.council or shared.council,
        committee=record.committee or (shared.committee if same else ""),
        meeting_date=record.meeting_date or shared.meeting_date,
    )
