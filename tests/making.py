"""Small papers made for tests, and a plain embedder that needs no model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from zlib import crc32

import numpy as np

from assistant.papers import Block, Kind, Paper, PaperRecord, Section
from assistant.passages import Passage, Place
from assistant.terms import terms

DIMENSIONS = 256

HARBOUR = """# Fenshire County Council

# Harbours Committee

Date of Meeting: 24 October 2024

## Review of harbour dues

1.1 The Pilot Boat Reserve (PBR) held £1,640 at the end of March 2024.

1.2 The number of moorings let in Brackwater fell from 412 to 389 in 2023-24.

## Recommendation

The committee is asked to:

- approve the new tariff for visiting yachts;
- note the report on dredging at Saltmarsh Quay.
"""
LIBRARY = """# Fenshire County Council

# Libraries Panel

Date of Meeting: 9 July 2018

## Mobile library stops

2.1 The mobile library visited 57 villages in 2017-18 and lent 8,214 books.

2.2 Councillor Wren Ashby chairs the friends of the Thornmere branch.
"""


class WordEmbedder:
    """Texts as unit vectors of their hashed words: the embedder's interface, in plain code."""

    name = "hashed-words"

    def __init__(self, model=""):
        self.embedded = []

    def load(self):
        """Nothing to make ready."""

    def embed(self, texts, tick=None):
        """One unit vector for each text, float32; what was embedded is remembered."""
        self.embedded += texts
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for term in terms(text) or ["-"]:
                vectors[row, crc32(term.encode()) % DIMENSIONS] += 1
            if tick:
                tick(1)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def word_clerk(index: Path):
    """How a clerk asks that embeds by hashed words; for a process of its own."""
    from assistant import assistant
    from assistant.page.clerks import Clerk

    assistant.Embedder = WordEmbedder
    return Clerk(index, "").ask


def write_corpus(folder: Path, **papers: str) -> Path:
    """A folder of text papers; without any, the harbour and the library one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (papers or {"harbour": HARBOUR, "library": LIBRARY}).items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def write_lexical(folder: Path, documents, texts=()):
    """A lexical index of documents, each a list of terms."""
    from assistant.lexical import LexicalWriter

    writer = LexicalWriter(folder)
    for document, text in zip_longest(documents, texts, fillvalue=""):
        writer.add(document, text)
    writer.finish()


def write_store(path: Path, papers, traits):
    """A store of papers; `traits` are those of all passages in their order."""
    from assistant.store import StoreWriter

    writer, left = StoreWriter(path), iter(traits)
    for paper in papers:
        writer.add(paper, [next(left) for _ in paper.passages])
    writer.finish()


def make_record(path="papers/quay.pdf", **known) -> PaperRecord:
    """The record of a report to a made-up committee."""
    said = {
        "digest": "d",
        "title": "Quay repairs",
        "type": "report",
        "council": "Fenshire County Council",
        "committee": "Harbours Committee",
        "meeting_date": date(2024, 10, 24),
        "pages": 9,
    }
    return PaperRecord(path=path, **{**said, **known})


def make_passage(text: str, *, key=1, page=3, printed="", kind=Kind.PARAGRAPH, **beside) -> Passage:
    """A passage that stands on one page."""
    paper = beside.pop("paper", "papers/quay.pdf")
    places = beside.pop("places", (Place(0, page, printed, None),))
    return Passage(key=key, paper=paper, kind=kind, text=text, places=places, **beside)


def make_paper(blocks: list[Block], *sections: Section, **known) -> Paper:
    """A paper of these blocks, in one section where none is given."""
    whole = Section(0, len(blocks), "Quay repairs", "report")
    return Paper(make_record(**known), tuple(blocks), sections or (whole,))


def build(corpus, index, embedder=None, full=False):
    """Builds an index without a model and returns the report."""
    from assistant.build import build_index

    return build_index(
        corpus, index, embedder=embedder or WordEmbedder(), full=full, progress=False
    )


def contents(index):
    """All that an index holds of its papers."""
    from assistant.index import Index

    opened = Index.open(index, WordEmbedder.name)
    passages = [replace(passage, key=-1) for passage in opened.store.every()]
    traits = opened.store.traits(range(len(passages)))
    known = (
        opened.glossary.counts,
        traits,
        [opened.vectors.reconstruct(n).tolist() for n in range(len(passages))],
    )
    return opened.manifest, opened.store.records, passages, known
