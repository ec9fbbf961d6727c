"""An index of any size, made by re-combining the papers of real ones.

Each made paper follows a real one: its headings, tables and order. A passage of prose is half of
its own words and half of another's, the figures of all are others, and its vector lies between
those of the two passages. So words, figures, vectors and neighbours stay like real ones, while
the vocabulary goes on growing. The real papers themselves are in it too, as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import numpy as np

from assistant.embedded import write_rows
from assistant.encoder import Vectors
from assistant.index import Index, current
from assistant.manifest import Manifest
from assistant.nearest import VECTORS, write_codes
from assistant.papers import Kind, PaperRecord
from assistant.passages import Passage
from assistant.seals import seal
from assistant.store import Held
from assistant.traits import Traits, traits_of
from assistant.writing import PartsWriter

# A vector lies so far towards that of the passage whose words were put in, and so far from both.
TOWARDS, NOISE = (0.1, 0.5), 0.3
# Digits that are exchanged: with the others left, most years stay years and no month is a 13th.
DIGITS = "345678"
YEARS = range(2005, 2026)
SLAB = 20_000


@dataclass(frozen=True, slots=True)
class Real:
    """A real passage with its traits, those of its halves, and its vector."""

    passage: Passage
    traits: Traits
    halves: tuple[tuple[str, Traits], tuple[str, Traits]]
    vector: Vectors


@dataclass(frozen=True, slots=True)
class RealPaper:
    """A real paper and its passages."""

    record: PaperRecord
    passages: tuple[Real, ...]


def read_real(indexes: Sequence[Path]) -> tuple[list[RealPaper], Manifest]:
    """The papers of real indexes, and the manifest of the first."""
    papers: list[RealPaper] = []
    for index in indexes:
        folder = current(index)
        if folder is None:
            raise SystemExit(f"{index}: no index here; run: assistant index")
        opened = Index.open_generation(folder)
        for path, record in opened.store.records.items():
            span = opened.store.span(path)
            passages, traits = opened.store.get(span), opened.store.traits(span)
            vectors = [opened.vectors.reconstruct(key) for key in span]
            both = zip(passages, traits, vectors, strict=True)
            papers.append(RealPaper(record, tuple(_real(*one) for one in both)))
    papers = [paper for paper in papers if paper.passages]
    return papers, opened.manifest


def _real(passage: Passage, traits: Traits, vector: Vectors) -> Real:
    words = passage.text.split(" ")
    middle = (len(words) + 1) // 2
    first, second = " ".join(words[:middle]), " ".join(words[middle:])
    halves = (
        (first, traits_of(replace(passage, text=first))),
        (second, traits_of(replace(passage, text=second))),
    )
    return Real(passage, traits, halves, np.array(vector))


def write_index(index: Path, real: Sequence[Path], total: int) -> Path:
    """Writes an index of `total` passages and returns its generation."""
    papers, manifest = read_real(real)
    folder = index / "g-000001"
    folder.mkdir(parents=True)
    parts = PartsWriter(folder)
    known: dict[str, str] = {}
    slab: list[Vectors] = []
    written = 0
    for held, traits, vectors in made(papers, total):
        parts.add(held, traits)
        known[held.record.path] = held.record.digest
        slab += vectors
        if len(slab) >= SLAB:
            write_rows(folder / VECTORS, np.stack(slab), written, total)
            written += len(slab)
            slab = []
    if slab:
        write_rows(folder / VECTORS, np.stack(slab), written, total)
    parts.finish()
    write_codes(folder)
    _write_manifest(folder, manifest, known, total)
    seal(folder)
    (index / "current").write_text(folder.name, encoding="utf-8")
    return folder


def _write_manifest(folder: Path, like: Manifest, papers: dict[str, str], total: int) -> None:
    nothing = {name: {} for name in ("copies", "unreadable", "overrides", "withheld", "withdrawn")}
    manifest = replace(like, papers=papers, passages=total, texts={}, released={}, **nothing)
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest)), encoding="utf-8")


def made(
    papers: Sequence[RealPaper], total: int
) -> Iterator[tuple[Held, list[Traits], list[Vectors]]]:
    """Papers with `total` passages in all: the real ones first, then made ones."""
    chance, noise = Random(1), np.random.default_rng(1)
    every = [one for paper in papers for one in paper.passages]
    key = number = 0
    while key < total:
        paper = papers[number % len(papers)]
        mixed = [
            (one.passage, one.traits, one.vector)
            if number < len(papers)
            else _mixed(one, chance.choice(every), chance, noise)
            for one in paper.passages[: total - key]
        ]
        record = _record(paper.record, number, changed=number >= len(papers))
        passages = tuple(
            replace(one, key=key + at, paper=record.path) for at, (one, _, _) in enumerate(mixed)
        )
        yield Held(record, record, passages), [one[1] for one in mixed], [one[2] for one in mixed]
        key, number = key + len(mixed), number + 1


def _record(like: PaperRecord, number: int, *, changed: bool) -> PaperRecord:
    day = like.meeting_date
    if changed and day:
        day = date(YEARS[number % len(YEARS)], day.month, min(day.day, 28))
    return replace(like, path=f"{number:06d}/{like.path}", meeting_date=day)


def _mixed(
    own: Real, other: Real, chance: Random, noise: np.random.Generator
) -> tuple[Passage, Traits, Vectors]:
    figures = str.maketrans(DIGITS, "".join(chance.sample(DIGITS, len(DIGITS))))
    share = chance.uniform(*TOWARDS)
    vector = (1 - share) * own.vector + share * other.vector
    vector += NOISE / len(vector) ** 0.5 * noise.standard_normal(len(vector), dtype=np.float32)
    vector = (vector / np.linalg.norm(vector)).astype(np.float32)
    passage = own.passage
    if passage.kind is Kind.TABLE_ROW:
        # The cells of a row stand in its words one by one, so its words are not mixed.
        text, traits = passage.text, own.traits
    else:
        (one, first), (two, second) = own.halves[0], other.halves[1]
        text, traits = f"{one} {two}".strip(), _joined(first, second)
    cells = tuple(cell.translate(figures) for cell in passage.cells)
    terms = tuple(term.translate(figures) for term in traits.terms)
    passage = replace(passage, text=text.translate(figures), cells=cells, places=passage.places[:1])
    return passage, replace(traits, terms=terms), vector


def _joined(one: Traits, two: Traits) -> Traits:
    """The traits of the words of the one and then the other, beside what the one has beside."""
    return replace(
        one,
        terms=one.terms + two.terms,
        years=one.years | two.years,
        years_near=one.years_near | two.years,
        months=one.months | two.months,
        answers=one.answers | two.answers,
        words=one.words + two.words,
        digits=(one.digits + two.digits) / 2,
    )
