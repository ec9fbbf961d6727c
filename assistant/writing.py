"""The parts of a generation, written paper by paper, so that memory does not grow with them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.glossary import Definitions
from assistant.lexical import LexicalWriter
from assistant.naming import documents_of
from assistant.store import Held, StoreWriter, of_meeting
from assistant.traits import Traits, traits_of

STORE, WORDS, ALL, GLOSSARY = "papers.sqlite", "words", "all", "glossary.json"


class PartsWriter:
    """Takes papers in the order of their passages' keys, and writes all but their vectors."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = StoreWriter(folder / STORE)
        self._words, self._all = LexicalWriter(folder / WORDS), LexicalWriter(folder / ALL)
        self._definitions = Definitions()

    def add(self, paper: Held, traits: Sequence[Traits]) -> None:
        """The next paper, with the traits of its passages in their order."""
        passages = [of_meeting(one, paper.record) for one in paper.passages]
        self._store.add(paper, traits, documents_of(passages, [paper.record]))
        for one, known in zip(passages, traits, strict=True):
            self._words.add(known.terms, one.text)
            self._all.add([*known.terms, *sorted(known.beside)])
            self._definitions.add(f"{one.text} {' '.join(one.trail)}")

    def finish(self) -> None:
        """Writes what can be told only of all papers."""
        self._store.finish()
        self._words.finish()
        self._all.finish()
        counts = json.dumps(self._definitions.counts)
        (self._folder / GLOSSARY).write_text(counts, encoding="utf-8")


def write_parts(folder: Path, papers: Iterable[Held]) -> None:
    """Writes what is known of papers, as `PartsWriter` takes them."""
    parts = PartsWriter(folder)
    for paper in (replace(one, passages=tuple(one.passages)) for one in papers):
        parts.add(paper, [traits_of(of_meeting(one, paper.record)) for one in paper.passages])
    parts.finish()
