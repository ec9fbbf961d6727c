"""The building of an index: what is new or changed is read and embedded, the rest is kept."""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from assistant.ahead import embedding_ahead
from assistant.corpus import list_files, with_meeting
from assistant.embedded import Embedded, digest_of, write_vectors
from assistant.embedder import Embedder
from assistant.errors import AssistantError, CorpusEmpty, IndexUnusable
from assistant.index import Index, current, purge, roll_back, write_generation
from assistant.intake import Folder, Intake, Known, look, take_in
from assistant.manifest import Manifest, Unreadable, Withdrawn, Withheld, read_manifest, reading_of
from assistant.minutes import with_standing
from assistant.passages import embedding_text
from assistant.releases import Act, Entry, last_act, new_entry, read_log, record_act
from assistant.report import BuildReport, Clock, make_report
from assistant.seals import check_seal, naming_full_disk
from assistant.shelf import Shelf
from assistant.store import Held
from assistant.ties import tied

# Holds the index in use, where there is one, against the new one, and raises where it may not go in
Exam = Callable[[Index | None, Index], None]


def build_index(
    corpus: Path,
    index: Path,
    *,
    embedder: Embedder,
    full: bool = False,
    progress: bool = True,
    exam: Exam | None = None,
) -> BuildReport:
    """Brings the index up to the folder and swaps it in; the one in use answers until then.

    `exam` is given the index in use and the new one before that, and raises where the new one
    may not be swapped in. Raises CorpusEmpty where there is nothing to index, and IndexUnusable
    where another build of the same index is running or the folder cannot be written.
    """
    clock = Clock()
    with ExitStack() as stack:
        now = look(corpus, Path(stack.enter_context(TemporaryDirectory())))
        stack.enter_context(_only_build(index))
        old = _open_old(index, embedder.name)
        clock.lap("looking")
        if old and not full and _is_same(old.manifest, now):
            return make_report(old.manifest, old.manifest, now, old.store.records, {}, clock)
        aside = Path(stack.enter_context(TemporaryDirectory(prefix=".building-", dir=index)))
        # Even when every paper is read again, the vector of a text stays what it was.
        shelf = Shelf(aside / "passages")
        before, known = _contents(old, shelf, aside / "embedded")
        with embedding_ahead(known, embedder) as ready:
            intake = take_in(now, before if not full else None, shelf, progress, ready)
        clock.lap("reading")
        papers = _papers(now, intake)
        manifest = _manifest(now, intake, embedder.name, sum(len(p.passages) for p in papers))
        if not manifest.passages:
            purge(index, manifest)
            raise CorpusEmpty(f"{_reasons(manifest)}; add others, then: assistant index")

        def embed(file: Path) -> None:
            _embed(file, papers, known, embedder, progress)
            clock.lap("embedding")

        # What was withdrawn goes at once, however the questions are answered then.
        secret = bool(old and manifest.secret_in(old.manifest))
        write_generation(index, manifest, papers, embed, _sat(exam, old) if not secret else None)
        clock.lap("writing and asking" if exam else "writing")
    records = {paper.record.path: paper.record for paper in papers}
    was = old.manifest if old else None
    report = make_report(was, manifest, now, records, intake.reads, clock)
    return replace(report, embedded=known.made)


def _sat(exam: Exam | None, old: Index | None) -> Callable[[Path], None] | None:
    """The exam as it is held of one new generation."""
    if exam is None:
        return None
    return lambda folder: exam(old, Index.open_generation(folder))


def roll_back_index(corpus: Path, index: Path) -> Path:
    """Puts the generation before the one in use back, and returns its folder.

    Raises IndexUnusable where there is none, or where it holds a paper that has been withdrawn.
    """
    log = read_log(corpus)

    def withdrawn(manifest: Manifest) -> str:
        acts = (
            (path, last_act(log, path, digest, manifest.texts.get(path, "")))
            for path, digest in manifest.papers.items()
        )
        return next((path for path, act in acts if act and act.act is Act.WITHDRAW), "")

    with _only_build(index):
        return roll_back(index, withdrawn)


def decide(corpus: Path, index: Path, name: str, act: Act, *, by: str, why: str) -> Entry:
    """Records what an officer decided about a paper, for the next build, and returns the entry.

    Raises AssistantError where no one paper has that name, or none of it is held back.
    """
    manifest = _manifest_in_use(index)
    files = {file.path: file.digest for file in list_files(corpus)}
    path = _named(name, files)
    text = manifest.known_texts().get(reading_of(path, files[path]), "") if manifest else ""
    before = last_act(read_log(corpus), path, files[path], text)
    taken = before is not None and before.act is Act.WITHDRAW
    held = manifest.withheld.get(path) if manifest else None
    if act is Act.WITHDRAW and taken:
        raise AssistantError(f"{path}: is {before} already; assistant papers lists it")
    if act is Act.RELEASE and not taken and (not held or held.digest != files[path]):
        told = "has changed since the last build" if held else "is not held back"
        raise AssistantError(f"{path}: {told}; run: assistant index, then: assistant papers")
    entry = new_entry(act, path, files[path], text, by=by, why=why)
    record_act(corpus, entry)
    tied = manifest.bound_with(path) if manifest and act is Act.WITHDRAW else []
    for other in (one for one in tied if one in files):
        text = manifest.texts.get(other, "") if manifest else ""
        with_it = new_entry(act, other, files[other], text, by=by, why=f"{why} (with {path})")
        record_act(corpus, with_it)
    return entry


def _manifest_in_use(index: Path) -> Manifest | None:
    """The manifest of the generation in use, where it can be read: a withdrawal needs none."""
    used = current(index)
    try:
        return read_manifest(used) if used else None
    except IndexUnusable:
        return None


def _named(name: str, files: dict[str, str]) -> str:
    """The path of the one file that is called so."""
    if name in files:
        return name
    found = [path for path in files if Path(path).name == name]
    if len(found) == 1:
        return found[0]
    told = f"is the name of {', '.join(found)}; give the path" if found else "no such paper is here"
    raise AssistantError(f"{name}: {told}; assistant papers lists them")


def _is_same(manifest: Manifest, now: Folder) -> bool:
    here = (now.digests, now.said, now.log_digest)
    same = (manifest.all_digests(), manifest.overrides, manifest.log) == here
    return same and manifest.ocr >= now.ocr


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
        with naming_full_disk(index):
            yield


def _open_old(index: Path, model: str) -> Index | None:
    """The index in use where it can be built upon; a build replaces any other."""
    try:
        return Index.open(index, model)
    except IndexUnusable:
        return None


def _contents(old: Index | None, shelf: Shelf, file: Path) -> tuple[Known | None, Embedded]:
    """The papers and vectors of an index; nothing where it proves damaged or there is none.

    The manifest of a damaged one holds nonetheless.
    """
    if old is None:
        return None, Embedded(file)
    try:
        check_seal(old.folder, whole=True)
        papers = {
            one.record.path: (one.own, shelf.put(tuple(one.passages))) for one in old.papers()
        }
        return Known(old.manifest, papers), old.texts(embedding_text, file)
    except IndexUnusable:
        return Known(old.manifest, {}), Embedded(file)


def _embed(
    file: Path, papers: Sequence[Held], known: Embedded, embedder: Embedder, progress: bool
) -> None:
    """Writes the vectors of all passages; of their texts those that are not known are embedded."""
    texts = (embedding_text(one) for paper in papers for one in paper.passages)
    new = {digest_of(text) for text in texts if text not in known}
    with tqdm(
        total=known.made + len(new),
        initial=known.made,
        desc="Embedding passages",
        unit="passage",
        disable=not progress,
        file=sys.stderr,
    ) as bar:
        passages = (one for paper in papers for one in paper.passages)
        total = sum(len(paper.passages) for paper in papers)
        write_vectors(file, passages, total, known, embedding_text, embedder, bar.update)


def _reasons(manifest: Manifest) -> str:
    """Why nothing is left to index."""
    reasons = [f"{path}: {file.why}" for path, file in manifest.unreadable.items()]
    reasons += [
        f"{p}: held back, {line}" for p, one in manifest.withheld.items() for line in one.lines()
    ]
    reasons += [f"{path}: {one.words}" for path, one in manifest.withdrawn.items()]
    return f"no paper could be read ({'; '.join(reasons)})"


def _papers(now: Folder, intake: Intake) -> list[Held]:
    """The papers by path, each of its meeting, with its passages keyed by their position."""
    ordered = [intake.reads[file.path] for file in now.files if file.path in intake.reads]
    own = {read.file.path: read.record for read in ordered if read.record}
    said = tied(with_meeting(list(own.values())))
    papers: list[Held] = []
    first = 0
    for record in said:
        passages = replace(intake.reads[record.path].passages, first=first)
        papers.append(Held(own[record.path], record, passages))
        first += len(passages)
    return with_standing(papers)


def _manifest(now: Folder, intake: Intake, model: str, passages: int) -> Manifest:
    """What became of each file; a copy of a paper that is not indexed shares its fate."""
    found = Manifest(model, {}, {}, {}, now.said, passages, {}, {}, {}, {}, now.log_digest, now.ocr)
    for file in now.files:
        path, read = file.path, intake.of(file.path)
        if read.record:
            found.papers[path] = file.digest
            found.copies.update({path: intake.copies[path]} if path in intake.copies else {})
        if read.held and (path in intake.reads or not read.record):
            found.withheld[path] = Withheld(file.digest, not read.record, read.held)
        if read.why:
            found.unreadable[path] = Unreadable(file.digest, read.why)
        if read.act and read.withdrawn:
            found.withdrawn[path] = Withdrawn(file.digest, read.act.text, str(read.act))
            continue
        text = intake.texts.get(path, read.text)
        found.texts.update({path: text} if text else {})
        found.released.update({path: str(read.act)} if read.act else {})
    return found
