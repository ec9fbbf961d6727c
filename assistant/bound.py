"""Papers bound into an agenda pack: minutes and reports that a folder holds on their own too."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.text import words

# A paper of fewer words may stand in a pack by chance.
FEWEST_WORDS = 40
# The share of its words that may be missing there: a head or a foot that only one of them has.
# A figure may not, for a later version of a report differs in little else.
MISSING = 0.03

Read = tuple[PaperRecord, Collection[Passage]]


def bound_into(papers: Collection[Read]) -> dict[str, str]:
    """The papers all of whose words stand in a pack of the folder, with that pack."""
    holders: dict[str, list[str]] = {}
    whole: dict[str, str] = {}
    packs = [one for one in papers if one[0].type == "agenda"]
    for record, passages in sorted(packs, key=lambda one: one[0].path):
        said = [bare(one) for one in passages]
        whole[record.path] = f" {' '.join(said)} "
        for text in said:
            holders.setdefault(text, []).append(record.path)
    found: dict[str, str] = {}
    for record, passages in papers if packs else ():
        said = [bare(one) for one in passages] if record.path not in whole else []
        into = holders.get(max(said, key=len, default=""), ()) if said else ()
        if pack := next((one for one in into if _stands_in(said, whole[one])), ""):
            found[record.path] = pack
    return found


def _stands_in(said: Sequence[str], whole: str) -> bool:
    size = sum(len(text.split()) for text in said)
    missing = [text for text in said if f" {text} " not in whole]
    lost = sum(len(text.split()) for text in missing)
    figures = any(letter.isdigit() for text in missing for letter in text)
    return size >= FEWEST_WORDS and lost <= MISSING * size and not figures


def bare(passage: Passage) -> str:
    """The words of a passage by which it is found again in a pack."""
    return " ".join(words(passage.text))
