"""Standing: on which rung of the ladder of authority words stand, from a remark to a decision.

A remark of a member weighs less than an officers' report, this less than its recommendation, than
that of a scrutiny committee, than what was resolved. A recommendation is never told as a decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from assistant.papers import Kind, PaperRecord
from assistant.passages import Passage
from assistant.traits import Asked


class Standing(StrEnum):
    """A rung of the ladder, lowest first, said as it is put before the words."""

    REMARK = "Said at the meeting"
    REPORT = "From a report"
    AMENDMENT = "Proposed by a political group"
    RECOMMENDED = "Recommended in a report"
    PROPOSED = "Proposed decision"
    REPORTED = "Reported as agreed"
    ADVISED = "Recommended by the committee"
    RESOLVED = "Resolved"


# Letters of a report's passage in which it says that it recommends
OPENING = 200
NO_DECISION = "None of this is a decision: no record of one was found in the papers."

_GROUP = re.compile(
    r"\b(?:labour|conservative|liberal democrats?|lib dem|green|independents?|reform(?: uk)?|ukip)"
    r"(?: party)?(?: and [a-z]+)? groups?\b.{0,40}\b(?:amendment|alternative|proposal|motion)"
    r"|\b(?:amendment|alternative budget)\b.{0,60}\bgroup\b",
    re.I,
)
_SETTLED = re.compile(
    r"\bresolved\b|\b(?:decided|agreed|approved|endorsed|adopted)(?: unanimously)?[:,]?"
    r" (?:that|to|by)\b"
    r"|\b(?:was|were) (?:unanimously )?(?:agreed|approved|carried|adopted|accepted|lost)\b"
    r"|^(?:decision|resolution)\b",
    re.I | re.M,
)
_ADVICE = re.compile(
    r"\brecommend\w*\b(?: [\w’']+){0,8} (?:to )?(?:the )?"
    r"(?:cabinet|full council|council|executive)\b",
    re.I,
)
_ASKS = re.compile(
    r"\brecommend(?:ations?|ed|s)?\b|\b(?:is|are) (?:asked|invited|requested|recommended) to\b",
    re.I,
)
# What of a record of a decision is the decision, and a record of one not taken yet
_DECIDES = re.compile(
    r"^\W*(?:the )?decision\b(?! to be taken| maker)"
    r"|^\W*[\w ]{0,40}\b(?:agrees?|agreed|resolve[sd]?|proposes?) (?:to|that)\b",
    re.I,
)
_TO_COME = re.compile(r"\bpropos", re.I)


def standing_of(passage: Passage, record: PaperRecord, said: str) -> Standing:
    """The rung that words of a passage stand on, by the kind of paper, the headings and the words.

    A long minute tells remarks before its decision, so what else it holds says nothing of them.
    """
    named = f"{passage.title} {record.title} {' '.join(passage.trail)}"
    near = "\n".join([*passage.trail[-1:], passage.lead, said])
    if _GROUP.search(named):
        return Standing.AMENDMENT
    if passage.type == "decision record":
        if not any(map(_DECIDES.search, [*passage.trail[-1:], passage.lead, said])):
            return Standing.REPORT
        return Standing.PROPOSED if _TO_COME.search(named) else Standing.RESOLVED
    if passage.type == "minutes" or passage.kind is Kind.MINUTE:
        if _ADVICE.search(near):
            return Standing.ADVISED
        return Standing.RESOLVED if _SETTLED.search(near) else Standing.REMARK
    above = [*passage.trail[-2:], passage.lead, said[:OPENING], *passage.cells[:1]]
    if any(map(_ASKS.search, above)):
        return Standing.RECOMMENDED
    return Standing.REPORTED if _SETTLED.search(said) else Standing.REPORT


def lead_of(asked: Asked, rung: Standing) -> str:
    """What is said before words on a rung: the rung where one is asked for, or a group's.

    The figures of a political group's amendment are never the council's.
    """
    is_asked = asked in (Asked.DECISION, Asked.RECOMMENDATION)
    return f"{rung}: " if rung is Standing.AMENDMENT or is_asked else ""


def undecided(asked: Asked, rungs: Iterable[Standing]) -> str:
    """That none of these rungs is a decision, where one was asked for; or ""."""
    decided = {Standing.RESOLVED, Standing.REPORTED}.intersection(rungs)
    return "" if decided or asked is not Asked.DECISION else NO_DECISION
