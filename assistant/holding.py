"""Holding: whether words hold a value of the kind that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import dropwhile, takewhile

from assistant.evidence import numbers_in
from assistant.figures import each_value
from assistant.papers import Kind
from assistant.passages import Passage, cell_spans
from assistant.questions import Question
from assistant.synonyms import ALIKE
from assistant.terms import SMALL_WORDS, stem
from assistant.traits import ANSWERS, Asked

_PERCENT = re.compile(r"%|\bper ?cent|\bpercentage|\bproportion|\brate\b|\bshare\b", re.I)
_COUNTED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|both|none|no|"
    r"every|all|once|twice|third|quarter|majority|weekly|monthly|annual(?:ly)?|daily)\b",
    re.I,
)
# Numbers in words that are too large to stand for anything but a count
_LARGE = re.compile(
    r"\b(?:(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b",
    re.I,
)
_SHARE = re.compile(r"\d\s?%|\d per ?cent\b|\b(?:half|third|quarter)\b|\bin (?:ten|\d+)\b", re.I)
_SHARES = re.compile(
    r"[£€]\s?\d[\d,.]*(?:\s?(?:m|k|bn|million|billion)\b)?|\d[\d,.]*\s?(?:%|per ?cent\b)"
)
_TIMES = re.compile(r"\b\d[\d,.]*[ -](?:minute|hour|day|week|month|year)s?\b", re.I)
_HOW_MANY = re.compile(r"\bhow many\b", re.I)
# A value that tells how far apart two others are, and words of a question that may ask for one
_AMOUNT = (
    r"(?:£\s?)?\d[\d,.]*\s?(?:%|per ?cent\b|percentage points?|pp\b|m\b|bn\b|k\b|million|billion)*"
)
_APART = re.compile(
    rf"{_AMOUNT} (?:points? )?(?:below|above|lower|higher|more|less|fewer|better|worse|ahead|behind"
    r"|increase|decrease|reduction|rise|fall|drop|uplift|improvement)\b"
    r"|\b(?:bottom|top|lowest|highest|worst|best) \d+ ?(?:%|per ?cent\b)"
    r"|\b(?:(?:improv|increas|decreas|reduc|grow|dropp)\w*|rose|risen|f[ae]ll\w*|up|down"
    r"|(?:gap|difference|increase|decrease|reduction|rise|fall|drop|improvement|change|uplift"
    rf"|growth) of)(?: by)?(?: (?:around|about|nearly|almost|over|some|only|just))? {_AMOUNT}",
    re.I,
)
_ASKS_APART = re.compile(
    r"\b(?:gap|differ\w*|compar\w*|increas\w*|decreas\w*|chang\w*|below|above|higher|lower|more"
    r"|less|fewer|better than|worse|ris\w+|rose|fall\w*|fell|drop\w*|up|down|improv\w*|grow\w*"
    r"|cut\w*|reduc\w*|far|ahead|behind|than|rais\w*|uplift\w*|mov\w*|over|under|top|bottom"
    r"|lowest|highest|worst|best|quintile|\w+spen[dt]\w*|sav\w*|los[et]\w*|gain\w*|add\w*|extra"
    r"|further|shift\w*|variance|against|vs|versus|shrink\w*|shrunk)\b",
    re.I,
)
_DIGIT = re.compile(r"\d")
_OR_MORE = re.compile(
    r"\b(?:or|and) (?:above|over|more|higher|below|under|fewer|less|lower)\b", re.I
)
_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAGES = re.compile(r"pages?\b(?: (?:no|number)s?\.?)?$", re.I)
_OF_TIME = frozenset(stem(unit) for unit in ("year", "month", "week", "day", "hour", "minute"))
# A vote that is asked for, and words that tell of one
_VOTING = re.compile(r"\bhow (?:did|was|were|do)\b.*\bvoted?\b|\bvoted (?:for|against)\b", re.I)
_VOTED = re.compile(r"\bvoted\b|\bvotes?\b|\bunanim|\babst[ae]|\bcarried\b", re.I)
# Bodies that a question may mean by "who", but where it asks for the holder of a post
_BODY = re.compile(
    r"\b[A-Z]{2,}[a-z]* [A-Z][a-z]+|\bSecretary of State\b"
    r"|\b(?:council|authorit|compan|contractor|owner|landlord|parent|resident|school|tenant)"
    r"(?:s|y|ies)?\b|\b(?i:police|government|developer)s?\b"
)
_ASKS_POST = re.compile(
    r"\bwho(?:[’']s| is| was| are| were) (?:the|our|your|in|on|chair)"
    r"|\b(?:chair\w*|councillors?|cllrs?|officers?|directors?|members?|lead\w*|head|propos\w+"
    r"|second\w+|mov\w+|contact|name)\b",
    re.I,
)
# A question that somebody put, and words of one that may ask for it
_PUT = re.compile(r"\?\W*$|^\W*(?:\(?[a-z0-9]\)\s*)?I will ask\b", re.I)
_ASKS_PUT = re.compile(
    r"\b(?:ask\w*|question\w*|quer(?:y|ied|ies)|rais\w+|want\w*|seek\w*|sought|[ei]nquir\w*"
    r"|motion|reque\w+|mov\w+)\b",
    re.I,
)
# A line of a front sheet that says when a paper is of, and words that may ask for it
_DATES_PAPER = re.compile(
    r"^\W*(?:(?:date of (?:the )?)?(?:meeting|publication|report)(?: date)?|date)\b\W*"
    r"(?:\w+day,?\s)?\d{1,2}(?:st|nd|rd|th)?[\s/.-]\w+[\s/.-]\d{2,4}\W*$",
    re.I,
)
_ASKS_DATE = re.compile(r"\b(?:when|what day|which day|dates?|dated|month|year|day|latest)\b", re.I)
# An address that is asked for, and words that hold one
_ASKS_ADDRESS = re.compile(
    r"\b(?:home|private|postal|street|e-?mail|correspondence) address(?:es)?\b"
    r"|[’']s address\b|\bwhat(?:[’']s| is| was| are)? the address",
    re.I,
)
_ADDRESS = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\w@\w|\b\d+[a-z]? (?:[A-Z][\w’'-]+ ){1,3}"
    r"(?:Road|Street|Lane|Avenue|Close|Drive|Way|Place|Square)\b"
)
# What is asked for in such words is told by such words alone.
_TOLD_BY = ((_VOTING, _VOTED), (_ASKS_ADDRESS, _ADDRESS))
# Words between a number and what it counts, at most.
BESIDE = 8


def holds_value(question: Question, text: str, passage: Passage) -> bool:
    """Whether words hold a value of the kind asked for; true where any words may answer.

    A number that the question itself names is no answer to it, nor is a question that was put or
    a line that only dates the paper.
    """
    asked = question.asked
    if _tells_nothing(question.text, text):
        return False
    text = _measuring(question, without_pages(text, passage))
    if only := _told_by(question.text):
        return bool(only.search(text))
    if asked is Asked.PERCENTAGE:
        if _SHARE.search(text):
            return True
        above = (text, *passage.heads, passage.caption, *passage.trail[-2:])
        return any(map(_PERCENT.search, above)) and _has_new_value(question, text)
    if asked is Asked.MONEY:
        fits = passage.kind is Kind.TABLE_ROW or bool(ANSWERS[asked].search(text))
        return fits and _has_new_value(question, text)
    if asked in (Asked.COUNT, Asked.RANK):
        return _has_new_value(question, text) or _is_counted(question, text)
    if asked in (Asked.DATE, Asked.PERSON, Asked.RISK):
        return bool(ANSWERS[asked].search(text)) or _names_body(question, text)
    return not question.wants_figure or _has_new_value(question, text)


def _tells_nothing(question: str, text: str) -> bool:
    """Whether words are a question that was put, or date a paper, and neither is asked for."""
    if is_put(text):
        return not _ASKS_PUT.search(question)
    return bool(_DATES_PAPER.match(text)) and not _ASKS_DATE.search(question)


@lru_cache(maxsize=1024)
def _told_by(question: str) -> re.Pattern[str] | None:
    return next((tells for asks, tells in _TOLD_BY if asks.search(question)), None)


def _is_counted(question: Question, text: str) -> bool:
    """Whether words hold a number in words, beside what is counted: "one" and "all" stand anywhere.

    Large numbers count wherever they stand.
    """
    beside = bool(_COUNTED.search(text)) and counts_asked(question, text) > 0
    return beside or bool(_LARGE.search(text))


def _names_body(question: Question, text: str) -> bool:
    """Whether words name a firm, a council or the like, and the question may ask for one."""
    may = question.asked is Asked.PERSON and not _ASKS_POST.search(question.text)
    return may and bool(_BODY.search(text))


def _measuring(question: Question, text: str) -> str:
    """A text without the values that measure something else than is asked for.

    Of "3% below national" the number is no answer to what asks for no difference, and "how many"
    asks for no percentage, no sum of money and no stretch of time.
    """
    asked = question.asked
    counted = asked in (Asked.PERCENTAGE, Asked.MONEY, Asked.COUNT) or question.wants_figure
    if not counted or not _DIGIT.search(text):
        return text
    if not _asks_apart(question.text):
        text = _with_none_apart(text)
    if asked is Asked.COUNT and _HOW_MANY.search(question.text):
        text = _SHARES.sub(" ", text)
        if _counted(question.text) not in _OF_TIME:
            text = _TIMES.sub(" ", text)
    return text


@lru_cache(maxsize=1024)
def _asks_apart(question: str) -> bool:
    """Whether a question may ask how far apart two values are; "5 or more" does not."""
    return bool(_ASKS_APART.search(_OR_MORE.sub("", question)))


@lru_cache(maxsize=20_000)
def _with_none_apart(text: str) -> str:
    # Most passages come again with other questions.
    return _APART.sub(" ", text)


def without_pages(text: str, passage: Passage) -> str:
    """A row of a table of contents without its numbers of pages, which measure nothing."""
    if text != passage.text or not any(_PAGES.match(head) for head in passage.heads):
        return text
    cells = cell_spans(passage)
    return " ".join(text[start:end] for start, end, head in cells if not _PAGES.match(head))


def _has_new_value(question: Question, text: str) -> bool:
    known = _numbers_of(question.text)
    return any(not known.issuperset(numbers_in(value)) for value in each_value(text))


@lru_cache(maxsize=1024)
def _numbers_of(question: str) -> frozenset[str]:
    return frozenset(numbers_in(question))


def is_put(text: str) -> bool:
    """Whether words are a question that somebody put, as residents and members do in minutes."""
    return bool(_PUT.search(text))


def counts_asked(question: Question, text: str) -> float:
    """1 where a number stands beside what the question counts, 0 where none does; else a half."""
    noun = _counted(question.text) if question.asked is Asked.COUNT else ""
    noun = {stem(typed): stem(read) for typed, read in question.corrections}.get(noun, noun)
    if not noun:
        return 0.5
    wanted = {noun, *ALIKE.get(noun, ())}
    stems = [stem(word.lower()) for word in _WORD.findall(text)]
    near = (stems[max(0, at - BESIDE) : at + BESIDE + 1] for at in _numbers_at(text, stems, noun))
    return float(any(not wanted.isdisjoint(window) for window in near))


def _numbers_at(text: str, stems: list[str], noun: str) -> Iterator[int]:
    """Where numbers stand among the words that may count the noun.

    "Over the last five years" counts years, and nothing else.
    """
    for at, word in enumerate(_WORD.findall(text)):
        number = (word[0].isdigit() and not _YEAR.fullmatch(word)) or _COUNTED.fullmatch(word)
        of_time = at + 1 < len(stems) and stems[at + 1] in _OF_TIME
        if number and (not of_time or noun in _OF_TIME):
            yield at


@lru_cache(maxsize=1024)
def _counted(question: str) -> str:
    """The stem of what a question counts: of "how many young carers were ..." that of "carers"."""
    asked = re.search(r"\b(?:how many|number of)\s+(.*)", question.lower())
    words = _WORD.findall(asked[1]) if asked else []
    counted = list(takewhile(_is_large, dropwhile(lambda word: not _is_large(word), words)))
    return stem(counted[:4][-1]) if counted else ""


def _is_large(word: str) -> bool:
    return word not in SMALL_WORDS
