"""What is said in a conversation besides questions: greetings, thanks, a call for help."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = (
    r"(?:\s+(?:again|all|there|everyone|so|very|much|a lot|for (?:that|this|your help|now)|then))*"
)
_GREETING = re.compile(
    rf"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|morning|afternoon|evening){_WORDS}",
    re.I,
)
_THANKS = re.compile(r"\b(?:thank\w*|thx|ta|cheers|obliged)\b", re.I)
_DONE = re.compile(
    r"(?:(?:ok(?:ay)?|great|perfect|lovely|brill(?:iant)?|grand|no|that'?s (?:great|all|helpful|it)"
    r"|(?:good)?bye)[\s,.!-]*)+",
    re.I,
)
# A message with thanks asks nothing where it is short and holds no word that asks.
LONGEST_THANKS = 7
_ASKS = re.compile(
    r"\?|\d|\b(?:and|but|what|which|who|whose|when|where|why|how|is|are|was|were|does|did|can|could"
    r"|show|tell|give|back|now)\b",
    re.I,
)
_HELP = re.compile(
    r"(?:please )?help(?: me)?(?: please)?|who are you|what are you"
    r"|what (?:can|do) (?:you|i) (?:do|ask)(?: you)?(?: (?:here|about))?"
    r"|how (?:do(?:es)? (?:this|it) work|do i use (?:this|it)|can you help(?: me)?)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Courtesy:
    """What is said back, and whether examples of questions help."""

    line: str
    examples: bool = True


GREETED = Courtesy("Hello. Ask what the committees were told, recommended or decided, for example:")
NOTHING_YET = Courtesy("Nothing has been asked yet. Ask about the papers, for example:")
THANKED = Courtesy("You are welcome. Ask again whenever you like.", examples=False)
HELPED = Courtesy(
    "Ask in your own words, and ask on: “and the year before?”, “who is responsible for that?”. "
    "“Only Cabinet” or “just the 2018 papers” keeps to those papers until you say “all papers”. "
    "Each answer is in the papers' own words and shows where they stand. For example:"
)


def courtesy(text: str) -> Courtesy | None:
    """What to say to a message that asks nothing of the papers; None where it may ask something."""
    said = re.sub(r"[\s.!?,:;)(-]+$", "", text.strip())
    if _GREETING.fullmatch(said):
        return GREETED
    if _HELP.fullmatch(said):
        return HELPED
    return THANKED if _DONE.fullmatch(said) or _is_thanks(text) else None


def _is_thanks(text: str) -> bool:
    short = len(text.split()) <= LONGEST_THANKS
    return short and bool(_THANKS.search(text)) and not _ASKS.search(text)
