"""The composing of a reply from what was read: which words are shown, and when none are."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Answer, Citation, Part, Refusal, Reply, say_date, write_text
from assistant.evidence import Chosen, Evidence, quotes
from assistant.figures import figures_in
from assistant.headrows import from_values, names_columns
from assistant.index import Index
from assistant.leadins import completed
from assistant.listing import counted
from assistant.passages import Passage
from assistant.picking import LISTED, pick, told
from assistant.questions import Question
from assistant.reader import Scored
from assistant.retriever import Hit
from assistant.standing import lead_of, standing_of, undecided
from assistant.superseding import newest_first
from assistant.unknowable import came_without_paper, is_unknowable
from assistant.working import work_out

NEAREST = 3


def compose(
    question: Question, hits: Sequence[Hit], spans: Sequence[Scored], index: Index
) -> Reply:
    """An answer in the papers' own words, or a refusal with the passages that lay nearest.

    `spans` are those that answer, best first; where there are none, the papers do not say.
    """
    if not spans or is_unknowable(question.text):
        return refuse(question, hits, index)
    chosen = _valued(question, spans, index)
    told_of = [one.evidence.passage for one in chosen]
    if not chosen or any(came_without_paper(question.text, one) for one in told_of):
        return refuse(question, hits, index)
    picked = newest_first(question, chosen, index)
    citations = tuple(
        Citation(number, chosen.evidence, index.store.records[chosen.evidence.passage.paper])
        for number, chosen in enumerate(picked, 1)
    )
    said = [told(chosen.evidence.passage, chosen.shown) for chosen in picked]
    rungs = [
        standing_of(one.evidence.passage, one.record, text)
        for one, text in zip(citations, said, strict=True)
    ]
    parts = [
        Part(text, number, lead_of(question.asked, rung) + chosen.lead)
        for number, (text, rung, chosen) in enumerate(zip(said, rungs, picked, strict=True), 1)
    ]
    figures = {
        number: figures_in(chosen.evidence, chosen.shown) for number, chosen in enumerate(picked, 1)
    }
    worked = work_out(question, figures)
    if question.asked in LISTED:
        worked += filter(None, [counted([one.evidence.passage for one in picked], index)])
    return Answer(
        "\n".join(filter(None, [undecided(question.asked, rungs), write_text(parts, worked)])),
        citations,
        tuple(figure for held in figures.values() for figure in held),
        tuple(worked),
        question,
    )


def _valued(question: Question, spans: Sequence[Scored], index: Index) -> list[Chosen]:
    """What is picked but for the heads of tables; of the spans after those where it is nothing."""
    picked = completed(pick(question, spans, index), index)
    chosen = [one for one in picked if not names_columns(one.evidence.passage, index)]
    rest = [] if chosen else from_values(spans, index)
    return _valued(question, rest, index) if 0 < len(rest) < len(spans) else chosen


def refuse(question: Question, hits: Sequence[Hit], index: Index) -> Refusal:
    """The refusal, saying up to which date the papers were searched."""
    records = index.store.records
    days = [record.meeting_date for record in records.values() if record.meeting_date]
    until = f" (up to {say_date(max(days))})" if days else ""
    nearest = tuple(
        Citation(number, _whole(hit.passage), records[hit.passage.paper])
        for number, hit in enumerate(hits[:NEAREST], 1)
    )
    return Refusal(f"The papers indexed here{until} do not answer that.", nearest, question)


def _whole(passage: Passage) -> Evidence:
    return quotes(passage, [(0, len(passage.text))])[0].evidence
