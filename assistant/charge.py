"""Who answers for the matter that a turn told of: its lead officer or member, author or contact.

"Who is responsible for that?" names no post. The paper that was cited names people for its
matter: in the row that told it, above it, or at the head or foot of its report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.answers import Answer
from assistant.conversation import Whole
from assistant.index import Index
from assistant.nearness import answered
from assistant.passages import Passage
from assistant.posts import POST_WORDS, TITLED, Holder, holders_in
from assistant.terms import terms

_ASKS = re.compile(
    r"\bwho(?:'s|’s| is| was| are)? (?:the )?(?:\w+ )?"
    r"(?:responsible|in charge|accountable|leading|lead|contact|author)\b"
    r"|\bwho (?:leads|led|looks after|deals with|handles|wrote|signed)\b"
    r"|\bwho (?:do|can|should|would|could|might) (?:i|we)"
    r" (?:ring|ask|contact|call|speak|talk|email|write)\b",
    re.I,
)
# What such a question says besides; with any other word it asks of something that it names.
_BESIDES = frozenset(
    terms(
        "who responsible charge accountable leading leads led looks look after deals deal handles"
        " handle lead contact author officer person ring ask call speak talk email write wrote"
        " signed sign report paper item matter one more about actually"
    )
)
# Parts in a whole report; a lead officer named at its head may lead on its first point only
_OF_REPORT = re.compile(r"\b(?:contact|author|originator|report|responsible)\b", re.I)
# Passages before the one that told of it, and at the head and foot of its report
BESIDE, HEAD, FOOT = 4, 20, 8
BACK, ON = 150, 80


def asks_charge(whole: Whole) -> bool:
    """Whether a turn asks who answers for what was told, and for nothing that it names itself."""
    asks = bool(whole.lent and _ASKS.search(whole.core))
    return asks and _BESIDES.issuperset(terms(whole.core))


def in_charge(whole: Whole, index: Index) -> tuple[Holder, ...]:
    """Whom the paper that was told from names for its matter; none where it names nobody."""
    place = next(iter(answered(whole, index)), None)
    return next(_named(place, index), ()) if place else ()


def names_somebody(answer: Answer) -> bool:
    """Whether the words of an answer name a person or a post, so that they may answer for it."""
    said = " ".join(cited.evidence.text for cited in answer.citations)
    return bool(
        POST_WORDS.intersection(re.findall(r"[a-z-]+", said.lower())) or TITLED.search(said)
    )


def _named(place: Passage, index: Index) -> Iterator[tuple[Holder, ...]]:
    """Those named in the passage itself, above it, and at the head or the foot of its report."""
    if place.cells and (own := tuple(holders_in(place))):
        yield own
    report = [
        one
        for one in index.store.around(place, BACK, ON)
        if (one.title, one.item) == (place.title, place.item)
    ]
    before = [one for one in report if 0 <= place.key - one.key <= BESIDE]
    yield from _roles(reversed(before))
    for roles in _roles([*report[:HEAD], *report[-FOOT:]]):
        if any(_OF_REPORT.search(holder.post) for holder in roles):
            yield roles


def _roles(passages: Iterable[Passage]) -> Iterator[tuple[Holder, ...]]:
    for passage in passages:
        if roles := tuple(holder for holder in holders_in(passage) if holder.is_role):
            yield roles
