"""What the page tells of a question: the reply, with all that is shown beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Citation, Reply
from assistant.assistant import Assistant
from assistant.conversation import Turn, make_whole
from assistant.differing import Differing, differing
from assistant.passages import Passage
from assistant.retriever import Hit
from assistant.rolling import rolled
from assistant.scope import EVERYTHING, Scope, scope_in
from assistant.series import Series, series_in
from assistant.several import asked_in

# Rows of a table are short, so that more of them make the context of one.
BEFORE, AFTER = 1, 1
ROWS_BEFORE, ROWS_AFTER = 3, 3

# Passages that are looked through for what other papers say of a value
HITS = 24

# The passages around a cited one, itself among them, by its key
Around = Mapping[int, Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Told:
    """A reply with what the page shows beside it."""

    reply: Reply
    around: Around
    series: Series | None = None
    whole: str = ""  # the question as asked on its own; "" where it is several
    scope: Scope = EVERYTHING  # the one in force after it
    others: tuple[Differing, ...] = ()  # what other papers say in the place of its values
    generation: str = ""  # of the index that it comes from

    @property
    def citations(self) -> list[Citation]:
        """All that is cited beside the answer's own citations, by number, none twice."""
        own = {one.number for one in self.reply.citations} if isinstance(self.reply, Answer) else ()
        beside = [
            *(self.series.citations if self.series else []),
            *(o.citation for o in self.others),
        ]
        numbered = {one.number: one for one in beside if one.number not in own}
        return [numbered[number] for number in sorted(numbered)]


def tell(assistant: Assistant, question: str, turns: Sequence[Turn], scope: Scope) -> Told:
    """The reply to a question, with what the page shows beside it. Raises as the assistant does."""
    reply, hits = assistant.asked(question, turns, HITS, scope)
    scoped = scope_in(question, assistant.papers())
    now = scope if scoped.scope is None else scoped.scope
    alone = asked_in(question) == [question] and reply.question is not None
    whole = make_whole(scoped.question or question, turns).text if alone else ""
    series, others = _beside(reply, hits, assistant)
    more = [*(series.citations if series else []), *(one.citation for one in others)]
    cited = reply.citations if isinstance(reply, Answer) else reply.nearest
    passages = [citation.evidence.passage for citation in (*cited, *more)]
    around = {passage.key: _around(assistant, passage) for passage in passages}
    generation = assistant.index.folder.name
    return Told(reply, around, series, whole, now, tuple(others), generation)


def _around(assistant: Assistant, passage: Passage) -> list[Passage]:
    before, after = (ROWS_BEFORE, ROWS_AFTER) if passage.table else (BEFORE, AFTER)
    return assistant.surroundings(passage, before, after)


def _beside(
    reply: Reply, hits: Sequence[Hit], assistant: Assistant
) -> tuple[Series | None, list[Differing]]:
    """The series of an answer, and what other papers say otherwise."""
    if not isinstance(reply, Answer):
        return None, []
    found = [hit.passage for hit in hits]
    records = assistant.index.store.records
    series = series_in(reply, _rows(assistant))
    if series is None or series.over_time:
        series = rolled(reply, series, found, records) or series
    shown = [*reply.citations, *(series.citations if series else [])]
    last = max(citation.number for citation in shown)
    return series, differing(reply, found, records, last)


def _rows(assistant: Assistant) -> Callable[[Passage], Sequence[Passage]]:
    return lambda row: assistant.index.store.table(row.paper, row.table)
