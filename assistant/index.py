"""The index: vectors, lexical indexes, passages and a manifest, one generation at a time.

A generation is a folder that is written aside and never changed afterwards; the file `current`
names the one in use, and replacing that file is the only step that swaps a new one in.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

from assistant.embedder import Embedder
from assistant.encoder import Vectors
from assistant.errors import IndexUnusable
from assistant.glossary import Glossary
from assistant.lexical import Lexical, write_lexical
from assistant.manifest import REBUILD, Manifest, naming_damage, read_manifest
from assistant.passages import Passage
from assistant.store import Held, Store, of_meeting, write_store
from assistant.traits import traits_of


@dataclass(slots=True)
class Index:
    """A generation opened for reading."""

    folder: Path
    manifest: Manifest
    store: Store
    vectors: faiss.Index
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
        with naming_damage(folder):
            opened = cls(
                folder,
                manifest,
                Store(folder / "papers.sqlite"),
                faiss.read_index(str(folder / "vectors.faiss")),
                Lexical(folder / "words"),
                Lexical(folder / "all"),
                Glossary(json.loads((folder / "glossary.json").read_text("utf-8"))),
            )
            fits = opened._fits()
        if not fits:
            raise IndexUnusable(f"{folder}: its parts do not fit together; {REBUILD}")
        return opened

    def _fits(self) -> bool:
        sizes = (self.vectors.ntotal, self.words.size, self.all.size, self.store.size())
        indexed = self.manifest.papers.keys() - self.manifest.copies.keys()
        return set(sizes) == {self.manifest.passages} and indexed == self.store.records.keys()

    def papers(self) -> dict[str, Held]:
        """All papers as they were read, by path. Raises IndexUnusable for a damaged index."""
        with naming_damage(self.folder):
            return {path: self.store.held(path) for path in self.store.records}

    def texts(self, text_of: Callable[[Passage], str]) -> dict[str, Vectors]:
        """The vectors by the text that each was made from. Raises as `papers` does."""
        with naming_damage(self.folder):
            rows = self.vectors.reconstruct_n(0, self.vectors.ntotal) if self.vectors.ntotal else []
            return {
                text_of(passage): np.asarray(row, dtype=np.float32)
                for passage, row in zip(self.store.every(), rows, strict=True)
            }


class _Chosen:
    """Vectors of which those with some keys are found and no others."""

    def __init__(self, whole: faiss.Index, keys: Sequence[int]) -> None:
        self._whole = whole
        chosen = faiss.IDSelectorBatch(np.asarray(keys, dtype=np.int64))
        self._among = faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]
        self.ntotal = whole.ntotal

    def search(self, vector: Vectors, count: int) -> tuple[Vectors, NDArray[np.int64]]:
        similar, keys = self._whole.search(vector, count, params=self._among)
        return similar, keys

    def reconstruct(self, key: int) -> Vectors:
        return np.asarray(self._whole.reconstruct(key), dtype=np.float32)


def vectors_of(whole: faiss.Index, keys: Sequence[int]) -> faiss.Index:
    """The vectors as if only those with these keys were there; -1 fills what is not found."""
    return cast(faiss.Index, _Chosen(whole, keys))


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
    papers: Sequence[Held],
    vectors: Vectors,
    exam: Callable[[Path], None] | None = None,
) -> Path:
    """Writes a generation aside, swaps it in with one rename, and returns its folder.

    Where `exam` raises, what was written is removed and the one in use stays.
    """
    index.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(old.name[2:]) for old in generations(index)), default=0)
    aside = index / f".building-{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    faiss.write_index(flat, str(aside / "vectors.faiss"))
    passages = [of_meeting(one, paper.record) for paper in papers for one in paper.passages]
    traits = [traits_of(passage) for passage in passages]
    write_store(aside / "papers.sqlite", papers, traits)
    own = [known.terms for known in traits]
    write_lexical(aside / "words", own, (passage.text for passage in passages))
    write_lexical(aside / "all", [[*known.terms, *sorted(known.beside)] for known in traits])
    glossary = Glossary.mine(f"{p.text} {' '.join(p.trail)}" for p in passages)
    (aside / "glossary.json").write_text(json.dumps(glossary.counts), encoding="utf-8")
    (aside / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    try:
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
    Index.open_generation(older[-1])
    if path := refused(manifest):
        raise IndexUnusable(
            f"{older[-1]}: holds {path}, which has been withdrawn; run: assistant index"
        )
    _point_to(index, older[-1])
    return older[-1]


def embed_new(
    passages: Sequence[Passage],
    known: dict[str, Vectors],
    text_of: Callable[[Passage], str],
    embedder: Embedder,
    tick: Callable[[int], object] | None,
) -> tuple[Vectors, int]:
    """One vector for each passage, and how many texts had to be embedded for them."""
    texts = [text_of(passage) for passage in passages]
    new = sorted({text for text in texts if text not in known})
    if new:
        known = known | dict(zip(new, embedder.embed(new, tick), strict=True))
    return np.stack([known[text] for text in texts]).astype(np.float32), len(new)
