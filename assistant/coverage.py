"""Coverage: how much of what a question says other words hold, and how much each word matters.

Of "what share of pupils in care ..." the evidence holds "care" nearly always and "share" one time
in five. How often it holds a word that was typed is learned from questions and their evidence (the
"term necessity" of Zhao and Callan, CIKM 2010) by `python -m evals.training`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from functools import cache
from pathlib import Path

from assistant.glossary import Glossary
from assistant.lexical import Lexical
from assistant.synonyms import ALIKE
from assistant.terms import SMALL_WORDS, stem
from assistant.text import words

LEARNED = Path(__file__).parent / "models" / "needed.json"
# Of a word that no question taught; what is learned is drawn towards it as by this many questions.
USUAL = 0.6
PRIOR = 4.0
LEAST_SEEN = 4

Alternates = Mapping[str, tuple[frozenset[str], ...]]


@cache
def needed() -> Mapping[str, float]:
    """How often evidence holds a term that a question about it holds, by term; 0 to 1."""
    return dict(json.loads(LEARNED.read_text(encoding="utf-8")))


def save(shares: Mapping[str, float]) -> None:
    """Writes them where `needed` finds them."""
    LEARNED.write_text(json.dumps(shares, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    needed.cache_clear()


def learn(seen: Iterable[tuple[str, bool]]) -> dict[str, float]:
    """The same from pairs of a question's term and whether its evidence held it."""
    counts: dict[str, list[int]] = {}
    for term, held in seen:
        count = counts.setdefault(term, [0, 0])
        count[0] += 1
        count[1] += held
    return {
        term: round((found + PRIOR * USUAL) / (asked + PRIOR), 3)
        for term, (asked, found) in sorted(counts.items())
        if asked >= LEAST_SEEN
    }


def alternates(text: str, typed: Iterable[str], glossary: Glossary) -> Alternates:
    """For terms of a question, the sets of terms that stand for them where all are held.

    They are its other words, the full name of an acronym, and the acronym of a full name.
    """
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for word in typed:
        term = stem(word)
        others = [frozenset({alike}) for alike in ALIKE.get(term, ())]
        others += [_terms_of(name) for name in glossary.names(word)]
        if others:
            found[term] = tuple(others)
    for acronym in glossary.acronyms(text):
        short = frozenset({stem(acronym.lower())})
        for term in {term for name in glossary.names(acronym) for term in _terms_of(name)}:
            found[term] = (*found.get(term, ()), short)
    return found


def held_of(wanted: frozenset[str], held: Set[str], alternates: Alternates) -> frozenset[str]:
    """Those of the wanted terms that are held, themselves or by what stands for them."""
    found = wanted.intersection(held)
    # Few terms have others that stand for them, and this is asked thousands of times a question.
    others = [
        term
        for term, sets in alternates.items()
        if term in wanted and term not in found and any(other <= held for other in sets)
    ]
    return found.union(others) if others else found


class Wanted:
    """Terms that a question wants, with what each weighs: how much of them other words hold.

    Of a few hundred passages many hold the same of them, and what that comes to is kept.
    """

    def __init__(self, terms: Iterable[str], vocabulary: Lexical, alternates: Alternates) -> None:
        self.weights = importance(terms, vocabulary)
        self.total = sum(self.weights.values())
        self._terms = frozenset(self.weights)
        self._alternates = {term: alternates[term] for term in alternates if term in self._terms}
        self._shares: dict[frozenset[str], float] = {}
        self._missing: dict[frozenset[str], tuple[float, ...]] = {}

    def held(self, held: Set[str]) -> frozenset[str]:
        """Those of the terms that are held, as `held_of` has them."""
        return held_of(self._terms, held, self._alternates)

    def share(self, held: Set[str], *, of_none: float = 0.0) -> float:
        """The share of their weight that is held; `of_none` where they weigh nothing."""
        return self.share_of(self.held(held)) if self.total else of_none

    def missing(self, found: frozenset[str]) -> tuple[float, ...]:
        """What each of the terms weighs that is not among these."""
        if found not in self._missing:
            rest = (value for term, value in self.weights.items() if term not in found)
            self._missing[found] = tuple(rest)
        return self._missing[found]

    def share_of(self, found: frozenset[str]) -> float:
        """The share of these of the terms in the weight of all; 0 where they weigh nothing."""
        if found not in self._shares:
            weight = sum(value for term, value in self.weights.items() if term in found)
            self._shares[found] = weight / (self.total or 1.0)
        return self._shares[found]


def importance(wanted: Iterable[str], vocabulary: Lexical) -> dict[str, float]:
    """What each term weighs: its rarity in the papers, by how often evidence needs it.

    In the order of the alphabet: sums over a set's order differ from one process to the next.
    """
    share = needed()
    return {term: vocabulary.rarity(term) * share.get(term, USUAL) for term in sorted(wanted)}


def _terms_of(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(name) if word not in SMALL_WORDS)
