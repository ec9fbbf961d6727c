"""Nearness: how far a passage stands where the conversation has been, and whether it goes on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answers import Answer
from assistant.conversation import Turn, Whole, asks_itself
from assistant.index import Index
from assistant.passages import Passage
from assistant.questions import Question
from assistant.retriever import Hit
from assistant.synonyms import ALIKE
from assistant.terms import terms
from assistant.traits import Asked

# What a passage gains for standing in the paper of the words that answered a turn before, and
# beside them, in spreads of the best scores; an earlier turn draws less.
IN_PAPER, BESIDE = 1.0, 1.0
STANDING = 0.5  # the part of it for a question that leans on nothing
FADES = 0.8
REACH = 10  # passages on either side
FOLLOWED = 3
SPREAD_OF = 20
# Words of its own with which a follow-up has a matter of its own that an answer must speak of.
OWN_MATTER = 2
_HELD_TO_IT = (Asked.COUNT, Asked.MONEY, Asked.PERCENTAGE, Asked.PERSON, Asked.FACT)


def drawn(
    scores: NDArray[np.float32],
    passages: Sequence[Passage],
    whole: Whole,
    index: Index,
) -> NDArray[np.float32]:
    """The scores of passages, raised for those near the words that answered the turns before."""
    if not whole.follows or not len(scores):
        return scores
    pull = 1.0 if whole.lent else STANDING
    gains = np.zeros(len(scores), dtype=np.float32)
    for back, turn in enumerate(whole.follows[:FOLLOWED]):
        if place := place_of(turn, index):
            weight = pull * FADES**back
            gains = np.maximum(gains, [weight * _near(one, place) for one in passages])
    spread = float(np.std(np.sort(scores)[-SPREAD_OF:]))
    return np.asarray(scores + spread * gains, dtype=np.float32)


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


def _near(passage: Passage, place: Passage) -> float:
    if passage.paper != place.paper:
        return 0.0
    return IN_PAPER + BESIDE * (abs(passage.key - place.key) <= REACH)
