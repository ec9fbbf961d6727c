"""The desk that visitors of the page ask at: one assistant, shared, over the index in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock

from assistant.answers import Answer, Reply
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.embedder import Embedder
from assistant.examples import examples
from assistant.index import Index, current
from assistant.papers import PaperRecord
from assistant.passages import Passage

# Rows of a table are short, so that more of them make the context of one.
BEFORE, AFTER = 1, 1
ROWS_BEFORE, ROWS_AFTER = 3, 3

# The passages around a cited one, itself among them, by its key
Around = Mapping[int, Sequence[Passage]]


class Desk:
    """Answers one visitor at a time, always from the newest index; holds nothing of a visitor."""

    def __init__(self, index: Path, model: str) -> None:
        self._index = index
        self._model = model
        self._turnstile = Lock()
        self._embedder: Embedder | None = None
        self._folder: Path | None = None
        self._assistant: Assistant | None = None
        self._making = Lock()
        self._examples: tuple[Path, list[str]] | None = None

    def ask(self, question: str, turns: Sequence[Turn]) -> tuple[Reply, Around]:
        """The reply, and what stands around each passage that it cites.

        Raises IndexUnusable or QuestionInvalid as the assistant does.
        """
        with self._turnstile:
            assistant = self._open()
            reply = assistant.ask(question, turns)
            cited = reply.citations if isinstance(reply, Answer) else reply.nearest
            passages = [citation.evidence.passage for citation in cited]
            return reply, {passage.key: _around(assistant, passage) for passage in passages}

    def records(self) -> list[PaperRecord]:
        """The papers that are in. Raises IndexUnusable where there is no index."""
        with self._turnstile:
            return self._open().papers()

    def examples(self) -> list[str]:
        """Questions that these papers answer; found once for each index."""
        with self._making:
            with self._turnstile:
                index = self._open().index
            if self._examples is None or self._examples[0] != index.folder:
                store = index.store
                # One is asked at a time, so that a visitor need not wait until all are found.
                found = examples(
                    list(store.records.values()),
                    lambda record: store.get(store.span(record.path)),
                    lambda question: self.ask(question, ())[0],
                )
                self._examples = index.folder, found
            return self._examples[1]

    def _open(self) -> Assistant:
        """The assistant over the index in use, opened anew after a build has swapped one in."""
        folder = current(self._index)
        if self._assistant is None or folder != self._folder:
            self._embedder = self._embedder or Embedder(self._model)
            self._assistant = Assistant(
                Index.open(self._index, self._embedder.name), self._embedder
            )
            self._folder = folder
        return self._assistant


def _around(assistant: Assistant, passage: Passage) -> list[Passage]:
    before, after = (ROWS_BEFORE, ROWS_AFTER) if passage.table else (BEFORE, AFTER)
    return assistant.surroundings(passage, before, after)
