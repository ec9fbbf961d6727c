"""Sides: of a table's rows, those that tell one measure of the bodies a question sets apart.

"How does Dorset compare with England?" is answered by two rows, of which one names neither the
other nor the measure: the council's own and the benchmark's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.figures import values_in
from assistant.index import Index
from assistant.papers import Kind
from assistant.passages import Passage
from assistant.questions import Question
from assistant.reader import Scored
from assistant.synonyms import ALIKE, OPPOSED
from assistant.terms import terms
from assistant.traits import Asked
from assistant.understood import comparators_in

OWN = "own"
# Words of a label that tell of the council itself, where it is not named
_OURSELVES = re.compile(r"(?:la|local authority|(?:the )?(?:county )?council|county)\b", re.I)
# What a council's name holds beside the place
_OF_COUNCILS = frozenset(
    terms("county district borough city town metropolitan unitary parish council of the and")
)
# Words that set one body against another
_AGAINST = re.compile(
    r"\b(?:against|compar\w+|versus|vs|than|above|below|here|our|we|us|both|gap|differ\w*)\b", re.I
)
# Terms of a label within which its body is named: "COMPARATOR - Benchmark (England) ..."
_FIRST = 5
# A row that names a compared body and reads this near to the best is what was asked for.
NEAR_SIDE = 1.0


def compared(question: Question) -> frozenset[str]:
    """The bodies that a question sets against the council, as terms; empty where it sets none."""
    bodies = frozenset(term for name in comparators_in(question.text) for term in terms(name))
    sets = question.asked is Asked.COMPARISON or bool(_AGAINST.search(question.text))
    return bodies if sets else frozenset()


def sides_first(
    question: Question, spans: Sequence[Scored], index: Index
) -> tuple[Sequence[Scored], list[Passage]]:
    """The spans, of those that read nearly as well as the best those first that hold a value of
    a compared body; and the rows that tell the first one's measure of the other bodies.

    A row whose other side is of the opposite of what was asked, of women where men were, is of it
    too.
    """
    bodies = compared(question)
    if not bodies:
        return spans, []
    near = [one for one in spans if spans[0].score - one.score <= NEAR_SIDE]
    sides = {id(one): other_sides(one.span.passage, bodies, index) for one in near}
    near.sort(
        key=lambda one: (
            not _tells(one.span.text, bodies),
            any(_is_of_others(question, row.text) for row in sides[id(one)]),
            -_held(question, one) if question.leans else 0.0,
        )
    )
    return [*near, *spans[len(near) :]], sides[id(near[0])]


def other_sides(best: Passage, bodies: frozenset[str], index: Index) -> list[Passage]:
    """The rows of a row's table that tell its measure of the other bodies, one for each.

    Where a table takes the bodies in turn, for one measure after the other, those of its turn.
    """
    own = own_names(index.store.records[best.paper].council)
    here = _side(best, bodies, own) if best.kind is Kind.TABLE_ROW and best.cells else ""
    if not here:
        return []
    rows = [
        (row, side)
        for row in index.store.table(best.paper, best.table)
        if (side := _side(row, bodies, own)) and values_in(row.text) and row.heads == best.heads
    ]
    found: dict[str, Passage] = {}
    for row, side in _turn(rows, best):
        if side != here:
            found.setdefault(side, row)
    return list(found.values())


def _turn(rows: list[tuple[Passage, str]], best: Passage) -> list[tuple[Passage, str]]:
    """The rows of the turn that the best row is in; a turn begins with the body told of first."""
    turn: list[tuple[Passage, str]] = []
    for row, side in rows:
        if side == rows[0][1]:
            if any(one.key == best.key for one, _ in turn):
                break
            turn = []
        turn.append((row, side))
    return turn


def own_names(council: str) -> frozenset[str]:
    """The terms by which papers call a council's own area: of Dorset County Council, "dorset"."""
    return frozenset(terms(council)) - _OF_COUNCILS


def _side(row: Passage, bodies: frozenset[str], own: frozenset[str]) -> str:
    """Which of the bodies a row's label tells of: one of `bodies`, OWN, or ""."""
    label = next(iter(row.cells), "")
    first = terms(label)[:_FIRST]
    for term in first:
        if any(term == body or term in ALIKE.get(body, ()) for body in bodies):
            return next(body for body in bodies if term == body or term in ALIKE.get(body, ()))
    return OWN if _OURSELVES.match(label) or (own and own.intersection(first[:2])) else ""


def _tells(text: str, bodies: frozenset[str]) -> bool:
    """Whether words hold a value and name one of the bodies."""
    held = set(terms(text))
    named = any(body in held or held.intersection(ALIKE.get(body, ())) for body in bodies)
    return named and bool(values_in(text))


def _is_of_others(question: Question, text: str) -> bool:
    """Whether words tell of women where a question, or the turn it leans on, is of men."""
    held = set(terms(text))
    for term in question.weights:
        same = {term, *ALIKE.get(term, ())}
        others = {OPPOSED[one] for one in same if one in OPPOSED}
        if same.isdisjoint(held) and not others.isdisjoint(held - question.weights.keys()):
            return True
    return False


def _held(question: Question, scored: Scored) -> float:
    """How much words and those beside them hold of a question and the turns that it leans on."""
    beside = scored.span.traits.beside
    return sum(weight for term, weight in question.weights.items() if term in beside)
