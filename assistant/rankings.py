"""Rankings: the questions that ask which of several is highest, lowest, or above a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.leaning import asks_itself
from assistant.records import MONTHS
from assistant.terms import terms

FRAGMENT = 6  # words of what asks on, at most
_WHICH = re.compile(r"\b(?:which|what|where|when|who)\b", re.I)
_YEAR_GROUP = re.compile(r"\byear groups?\b", re.I)
_NOUN = re.compile(
    r"\b(?:which|what)(?: of (?:the|our|its|these|those))?"
    r"(?: \w+(?= (?!was|were|is|are|had|has|have|did|does|do|saw|went|got|made|spen[dt]s?)\w+))?"
    r" (?P<noun>\w+)\b",
    re.I,
)
_MOST = re.compile(
    r"\b(?:highest|largest|biggest|greatest|peak(?:ed|s)?"
    r"|(?<!at )most(?! (?:recent|of|deprived|likely|up|people think)))\b",
    re.I,
)
_LEAST = re.compile(r"\b(?:lowest|smallest|(?<!at )least|fewest)\b", re.I)
_BEST = re.compile(r"\b(?:best(?! (?:value|practice|interest))|strongest)\b", re.I)
_WORST = re.compile(r"\b(?:worst|weakest|poorest)\b", re.I)
# More than one that stand out are a list: "the three best".
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|ten|\d+) (?:most |least )?"
    r"(?:high|low|larg|big|small|great|best|worst)",
    re.I,
)
_STANDS = r"\b(?:was|were|is|are|been|be|scored?|performed|did|came|fell|rose|spent|had)(?: \w+)? "
_ABOVE = re.compile(
    rf"{_STANDS}(?:above|over|(?:higher|more|greater|larger|better) than)\s+(?P<than>.+)", re.I
)
_BELOW = re.compile(
    rf"{_STANDS}(?:below|under|(?:lower|less|fewer|smaller) than|short of)\s+(?P<than>.+)", re.I
)
# What is said behind the figure that others are set against.
_BEHIND = re.compile(
    r"\b(?:for|in|on|at|of|during|by|when|and|with)\b.*$|\b(?:figure|rate|average|level|line|mark)\b.*$"
    r"|[?,].*$",
    re.I,
)
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+(?P<first>{'|'.join(MONTHS)})\b[^?]*?\b(?:and|to)\s+"
    rf"(?P<last>{'|'.join(MONTHS)})\b",
    re.I,
)
_OF_KIND = frozenset(
    terms(
        "highest lowest largest smallest biggest greatest most least fewest best worst strongest"
        " weakest poorest above below over under than figure rate share percentage percent"
        " proportion number amount level total value"
    )
)
_TIMES = {
    "month": "month",
    "quarter": "quarter",
    "weekday": "day",
    "day": "day",
    "year": "year",
    "when": "month",
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a question asks several to be ranked by."""

    way: int  # 1 for the highest or those above, -1 for the lowest or those below
    than: str = ""  # what they are above or below: a row's label or a value; "" for an extreme
    merit: bool = False  # whether best and worst are asked for, and not high and low
    noun: str = ""  # of what is ranked: "localities"
    time: str = ""  # "month", "quarter", "day" or "year" where that is ranked
    months: tuple[int, ...] = ()  # of the year, that alone are ranked; all where empty

    @property
    def own_terms(self) -> frozenset[str]:
        """The terms of the question that say how it ranks and in what kind of figure."""
        return _OF_KIND | frozenset(terms(f"{self.than} {self.noun}"))


def ranking_in(text: str) -> Ranking | None:
    """What a question ranks by, or None where it asks for no extreme and nothing above a figure."""
    if not _WHICH.search(text) or _SEVERAL.search(text):
        return None
    group = _YEAR_GROUP.search(text)
    noun = group[0] if group else found["noun"] if (found := _NOUN.search(text)) else ""
    noun = noun.lower()
    time = _TIMES.get(noun.rstrip("s"), "")
    ways = [
        (1, False, _MOST.search(text)),
        (-1, False, _LEAST.search(text)),
        (1, True, _BEST.search(text)),
        (-1, True, _WORST.search(text)),
    ]
    asked = [(way, merit) for way, merit, found in ways if found]
    if len(asked) == 1:
        way, merit = asked[0]
        return Ranking(way, "", merit, noun, time, _months_between(text))
    return None if asked else _conditioned(text, noun)


def ranking_now(core: str, before: Sequence[str]) -> Ranking | None:
    """The same of a turn, by the questions before it: "and the lowest?", "what about writing?"."""
    if found := ranking_in(core):
        return found
    last = ranking_in(before[0]) if before else None
    if last is None or asks_itself(core) or len(core.split()) > FRAGMENT:
        return None
    return replace(ranking_in(f"which {core}") or last, noun=last.noun, time=last.time)


def _conditioned(text: str, noun: str) -> Ranking | None:
    """Those above or below a figure, where more than one may be: "which localities were above"."""
    ways = [(1, _ABOVE.search(text)), (-1, _BELOW.search(text))]
    found = [(way, said) for way, said in ways if said]
    if len(found) != 1 or not noun.endswith("s") or not re.match(r"\W*which\b", text, re.I):
        return None
    way, said = found[0]
    than = _BEHIND.sub("", re.sub(r"^(?:the|a|an)\s", "", said["than"], flags=re.I)).strip(" ?.")
    return Ranking(way, than, noun=noun) if than else None


def _months_between(text: str) -> tuple[int, ...]:
    found = _BETWEEN.search(text)
    if not found:
        return ()
    first, last = (MONTHS.index(found[name].lower()) for name in ("first", "last"))
    span = last - first if last >= first else last - first + 12
    return tuple((first + step) % 12 + 1 for step in range(span + 1))
