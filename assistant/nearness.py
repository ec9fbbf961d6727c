"""Nearness: how far a passage stands where the conversation has been, and whether it goes on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answers import Answer
from assistant.conversation import Turn, Whole, asks_itself
from assistant.index import Index
from assistant.passages import Passage
from assistant.questions import Question
from assistant.retriever import Hit
from assistant.synonyms import ALIKE
from assistant.terms import terms
from assistant.traits import Asked

FOLLOWED = 3
# Words of its own with which a follow-up has a matter of its own that an answer must speak of.
OWN_MATTER = 2
_HELD_TO_IT = (Asked.COUNT, Asked.MONEY, Asked.PERCENTAGE, Asked.PERSON, Asked.FACT)


def places_of(whole: Whole, index: Index) -> tuple[tuple[str, int], ...]:
    """Paper and key of the passages that most likely answered the turns that a question follows."""
    found = (place_of(turn, index) for turn in whole.follows[:FOLLOWED])
    return tuple((place.paper, place.key) for place in found if place)


def goes_on(question: Question, answer: Answer, hits: Sequence[Hit]) -> bool:
    """Whether an answer speaks of what a follow-up asks itself, and not of what it leans on alone.

    The words that answered the turns before hold all that those lend it: of "how many potholes
    were mended there?" they may hold nothing.
    """
    own = frozenset(terms(question.text))
    held_to = question.leans and question.asked in _HELD_TO_IT and asks_itself(question.text)
    if not held_to or len(own) < OWN_MATTER:
        return True
    cited = {citation.evidence.passage.key for citation in answer.citations}
    stretches = [hit.stretch for hit in hits if cited.intersection(one.key for one in hit.stretch)]
    texts = [one.text for stretch in stretches for one in stretch]
    texts += [f"{c.evidence.passage.heading} {c.label}" for c in answer.citations]
    held = frozenset(term for text in texts for term in terms(text))
    return any(term in held or not held.isdisjoint(ALIKE.get(term, ())) for term in own)


def place_of(turn: Turn, index: Index) -> Passage | None:
    """The passage that most likely answered a turn: the one that shares most of its words."""
    weights = dict.fromkeys(terms(f"{turn.user} {turn.told}"), 1.0)
    scores = index.words.scores(weights) + index.all.scores(weights)
    best = int(np.argmax(scores)) if len(scores) else 0
    found = index.store.get([best])
    return found[0] if found and scores[best] > 0 else None
