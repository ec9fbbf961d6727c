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
from assistant.terms import terms
from assistant.unknowable import came_without_paper, is_unknowable
from assistant.working import work_out

# What answers reads nearly as well as the best span, by the reader's score.
BOUND_NEAR = 0.8
NEAREST = 3


def compose(
    question: Question, hits: Sequence[Hit], spans: Sequence[Scored], index: Index
) -> Reply:
    """An answer in the papers' own words, or a refusal with the passages that lay nearest."""
    bound = [] if is_unknowable(question.text) else bound_spans(question, spans)
    if not bound or came_without_paper(question.text, bound[0].span.passage):
        return refuse(question, hits, index)
    chosen = _valued(question, bound, index)
    if not chosen:
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
        worked += filter(None, [counted(picked[0].evidence.passage, 1, index)])
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


def bound_spans(question: Question, spans: Sequence[Scored]) -> list[Scored]:
    """The spans bound to what the question asks, best first; none where the best stand apart.

    Words that hold no value of the kind asked for, or one of another year or body, do not
    answer, however well they read; and where such words read much better than all that are
    bound, the papers speak of the matter without saying what was asked. A title that only
    repeats the question says nothing either way.
    """
    bound = [scored for scored in spans if scored.span.binding.holds]
    rivals = [one for one in spans if one.span.binding.holds or _speaks(question, one)]
    apart = bound and rivals[0].score - bound[0].score > BOUND_NEAR
    return [] if apart else bound


def _speaks(question: Question, scored: Scored) -> bool:
    """Whether a span speaks of what is asked, and in more words than the question's own.

    Of maths, where writing is asked for, it speaks of something else; and where it stands where
    the turn before was answered, it was told already.
    """
    passage = scored.span.passage
    told_before = question.leans and (passage.paper, passage.key) in question.places[:1]
    if scored.span.binding.opposed or told_before:
        return False
    others = (term for sets in question.alternates.values() for one in sets for term in one)
    known = question.weights.keys() | set(others)
    return any(not (term in known or term.isdigit()) for term in terms(scored.span.text))


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
