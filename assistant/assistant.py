"""The one door: a question and the turns before it in, a reply out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from assistant.answers import Reply, reply_row
from assistant.composer import compose
from assistant.conversation import Turn, make_whole
from assistant.embedder import Embedder
from assistant.errors import QuestionInvalid
from assistant.expecting import Expecting
from assistant.index import Index
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.questions import Question, check_question, understand
from assistant.reader import READ, Reader
from assistant.retriever import Hit, retrieve
from assistant.trees import Trees


@dataclass(frozen=True, slots=True)
class Found:
    """The first half of an answer: the question as understood, and the hits."""

    question: Question
    hits: tuple[Hit, ...]


class Assistant:
    """Answers questions from one index; callers hold the turns, so many may share it."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self.index = index
        self._embedder = embedder
        self._expecting = Expecting.load()
        self._ranker = Trees.load("ranker")
        self._reader = Reader()

    @classmethod
    def open(cls, index: Path, model: str = "") -> Assistant:
        """An assistant over the index in use. Raises IndexUnusable with the command to run."""
        embedder = Embedder(model)
        return cls(Index.open(index, embedder.name), embedder)

    def search(self, question: str, turns: Sequence[Turn] = (), limit: int = READ) -> Found:
        """The question as understood and at most `limit` hits, best first.

        Raises QuestionInvalid for a question that is empty or too long.
        """
        checked = check_question(question)
        whole = make_whole(checked, turns)
        own = understand(checked, self.index.glossary, self.index.words, whole.carried)
        vector = self._embedder.embed([whole.text])
        own = replace(own, expected=self._expecting.expect(vector[0], self._embedder.name))
        hits = retrieve(own, vector, self.index, self._ranker, limit)
        return Found(own, tuple(hits))

    def answer(self, found: Found) -> Reply:
        """The second half: what was found read and composed into an answer or a refusal."""
        spans = self._reader.read(found.question, found.hits, self.index)
        return compose(found.question, found.hits, spans, self.index)

    def ask(self, question: str, turns: Sequence[Turn] = ()) -> Reply:
        """The answer, or the refusal. Raises QuestionInvalid as `search` does."""
        return self.answer(self.search(question, turns))

    def answer_row(self, row: dict[str, object], hits: int = 0) -> dict[str, object]:
        """One row of the batch contract answered. Raises QuestionInvalid where it cannot be."""
        began = perf_counter()
        name, question, turns = read_row(row)
        found = self.search(question, turns, max(hits, READ))
        out = {"id": name, **reply_row(self.answer(found))}
        out["milliseconds"] = round(1000 * (perf_counter() - began), 1)
        if hits:
            out["hits"] = [_hit_row(hit) for hit in found.hits[:hits]]
        return out

    def papers(self) -> list[PaperRecord]:
        """The records of the papers that are indexed, by path."""
        return list(self.index.store.records.values())

    def surroundings(self, passage: Passage, before: int = 2, after: int = 2) -> list[Passage]:
        """A passage with its neighbours in the same paper, in reading order."""
        return self.index.store.around(passage, before, after)


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
