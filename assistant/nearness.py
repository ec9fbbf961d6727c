"""Nearness: how far a passage stands where the conversation has been, and whether it goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import Answer
from assistant.conversation import Followed, Whole
from assistant.evidence import numbers_in
from assistant.figures import values_in
from assistant.index import Index
from assistant.leaning import asks_itself
from assistant.lexical import highest
from assistant.passages import Passage
from assistant.posts import names_in
from assistant.questions import Question
from assistant.retriever import Hit
from assistant.synonyms import ALIKE
from assistant.terms import terms
from assistant.traits import Asked

FOLLOWED = 3
# What the terms of a turn weigh that it took from the turns before it, and those of its answer
SPOKEN, TOLD = 0.6, 1.5
# Passages that share words with a turn and are held against its figures
LOOKED_AT = 30
# What a passage of the paper that answered the turn before is lifted by
SAME = 0.15
# Words of its own with which a follow-up has a matter of its own that an answer must speak of.
OWN_MATTER = 2
# "Who has been given the job?" is answered by a name, and not by the post that is to be filled.
_APPOINTED = re.compile(
    r"\bwho\b.*\b(?:job|post|role|position)\b"
    r"|\bwho(?:'s|’s| has| was| is| got)? (?:being |been )?(?:appointed|chosen|hired|recruited)\b",
    re.I,
)
# What is paid for one thing only: of a rent no words speak that do not name one.
_PRICES = frozenset(terms("rent salary wage fee fare toll premium subscription"))
_OF_MONEY = re.compile(
    r"[£€]|\b\d[\d.,]*\s?(?:m|k|bn|million|billion)\b"
    r"|\b(?:cost|budget|fund|spen[dt]|price|fee|income|saving|grant|pay|paid|salar)",
    re.I,
)
_HELD_TO_IT = (Asked.COUNT, Asked.MONEY, Asked.PERCENTAGE, Asked.PERSON, Asked.FACT)


def places_of(whole: Whole, index: Index) -> tuple[tuple[str, int], ...]:
    """Paper and key of the passages that most likely answered the turns that a question follows."""
    return tuple((place.paper, place.key) for place in answered(whole, index))


def answered(whole: Whole, index: Index) -> tuple[Passage, ...]:
    """The passages that most likely answered the turns that a question follows, newest first."""
    found: list[Passage] = []
    for followed in reversed(whole.follows[:FOLLOWED]):
        if place := _place_of(followed, index, found[-1].paper if found else ""):
            found.append(place)
    return tuple(reversed(found))


def goes_on(question: Question, answer: Answer, hits: Sequence[Hit]) -> bool:
    """Whether an answer speaks of what a follow-up asks itself, and not of what it leans on alone.

    The words that answered the turns before hold all that those lend it: of "how many potholes
    were mended there?" they may hold nothing, nor a name of "who got the job?".
    """
    if not question.leans or not asks_itself(question.text):
        return True
    if _APPOINTED.search(question.text) and not names_in(answer.text.split(" [1]")[0]):
        return False
    if question.asked is Asked.MONEY and not _is_of_money(answer):
        return False
    return question.asked not in _HELD_TO_IT or _speaks_of(question, answer, hits)


def _is_of_money(answer: Answer) -> bool:
    cited = (citation.evidence.passage for citation in answer.citations)
    return any(_OF_MONEY.search(f"{one.heading}\n{one.text}") for one in cited)


def _speaks_of(question: Question, answer: Answer, hits: Sequence[Hit]) -> bool:
    own = frozenset(terms(question.text))
    cited = {citation.evidence.passage.key for citation in answer.citations}
    stretches = [hit.stretch for hit in hits if cited.intersection(one.key for one in hit.stretch)]
    texts = [one.text for stretch in stretches for one in stretch]
    texts += [f"{c.evidence.passage.heading} {c.label}" for c in answer.citations]
    held = frozenset(term for text in texts for term in terms(text))
    spoken = any(term in held or not held.isdisjoint(ALIKE.get(term, ())) for term in own)
    return spoken or (len(own) < OWN_MATTER and own.isdisjoint(_PRICES))


def _place_of(followed: Followed, index: Index, paper: str) -> Passage | None:
    """The passage that shares most of a turn's words, the figures that were told before all.

    Of two alike it is the one in the paper that answered the turn before.
    """
    weights = {term: SPOKEN * weight for term, weight in followed.weights.items()}
    weights |= dict.fromkeys(terms(followed.turn.user), 1.0)
    weights |= dict.fromkeys(terms(followed.turn.told), TOLD)
    scores = index.words.scores(weights) + index.all.scores(weights)
    best = highest(scores, LOOKED_AT)
    figures = _figures(followed.turn.told)

    def fits(passage: Passage) -> float:
        held = len(figures.intersection(numbers_in(passage.text))) / max(len(figures), 1)
        return float(scores[passage.key] / scores[best[0]]) + held + SAME * (passage.paper == paper)

    return max(index.store.get(best), key=fits, default=None)


def _figures(told: str) -> frozenset[str]:
    """The figures of an answer, spelt one way."""
    values = values_in(told)
    return frozenset(number for value in values for number in numbers_in(value))
