"""Several questions in one: taken apart, and their replies brought together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, Citation, Refusal, Reply
from assistant.leaning import own_words, points_back
from assistant.offices import periods_apart, wanted
from assistant.questions import kind_asked
from assistant.traits import ANSWERS, Asked
from assistant.understood import comparators_in, taken_apart
from assistant.working import WorkedOut

MOST = 4
_NEXT = re.compile(r"(?<=\?)\s+")
_ASKS = re.compile(
    r"\?$|^(?:(?:and|also|plus|then)\b[ ,]*)?(?:what|which|who|whose|when|where|why|how|is|are|was"
    r"|were|do|does|did|has|have|had|can|could|will|would|should)\b",
    re.I,
)
_VERB = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might)"
_WORD = r"(?:what|which|who|whose|when|where|why|how)"
# "... and who is ...": the second of two questions in one sentence, each with a verb of its own
_SECOND = re.compile(
    rf"^(?P<first>(?:.*[,:] )?(?:{_VERB}\b|{_WORD}(?:['’]s)?\b.*?\b(?:{_VERB}\b|(?<=['’]s\b)))"
    rf".*?),? and (?:also )?(?P<second>{_WORD}(?:['’]s\b|\b.*?\b{_VERB}\b).*)$",
    re.I | re.S,
)
_IS_WHAT = re.compile(r"(?:what|which|who)(?:['’]s| is| are| was| were)\b", re.I)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
# Words of its own with which a question needs none of the one before it, nor a mere part of it
ENOUGH, LEAST = 3, 2
# Kinds of which an answer can be seen to hold none
_SEEN = (Asked.DATE, Asked.PERSON, Asked.MONEY, Asked.PERCENTAGE)
_ORDINALS = ("first", "second", "third", "fourth")


def asked_in(text: str) -> list[str]:
    """The questions that a text asks one after another; the text itself where it is one."""
    parts = [part for part in _NEXT.split(text) if re.search(r"\w", part)]
    if not 1 < len(parts) <= MOST or not all(map(_ASKS.search, parts)):
        parts = [text]
    return [one for part in parts for half in _apart(part) for one in periods_apart(half)][:MOST]


def _apart(text: str) -> list[str]:
    """Both questions of "what is ... and what is ..." where neither needs the other."""
    both = _halves(text)
    return list(both) if both and _stands_alone(both[1]) else [text]


def _halves(text: str) -> tuple[str, str] | None:
    """The two questions that "and" joins in a sentence; None where it joins parts of one."""
    found = _SECOND.match(text)
    if not found or len(own_words(found["first"])) < LEAST:
        return None
    return f"{found['first']}?", f"{found['second'].rstrip('?')}?"


def _stands_alone(question: str) -> bool:
    """Whether a second question names a subject of its own, or a post."""
    if points_back(question) or comparators_in(question):
        return False
    office, parts = wanted(question), taken_apart(_IN_BRACKETS.sub("", question))
    own = f"{parts.matter} {parts.group} {parts.area}".split()
    is_named = _IS_WHAT.match(question) and len(own) >= ENOUGH
    return bool(is_named or (office and office.post))


def left_over(text: str, reply: Reply) -> list[str]:
    """What is left to ask of two questions in one sentence when there is a reply to it.

    Both where it is refused, the second where the answer holds nothing of its kind, else none.
    """
    both = _halves(text)
    if both is None or isinstance(reply, Refusal):
        return list(both or ())
    kind = kind_asked(both[1])
    said = " ".join(one.evidence.text for one in reply.citations)
    return [both[1]] if kind in _SEEN and not ANSWERS[kind].search(said) else []


def together(replies: Sequence[Reply]) -> Reply:
    """One reply of several, in order, with the citations numbered through.

    A refusal where none is answered; where some are, it is said which are not.
    """
    if len(replies) == 1 or not any(isinstance(reply, Answer) for reply in replies):
        return replies[0]
    texts: list[str] = []
    citations: list[Citation] = []
    worked_out: list[WorkedOut] = []
    for ordinal, reply in zip(_ORDINALS, replies, strict=False):
        if isinstance(reply, Refusal):
            texts.append(f"The papers indexed here do not answer the {ordinal} question.")
            continue
        before = len(citations)
        texts.append(_renumbered(reply, before))
        citations += [replace(cited, number=cited.number + before) for cited in reply.citations]
        worked_out += [
            replace(one, sources=tuple(number + before for number in one.sources))
            for one in reply.worked_out
        ]
    answered = [reply for reply in replies if isinstance(reply, Answer)]
    return Answer(
        "\n".join(texts),
        tuple(citations),
        tuple(figure for reply in answered for figure in reply.figures),
        tuple(worked_out),
        question=replies[0].question,
        readings=tuple(one for reply in answered for one in reply.readings),
    )


def _renumbered(answer: Answer, by: int) -> str:
    marks = "|".join(str(citation.number) for citation in answer.citations)
    return re.sub(rf"\[({marks})\](?=\n|$)", lambda found: f"[{int(found[1]) + by}]", answer.text)
