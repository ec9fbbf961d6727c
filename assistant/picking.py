"""Picking: which of the spans that answer are shown, within the room that an answer has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date
from operator import attrgetter

from assistant.coverage import Wanted
from assistant.evidence import Chosen, quotes
from assistant.index import Index
from assistant.listing import openings, points, run_of
from assistant.papers import Kind
from assistant.passages import Passage, cell_spans, labelled
from assistant.questions import Question
from assistant.reader import Scored
from assistant.sides import sides_first
from assistant.spans import Span
from assistant.terms import terms
from assistant.traits import ANSWERS, Asked

# Words of the papers shown for one question, at most; a list or a decision may take more.
SHORT_WORDS = 76
LONG_WORDS = 180
# A further span is shown where its score comes this near to the best.
NEAR = 4.0
# Of who-questions: spans this near to the best read alike
OFFICE_NEAR = 1.0
# What a span is lifted by that holds all of the question that the spans before it lack.
GAIN = 3.0
# What the sentence after the best is lifted by, where a second thing is asked in the same breath.
NEXT = 3.0
MOST_PASSAGES = 4
# Rows of one table that the question names beside the best, at most.
MOST_ROWS = 3
LISTED_ROWS = 8
# Words of the question that a cell must hold, where other rows are told because they repeat it
SHARED_TERMS = 2
# A cell of more words is told only where it was chosen itself.
SHORT_CELL = 14
_SECOND = re.compile(
    r"\w.{8,}\b(?:and|or) (?:(?:at|by|to|for|in|from|on) )?(?:what|how|when|who|which|where|why)\b",
    re.I,
)
# A value is of what is asked where its own words and its name hold this much of the question; one
# of so much less is of something else.
CALLED = 0.85
CALLED_LESS = 0.45
MEASURED = (Asked.PERCENTAGE, Asked.MONEY, Asked.COUNT)
# The beginning of a sentence that tells on of what the one before it told
_LEANS = re.compile(r"(?:It|This|That|They|These|Those|Of (?:these|those|them|which))\b")
VALUED = (Asked.PERSON, Asked.DATE, Asked.MONEY, Asked.PERCENTAGE)
LISTED = (Asked.LIST, Asked.DECISION, Asked.RECOMMENDATION)
SEVERAL = (*LISTED, Asked.COMPARISON, Asked.TREND)

Ranges = list[tuple[int, int]]


class _Picked:
    """The spans picked so far and the room that is left."""

    def __init__(self, room: int) -> None:
        self.ranges: dict[int, Ranges] = {}
        self.passages: dict[int, Passage] = {}
        self.left = room

    def add(self, passage: Passage, ranges: Ranges) -> bool:
        """Adds them where there is room; says whether it did."""
        held = self.ranges.get(passage.key, [])
        # Words told by their cells are not told once more as they stand.
        around = held and (0, len(passage.text)) in ranges
        new = [] if around else [one for one in ranges if one not in held]
        words = len(told(passage, new).split())
        if not new or (self.ranges and (words > self.left or self._is_full(passage))):
            return False
        self.ranges[passage.key] = [*held, *new]
        self.passages[passage.key] = passage
        self.left -= words
        return True

    def _is_full(self, passage: Passage) -> bool:
        if passage.key in self.ranges:
            return False
        texts = [other.text for other in self.passages.values()]
        others = {(p.paper, p.table or p.key) for p in self.passages.values()}
        place = (passage.paper, passage.table or passage.key)
        return passage.text in texts or (place not in others and len(others) == MOST_PASSAGES)


def pick(question: Question, spans: Sequence[Scored], index: Index) -> list[Chosen]:
    """The best span and those that belong beside it, by passage.

    After the best come the rows of its table that the question names too, then the spans that
    read nearly as well, those first that hold what the question asks and is not yet shown.
    """
    spans = _called_by(question, _in_office(question, spans), index)
    spans, sides = sides_first(question, spans, index)
    best = spans[0].span
    if listed := _listed(question, best, index):
        return listed
    picked = _Picked(LONG_WORDS if question.asked is Asked.LIST else SHORT_WORDS)
    picked.add(best.passage, shown_of(question, best))
    named = named_rows(question, best.passage, index)
    for row in [*sides, *named]:
        part = own_cells(row, best.passage) if question.asked is Asked.LIST else []
        whole = part or [(0, len(row.text))]
        picked.add(row, whole) or picked.add(row, asked_cells(question, row))
    # Where both sides of a comparison are shown, what else reads well is of another measure.
    near = [one for one in spans[1:] if not sides and spans[0].score - one.score <= NEAR]
    if named or question.asked not in SEVERAL:
        near = [one for one in near if not _is_of_another(question, one.span, best)]
    _fill(picked, question, best, near, index)
    chosen = [quotes(picked.passages[key], ranges) for key, ranges in picked.ranges.items()]
    return [one for of_passage in chosen for one in of_passage]


def _fill(
    picked: _Picked, question: Question, best: Span, rest: list[Scored], index: Index
) -> None:
    """Adds of the other spans those that read best and hold what is not yet shown."""
    weights = {t: weight * index.words.rarity(t) for t, weight in question.weights.items()}
    held = {id(one): weights.keys() & _held(one.span) for one in rest}
    asks_on = bool(_SECOND.search(question.text))
    scores = {id(one): one.score + NEXT * (asks_on and _goes_on(best, one.span)) for one in rest}
    shown = _held(best)
    while rest:
        following = max(
            rest, key=lambda one: scores[id(one)] + _lift(held[id(one)] - shown, weights)
        )
        rest.remove(following)
        if picked.add(following.span.passage, shown_of(question, following.span)):
            shown |= _held(following.span)


def _goes_on(best: Span, other: Span) -> bool:
    """Whether a span is what the best one's passage goes on with."""
    gap = other.passage.text[best.end : other.start]
    return other.passage.key == best.passage.key and other.start >= best.end and not gap.strip()


def _in_office(question: Question, spans: Sequence[Scored]) -> Sequence[Scored]:
    """The spans, of those that read alike the newest paper's first, where it is asked who is.

    Posts change hands: without a period asked for, the paper of the last meeting knows best.
    """
    if question.asked is not Asked.PERSON or question.years or question.months or question.leans:
        return spans
    alike = [one for one in spans if spans[0].score - one.score <= OFFICE_NEAR]
    day = attrgetter("span.passage.meeting_date")
    alike.sort(key=lambda one: day(one) or date.min, reverse=True)
    return [*alike, *spans[len(alike) :]]


def _called_by(question: Question, spans: Sequence[Scored], index: Index) -> Sequence[Scored]:
    """The spans without those of other values, where one is called by nearly all of the question.

    A paragraph may tell of care leavers in one sentence and of all pupils in the next, and both
    hold what stands around them.
    """
    if question.asked not in MEASURED or question.leans or _SECOND.search(question.text):
        return spans
    wanted = Wanted(question.own, index.words, question.alternates)
    near = [one for one in spans if spans[0].score - one.score <= NEAR]
    shares = [wanted.share(_name_of(one.span)) for one in near]
    if max(shares) < CALLED:
        return spans
    pairs = list(zip(near, shares, strict=True))
    kept = [one.span for one, share in pairs if share >= max(shares) - CALLED_LESS]
    return [
        one
        for one in near
        if one.span in kept
        or (_LEANS.match(one.span.text) and any(_goes_on(span, one.span) for span in kept))
    ]


def _name_of(span: Span) -> Set[str]:
    """The terms of a span and of what it is called by: its row, its columns, what is above it."""
    one = span.passage
    above = (*one.heads, one.caption, one.lead, *one.trail[-1:], *one.cells[:1])
    return frozenset(terms(" ".join((span.text, *above))))


def _listed(question: Question, best: Span, index: Index) -> list[Chosen]:
    """The list, decision or recommendation that the best span is of, never cut in the middle.

    A list is told whole, over as many passages as it runs; where that is too long, the first
    sentence of each point and all of the best one's line. Else it is the passage that is told.
    """
    if question.asked not in LISTED or best.passage.kind is Kind.TABLE_ROW:
        return []
    run = run_of(best.passage, index)
    whole = [(one, [(0, len(one.text))]) for one in run]
    brief = [(one, openings(one, best.start if one == best.passage else -1)) for one in run]
    alone = [(best.passage, [(0, len(best.passage.text))])]
    ways = [whole, brief] if sum(map(points, run)) > 1 else []
    ways += [alone] if "\n" in best.passage.text else []
    for parts in ways:
        if sum(len(told(one, ranges).split()) for one, ranges in parts) <= LONG_WORDS:
            return [chosen for one, ranges in parts for chosen in quotes(one, ranges)]
    return []


def named_rows(question: Question, passage: Passage, index: Index) -> list[Passage]:
    """The other rows of a row's table that the question asks for too, the nearest first.

    Those whose labels it holds; for a list, those that hold what this one holds of the question,
    or share with it the cell that other rows repeat and the question names.
    """
    if passage.kind is not Kind.TABLE_ROW or not passage.table or not passage.cells:
        return []
    rows = index.store.table(passage.paper, passage.table)
    shared = _shared_cell(question, passage, rows) if question.asked is Asked.LIST else ""
    found: dict[str, Passage] = {}
    for row in sorted(rows, key=lambda row: abs(row.key - passage.key)):
        label = row.cells[0] if row.cells else ""
        alike = question.asked is Asked.LIST and (
            shared in row.cells if shared else _is_alike(question, row, passage)
        )
        if label != passage.cells[0] and (_is_named(question, label) or alike):
            found.setdefault(label, row)
    return list(found.values())[: LISTED_ROWS if question.asked is Asked.LIST else MOST_ROWS]


def _shared_cell(question: Question, best: Passage, rows: Sequence[Passage]) -> str:
    """The cell of a row that other rows repeat and that holds most of the question, or ""."""
    held = {cell: len(question.own.intersection(terms(cell))) for cell in best.cells[1:]}
    repeated = [
        cell
        for cell, count in held.items()
        if count >= SHARED_TERMS and sum(cell in row.cells for row in rows) > 1
    ]
    return max(repeated, key=held.__getitem__, default="")


def own_cells(row: Passage, best: Passage) -> Ranges:
    """The short cells of a row that the best one, of which it is told beside, does not have."""
    return [
        (start, end)
        for start, end, _ in cell_spans(row)
        if row.text[start:end] not in best.cells and _is_short(row.text[start:end])
    ]


def _is_alike(question: Question, row: Passage, best: Passage) -> bool:
    """Whether a row holds the same words of the question in the same columns as the best one."""
    if len(row.cells) != len(best.cells):
        return False
    pairs = list(zip(row.cells[1:], best.cells[1:], strict=True))
    own = question.own
    held = [(own.intersection(terms(cell)), own.intersection(terms(its))) for cell, its in pairs]
    return any(wanted for _, wanted in held) and all(has >= wanted for has, wanted in held)


def asked_cells(question: Question, row: Passage) -> Ranges:
    """The label of a row and the cells whose column heads hold most of the question."""
    cells = cell_spans(row)
    shares = [len(question.own.intersection(terms(head))) for _, _, head in cells]
    most = max(shares[1:], default=0)
    if not most:
        return [(0, len(row.text))]
    return [
        (start, end)
        for at, ((start, end, _), share) in enumerate(zip(cells, shares, strict=True))
        if not at or share == most
    ]


def _is_of_another(question: Question, other: Span, best: Span) -> bool:
    """Whether a row is of another than its table's row that the question names.

    Where the cell that is asked for is empty, the one above it would be read as what stands there.
    """
    row, named = other.passage, best.passage
    if not (row.table and row.cells and named.cells):
        return False
    is_beside = (row.paper, row.table) == (named.paper, named.table)
    return (
        is_beside and _is_named(question, named.cells[0]) and not _is_named(question, row.cells[0])
    )


def _is_named(question: Question, label: str) -> bool:
    held = [term for term in terms(label) if not term.isdigit()]
    return bool(held) and all(term in question.weights for term in held)


def _held(span: Span) -> Set[str]:
    return span.traits.beside.union(terms(span.text))


def _lift(new: Set[str], weights: Mapping[str, float]) -> float:
    """What a span is lifted by for the terms of the question that it adds to what is shown."""
    gain = sum(value for term, value in weights.items() if term in new)
    return GAIN * gain / (sum(weights.values()) or 1.0)


def shown_of(question: Question, span: Span) -> Ranges:
    """What is shown of a span: of a long row also the cells that say what it is, and what is asked.

    Those are its first cell, those whose heads the question names, those with a value of the kind
    asked for, and the short ones; of a long first cell only the span's own words.
    """
    passage = span.passage
    if passage.kind is not Kind.TABLE_ROW or (span.start, span.end) == (0, len(passage.text)):
        return [(span.start, span.end)]
    kind = ANSWERS[question.asked] if question.asked in VALUED else None
    heads = {
        (a, b): len(question.own.intersection(terms(head))) for a, b, head in cell_spans(passage)
    }
    texts = {cell: passage.text[slice(*cell)] for cell in heads}
    first = min(texts, default=(0, 0))
    valued = {cell for cell, text in texts.items() if kind and kind.search(text)}
    whole = first[0] <= span.start and span.end <= first[1] and _is_short(texts[first])
    chosen: Ranges = [] if whole else [(span.start, span.end)]
    for cell in sorted(texts, key=lambda at: (at != first, -heads[at], at not in valued, at)):
        taken = any(a < cell[1] and cell[0] < b for a, b in chosen)
        fits = len(told(passage, sorted([*chosen, cell])).split()) <= SHORT_WORDS
        if fits and not taken and (cell in valued or heads[cell] or _is_short(texts[cell])):
            chosen.append(cell)
    return sorted(chosen) or [(span.start, span.end)]


def _is_short(cell: str) -> bool:
    return len(cell.split()) <= SHORT_CELL


def told(passage: Passage, ranges: Sequence[tuple[int, int]]) -> str:
    """Words of a passage as a person reads them; what is left out between is marked.

    Words of one cell of a table row are told behind its column head.
    """
    cells = cell_spans(passage)
    if cells and list(ranges) == [(0, len(passage.text))]:
        return " ".join(labelled(passage).split())
    within = [_cell_around(cells, one) for one in ranges]
    if cells and all(within):
        said: dict[tuple[int, int, str], list[str]] = {}
        for cell, one in zip(within, ranges, strict=True):
            said.setdefault(cell or (0, 0, ""), []).append(passage.text[slice(*one)])
        pairs = [(head, " ... ".join(parts)) for (_, _, head), parts in said.items()]
        return "; ".join(f"{head}: {part}" if head else part for head, part in pairs)
    runs = joined(ranges, passage.text)
    return " ... ".join(passage.text[start:end] for start, end in runs)


def _cell_around(
    cells: Sequence[tuple[int, int, str]], one: tuple[int, int]
) -> tuple[int, int, str] | None:
    return next((cell for cell in cells if cell[0] <= one[0] and one[1] <= cell[1]), None)


def joined(ranges: Sequence[tuple[int, int]], text: str) -> Ranges:
    """Ranges with nothing but space between them as one."""
    runs: Ranges = []
    for start, end in sorted(ranges):
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return runs
