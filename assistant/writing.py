"""The parts of a generation, written paper by paper, so that memory does not grow with them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from assistant.glossary import Definitions
from assistant.lexical import LexicalWriter
from assistant.naming import documents_of
from assistant.nearest import write_codes
from assistant.store import Held, StoreWriter, of_meeting
from assistant.traits import traits_of

STORE, WORDS, ALL, GLOSSARY = "papers.sqlite", "words", "all", "glossary.json"


def write_parts(folder: Path, papers: Iterable[Held]) -> None:
    """Writes what is known of papers, which come in the order of their passages' keys.

    Their vectors must lie in the folder already.
    """
    write_codes(folder)
    store = StoreWriter(folder / STORE)
    words, every = LexicalWriter(folder / WORDS), LexicalWriter(folder / ALL)
    definitions = Definitions()
    for paper in papers:
        passages = [of_meeting(one, paper.record) for one in paper.passages]
        traits = [traits_of(one) for one in passages]
        store.add(paper, traits, documents_of(passages, [paper.record]))
        for one, known in zip(passages, traits, strict=True):
            words.add(known.terms, one.text)
            every.add([*known.terms, *sorted(known.beside)])
            definitions.add(f"{one.text} {' '.join(one.trail)}")
    store.finish()
    words.finish()
    every.finish()
    (folder / GLOSSARY).write_text(json.dumps(definitions.counts), encoding="utf-8")
