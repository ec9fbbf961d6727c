"""Binding: whether words hold a value of the kind asked for, of the period and the names asked."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from assistant.coverage import Wanted
from assistant.dating import is_of_period
from assistant.holding import holds_value
from assistant.index import Index
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.questions import Question
from assistant.synonyms import EXCLUSIVE, OPPOSED
from assistant.terms import terms
from assistant.traits import Traits

# "Not paid" tells of what is unpaid
_DENIED = re.compile(r"\b(?:not|never|nor)(?: (?:been|be|yet))* \w+", re.I)
# Of what holds less of a question's other terms, it counts what is held with its names around it.
LEAST_MATTER = 0.33
# What holds hardly anything of either is of something else.
LEAST_WHOLE = 0.1
LEAST_KNOWN = 0.5
# Letters of a name that are enough to know a longer form of it by
LEAST_STEM = 5


@dataclass(frozen=True, slots=True)
class Binding:
    """What of a question the words around a span are bound to."""

    value: bool  # they hold a value of the kind asked for
    period: bool  # they are of a period that was asked for, or none was
    names: float  # the share of the question's names that they hold; 1 where it has none
    matter: float  # the share of the other terms that were typed, weighed by their rarity
    whole: float  # the share of those and the names together, where that of `matter` is small
    opposed: bool  # they are of the opposite of what was asked: of girls where boys were

    @property
    def holds(self) -> bool:
        """Whether the span can answer the question as it was asked.

        How much of its names and its matter must be held is the verdict's to weigh.
        """
        return self.value and self.period and self.whole >= LEAST_WHOLE and not self.opposed


class Binder:
    """Binds words of an index's papers to one question."""

    def __init__(self, question: Question, index: Index) -> None:
        self._question = question
        self._index = index
        self._names: dict[frozenset[str], Wanted] = {}
        self._matter = self._wanted(question.matter)
        self._whole = self._wanted(question.matter | question.names)
        # What stands in no paper at all cannot be the matter of any.
        self._is_spoken_of = question.known >= LEAST_KNOWN

    def _wanted(self, wanted: frozenset[str]) -> Wanted:
        return Wanted(wanted, self._index.words, self._question.alternates)

    def bind(
        self,
        passage: Passage,
        traits: Traits,
        texts: Sequence[str],
        around: Set[str] = frozenset(),
    ) -> list[Binding]:
        """How each of these words of a passage is bound to what the question asks.

        `around` are the terms of the passages that it stands among: a name may be said once, and
        what is said of it in the sentences after.
        """
        question, record = self._question, self._index.store.records[passage.paper]
        held = traits.beside.union(traits.terms, record_terms(record))
        every = held | around if around else held
        period = is_of_period(question, passage, traits, record)
        names, (matter, whole) = self._names_held(every), self._matter_held(held, every)
        return [
            Binding(
                value=holds_value(question, text, passage),
                period=period,
                names=names,
                matter=matter,
                whole=whole,
                opposed=is_opposed(question, text, held)
                or is_of_another(question.text, text, passage, held),
            )
            for text in texts
        ]

    def _matter_held(self, held: Set[str], every: Set[str]) -> tuple[float, float]:
        """The shares of `Binding.matter` and `Binding.whole`."""
        # A question that leans on the turns before has few words of its own to be held to.
        if self._question.leans:
            return 1.0, 1.0
        if not self._is_spoken_of:
            return 0.0, 0.0
        matter = self._matter.share(held, of_none=1.0)
        return matter, matter if matter >= LEAST_MATTER else self._whole.share(every, of_none=1.0)

    def _names_held(self, every: Set[str]) -> float:
        names = _as_said(self._question.names, every)
        if names not in self._names:
            self._names[names] = self._wanted(names)
        return self._names[names].share(every, of_none=1.0)


def _as_said(names: frozenset[str], held: Set[str]) -> frozenset[str]:
    """Names as the papers have them where they are cut short or drawn out: "Metro", "European"."""
    if names <= held:
        return names
    return frozenset(name if name in held else _longer(name, held) for name in names)


def _longer(name: str, held: Set[str]) -> str:
    """The one of the terms held that begins with a name or that it begins with, or the name."""
    if len(name) < LEAST_STEM:
        return name
    fits = (
        term
        for term in held
        if term.startswith(name) or (len(term) >= LEAST_STEM and name.startswith(term))
    )
    return min(fits, default=name)


def is_opposed(question: Question, text: str, held: Set[str]) -> bool:
    """Whether words speak of the opposite of a term of the question, and nothing of the term."""
    if OPPOSED.keys().isdisjoint(question.own):
        return False
    others = {OPPOSED[t] for t in question.own if t in OPPOSED and t not in held} - question.own
    return bool(others) and not others.isdisjoint(terms(_DENIED.sub(" ", text)))


def is_of_another(question: str, text: str, passage: Passage, held: Set[str]) -> bool:
    """Whether words, or what stands above them, tell of another of things that exclude each other.

    What is said of maths is no answer to what is asked of writing; where both are told, either is.
    `held` are the terms of the passage and of all that stands beside it.
    """
    # Phrases are sought only where all their words are held: few passages hold those of any.
    apart = [
        (own, [phrase for phrase in others if set(phrase.split()) <= held])
        for own, others in _asked_alone(question)
    ]
    if not any(others for _, others in apart):
        return False
    near = _joined((text, passage.lead, passage.caption, *passage.heads, *passage.trail[-1:]))
    said = _joined((passage.text, passage.title, *passage.cells, *passage.trail)) + near
    return any(
        not any(phrase in said for phrase in own) and any(phrase in near for phrase in others)
        for own, others in apart
    )


@lru_cache(maxsize=1024)
def _asked_alone(question: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Of each of `EXCLUSIVE` of which a question names one thing: its phrases, and the others'."""
    said = _joined((question,))
    found = []
    for kinds in EXCLUSIVE:
        named = [own for own in kinds if any(phrase in said for phrase in own)]
        if len(named) == 1:
            others = tuple(phrase for own in kinds if own != named[0] for phrase in own)
            found.append((named[0], others))
    return tuple(found)


@lru_cache(maxsize=20_000)
def _joined(texts: tuple[str, ...]) -> str:
    """The terms of texts between spaces, so that a phrase is found whole."""
    return "".join(f" {' '.join(terms(text))} " for text in texts)


@lru_cache(maxsize=4096)
def record_terms(record: PaperRecord) -> frozenset[str]:
    """The terms of what a paper says of itself."""
    return frozenset(terms(f"{record.title} {record.council} {record.committee} {record.path}"))
