"""Readings: the other ways to take a question that names no group, area, period or paper.

Where the papers hold another figure for another of them, the question that asks for it is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.evidence import Evidence
from assistant.figures import figures_in
from assistant.passages import Passage
from assistant.periods import Periods, months_in
from assistant.questions import Question
from assistant.reader import Scored
from assistant.rephrase import changed
from assistant.terms import stem, terms
from assistant.text import words
from assistant.traits import Asked
from assistant.understood import ALTERNATIVES, Part, pieces

# Kinds of question whose answer is one figure.
FIGURED = (Asked.PERCENTAGE, Asked.MONEY, Asked.COUNT, Asked.RANK, Asked.FACT)
# What reads nearly as well as the words shown may be what was meant.
NEARLY = 2.5
# Words of a question that say what kind of figure it asks for, and not of what.
_OF_KIND = frozenset(
    terms("percentage percent proportion share rate figure number total overall amount level cost")
)
# Two that read this nearly alike are both offered: nothing favours one.
ALIKE = 0.05
MOST = 3


def readings(question: Question, spans: Sequence[Scored]) -> tuple[str, ...]:
    """The questions that would give another figure than the best of the spans, the likeliest first.

    The first is that of the figure shown where another reads as well.
    """
    if not spans or question.asked not in FIGURED or not _figures(spans[0]):
        return ()
    best = spans[0]
    found: dict[str, None] = {}
    for other in spans[1:]:
        if best.score - other.score > NEARLY or len(found) >= MOST:
            break
        for part, shown, meant in _parted(question, best, other):
            if best.score - other.score < ALIKE:
                found.setdefault(_asked(question, part, shown))
            found.setdefault(_asked(question, part, meant))
    return tuple(one for one in found if one)[:MOST]


def _asked(question: Question, part: Part, said: str) -> str:
    if not question.understood or not said:
        return ""
    return changed(question.text, question.understood, {part: said}, question.asked)


def _parted(question: Question, best: Scored, other: Scored) -> Iterator[tuple[Part, str, str]]:
    """What parts two spans of one matter with different figures: how each says it."""
    ours, theirs = _figures(best), _figures(other)
    if theirs <= ours or not _held(question, best) <= _held(question, other):
        return
    group = _groups(question, _around(best), _around(other))
    if group:
        yield Part.GROUP, *group
        return
    area = _area(question, best, other)
    if area:
        yield Part.AREA, *area
        return
    period = _period(question, best, other)
    if period:
        yield period


def _figures(scored: Scored) -> frozenset[float]:
    span = scored.span
    evidence = Evidence(span.passage, span.start, span.end)
    return frozenset(one.value for one in figures_in(evidence, ((span.start, span.end),)))


def _held(question: Question, scored: Scored) -> frozenset[str]:
    """The terms of the question that words hold, or what rides beside them."""
    return (question.own - _OF_KIND) & scored.span.traits.beside.union(terms(scored.span.text))


def _around(scored: Scored) -> str:
    """The words of a span and right above it."""
    passage = scored.span.passage
    label = passage.cells[0] if passage.cells else ""
    return " ".join([scored.span.text, label, passage.caption, *passage.trail[-2:]])


def _groups(question: Question, ours: str, theirs: str) -> tuple[str, str] | None:
    """Two words that exclude each other, the one said here and the other there, neither asked."""
    here, there = _surfaces(ours), _surfaces(theirs)
    for one, word in here.items():
        others = (ALTERNATIVES.get(one, frozenset()) & there.keys()) - here.keys()
        if one not in there and not (others | {one}) & question.weights.keys() and others:
            return word, there[min(others)]
    return None


def _surfaces(text: str) -> dict[str, str]:
    return {stem(word): word for word in words(text) if stem(word) in ALTERNATIVES}


def _area(question: Question, best: Scored, other: Scored) -> tuple[str, str] | None:
    """The areas of two rows of one table, where the question names none."""
    ours, theirs = best.span.passage, other.span.passage
    if not ours.table or (ours.paper, ours.table) != (theirs.paper, theirs.table):
        return None
    asked = question.understood and question.understood.area
    labels = [next(iter(one.cells), "") for one in (ours, theirs)]
    if asked or question.names or not _is_area(labels[1]) or labels[0] == labels[1]:
        return None
    return labels[0], labels[1]


def _is_area(label: str) -> bool:
    """Whether a row's label is nothing but one of the areas that a council is set against."""
    return any(piece.part is Part.AREA and piece.text == label for piece in pieces(label))


def _period(question: Question, best: Scored, other: Scored) -> tuple[Part, str, str] | None:
    """The periods of two figures, or the papers where those do not part them."""
    if question.years or question.months or question.quarters:
        return None
    ours, theirs = _only(_periods(best)), _only(_periods(other))
    if ours and theirs and ours != theirs:
        return Part.PERIOD, ours, theirs
    papers = [_paper(one.span.passage) for one in (best, other)]
    if ours == theirs and all(papers) and papers[0] != papers[1]:
        return Part.PAPER, papers[0], papers[1]
    return None


def _periods(scored: Scored) -> set[str]:
    span = scored.span
    evidence = Evidence(span.passage, span.start, span.end)
    return {one.period for one in figures_in(evidence, ((span.start, span.end),))}


def _only(said: Iterable[str]) -> str:
    one = list(said)
    return one[0] if len(one) == 1 else ""


def _paper(passage: Passage) -> str:
    """A paper by its month, as a question may name it: "October 2024 report"; "" without one."""
    day = passage.meeting_date
    months = {f"{day:%Y-%m}"} if day else months_in(passage.title)
    if len(months) != 1:
        return ""
    kind = passage.type if passage.type in ("minutes", "supplement") else "report"
    return f"{Periods(months=frozenset(months)).said[0]} {kind}"
