"""Several questions in one: taken apart, and their replies brought together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, Citation, Refusal, Reply
from assistant.offices import periods_apart
from assistant.working import WorkedOut

MOST = 4
_NEXT = re.compile(r"(?<=\?)\s+")
_ASKS = re.compile(
    r"\?$|^(?:(?:and|also|plus|then)\b[ ,]*)?(?:what|which|who|whose|when|where|why|how|is|are|was"
    r"|were|do|does|did|has|have|had|can|could|will|would|should)\b",
    re.I,
)
_ORDINALS = ("first", "second", "third", "fourth")


def asked_in(text: str) -> list[str]:
    """The questions that a text asks one after another; the text itself where it is one."""
    parts = [part for part in _NEXT.split(text) if re.search(r"\w", part)]
    if not 1 < len(parts) <= MOST or not all(map(_ASKS.search, parts)):
        parts = [text]
    return [one for part in parts for one in periods_apart(part)][:MOST]


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
