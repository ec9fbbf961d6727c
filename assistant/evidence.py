"""Evidence: spans of passages, so that a quotation can only be the paper's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.lexical import Lexical
from assistant.papers import Kind
from assistant.passages import Passage
from assistant.periods import years_in
from assistant.questions import Question
from assistant.terms import terms
from assistant.text import sentences
from assistant.traits import ANSWERS, Asked

# Words of the papers shown for one question, at most; a list or a decision may take LONG_WORDS.
SHORT_WORDS = 62
LONG_WORDS = 180
# A passage of at most this many words is quoted whole: nobody cites half a paragraph.
WHOLE_WORDS = 110
# A second sentence joins the first where it scores at least this share of it.
ALSO = 0.55


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of one passage, from `start` to `end`."""

    passage: Passage
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.passage.text):
            raise ValueError(f"no words from {self.start} to {self.end} of the passage")

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.passage.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """The PDF page on which they begin."""
        return self.passage.place_at(self.start).page


@dataclass(frozen=True, slots=True)
class Chosen:
    """The spans of one passage that are shown, within the evidence that is quoted beside them."""

    evidence: Evidence
    shown: tuple[tuple[int, int], ...]
    score: float  # of the best span, by `span_score`


def choose(question: Question, passage: Passage, vocabulary: Lexical, room: int) -> Chosen:
    """What of a passage answers the question, in at most `room` words where it can be cut."""
    spans = _spans(passage)
    scores = [span_score(question, passage, span, vocabulary) for span in spans]
    best = max(range(len(spans)), key=lambda at: (scores[at], -at))
    if _comes_whole(question, passage, room):
        picked = list(range(len(spans)))
    else:
        picked = _pick(spans, scores, best, passage.text, room)
    shown = tuple(spans[at] for at in picked)
    start, end = shown[0][0], shown[-1][1]
    if len(passage.text.split()) <= WHOLE_WORDS or passage.kind is Kind.TABLE_ROW:
        start, end = 0, len(passage.text)
    return Chosen(Evidence(passage, start, end), shown, scores[best])


def _spans(passage: Passage) -> list[tuple[int, int]]:
    if passage.kind is Kind.TABLE_ROW and len(passage.text.split()) <= SHORT_WORDS:
        return [(0, len(passage.text))]
    return sentences(passage.text) or [(0, len(passage.text))]


def _comes_whole(question: Question, passage: Passage, room: int) -> bool:
    """Lists, decisions and recommendations are never cut where they fit."""
    words = len(passage.text.split())
    if words <= room:
        return True
    whole = question.asked in (Asked.LIST, Asked.DECISION, Asked.RECOMMENDATION)
    return whole and "\n" in passage.text and words <= LONG_WORDS


def _pick(
    spans: Sequence[tuple[int, int]], scores: Sequence[float], best: int, text: str, room: int
) -> list[int]:
    """The best span and its best fellows that fit the room, in reading order."""
    picked = [best]
    left = room - _words(text, spans[best])
    # What stands next to the best sentence explains it, so of two alike the nearer one joins.
    order = sorted(
        (at for at in range(len(spans)) if at != best),
        key=lambda at: (-scores[at], abs(at - best)),
    )
    for at in order:
        near = abs(at - best) == 1
        if scores[at] < ALSO * scores[best] and not near:
            continue
        if _words(text, spans[at]) <= left:
            picked.append(at)
            left -= _words(text, spans[at])
    return sorted(picked)


def _words(text: str, span: tuple[int, int]) -> int:
    return len(text[span[0] : span[1]].split())


def span_score(
    question: Question, passage: Passage, span: tuple[int, int], vocabulary: Lexical
) -> float:
    """How well a span answers: rare terms it shares, the kind of thing asked, the period."""
    text = passage.text[span[0] : span[1]]
    held = set(terms(text))
    score = sum(
        weight * vocabulary.rarity(term)
        for term, weight in question.weights.items()
        if term in held
    )
    needs = ANSWERS.get(question.asked)
    if needs is not None and needs.search(text):
        score += 3.0
    if question.years:
        score += 2.0 * len(question.years & years_in(text))
    # A bare heading or a stub of a sentence answers nothing.
    return score if len(held) > 2 or passage.kind is Kind.TABLE_ROW else 0.3 * score


_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)*")


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, spelt one way: "1,455.60" gives "1455.6", "03" gives "3"."""
    return [_spell(match.group()) for match in _NUMBER.finditer(text)]


def _spell(number: str) -> str:
    plain = number.replace(",", "")
    if plain.count(".") > 1:
        return plain
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.lstrip("0") or "0" if not plain.startswith("0.") else plain


def missing_numbers(text: str, evidence: Sequence[Evidence]) -> list[str]:
    """The numbers of a text that stand neither in the evidence nor in the headings above it."""
    held: set[str] = set()
    for one in evidence:
        held.update(numbers_in(one.text))
        held.update(numbers_in(one.passage.heading))
    return [number for number in numbers_in(text) if number not in held]


def best_terms(weights: Mapping[str, float], vocabulary: Lexical) -> list[str]:
    """The terms of a question, rarest first."""
    return sorted(weights, key=lambda term: -vocabulary.rarity(term) * weights[term])
