"""Direct answers: of what papers set in pairs and tables, where a question asks for just that.

Who holds a post, what an acronym stands for, which row of a table is highest: these need no words
picked, and where the papers name nobody for a post there is nothing to pick.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Reply
from assistant.charge import asks_charge, in_charge
from assistant.composer import refuse
from assistant.conversation import Whole
from assistant.exchange import Cell, exchanged, told_cell
from assistant.extremes import extremes, rows_to_rank
from assistant.incumbents import Incumbents, incumbents, told_of
from assistant.index import Index
from assistant.meanings import acronym_asked, place_before, told_meaning
from assistant.offices import Wanted, wanted_now
from assistant.passages import Passage
from assistant.questions import Question
from assistant.rankings import Ranking, ranking_now
from assistant.reader import READ
from assistant.retriever import Hit


@dataclass(frozen=True, slots=True)
class Direct:
    """What was found for a question that asks for a pair, an extreme or a cell; else empty."""

    meaning: Answer | None = None  # of an acronym
    people: Incumbents | None = None
    ranking: Ranking | None = None
    rows: tuple[Passage, ...] = ()  # of tables that may tell the extreme
    cell: Cell | None = None  # beside one that was told before
    is_charge: bool = False  # whether it asks who answers for what was told, and nobody is named

    def reply(self, question: Question, hits: Sequence[Hit], index: Index) -> Reply | None:
        """The answer, the refusal where nobody holds the post asked for, or None."""
        if self.meaning:
            return self.meaning
        if self.people and self.people.holders:
            return told_of(self.people, question, index)
        if self.people and self.people.is_vacant:
            return refuse(question, hits, index)
        if self.cell:
            return told_cell(self.cell, question, index)
        return extremes(question, self.ranking, self.rows, index) if self.ranking else None

    def first(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The hits, those first that name who holds the post or hold the cell asked for."""
        holders = self.people.holders if self.people else ()
        keys = {holder.passage.key for holder in holders}
        keys |= {self.cell.row.key} if self.cell else set()
        return tuple(sorted(hits, key=lambda hit: keys.isdisjoint(p.key for p in hit.stretch)))


NOTHING = Direct()


def directly(
    whole: Whole, question: Question, hits: Sequence[Hit], within: Index, index: Index
) -> Direct:
    """What the papers `within` which a question keeps hold of what it asks for directly."""
    if short := acronym_asked(whole.text, index.glossary):
        return Direct(told_meaning(short, question, within, place_before(whole, index)))
    before = [followed.turn.user for followed in whole.follows] if whole.lent else []
    if asked := wanted_now(whole.text, whole.core, before):
        nearby = [passage for hit in hits[:READ] for passage in hit.stretch]
        return Direct(people=incumbents(asked, question, nearby, within))
    if asks_charge(whole):
        holders = in_charge(whole, within)
        return Direct(people=Incumbents(Wanted(), holders), is_charge=not holders)
    if ranking := ranking_now(whole.core, before):
        return Direct(ranking=ranking, rows=rows_to_rank(question, hits, within))
    return Direct(cell=exchanged(whole, within))
