"""Ratings in words: a cell that says R, A or G where its table rates by colours."""

from __future__ import annotations

import re

from assistant.page.words import escape
from assistant.passages import Passage

_WORDS = {"r": "Red", "a": "Amber", "g": "Green", "b": "Blue"}
_WORDS |= {word.lower(): word for word in list(_WORDS.values())}
_RATES = re.compile(r"\bB?RAG\b|\brat(?:ing|ed)\b|\bstatus\b|\btrend\b|\bbenchmark\b", re.I)


def ratings_of(passage: Passage) -> list[str]:
    """The colours, in words, that a row of a table rates by, in the order of its cells."""
    heads = passage.heads if any(passage.heads) else ("",) * len(passage.cells)
    bare = not any(passage.heads) and _RATES.search(passage.text)
    return [
        _WORDS[cell.strip().lower()]
        for head, cell in zip(heads, passage.cells, strict=False)
        if cell.strip().lower() in _WORDS and (bare or _RATES.search(head))
    ]


def rated(passage: Passage) -> str:
    """The ratings of a row as HTML, or ""."""
    found = ratings_of(passage)
    return f' <span class="rating">Rated {escape(", ".join(found))}</span>' if found else ""
