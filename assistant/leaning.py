"""Leaning: whether a question owes something to what was said before it, or has its own subject."""

from __future__ import annotations

import re
from collections.abc import Set

from assistant.periods import periods_in
from assistant.questions import names_in
from assistant.terms import SMALL_WORDS, stem
from assistant.text import words

# A question with at most this many words of its own leans on what was said before.
FEW_WORDS = 4

_NEW_SUBJECT = re.compile(
    r"^(?:(?:a )?(?:different|another|new) (?:thing|question|subject)|moving on"
    r"|changing (?:the )?subject)"
    r"\b",
    re.I,
)
# "Who was chief executive in March 2018?" asks of nothing said before.
_WHO_IS = re.compile(
    r"who(?:'s|’s| is| was) (?:the |our |an? )?(?:(?!in\b|at\b|of\b|for\b)[\w-]+ ){0,2}"
    r"(?:chief executive|director|leader|chair(?:man|woman|person)?|cabinet member|mayor"
    r"|monitoring officer|portfolio holder)\b",
    re.I,
)
_POINTS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|these|those|there|he|she|his|her|him|same|ones?|others?"
    r"|instead|latter|former|that|this)\b(?! (?:year|month|quarter|meeting|report|committee)\b)",
    re.I,
)
_LEANS = re.compile(
    r"^(?:and|but|so|or|what about|how about|then|also|ok|okay|no|not|sorry|same)\b"
    r"|\b(?:previous|before|then|meant|that|this|after)\b",
    re.I,
)
# "How many are there?" points at nothing.
_THERE_IS = re.compile(
    r"\b(?:is|are|was|were|be|been|isn't|aren't) there\b|\bthere(?:'s|’s| is| are| was| were)\b",
    re.I,
)
# What names a subject of its own, however few its words
_INTRODUCES = re.compile(
    r"\b(?:the latest|update|news|anything|something) (?:on|about|of|from)\b"
    r"|\b(?:tell me|know|talk|ask) (?:more |something |you )?about\b"
    r"|\bwhat (?:does|do) [\w&-]+ (?:mean|stand for)\b",
    re.I,
)
# "that xmas card thing" names something of its own.
_NAMES_ITS_OWN = re.compile(r"\b(?:that|this|those|these) (?=\w+ \w)", re.I)
# Words new to the conversation with which a question that points at nothing has its own subject;
# fewer where it names somebody or something new.
NEW_WORDS, NEW_WITH_NAME = 3, 2

_CLAUSE = re.compile(
    r"\b(?:what|which|who|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should|isn't|aren't|wasn't|didn't|doesn't)\b",
    re.I,
)


def leans(question: str) -> bool:
    """Whether a question points at something said before it, or says too little by itself."""
    points = _LEANS.search(question) or points_back(question)
    return bool(points) or len(own_words(question)) <= FEW_WORDS


def points_back(text: str) -> bool:
    """Whether a text points at something said before it: "it", "those"."""
    return bool(_POINTS.search(_THERE_IS.sub("", text)))


def asks_itself(text: str) -> bool:
    """Whether a text has words that ask, and is no mere fragment of a question."""
    return bool(_CLAUSE.search(text))


def is_new(typed: str, core: str, known: Set[str]) -> bool:
    """Whether a question that could lean on the turns before has a subject of its own."""
    if _NEW_SUBJECT.match(typed):
        return True
    if points_back(_NAMES_ITS_OWN.sub("", core)):
        return False
    if _WHO_IS.match(core) or _INTRODUCES.search(core):
        return True
    new = {stem(word) for word in own_words(core)} - known
    named = names_in(core) - known
    return len(new) >= (NEW_WITH_NAME if named else NEW_WORDS)


def is_alien(core: str, known: Set[str]) -> bool:
    """Whether a question of several words shares none with the one before, nor points at it.

    "How many KPIs were red in quarter 2?" is then of no year that was spoken of.
    """
    own = {stem(word) for word in own_words(core)}
    alone = asks_itself(core) and not points_back(core) and len(own) >= NEW_WITH_NAME
    return alone and own.isdisjoint(known)


def own_words(text: str) -> list[str]:
    """The words of a text that are neither small nor a period."""
    return [word for word in words(text) if word not in SMALL_WORDS and not periods_in(word)]
