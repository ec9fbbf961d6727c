"""The explanation of a reply: the question as understood, hits with ranks, evidence, verdict."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Answer, Reply
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.features import FEATURES
from assistant.questions import Question
from assistant.reader import Scored
from assistant.retriever import Hit
from assistant.verdict import LEAST, LEAST_NAMES

SHOWN = 10
SPANS_SHOWN = 6


def explain(assistant: Assistant, question: str, turns: Sequence[Turn] = ()) -> tuple[str, Reply]:
    """The explanation as lines of text, and the reply that it explains."""
    found = assistant.search(question, turns)
    reply = assistant.answer(found)
    lines = _question_lines(found.question)
    lines += ["", "Hits"]
    for number, hit in enumerate(found.hits[:SHOWN], 1):
        lines += _hit_lines(number, hit)
    if found.hits:
        lines += ["", *_read_lines(found.question, *assistant.read(found))]
    lines += [
        "",
        "Verdict: " + ("answered" if isinstance(reply, Answer) else "refused"),
        reply.text,
    ]
    if isinstance(reply, Answer):
        for citation in reply.citations:
            lines += [f"[{citation.number}] {citation.label}", f"    {citation.evidence.text}"]
        for figure in reply.figures:
            lines.append(f"figure {figure.text}: {figure.subject} {figure.period}".rstrip())
    return "\n".join(lines), reply


def _read_lines(question: Question, spans: Sequence[Scored], odds: float) -> list[str]:
    """The spans that read best with what keeps each from answering, and the odds that one does."""
    held = (
        f"a follow-up is held to its names, {LEAST_NAMES:.2f} of them at least"
        if question.leans
        else f"odds {odds:+.2f} that they answer; below {LEAST:+.2f} the papers do not say"
    )
    lines = [f"Read: {held}"]
    for number, one in enumerate(spans[:SPANS_SHOWN], 1):
        bound = one.span.binding
        amiss = [
            said
            for said, is_so in (
                ("no value of the kind asked for", not bound.value),
                ("of another period", not bound.period),
                ("of the opposite", bound.opposed),
            )
            if is_so
        ]
        lines += [
            f"{number:>2}. {one.score:.3f}  names {bound.names:.2f}, matter {bound.whole:.2f}"
            f"  {'; '.join(amiss) or 'can answer'}",
            f"    {one.span.text[:200]}",
        ]
    return lines


def _question_lines(question: Question) -> list[str]:
    weights = sorted(question.weights.items(), key=lambda pair: -pair[1])
    lines = [
        f"Question: {question.text}",
        f"Asked for: {question.asked}",
        "Terms: " + ", ".join(f"{term} {weight:g}" for term, weight in weights),
    ]
    if question.understood:
        lines.insert(1, f"Understood as: {question.understood.line}")
    periods = sorted(question.years | question.months | question.quarters)
    if periods:
        lines.append("Periods: " + ", ".join(periods))
    if question.corrections:
        lines.append("Read as: " + ", ".join(f"{a} -> {b}" for a, b in question.corrections))
    return lines


def _hit_lines(number: int, hit: Hit) -> list[str]:
    shown = [f"{name} {value:.2f}" for name, value in zip(FEATURES, hit.features, strict=True)]
    where = (
        f"{hit.passage.paper}, page {hit.passage.page}" if hit.passage.page else hit.passage.paper
    )
    return [
        f"{number:>2}. {hit.score:.3f}  {where}  {hit.passage.heading[:100]}",
        f"    {hit.passage.text[:200]}",
        f"    {', '.join(shown)}",
    ]
