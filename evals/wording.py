"""When two texts say the same: folding of type, marks and numbers, and what a text shows."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

_DASHES = "‐‑‒–—―−"
_PLAIN = str.maketrans({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys("‘’‚`´", "'")})
_QUOTES = str.maketrans({**dict.fromkeys("“”„«»", '"'), "\u00ad": "", "\u200b": ""})

_FOOTNOTE = re.compile(r"<sup>\s*\d+\s*</sup>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINE_MARK = re.compile(r"^[ \t]*(?:[-*+•●▪◦]|#{1,6}|>)[ \t]+", re.MULTILINE)
_ITEM_NUMBER = re.compile(r"^[ \t]*(?:[-*+•●▪◦][ \t]+)?\(?\d{1,2}[.)][ \t]+", re.MULTILINE)
_CITATION_MARK = re.compile(r"\[\d+(?:\s*[,;–-]\s*\d+)*\]")

# Applied in order to folded lower-case text, so that one amount has one spelling.
_SPELLINGS = (
    (re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])"), " "),
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
    (re.compile(r"(?<=\d)\.0+(?!\.?\d)"), ""),
    (re.compile(r"£\s+(?=\d)"), "£"),
    (re.compile(r"(?<=\d)\s*(?:%|per ?cent\b)"), "%"),
    (re.compile(r"(?<=\d)\s*(?:million|mn|m)\b"), "m"),
    (re.compile(r"(?<=\d)\s*(?:billion|bn)\b"), "bn"),
    (re.compile(r"(?<=\d)\s*(?:thousand|k)\b"), "k"),
    (re.compile(r"\b((?:19|20)\d\d) ?/ ?(?=\d\d(?:\d\d)?\b)"), r"\1-"),
    (re.compile(r"\bminus (?=[£\d])"), "-"),
    (re.compile(r"(?<!\d )-\s+(?=[£\d])"), "-"),
)

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")

# "17" does not stand in "2016-17": the second half of a year is no figure.
_BEFORE_NUMBER = r"(?<!\d)(?<!\d\.)(?<!\d{4}-)"
_AFTER_NUMBER = r"(?!\d)(?!\.\d)"
# £35,657 stands in £35,657.85: beside thousands, pence are the same figure told more exactly.
_THOUSANDS = re.compile(r"\d{4,}$")
_AFTER_THOUSANDS = r"(?!\d)"
_SHORT_WORD = (
    3  # letters; a shorter alternative ("no", "low") is a word, a longer one may be a stem
)


def without_marks(answer: str) -> str:
    """Return an answer without its citation marks and the numbers that only count its items."""
    return _ITEM_NUMBER.sub("", _CITATION_MARK.sub("", answer))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return text in the one spelling that texts are compared in.

    Type, case, white space, HTML and markdown are dropped; amounts get one spelling, so that
    "£ 1,250 million" and "£1250m", or "5 per cent" and "5%", are the same.
    """
    text = html.unescape(_TAG.sub(" ", _FOOTNOTE.sub("", text)))
    text = unicodedata.normalize("NFKC", text).lower().translate(_PLAIN).translate(_QUOTES)
    text = _LINE_MARK.sub("", text).replace("|", " ").replace("*", "").replace("__", "")
    text = " ".join(text.split())
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return text


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, folded, without signs and punctuation."""
    return tuple(_WORD.findall(fold(text).replace("'", "")))


def length(answer: str) -> int:
    """Return how many words a person reads."""
    return sum(any(c.isalnum() for c in word) for word in without_marks(answer).split())


def numbers(text: str) -> tuple[Decimal, ...]:
    """Return the numbers written in digits, without sign or unit: 1,455.60 is 1455.6."""
    return tuple(Decimal(number).normalize() for number in _NUMBER.findall(fold(text)))


def shows(text: str, alternative: str) -> bool:
    """Whether a text shows an alternative: whole numbers, and words from their first letter on."""
    return _pattern(alternative).search(fold(text)) is not None


def shows_one(text: str, alternatives: Iterable[str]) -> bool:
    """Whether a text shows at least one of the alternatives."""
    return any(shows(text, alternative) for alternative in alternatives)


def without(text: str, phrases: Iterable[str]) -> str:
    """Return a text, folded, with the phrases taken out."""
    text = fold(text)
    for phrase in filter(str.strip, phrases):
        text = _pattern(phrase).sub(" ", text)
    return text


@lru_cache(maxsize=4096)
def _pattern(alternative: str) -> re.Pattern[str]:
    wanted = fold(alternative)
    before = after = ""
    if wanted[:1].isdigit():
        before = _BEFORE_NUMBER
    elif wanted[:1].isalpha():
        before = r"(?<![^\W\d_])"
    elif wanted.startswith("-"):
        before = r"(?<!\w)"
    if wanted[-1:].isdigit():
        after = _AFTER_THOUSANDS if _THOUSANDS.search(wanted) else _AFTER_NUMBER
    elif wanted.isalpha() and len(wanted) <= _SHORT_WORD:
        after = r"(?!\w)"
    return re.compile(before + re.escape(wanted) + after)
