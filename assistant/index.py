"""The index: vectors, lexical indexes, passages and a manifest, one generation at a time.

A generation is a folder that is written aside and never changed afterwards; the file `current`
names the one in use, and replacing that file is the only step that swaps a new one in.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import faiss
import numpy as np

from assistant.embedder import Embedder, Vectors
from assistant.errors import IndexUnusable
from assistant.glossary import Glossary
from assistant.lexical import Lexical, write_lexical
from assistant.passages import Passage
from assistant.store import Held, Store, of_meeting, write_store
from assistant.traits import traits_of

# Raised whenever a reader, the cutter or a stored form changes what an index holds.
FORMAT = 5
REBUILD = "run: assistant index --full"


# What the parts of an index raise on opening where their files are torn or are another's.
_DAMAGE = (
    OSError,
    EOFError,
    MemoryError,
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of the corpus that yielded no paper."""

    digest: str
    why: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from and with. Paths are below the corpus folder."""

    model: str
    papers: dict[str, str]  # path -> SHA-256 of the file
    copies: dict[str, str]  # path of a paper -> path of the same one that is indexed
    unreadable: dict[str, Unreadable]
    overrides: dict[str, str]  # path -> what papers.yaml says of it, as JSON
    passages: int
    format: int = FORMAT


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
        with _naming_damage(folder):
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
        with _naming_damage(self.folder):
            return {path: self.store.held(path) for path in self.store.records}

    def texts(self, text_of: Callable[[Passage], str]) -> dict[str, Vectors]:
        """The vectors by the text that each was made from. Raises as `papers` does."""
        with _naming_damage(self.folder):
            rows = self.vectors.reconstruct_n(0, self.vectors.ntotal) if self.vectors.ntotal else []
            return {
                text_of(passage): np.asarray(row, dtype=np.float32)
                for passage, row in zip(self.store.every(), rows, strict=True)
            }


@contextmanager
def _naming_damage(folder: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise IndexUnusable(f"{folder}: damaged index ({why}); {REBUILD}") from error


def current(index: Path) -> Path | None:
    """The folder of the generation in use, or None where there is none."""
    try:
        name = (index / "current").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = index / name
    return folder if name and folder.is_dir() else None


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises IndexUnusable for another format or a torn file."""
    with _naming_damage(folder):
        known = json.loads((folder / "manifest.json").read_text("utf-8"))
        if known["format"] == FORMAT:
            files = {path: Unreadable(**file) for path, file in known.pop("unreadable").items()}
            manifest = Manifest(unreadable=files, **known)
            if all(isinstance(part, dict) for part in _maps(manifest)):
                return manifest
            raise ValueError("a list of papers is missing")
    raise IndexUnusable(f"{folder}: made by another version of the assistant; {REBUILD}")


def _maps(manifest: Manifest) -> tuple[object, ...]:
    return manifest.papers, manifest.copies, manifest.overrides


def write_generation(
    index: Path, manifest: Manifest, papers: Sequence[Held], vectors: Vectors
) -> Path:
    """Writes a generation aside, swaps it in with one rename, and returns its folder."""
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
    folder = index / f"g-{number:06d}"
    aside.rename(folder)
    _point_to(index, folder)
    prune(index)
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


def prune(index: Path) -> None:
    """Removes all generations but the one in use and the one before it, and what a crash left."""
    used = current(index)
    for old in generations(index)[:-2]:
        if old != used:
            shutil.rmtree(old, ignore_errors=True)
    for torn in index.glob(".building-*"):
        shutil.rmtree(torn, ignore_errors=True)
    for torn in index.glob(".current-*"):
        torn.unlink(missing_ok=True)


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
