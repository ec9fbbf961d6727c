"""The index: vectors, lexical indexes, passages and a manifest, one generation at a time.

A generation is a folder that is written aside and never changed afterwards; the file `current`
names the one in use, and replacing that file is the only step that swaps a new one in.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.embedded import Embedded, TextOf
from assistant.errors import IndexUnusable
from assistant.glossary import Glossary
from assistant.lexical import Lexical
from assistant.manifest import REBUILD, Manifest, naming_damage, read_manifest
from assistant.nearest import VECTORS, Nearest, write_codes
from assistant.seals import check_seal, seal
from assistant.store import Held, Store
from assistant.writing import ALL, GLOSSARY, STORE, WORDS, write_parts


@dataclass(slots=True)
class Index:
    """A generation opened for reading."""

    folder: Path
    manifest: Manifest
    store: Store
    vectors: Nearest
    words: Lexical  # over the passages' own words
    all: Lexical  # over their words and what rides beside them
    glossary: Glossary

    @classmethod
    def open(cls, index: Path, model: str) -> Index:
        """The generation in use.

        Raises IndexUnusable, with the command to run, where there is none, where another
        version or model built it, or where files of it are missing or damaged.
        """
        folder = current(index)
        if folder is None:
            raise IndexUnusable(f"{index}: no index here; run: assistant index")
        manifest = read_manifest(folder)
        if manifest.model != model:
            raise IndexUnusable(
                f"{index}: built with the model {manifest.model}, not {model}; {REBUILD}"
            )
        return cls.open_generation(folder)

    @classmethod
    def open_generation(cls, folder: Path) -> Index:
        """One generation, whichever is in use. Raises IndexUnusable as `open` does."""
        manifest = read_manifest(folder)
        check_seal(folder)
        with naming_damage(folder):
            opened = cls(
                folder,
                manifest,
                Store(folder / STORE),
                Nearest.open(folder),
                Lexical(folder / WORDS),
                Lexical(folder / ALL),
                Glossary(json.loads((folder / GLOSSARY).read_text("utf-8"))),
            )
            fits = opened._fits()
        if not fits:
            raise IndexUnusable(f"{folder}: its parts do not fit together; {REBUILD}")
        return opened

    def _fits(self) -> bool:
        sizes = (self.vectors.ntotal, self.words.size, self.all.size, self.store.size())
        indexed = self.manifest.papers.keys() - self.manifest.copies.keys()
        return set(sizes) == {self.manifest.passages} and indexed == self.store.records.keys()

    def papers(self) -> Iterator[Held]:
        """All papers as they were read, by path. Raises IndexUnusable for a damaged index."""
        with naming_damage(self.folder):
            yield from map(self.store.held, self.store.records)

    def texts(self, text_of: TextOf, file: Path) -> Embedded:
        """The vectors by the text that each was made from; new ones will lie in the file.

        Raises as `papers` does.
        """
        known = Embedded(file, self.vectors.vectors)
        with naming_damage(self.folder):
            for passage in self.store.every():
                known.add(text_of(passage), passage.key)
        return known


def current(index: Path) -> Path | None:
    """The folder of the generation in use, or None where there is none."""
    try:
        name = (index / "current").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = index / name
    return folder if name and folder.is_dir() else None


def write_generation(
    index: Path,
    manifest: Manifest,
    papers: Iterable[Held],
    embed: Callable[[Path], None],
    exam: Callable[[Path], None] | None = None,
) -> Path:
    """Writes a generation aside, swaps it in with one rename, and returns its folder.

    The papers come in the order of their passages' keys; `embed` writes a table with a vector
    for each passage to the file that it is given. Where it or `exam` raises, what was written is
    removed and the one in use stays.
    """
    index.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(old.name[2:]) for old in generations(index)), default=0)
    aside = index / f".building-{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        # The model computes outside Python, which has time for the rest meanwhile.
        with ThreadPoolExecutor(1) as pool:
            parts = pool.submit(write_parts, aside, papers)
            embed(aside / VECTORS)
        parts.result()
        write_codes(aside)
        body = json.dumps(asdict(manifest), indent=1)
        (aside / "manifest.json").write_text(body, encoding="utf-8")
        seal(aside)
        if exam:
            exam(aside)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    folder = index / f"g-{number:06d}"
    aside.rename(folder)
    before = current(index)
    _point_to(index, folder)
    prune(index, before)
    return folder


def _point_to(index: Path, folder: Path) -> None:
    aside = index / f".current-{os.getpid()}"
    with aside.open("w", encoding="utf-8") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(index / "current")


def generations(index: Path) -> list[Path]:
    """The finished generations, oldest first."""
    return sorted(path for path in index.glob("g-*") if path.name[2:].isdigit())


def prune(index: Path, before: Path | None = None) -> None:
    """Leaves the generation in use and the one before it, and sweeps what a crash left.

    The one before goes too where it holds a paper that the one in use may not.
    """
    used = current(index)
    older = [one for one in generations(index) if used is None or one.name < used.name]
    kept = [used, before] if before in older else [used, *older[-1:]]
    for old in generations(index):
        if old not in kept or (used and old != used and _is_secret(old, used)):
            shutil.rmtree(old, ignore_errors=True)
    for torn in index.glob(".building-*"):
        shutil.rmtree(torn, ignore_errors=True)
    for torn in index.glob(".current-*"):
        torn.unlink(missing_ok=True)


def _is_secret(old: Path, used: Path) -> bool:
    """Whether a generation holds what the one in use may not, or cannot be told to hold none."""
    try:
        return bool(read_manifest(used).secret_in(read_manifest(old)))
    except IndexUnusable:
        return True


def purge(index: Path, now: Manifest) -> None:
    """Removes every generation, even the one in use, that holds what `now` may not."""
    for old in generations(index):
        try:
            secret = bool(now.secret_in(read_manifest(old)))
        except IndexUnusable:
            secret = True
        if secret:
            shutil.rmtree(old, ignore_errors=True)


def roll_back(index: Path, refused: Callable[[Manifest], str]) -> Path:
    """Points back to the generation before the one in use, and returns its folder.

    Raises IndexUnusable where there is none, where it is damaged, or where `refused` names a
    paper in it that may not be shown again.
    """
    used = current(index)
    older = [one for one in generations(index) if used and one.name < used.name]
    if not older:
        raise IndexUnusable(f"{index}: holds no index before the one in use; run: assistant index")
    manifest = read_manifest(older[-1])
    check_seal(older[-1], whole=True)
    Index.open_generation(older[-1])
    if path := refused(manifest):
        raise IndexUnusable(
            f"{older[-1]}: holds {path}, which has been withdrawn; run: assistant index"
        )
    _point_to(index, older[-1])
    return older[-1]
