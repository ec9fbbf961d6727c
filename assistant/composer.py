"""The composing of a reply from what was read: which words are shown, and when none are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.answers import Answer, Citation, Part, Refusal, Reply, say_date, write_text
from assistant.binding import Binding, bind
from assistant.evidence import Chosen, quotes
from assistant.figures import figures_in
from assistant.index import Index
from assistant.papers import Kind
from assistant.passages import Passage, labelled
from assistant.questions import Question
from assistant.reader import Scored
from assistant.retriever import Hit
from assistant.spans import Span
from assistant.traits import Asked

# What answers reads nearly as well as the best span, by the reader's score.
BOUND_NEAR = 0.35
# Words of the papers shown for one question, at most; a list or a decision may take more.
SHORT_WORDS = 76
LONG_WORDS = 180
# A further span is shown where its score comes this near to the best.
NEAR = 3.2
MOST_PASSAGES = 3
NEAREST = 3
LISTED = (Asked.LIST, Asked.DECISION, Asked.RECOMMENDATION)


def compose(
    question: Question, hits: Sequence[Hit], spans: Sequence[Scored], index: Index
) -> Reply:
    """An answer in the papers' own words, or a refusal with the passages that lay nearest."""
    bound = bound_spans(question, spans, index)
    if not bound:
        return refuse(question, hits, index)
    picked = _pick(question, bound)
    citations = tuple(
        Citation(number, chosen.evidence, index.store.records[chosen.evidence.passage.paper])
        for number, chosen in enumerate(picked, 1)
    )
    parts = [Part(shown_words(chosen), number) for number, chosen in enumerate(picked, 1)]
    figures = [f for chosen in picked for f in figures_in(chosen.evidence, chosen.shown)]
    return Answer(write_text(parts), citations, tuple(figures), question=question)


def bound_spans(question: Question, spans: Sequence[Scored], index: Index) -> list[Scored]:
    """The spans bound to what the question asks, best first; none where the best stand apart.

    Words that hold no value of the kind asked for, or one of another year or body, do not
    answer, however well they read; and where such words read much better than all that are
    bound, the papers speak of the matter without saying what was asked.
    """
    bound = [scored for scored in spans if _binding(question, scored.span, index).holds]
    apart = bound and spans[0].score - bound[0].score > BOUND_NEAR
    return [] if apart else bound


def _binding(question: Question, span: Span, index: Index) -> Binding:
    return bind(question, span.text, span.passage, span.traits, index)


def refuse(question: Question, hits: Sequence[Hit], index: Index) -> Refusal:
    """The refusal, saying up to which date the papers were searched."""
    records = index.store.records
    days = [record.meeting_date for record in records.values() if record.meeting_date]
    until = f" (up to {say_date(max(days))})" if days else ""
    nearest = tuple(
        Citation(number, _whole(hit.passage)[0].evidence, records[hit.passage.paper])
        for number, hit in enumerate(hits[:NEAREST], 1)
    )
    return Refusal(f"The papers indexed here{until} do not answer that.", nearest, question)


def _whole(passage: Passage) -> list[Chosen]:
    return quotes(passage, [(0, len(passage.text))])


def _pick(question: Question, spans: Sequence[Scored]) -> list[Chosen]:
    """The best span, and those that belong beside it, by passage, within the room there is."""
    best = spans[0].span.passage
    if _comes_whole(question, best):
        return _whole(best)
    picked: dict[int, list[tuple[int, int]]] = {}
    passages: dict[int, Passage] = {}
    left = SHORT_WORDS
    for scored in spans:
        span = scored.span
        if spans[0].score - scored.score > NEAR:
            break
        words = (
            len(labelled(span.passage).split()) if _is_row(span.passage) else len(span.text.split())
        )
        full = span.passage.key not in picked and len(picked) == MOST_PASSAGES
        if (picked and words > left) or full or _is_repeat(span.passage, passages):
            continue
        passages[span.passage.key] = span.passage
        picked.setdefault(span.passage.key, []).append((span.start, span.end))
        left -= words
    return [chosen for key, shown in picked.items() for chosen in quotes(passages[key], shown)]


def _comes_whole(question: Question, passage: Passage) -> bool:
    """Lists, decisions and recommendations are never cut where they fit."""
    fits = len(passage.text.split()) <= LONG_WORDS
    return question.asked in LISTED and "\n" in passage.text and fits


def _is_row(passage: Passage) -> bool:
    return passage.kind is Kind.TABLE_ROW


def _is_repeat(passage: Passage, shown: dict[int, Passage]) -> bool:
    """Whether another passage with the same words is shown already."""
    return any(passage.text == other.text and key != passage.key for key, other in shown.items())


def shown_words(chosen: Chosen) -> str:
    """The words of a choice as a person reads them; what is left out between is marked."""
    passage = chosen.evidence.passage
    whole_row = _is_row(passage) and passage.text == " | ".join(filter(None, passage.cells))
    if whole_row and chosen.shown == ((0, len(passage.text)),):
        return " ".join(labelled(passage).split())
    numbered = enumerate(chosen.shown)
    runs = []
    for _, run in groupby(numbered, key=lambda pair: _run_of(pair[0], chosen.shown, passage.text)):
        spans = [span for _, span in run]
        runs.append(passage.text[spans[0][0] : spans[-1][1]])
    return " ... ".join(runs)


def _run_of(at: int, shown: Sequence[tuple[int, int]], text: str) -> int:
    """The first of the spans that stand in one unbroken run with this one."""
    while at > 0 and not text[shown[at - 1][1] : shown[at][0]].strip():
        at -= 1
    return at
