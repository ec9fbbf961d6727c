"""Binding: whether words hold a value of the kind asked for, of the period and the names asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, takewhile

from assistant.coverage import held_of, importance
from assistant.dating import is_of_period
from assistant.evidence import numbers_in
from assistant.figures import values_in
from assistant.index import Index
from assistant.lexical import Lexical
from assistant.papers import Kind, PaperRecord
from assistant.passages import Passage, cell_spans
from assistant.questions import Question
from assistant.synonyms import ALIKE, EXCLUSIVE, OPPOSED
from assistant.terms import SMALL_WORDS, stem, terms
from assistant.traits import ANSWERS, Asked, Traits

_PERCENT = re.compile(r"%|\bper ?cent|\bpercentage|\bproportion|\brate\b|\bshare\b", re.I)
_COUNTED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|both|none|no|"
    r"every|all|once|twice|third|quarter|majority|weekly|monthly|annual(?:ly)?|daily)\b",
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
    r"|\b(?:(?:improv|increas|decreas|reduc|grow|dropp)\w*|rose|risen|f[ae]ll\w*|up|down"
    r"|(?:gap|difference|increase|decrease|reduction|rise|fall|drop|improvement|change|uplift"
    rf"|growth) of)(?: by)?(?: (?:around|about|nearly|almost|over|some|only|just))? {_AMOUNT}",
    re.I,
)
_ASKS_APART = re.compile(
    r"\b(?:gap|differ\w*|compar\w*|increas\w*|decreas\w*|chang\w*|below|above|higher|lower|more"
    r"|less|fewer|better than|worse|ris\w+|rose|fall\w*|fell|drop\w*|up|down|improv\w*|grow\w*"
    r"|cut\w*|reduc\w*|far|ahead|behind|than|rais\w*|uplift\w*|mov\w*|over|under|\w+spen[dt]\w*"
    r"|sav\w*|add\w*|extra|further|shift\w*|variance|against|vs|versus|shrink\w*|shrunk)\b",
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
# A question that somebody put, and words of one that may ask for it
_PUT = re.compile(r"\?\W*$|^\W*(?:\(?[a-z0-9]\)\s*)?I will ask\b", re.I)
_ASKS_PUT = re.compile(
    r"\b(?:ask\w*|question\w*|quer(?:y|ied|ies)|rais\w+|want\w*|seek\w*|sought|[ei]nquir\w*"
    r"|motion|reque\w+|mov\w+)\b",
    re.I,
)
# Words between a number and what it counts, at most.
BESIDE = 8
# Less than this share of a question's names and of its other terms is another matter.
LEAST_NAMES = 0.6
LEAST_MATTER = 0.33
# So much of its names and other terms together is its matter, though of the others little is held.
LEAST_WHOLE = 0.5
LEAST_KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Binding:
    """What of a question the words around a span are bound to."""

    value: bool  # they hold a value of the kind asked for
    period: bool  # they are of a period that was asked for, or none was
    names: float  # the share of the question's names that they hold; 1 where it has none
    matter: float  # the share of the other terms that were typed, weighed by their rarity
    whole: float  # the share of those and the names together, where that of `matter` is small
    opposed: bool  # they are of the opposite of what was asked: of girls where boys were

    @property
    def holds(self) -> bool:
        """Whether the span can answer the question as it was asked."""
        told = self.matter >= LEAST_MATTER or self.whole >= LEAST_WHOLE
        about = self.names >= LEAST_NAMES and told
        return self.value and self.period and about and not self.opposed


def bind(
    question: Question,
    text: str,
    passage: Passage,
    traits: Traits,
    index: Index,
    around: Set[str] = frozenset(),
) -> Binding:
    """How words of a passage are bound to what a question asks.

    `around` are the terms of the passages that it stands among: a name may be said once, and what
    is said of it in the sentences after.
    """
    held = traits.beside.union(traits.terms, record_terms(index.store.records[passage.paper]))
    # What stands in no paper at all cannot be the matter of any.
    spoken_of = question.known >= LEAST_KNOWN
    matter = share_held(question, question.matter, held, index) if spoken_of else 0.0
    # A question that leans on the turns before has few words of its own to be held to.
    matter = 1.0 if question.leans else matter
    whole = matter
    if matter < LEAST_MATTER and spoken_of:
        whole = share_held(question, question.matter | question.names, held | around, index)
    return Binding(
        value=holds_value(question, text, passage),
        period=is_of_period(question, passage, traits, index.store.records[passage.paper]),
        names=share_held(question, question.names, held | around, index),
        matter=matter,
        whole=whole,
        opposed=is_opposed(question, text, held)
        or is_of_another(question.text, text, passage, held),
    )


def is_put(text: str) -> bool:
    """Whether words are a question that somebody put, as residents and members do in minutes."""
    return bool(_PUT.search(text))


def is_opposed(question: Question, text: str, held: Set[str]) -> bool:
    """Whether words speak of the opposite of a term of the question, and nothing of the term."""
    others = {OPPOSED[t] for t in question.own if t in OPPOSED and t not in held} - question.own
    return bool(others) and not others.isdisjoint(terms(text))


def is_of_another(question: str, text: str, passage: Passage, held: Set[str]) -> bool:
    """Whether words, or what stands above them, tell of another of things that exclude each other.

    What is said of maths is no answer to what is asked of writing; where both are told, either is.
    `held` are the terms of the passage and of all that stands beside it.
    """
    # Phrases are sought only where all their words are held: few passages hold those of any.
    apart = [
        (own, [phrase for phrase in others if set(phrase.split()) <= held])
        for own, others in _asked_alone(question)
    ]
    if not any(others for _, others in apart):
        return False
    near = _joined((text, passage.lead, passage.caption, *passage.heads, *passage.trail[-1:]))
    said = _joined((passage.text, passage.title, *passage.cells, *passage.trail)) + near
    return any(
        not any(phrase in said for phrase in own) and any(phrase in near for phrase in others)
        for own, others in apart
    )


@lru_cache(maxsize=1024)
def _asked_alone(question: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Of each of `EXCLUSIVE` of which a question names one thing: its phrases, and the others'."""
    said = _joined((question,))
    found = []
    for kinds in EXCLUSIVE:
        named = [own for own in kinds if any(phrase in said for phrase in own)]
        if len(named) == 1:
            others = tuple(phrase for own in kinds if own != named[0] for phrase in own)
            found.append((named[0], others))
    return tuple(found)


@lru_cache(maxsize=20_000)
def _joined(texts: tuple[str, ...]) -> str:
    """The terms of texts between spaces, so that a phrase is found whole."""
    return "".join(f" {' '.join(terms(text))} " for text in texts)


def counts_asked(question: Question, text: str) -> float:
    """1 where a number stands beside what the question counts, 0 where none does; else a half."""
    noun = _counted(question.text) if question.asked is Asked.COUNT else ""
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


@lru_cache(maxsize=4096)
def record_terms(record: PaperRecord) -> frozenset[str]:
    """The terms of what a paper says of itself."""
    return frozenset(terms(f"{record.title} {record.council} {record.committee} {record.path}"))


def holds_value(question: Question, text: str, passage: Passage) -> bool:
    """Whether words hold a value of the kind asked for; true where any words may answer.

    A number that the question itself names is no answer to it, nor is a question that was put.
    """
    asked = question.asked
    if is_put(text) and not _ASKS_PUT.search(question.text):
        return False
    text = _measuring(question, without_pages(text, passage))
    if _VOTING.search(question.text):
        return bool(_VOTED.search(text))
    if asked is Asked.PERCENTAGE:
        if _SHARE.search(text):
            return True
        above = [text, *passage.heads, passage.caption, *passage.trail[-2:]]
        return bool(_PERCENT.search("\n".join(above))) and _has_new_value(question, text)
    if asked is Asked.MONEY:
        fits = passage.kind is Kind.TABLE_ROW or bool(ANSWERS[asked].search(text))
        return fits and _has_new_value(question, text)
    if asked in (Asked.COUNT, Asked.RANK):
        # A number in words is no count but beside what is counted: "one" and "all" stand anywhere.
        spelt = bool(_COUNTED.search(text)) and counts_asked(question, text) > 0
        return spelt or _has_new_value(question, text)
    if asked in (Asked.DATE, Asked.PERSON, Asked.RISK):
        return bool(ANSWERS[asked].search(text))
    return not question.wants_figure or _has_new_value(question, text)


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
        text = _APART.sub(" ", text)
    if asked is Asked.COUNT and _HOW_MANY.search(question.text):
        text = _SHARES.sub(" ", text)
        if _counted(question.text) not in _OF_TIME:
            text = _TIMES.sub(" ", text)
    return text


@lru_cache(maxsize=1024)
def _asks_apart(question: str) -> bool:
    """Whether a question may ask how far apart two values are; "5 or more" does not."""
    return bool(_ASKS_APART.search(_OR_MORE.sub("", question)))


def without_pages(text: str, passage: Passage) -> str:
    """A row of a table of contents without its numbers of pages, which measure nothing."""
    if text != passage.text or not any(_PAGES.match(head) for head in passage.heads):
        return text
    cells = cell_spans(passage)
    return " ".join(text[start:end] for start, end, head in cells if not _PAGES.match(head))


def _has_new_value(question: Question, text: str) -> bool:
    known = _numbers_of(question.text)
    return any(not known.issuperset(numbers_in(value)) for value in values_in(text))


@lru_cache(maxsize=1024)
def _numbers_of(question: str) -> frozenset[str]:
    return frozenset(numbers_in(question))


@lru_cache(maxsize=16)
def _weights(wanted: frozenset[str], vocabulary: Lexical) -> Mapping[str, float]:
    """What terms weigh, once for all spans of a question."""
    return importance(wanted, vocabulary)


def share_held(question: Question, wanted: frozenset[str], held: Set[str], index: Index) -> float:
    """The share of the wanted terms that are held, themselves or by what stands for them."""
    weights = _weights(wanted, index.words)
    total = sum(weights.values())
    if not total:
        return 1.0
    found = held_of(wanted, held, question.alternates)
    return sum(value for term, value in weights.items() if term in found) / total
