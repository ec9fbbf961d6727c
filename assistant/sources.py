"""Sources: the words of a question that say in which paper to look, not what to look for.

Of "what was spent in 2022-23, per the November 2024-25 monitoring report" the second year is the
paper's: the words that answer need not be of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.periods import years_in

_PAPER = (
    r"(?:reports?|register|minutes|meeting|reply|replies|papers?|pack|agenda|appendix|supplement"
    r"|statement|accounts|review|plan|strategy|programme|policy|framework|briefing|update|return"
    r"|draft|list|letter|bulletin|assessment|eqia|agm|talk|presentation)"
)
_YEAR = r"(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?\b|\b\d\d[-/]\d\d\b"
# Words that end what a paper is called
_ENDS = (
    r"(?:the|a|an|in|to|from|was|were|is|are|did|do|does|has|have|had|what|which|who|how|when|where"
    r"|why|that|by|at|on|per|or)"
)
_WORD = rf"(?!{_ENDS}\b)[\w'’&./-]+"
# "the November 2024-25 budget monitoring report", "the February 2021 reply"
_BEFORE = rf"(?:{_YEAR})(?: {_WORD}){{0,5}}? {_PAPER}\b"
# "Commissioning Plan for Education Provision 2025-29", "the minutes of 18 February 2022"
_BEHIND = rf"\b{_PAPER}(?: {_WORD}){{0,5}}?,? \(?(?:{_YEAR})"
_SOURCE = re.compile(rf"{_BEFORE}|{_BEHIND}", re.I)
# "How many years in a row before 2022-23"
_ENDING = re.compile(rf"\b(?:before|prior to|ahead of|up to) (?:{_YEAR})", re.I)


@lru_cache(maxsize=1024)
def ending_years(question: str) -> frozenset[str]:
    """The years that a question names only as the end of what it asks for."""
    return years_in(question) - years_in(_ENDING.sub(" ", question))


@lru_cache(maxsize=1024)
def sourced_years(question: str) -> frozenset[str]:
    """The years that a question names only in what it calls a paper or a meeting."""
    rest = _SOURCE.sub(" ", question)
    return years_in(question) - years_in(rest)
