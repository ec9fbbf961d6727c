"""The desk that visitors of the page ask at: one assistant, shared, over the index in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from assistant.answers import Answer, Reply
from assistant.assistant import Assistant
from assistant.conversation import Turn, make_whole
from assistant.embedder import Embedder
from assistant.errors import PaperUnreadable
from assistant.examples import examples
from assistant.index import Index, current
from assistant.manifest import HeldPart
from assistant.page.feedback import Report, keep_report
from assistant.page.shelf import file_of
from assistant.papers import Box, PaperRecord
from assistant.passages import Passage
from assistant.pictures import Pictures, View
from assistant.scope import EVERYTHING, Scope, scope_in
from assistant.series import Series, series_in
from assistant.several import asked_in

# Rows of a table are short, so that more of them make the context of one.
BEFORE, AFTER = 1, 1
ROWS_BEFORE, ROWS_AFTER = 3, 3

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


class Desk:
    """Answers one visitor at a time, always from the newest index; holds nothing of a visitor."""

    def __init__(self, index: Path, model: str, corpus: Path) -> None:
        self._index = index
        self._corpus = corpus
        self._model = model
        self._turnstile = Lock()
        self._embedder: Embedder | None = None
        self._folder: Path | None = None
        self._assistant: Assistant | None = None
        self._making = Lock()
        self._examples: tuple[Path, list[str]] | None = None
        self._pictures = Pictures()
        self._printed: dict[tuple[Path, str], dict[int, str]] = {}

    def ask(self, question: str, turns: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Told:
        """The reply, what stands around each passage that it cites, and the series it holds.

        Raises IndexUnusable or QuestionInvalid as the assistant does.
        """
        with self._turnstile:
            assistant = self._open()
            reply = assistant.ask(question, turns, scope)
            series = series_in(reply, _rows(assistant)) if isinstance(reply, Answer) else None
            cited = reply.citations if isinstance(reply, Answer) else reply.nearest
            more = series.citations if series else []
            passages = [citation.evidence.passage for citation in (*cited, *more)]
            around = {passage.key: _around(assistant, passage) for passage in passages}
            scoped = scope_in(question, assistant.papers())
            alone = asked_in(question) == [question] and reply.question is not None
            whole = make_whole(scoped.question or question, turns).text if alone else ""
            now = scope if scoped.scope is None else scoped.scope
            return Told(reply, around, series, whole, now)

    def records(self) -> list[PaperRecord]:
        """The papers that are in. Raises IndexUnusable where there is no index."""
        with self._turnstile:
            return self._open().papers()

    def file(self, path: str) -> Path:
        """The file of an indexed paper.

        Raises PaperUnreadable where it cannot be handed out, or where parts of it are held back.
        """
        record, held = self._known(path)
        if held:
            raise PaperUnreadable(f"{path}: parts of it are not for publication")
        return file_of(record, self._corpus)

    def picture(self, path: str, page: int, scale: float, marks: tuple[Box, ...]) -> bytes:
        """A page of an indexed PDF as a PNG file. Raises PaperUnreadable where there is none."""
        record, held = self._known(path)
        if not record.pages or not 1 <= page <= record.pages or not path.lower().endswith(".pdf"):
            raise PaperUnreadable(f"{path}: has no page {page}")
        # Beside what is held back only pages are shown that public words were read from.
        if held and (page not in self._pages(record) or any(map(_holds(page), held))):
            raise PaperUnreadable(f"{path}: page {page} is not for publication")
        file = file_of(record, self._corpus)
        return self._pictures.show(View(file, record.digest, page, scale, marks))

    def printed(self, path: str, page: int) -> str:
        """The number printed on a page, or "". Raises PaperUnreadable where there is no paper."""
        return self._pages(self._known(path)[0]).get(page, "")

    def _pages(self, record: PaperRecord) -> dict[int, str]:
        """The pages that words of the index stand on, with the numbers printed there."""
        with self._turnstile:
            index = self._open().index
            key = index.folder, record.path
            if key not in self._printed:
                passages = index.store.get(index.store.span(record.path))
                places = [place for passage in passages for place in passage.places]
                self._printed[key] = {one.page: one.printed for one in places if one.page}
            return self._printed[key]

    def keep(self, report: Report) -> bool:
        """Keeps what somebody said of an answer; False where it could not be kept."""
        folder = current(self._index)
        return folder is not None and keep_report(self._index, report, folder.name)

    def _known(self, path: str) -> tuple[PaperRecord, tuple[HeldPart, ...]]:
        """The record of an indexed paper, and what of it is held back."""
        with self._turnstile:
            index = self._open().index
            record = index.store.records.get(path)
        if record is None:
            raise PaperUnreadable(f"{path}: is not among the indexed papers")
        return record, index.manifest.parts_of(path)

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
                    lambda question: self.ask(question).reply,
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


def _rows(assistant: Assistant) -> Callable[[Passage], Sequence[Passage]]:
    return lambda row: assistant.index.store.table(row.paper, row.table)


def _holds(page: int) -> Callable[[HeldPart], bool]:
    def holds(part: HeldPart) -> bool:
        return part.first is None or part.last is None or part.first <= page <= part.last

    return holds
