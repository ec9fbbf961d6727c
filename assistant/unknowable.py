"""What no paper can say: an opinion, what is to come, and items that came without a paper."""

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
    """Whether a question asks for an opinion, or for what has not happened yet."""
    return bool(_OPINION.search(question) or _TO_COME.search(question))


def came_without_paper(question: str, passage: Passage) -> bool:
    """Whether what is asked of is told by no paper, as the passage says."""
    return bool(_CONTENT.search(question) and _NO_PAPER.search(passage.text))
