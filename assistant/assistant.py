"""The one door: a question and the turns before it in, a reply out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from time import perf_counter

from assistant.across import Sides, names_moments, set_apart, told_apart
from assistant.answers import Answer, Refusal, Reply, plain, reply_row, say_date
from assistant.charge import names_somebody
from assistant.composer import compose, refuse
from assistant.conversation import Turn, Whole, make_whole
from assistant.courtesy import NOTHING_YET, Courtesy, courtesy
from assistant.direct import NOTHING, Direct, directly
from assistant.embedder import Embedder
from assistant.encoder import Vectors
from assistant.errors import QuestionInvalid
from assistant.examples import examples
from assistant.expecting import Expecting
from assistant.index import Index, current
from assistant.leaning import asks_itself
from assistant.meanings import nearest
from assistant.naming import Document, named_in, names_papers
from assistant.nearness import answered, goes_on
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.premise import corrected
from assistant.questions import Question, check_question, understand
from assistant.reader import READ, Reader, Scored
from assistant.readings import readings
from assistant.rejoinders import rejoinder
from assistant.relative import dated, is_relative, of_body
from assistant.retriever import Hit, candidates, stretched
from assistant.scope import (
    EVERYTHING,
    Scope,
    holding,
    kept_to,
    keys_within,
    last_meeting,
    scope_in,
    within,
)
from assistant.several import asked_in, left_over, together
from assistant.trees import Trees
from assistant.verdict import Verdict

EXAMPLES_SAID = 3
ALONE = Sides()


@dataclass(frozen=True, slots=True)
class Found:
    """The first half of an answer: the question as understood, and the hits."""

    question: Question
    hits: tuple[Hit, ...]
    scope: Scope = EVERYTHING
    lacking: str = ""  # the scope, or the paper named, of which nothing is here
    direct: Direct = NOTHING
    sides: Sides = ALONE


class Assistant:
    """Answers questions from one index; callers hold the turns, so many may share it."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self.index = index
        self._embedder = embedder
        self._expecting = Expecting.load()
        self._ranker = Trees.load("ranker")
        self.reader = Reader()
        self.verdict = Verdict()

    @classmethod
    def open(cls, index: Path, model: str = "") -> Assistant:
        """An assistant over the index in use. Raises IndexUnusable with the command to run."""
        embedder = Embedder(model)
        return cls(Index.open(index, embedder.name), embedder)

    def renewed(self, index: Path) -> Assistant:
        """This one, or one over the index in use where a build has swapped another in."""
        if current(index) == self.index.folder:
            return self
        return Assistant(Index.open(index, self._embedder.name), self._embedder)

    def search(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        limit: int = READ,
        scope: Scope | None = None,
    ) -> Found:
        """The question as understood and at most `limit` hits, best first.

        `scope` is the one in force; without it, the one that the turns set.
        Raises QuestionInvalid for a question that is empty or too long.
        """
        asked, earlier, scope = self._scoped(check_question(question), turns, scope)
        index, lacking = self._looked_in(asked, scope)
        whole, own, vector = self._understood(asked, earlier, scope, index)
        if lacking or not index.manifest.passages:
            return Found(own, (), scope, lacking)
        hits = self._hits(own, vector, index, limit)
        direct = directly(whole, own, hits, index, self.index)
        if direct != NOTHING:
            return Found(own, direct.first(hits), scope, direct=direct)
        sides = self._beside(asked, earlier, scope, limit)
        hits = list(_in_turn([*(found for _, found in sides.asked), hits]))[:limit]
        return Found(own, tuple(hits), scope, sides=sides)

    def _understood(
        self, asked: str, earlier: Sequence[Turn], scope: Scope, index: Index
    ) -> tuple[Whole, Question, Vectors]:
        whole = make_whole(asked, earlier)
        glossary = nearest(whole, self.index, index)
        # What was not found has told nothing to lean on: its words are held to as if typed anew.
        anew = whole.lent and not whole.follows[0].turn.told and not asks_itself(whole.core)
        core, lent = (whole.text, None) if anew else (whole.core, whole.lent)
        own = understand(core, glossary, self.index.words, lent)
        before = answered(whole, self.index)
        place = before[0] if whole.lent and before else None
        own = self._meant(own, asked, whole, scope, place)
        vector = self._embedder.embed([whole.text])
        own = replace(
            own,
            expected=self._expecting.expect(vector[0], self._embedder.name),
            places=tuple((one.paper, one.key) for one in before),
        )
        return whole, own, vector

    def _beside(self, asked: str, earlier: Sequence[Turn], scope: Scope, limit: int) -> Sides:
        """The same question asked of each of the papers that it sets side by side."""
        apart = set_apart(asked, self._documents, self.index) if names_moments(asked) else None
        if apart is None:
            return ALONE
        found = []
        for keys in apart.papers:
            within = holding(self.index, list(keys))
            _, own, vector = self._understood(apart.question, earlier, scope, within)
            found.append((own, tuple(self._hits(own, vector, within, limit))))
        return Sides(tuple(found), apart.is_any_two)

    def _looked_in(self, asked: str, scope: Scope) -> tuple[Index, str]:
        """The index as if it held the scope and the papers that a question names only.

        With it the words of the scope or of the papers that hold nothing, or "".
        """
        index = within(self.index, scope) if scope else self.index
        if index is None:
            return self.index, scope.line
        if not names_papers(asked):
            return index, ""
        days = [day for record in self.papers() if (day := record.meeting_date)]
        named = named_in(asked, self._documents, min(days, default=None), max(days, default=None))
        if not named:
            return index, ""
        keys = named.keys.intersection(keys_within(self.index, scope)) if scope else named.keys
        if not keys:
            return index, f"{named.said}, {scope.line}" if scope else named.said
        return holding(self.index, sorted(keys)), ""

    @cached_property
    def _documents(self) -> list[Document]:
        return self.index.store.documents()

    def _meant(
        self, question: Question, asked: str, whole: Whole, scope: Scope, place: Passage | None
    ) -> Question:
        """The question with what its relative words stand for in the papers of the scope."""
        understood = replace(whole.understood, scope=scope.line)
        question = replace(question, understood=understood)
        if not is_relative(asked):
            return question
        records = [record for record in self.papers() if scope.holds(record)]
        day = last_meeting(asked, records)
        if day and not (question.years or question.months):
            understood = replace(understood, period=say_date(day))
            question = replace(question, months=frozenset({f"{day:%Y-%m}"}), understood=understood)
        newest = max((day for one in records if (day := one.meeting_date)), default=None)
        if newest:
            spoken_of = place.meeting_date if place else None
            question = dated(question, asked, spoken_of or newest, newest)
        bodies = {record.committee for record in records if record.committee}
        only = bodies.pop() if len(bodies) == 1 else ""
        return of_body(question, asked, (place.committee if place else "") or only)

    def _scoped(
        self, question: str, turns: Sequence[Turn], given: Scope | None
    ) -> tuple[str, list[Turn], Scope]:
        """The question and the turns without their words of scope, and the scope they end in.

        Words that only set a scope, or ask back, ask the question before once more.
        """
        records = self.index.store.records.values()
        scope = EVERYTHING
        earlier: list[Turn] = []
        for turn in turns:
            scoped = scope_in(turn.user, records)
            scope = scope if scoped.scope is None else scoped.scope
            asks = not courtesy(turn.user) and rejoinder(turn.user) is None
            if scoped.question and asks:
                earlier.append(Turn(scoped.question, turn.assistant))
        scoped = scope_in(question, records)
        scope = scope if given is None else given
        scope = scope if scoped.scope is None else scoped.scope
        if earlier and (not scoped.question or rejoinder(question) is not None):
            return earlier[-1].user, earlier[:-1], scope
        return scoped.question or question, earlier, scope

    def _scope_alone(self, question: str, turns: Sequence[Turn]) -> str:
        """What is said to words that only set a scope before anything was asked; else ""."""
        scoped = scope_in(question, self.index.store.records.values())
        before = self._scoped(question, turns, None)[0] != question
        if scoped.scope is None or scoped.question or before:
            return ""
        return kept_to(scoped.scope) if keys_within(self.index, scoped.scope) else ""

    def _hits(self, question: Question, vector: Vectors, index: Index, limit: int) -> list[Hit]:
        passages, traits, table = candidates(question, vector, index)
        return stretched(passages, traits, table, self._ranker.score(table), index, limit)

    def answer(self, found: Found) -> Reply:
        """The second half: what was found read and composed into an answer or a refusal."""
        if found.lacking:
            return Refusal(self._lacks(found), question=found.question)
        if said := found.direct.reply(found.question, found.hits, self.index):
            return said
        sides = [self._answering(own, hits) for own, hits in found.sides.asked]
        said = told_apart(found.question, sides, self.index, is_any_two=found.sides.is_any_two)
        if said:
            return said
        spans = self._answering(found.question, found.hits)
        reply = compose(found.question, found.hits, spans, self.index)
        if isinstance(reply, Refusal):
            return reply
        unnamed = found.direct.is_charge and not names_somebody(reply)
        if unnamed or not goes_on(found.question, reply, found.hits):
            return refuse(found.question, found.hits, self.index)
        lead = corrected(reply, found.question, self.index)
        return replace(
            reply,
            text=f"{lead}\n{reply.text}" if lead else reply.text,
            readings=readings(found.question, spans),
        )

    def _answering(self, question: Question, hits: Sequence[Hit]) -> list[Scored]:
        """The spans of hits that answer, best first."""
        spans = self.reader.read(question, hits, self.index)
        return self.verdict.answering(question, hits, spans)

    def read(self, found: Found) -> tuple[list[Scored], float]:
        """The spans of what was found, best first, and the log-odds that one of them answers."""
        spans = self.reader.read(found.question, found.hits, self.index)
        return spans, self.verdict.odds(found.question, found.hits, spans)

    def _lacks(self, found: Found) -> str:
        """What is said where a scope or a paper that was named holds nothing."""
        said = f"No paper indexed here is within “{found.lacking}”. "
        if found.scope:
            return f"{said}Say “all papers” to look in all of them again."
        days = [day for record in self.papers() if (day := record.meeting_date)]
        known = f"They are of {say_date(min(days))} to {say_date(max(days))}." if days else ""
        return f"{said}{known}".strip()

    def ask(self, question: str, turns: Sequence[Turn] = (), scope: Scope | None = None) -> Reply:
        """The answer, or the refusal, within `scope` as `search` has it. Raises as it does."""
        return self.asked(question, turns, READ, scope)[0]

    def asked(
        self, question: str, turns: Sequence[Turn], limit: int, scope: Scope | None = None
    ) -> tuple[Reply, tuple[Hit, ...]]:
        """The reply to all that was asked, and the hits for the first of it."""
        checked = check_question(question)
        if said := courtesy(checked):
            return self._said(said), ()
        if line := self._scope_alone(checked, turns):
            return Refusal(line), ()
        if (lead := rejoinder(checked)) is not None:
            return self._told_again(lead, self._scoped(checked, turns, scope), limit)
        replies: list[Reply] = []
        hits: list[tuple[Hit, ...]] = []
        said_before = list(turns)
        parts = asked_in(checked)
        while parts:
            part = parts.pop(0)
            found = self.search(part, said_before, limit, scope)
            scope = found.scope
            reply = self.answer(found)
            hits.append(found.hits)
            rest = [] if parts or replies else left_over(part, reply)
            parts += rest
            if len(rest) > 1:  # asked again, one by one
                continue
            replies.append(reply)
            said_before.append(Turn(part, plain(reply)))
        return together(replies), _in_turn(hits)

    def _told_again(
        self, lead: str, scoped: tuple[str, list[Turn], Scope], limit: int
    ) -> tuple[Reply, tuple[Hit, ...]]:
        """The reply to the question before once more, behind what leads it."""
        before, turns, scope = scoped
        if rejoinder(before) is not None:
            return self._said(NOTHING_YET), ()
        reply, hits = self.asked(before, turns, limit, scope)
        if lead and isinstance(reply, Answer):
            reply = replace(reply, text=f"{lead}\n{reply.text}")
        return reply, hits

    def _said(self, courtesy: Courtesy) -> Reply:
        """The line that a courtesy gets, with questions that the papers do answer."""
        if not courtesy.examples:
            return Refusal(courtesy.line)
        tried = "\n".join(f"- {example}" for example in self._examples)
        return Refusal(f"{courtesy.line}\n{tried}" if tried else courtesy.line)

    @cached_property
    def _examples(self) -> list[str]:
        store = self.index.store
        found = examples(
            list(store.records.values()),
            lambda record: store.get(store.span(record.path)),
            self.ask,
        )
        return found[:EXAMPLES_SAID]

    def answer_row(self, row: dict[str, object], hits: int = 0) -> dict[str, object]:
        """One row of the batch contract answered. Raises QuestionInvalid where it cannot be."""
        began = perf_counter()
        name, question, turns = read_row(row)
        reply, found = self.asked(question, turns, max(hits, READ))
        out = {"id": name, **reply_row(reply)}
        out["milliseconds"] = round(1000 * (perf_counter() - began), 1)
        if hits:
            out["hits"] = [_hit_row(hit) for hit in found[:hits]]
        return out

    def papers(self) -> list[PaperRecord]:
        """The records of the papers that are indexed, by path."""
        return list(self.index.store.records.values())

    def surroundings(self, passage: Passage, before: int = 2, after: int = 2) -> list[Passage]:
        """A passage with its neighbours in the same paper, in reading order."""
        return self.index.store.around(passage, before, after)


def _in_turn(hits: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The hits of several questions, the first of each before the second of any, none twice."""
    ranked = [hit for rank in zip_longest(*hits) for hit in rank if hit]
    return tuple({hit.passage.key: hit for hit in ranked}.values())


def read_row(row: dict[str, object]) -> tuple[str, str, list[Turn]]:
    """Id, question and turns of a batch row. Raises QuestionInvalid where one is amiss."""
    name, question, history = row.get("id"), row.get("question"), row.get("history") or []
    if not isinstance(question, str):
        raise QuestionInvalid('a batch row needs a "question" that is text')
    if not isinstance(history, list) or not all(isinstance(turn, dict) for turn in history):
        raise QuestionInvalid('"history" must be a list of {"user": ..., "assistant": ...}')
    turns = [Turn(str(turn.get("user", "")), str(turn.get("assistant", ""))) for turn in history]
    return str(name) if name is not None else "", question, turns


def _hit_row(hit: Hit) -> dict[str, object]:
    return {
        "paper": hit.passage.paper,
        "page": hit.passage.page,
        "heading": hit.passage.heading,
        "text": hit.text,
    }
