"""Papers bound into an agenda pack: minutes and reports that a folder holds on their own too."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.text import words

# A paper of fewer words may stand in a pack by chance.
FEWEST_WORDS = 40
# The share of its words that may be missing there: a head or a foot that only one of them has.
# A figure may not, for a later version of a report differs in little else.
MISSING = 0.03

Read = tuple[PaperRecord, Sequence[Passage]]


def bound_into(papers: Collection[Read]) -> dict[str, str]:
    """The papers all of whose words stand in a pack of the folder, with that pack."""
    texts = {record.path: [bare(one) for one in passages] for record, passages in papers}
    packs = {record.path for record, _ in papers if record.type == "agenda"}
    return _bound({path: said for path, said in texts.items() if said}, packs)


def _bound(texts: Mapping[str, list[str]], packs: set[str]) -> dict[str, str]:
    holders: dict[str, list[str]] = {}
    for pack in sorted(packs & texts.keys()):
        for text in texts[pack]:
            holders.setdefault(text, []).append(pack)
    whole = {pack: f" {' '.join(texts[pack])} " for pack in packs & texts.keys()}
    found: dict[str, str] = {}
    for path, said in texts.items():
        longest = max(said, key=len)
        into = (pack for pack in holders.get(longest, ()) if path not in packs)
        if pack := next((one for one in into if _stands_in(said, whole[one])), ""):
            found[path] = pack
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
