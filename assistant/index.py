"""The index: vectors, lexical indexes, passages and a manifest, one generation at a time.

A generation is a folder that is written aside and never changed afterwards; the file `current`
names the one in use, and replacing that file is the only step that swaps a new one in.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import faiss
import numpy as np

from assistant.embedder import Embedder, Vectors
from assistant.errors import IndexUnusable
from assistant.glossary import Glossary
from assistant.lexical import Lexical, write_lexical
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.store import Store, write_store
from assistant.traits import traits_of

# Raised whenever a reader, the cutter or a stored form changes what an index holds.
FORMAT = 1
REBUILD = "run: assistant index --full"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from and with."""

    model: str
    papers: dict[str, str]  # path below the corpus folder -> SHA-256 of the file
    unreadable: dict[str, str]  # SHA-256 -> why it could not be read
    overrides: str  # SHA-256 of papers.yaml, "" where there is none
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
    _names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, index: Path, model: str) -> Index:
        """The generation in use.

        Raises IndexUnusable, with the command to run, where there is none, where another
        version or model built it, or where files of it are missing.
        """
        folder = current(index)
        if folder is None:
            raise IndexUnusable(f"{index}: no index here; run: assistant index")
        manifest = read_manifest(folder)
        if manifest.model != model:
            raise IndexUnusable(
                f"{index}: built with the model {manifest.model}, not {model}; {REBUILD}"
            )
        try:
            vectors = faiss.read_index(str(folder / "vectors.faiss"))
            counts = json.loads((folder / "glossary.json").read_text("utf-8"))
            opened = cls(
                folder,
                manifest,
                Store(folder / "papers.sqlite"),
                vectors,
                Lexical(folder / "words"),
                Lexical(folder / "all"),
                Glossary(counts),
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise IndexUnusable(f"{folder}: damaged index ({error}); {REBUILD}") from error
        if not vectors.ntotal == manifest.passages == opened.words.size:
            raise IndexUnusable(f"{folder}: its parts do not fit together; {REBUILD}")
        return opened


def current(index: Path) -> Path | None:
    """The folder of the generation in use, or None where there is none."""
    try:
        name = (index / "current").read_text("utf-8").strip()
    except OSError:
        return None
    folder = index / name
    return folder if name and folder.is_dir() else None


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises IndexUnusable for another format or a torn file."""
    try:
        known = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise IndexUnusable(f"{folder}: damaged manifest; {REBUILD}") from error
    if known.get("format") != FORMAT:
        raise IndexUnusable(f"{folder}: made by another version of the assistant; {REBUILD}")
    return Manifest(**known)


def write_generation(
    index: Path,
    manifest: Manifest,
    records: Sequence[PaperRecord],
    passages: Sequence[Passage],
    vectors: Vectors,
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
    traits = [traits_of(passage) for passage in passages]
    write_store(aside / "papers.sqlite", records, passages, traits)
    write_lexical(aside / "words", [known.terms for known in traits])
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


def known_vectors(index: Index, text_of: Callable[[Passage], str]) -> dict[str, Vectors]:
    """The vectors of an index by the text that each was made from."""
    rows = index.vectors.reconstruct_n(0, index.vectors.ntotal) if index.vectors.ntotal else []
    return {
        text_of(passage): np.asarray(row, dtype=np.float32)
        for passage, row in zip(index.store.every(), rows, strict=True)
    }


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
