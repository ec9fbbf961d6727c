"""The composing of a reply from hits: which evidence is shown, how much of it, and when none is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.answers import Answer, Citation, Part, Refusal, Reply, say_date, write_text
from assistant.evidence import LONG_WORDS, SHORT_WORDS, Chosen, choose
from assistant.figures import figures_in
from assistant.index import Index
from assistant.papers import Kind
from assistant.passages import Passage, labelled
from assistant.questions import Question
from assistant.retriever import Hit
from assistant.traits import Asked
from assistant.verdict import bears

LONG = (Asked.LIST, Asked.DECISION, Asked.RECOMMENDATION)
SEVERAL = (Asked.COMPARISON, Asked.TREND)
# A further passage is shown beside the best where its score comes this near.
NEAR = 0.85
MOST = 3
NEAREST = 3


def compose(question: Question, hits: Sequence[Hit], index: Index) -> Reply:
    """An answer in the papers' own words, or a refusal with the passages that lay nearest."""
    if not bears(hits):
        return refuse(question, hits, index)
    picked = _pick(question, hits, index)
    citations = tuple(
        Citation(number, chosen.evidence, index.store.records[chosen.evidence.passage.paper])
        for number, chosen in enumerate(picked, 1)
    )
    parts = [Part(shown_words(chosen), number) for number, chosen in enumerate(picked, 1)]
    figures = [f for chosen in picked for f in figures_in(chosen.evidence, chosen.shown)]
    return Answer(write_text(parts), citations, tuple(figures), question=question)


def refuse(question: Question, hits: Sequence[Hit], index: Index) -> Refusal:
    """The refusal, saying up to which date the papers were searched."""
    records = index.store.records
    days = [record.meeting_date for record in records.values() if record.meeting_date]
    until = f" (up to {say_date(max(days))})" if days else ""
    nearest = []
    for number, hit in enumerate(hits[:NEAREST], 1):
        chosen = choose(question, hit.passage, index.words, SHORT_WORDS)
        nearest.append(Citation(number, chosen.evidence, records[hit.passage.paper]))
    return Refusal(f"The papers indexed here{until} do not answer that.", tuple(nearest), question)


def _pick(question: Question, hits: Sequence[Hit], index: Index) -> list[Chosen]:
    """The best hit, and those after it that belong beside it, within the room there is."""
    room = LONG_WORDS if question.asked in LONG else SHORT_WORDS
    picked = [choose(question, hits[0].passage, index.words, room)]
    left = SHORT_WORDS - _length(picked[0])
    for hit in hits[1 : 2 * MOST]:
        if len(picked) == MOST or hit.score < NEAR * hits[0].score:
            break
        if left < 12 or _is_repeat(hit.passage, picked):
            continue
        chosen = choose(question, hit.passage, index.words, left)
        if _length(chosen) <= left:
            picked.append(chosen)
            left -= _length(chosen)
    return picked


def _length(chosen: Chosen) -> int:
    return len(shown_words(chosen).split())


def _is_repeat(passage: Passage, picked: Sequence[Chosen]) -> bool:
    """Whether the same words are shown already, from this paper or from one that repeats them."""
    return any(passage.text == chosen.evidence.passage.text for chosen in picked)


def shown_words(chosen: Chosen) -> str:
    """The words of a choice as a person reads them; what is left out between is marked."""
    passage = chosen.evidence.passage
    if passage.kind is Kind.TABLE_ROW and chosen.shown == ((0, len(passage.text)),):
        return " ".join(labelled(passage).split())
    runs = []
    numbered = list(enumerate(chosen.shown))
    for _, run in groupby(numbered, key=lambda pair: _run_of(pair[0], chosen.shown, passage.text)):
        spans = [span for _, span in run]
        runs.append(passage.text[spans[0][0] : spans[-1][1]])
    return " ... ".join(runs)


def _run_of(at: int, shown: Sequence[tuple[int, int]], text: str) -> int:
    """The first of the spans that stand in one unbroken run with this one."""
    while at > 0 and not text[shown[at - 1][1] : shown[at][0]].strip():
        at -= 1
    return at
