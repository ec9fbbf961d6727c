"""Premises: what a question takes for granted, where the papers say otherwise."""

from __future__ import annotations

import re

from assistant.answers import Answer
from assistant.figures import values_in
from assistant.index import Index
from assistant.questions import Question
from assistant.terms import stem, terms
from assistant.traits import Asked

NO_SUCH_FIGURE = "The figure in the question stands in no paper here. The papers say:"
OTHERWISE = "The papers say otherwise:"
# Kinds of question that take a change for granted, and do not ask whether there was one.
_GRANTED = (Asked.REASON, Asked.COUNT, Asked.PERCENTAGE, Asked.MONEY, Asked.DATE, Asked.PERSON)
_RISES = """
rise rose risen rising increase increased growth grew grown growing climb climbed improve improved
improvement
"""
_FALLS = """
fall fell fallen falling decrease decreased decline declined drop dropped reduce reduced reduction
worsen worsened deteriorate deteriorated
"""
_UP = frozenset(stem(word) for word in _RISES.split())
_DOWN = frozenset(stem(word) for word in _FALLS.split())
# The share of a question's other words that cited words hold where they speak of its matter.
LEAST_HELD = 0.6
_MEASURED = re.compile(r"[£€%.,]|\d\s?(?:m|k|bn|million|billion|per ?cent)\b", re.I)


def corrected(answer: Answer, question: Question, index: Index) -> str:
    """What is said before an answer that corrects its question, or ""."""
    if _has_unknown_figure(question, answer, index):
        return NO_SUCH_FIGURE
    return OTHERWISE if _is_contrary(question, answer) else ""


def _has_unknown_figure(question: Question, answer: Answer, index: Index) -> bool:
    """Whether the question tells an amount that no passage holds, and the answer another one."""
    told = [value for value in values_in(question.text) if _MEASURED.search(value)]
    if not told or not answer.figures:
        return False
    known = index.words.counts
    return not any(term in known for value in told for term in terms(value))


def _is_contrary(question: Question, answer: Answer) -> bool:
    """Whether a question takes a rise for granted and the first cited words tell of a fall."""
    if question.asked not in _GRANTED:
        return False
    asked, said = _directions(set(question.own)), _directions(set(_first_terms(answer)))
    if len(asked) != 1 or len(said) != 1 or asked == said:
        return False
    others = question.own - _UP - _DOWN
    held = others.intersection(_first_terms(answer))
    return len(held) >= LEAST_HELD * len(others)


def _first_terms(answer: Answer) -> list[str]:
    evidence = answer.citations[0].evidence
    return terms(f"{evidence.text} {evidence.passage.heading}")


def _directions(held: set[str]) -> set[str]:
    return {name for name, one in (("up", _UP), ("down", _DOWN)) if held & one}
