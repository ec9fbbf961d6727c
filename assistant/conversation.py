"""Follow-ups: what a question owes to the turns before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.periods import years_in
from assistant.terms import SMALL_WORDS, terms
from assistant.text import words

# A term of the question before counts for less than one that is typed now, one further back for
# less again, and what was answered for less than what was asked.
CARRIED = 0.5
ANSWERED = 0.15
FADES = 0.6
TURNS = 4
# A question with at most this many words of its own leans on what was said before.
FEW_WORDS = 4

_LEANS = re.compile(
    r"^(?:and|but|so|or|what about|how about|and what|then|also|ok|okay)\b"
    r"|\b(?:it|its|they|them|their|that|this|those|these|there|he|she|his|her|him|same|one|ones|other|others"
    r"|instead|previous|before|latter|former|then)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person asked and what was answered."""

    user: str
    assistant: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A question made whole: the text to embed, and what the turns before lend it."""

    text: str
    carried: dict[str, float]  # term -> weight


def make_whole(question: str, turns: Sequence[Turn]) -> Whole:
    """The question with what it leans on from the turns before; as it stands where it does not."""
    leant = _leant_on(question, turns)
    own_years = years_in(question)
    carried: dict[str, float] = {}
    for back, turn in enumerate(reversed(leant)):
        for text, weight in ((turn.user, CARRIED), (turn.assistant, ANSWERED)):
            for term in terms(text):
                # A period typed now replaces the one before.
                if own_years and years_in(term):
                    continue
                carried[term] = max(carried.get(term, 0.0), weight * FADES**back)
    return Whole(" ".join([*(turn.user for turn in leant), question]), carried)


def _leant_on(question: str, turns: Sequence[Turn]) -> list[Turn]:
    """The turns that a question leans on: back to the last that stood on its own."""
    if not leans(question):
        return []
    leant: list[Turn] = []
    for turn in reversed(turns[-TURNS:]):
        leant.insert(0, turn)
        if not leans(turn.user):
            break
    return leant


def leans(question: str) -> bool:
    """Whether a question points at something said before it."""
    own = [word for word in words(question) if word not in SMALL_WORDS]
    return len(own) <= FEW_WORDS or bool(_LEANS.search(question))
