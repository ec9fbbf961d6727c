"""Terms: the words of a text as the lexical index knows them, stemmed and without small words."""

from __future__ import annotations

from functools import lru_cache

import Stemmer

from assistant.text import words

# Words that say how a question is asked and not what about. "not" and "no" stay: they turn a
# decision round.
_LISTED = """
    a about according after all also am an and any are as at be been before being but by can
    could did do does doing for from get gets getting give go going got had has have having he her
    hers him his how i if in into is it its itself just let me my of off on or our ours out over
    per please s said say says she should so some such tell than that the their theirs them then
    there these they this those to too up upon us was we were what what's when where which while
    who whom whose why will with would you your yours
    show list many much
"""
SMALL_WORDS = frozenset(_LISTED.split())
_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one lower-case word (Snowball English); figures come back as they are."""
    return str(_stemmer.stemWord(word)) if word.isalpha() else word


def terms(text: str) -> list[str]:
    """The stems of a text in order, without small words; a word with a hyphen gives its parts."""
    return [stem(word) for word in words(text) if word not in SMALL_WORDS]
