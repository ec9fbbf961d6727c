"""What no paper can say: an opinion, what is to come, the program's own, items without a paper."""

from __future__ import annotations

import re

from assistant.passages import Passage

# "Should we vote for it?" asks for advice; "should schools apply in May?" asks what is the rule.
_OPINION = re.compile(
    r"\b(?:should (?:i|we|you|councillors|members|the (?:council|committee|cabinet))"
    r" (?:\w+ )?(?:vote|support|back|oppose|approve|reject|agree|accept|refuse|worry|trust|sack)"
    r"|(?:do|would|what do) you (?:think|believe|feel|prefer|recommend|reckon)"
    r"|in your (?:own )?(?:opinion|view)|your (?:own )?(?:opinion|view|advice) (?:of|on))\b",
    re.I,
)
_TO_COME = re.compile(
    r"\bwho (?:will|is going to|'s going to) (?:win|be elected)\b"
    r"|\bwill \w+(?: \w+){0,4} win\b|\b(?:lottery|horoscope)\b"
    r"|\b(?:what|how)(?:[’']s| is| was| will)? the weather\b|\bweather (?:like|forecast|to)",
    re.I,
)
# Said to a program, and not asked of papers
_OF_PROGRAM = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{0,40}\b(?:instructions?|prompts?)\b"
    r"|\b(?:system|hidden|initial) prompt\b|\byour (?:\w+ )?(?:instructions|passwords?|prompts?)\b"
    r"|\byou are (?:now|no longer) (?:a|an|in)\b|\b(?:pretend|act as if) (?:to be|you)\b",
    re.I,
)
# Rows and minutes that name an item of which nothing was written, or nothing is published
_NO_PAPER = re.compile(
    r"\bno (?:written )?(?:paper|report)s?(?: is| was| has been)?(?: attached| provided)?"
    r" (?:for|on|to) (?:this|the) (?:item|matter)\b"
    r"|\bverbal (?:update|report|item|presentation)\b|\bfully exempt\b",
    re.I,
)
_CONTENT = re.compile(
    r"\b(?:says?|said|conclud\w+|conclusions?|finds?|found|tells?|told|hear[sd]?|contents?)\b", re.I
)


def is_unknowable(question: str) -> bool:
    """Whether a question asks for an opinion, for what has not happened yet, or of the program."""
    return any(said.search(question) for said in (_OPINION, _TO_COME, _OF_PROGRAM))


def came_without_paper(question: str, passage: Passage) -> bool:
    """Whether what is asked of is told by no paper, as the passage says."""
    return bool(_CONTENT.search(question) and _NO_PAPER.search(passage.text))
