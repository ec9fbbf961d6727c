"""The desk that visitors of the page ask at: what clerks told, and the papers of the index."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from assistant.audit import Audit
from assistant.conversation import Turn
from assistant.embedder import Embedder
from assistant.errors import PaperUnreadable
from assistant.examples import examples
from assistant.index import Index, current
from assistant.manifest import HeldPart
from assistant.page.clerks import Clerk, Seek
from assistant.page.feedback import Report, keep_report
from assistant.page.originals import file_of
from assistant.page.told import Told
from assistant.page.wishes import scope_fields
from assistant.papers import Box, PaperRecord
from assistant.pictures import Pictures, View
from assistant.scope import EVERYTHING, Scope

# Answers kept, some tens of kilobytes each
REMEMBERED = 300


class Desk:
    """Answers visitors, always from the newest index; holds nothing of a visitor."""

    def __init__(
        self,
        index: Path,
        model: str,
        corpus: Path,
        audit: Audit | None = None,
        seek: Seek | None = None,
    ) -> None:
        """`seek` asks the clerks; without it answers are sought in this process."""
        self._audit = audit or Audit(index, 0)
        self._index = index
        self._corpus = corpus
        self._model = model
        self._seek = seek or Clerk(index, model).ask
        self._turnstile = Lock()
        self._opened: Index | None = None
        self._making = Lock()
        self._examples: tuple[Path, list[str]] | None = None
        self._pictures = Pictures()
        # What one has asked others ask too: the page suggests questions.
        self._given: OrderedDict[tuple[str, tuple[Turn, ...], Scope], Told] = OrderedDict()
        self._printed: dict[str, dict[int, str]] = {}

    def ask(self, question: str, turns: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Told:
        """The reply, what stands around each passage that it cites, and the series it holds.

        Raises AssistantError where there is none.
        """
        asked = (question, tuple(turns), scope)
        with self._turnstile:
            self._open()
            told = self._given.get(asked)
        told = told or self._seek(*asked)
        with self._turnstile:
            # A build may have swapped another index in since.
            if told.generation == self._open().folder.name:
                self._given[asked] = told
                self._given.move_to_end(asked)
            if len(self._given) > REMEMBERED:
                self._given.popitem(last=False)
        self._audit.keep(told.reply, told.generation, question, turns, scope_fields(scope))
        return told

    def records(self) -> list[PaperRecord]:
        """The papers that are in. Raises IndexUnusable where there is no index."""
        with self._turnstile:
            return list(self._open().store.records.values())

    def file(self, path: str) -> Path:
        """The file of an indexed paper.

        Raises PaperUnreadable where it cannot be handed out, or where parts of it are held back.
        """
        record, held = self._known(path)
        if held:
            raise PaperUnreadable(f"{path}: parts of it are not for publication")
        return file_of(record, self._corpus)

    def picture(
        self, path: str, page: int, scale: float, marks: tuple[Box, ...], *, cut: bool = False
    ) -> bytes:
        """A page of an indexed PDF, or what is cut out of it around the marks, as a PNG file.

        Raises PaperUnreadable where there is none.
        """
        record, held = self._known(path)
        if not record.pages or not 1 <= page <= record.pages or not path.lower().endswith(".pdf"):
            raise PaperUnreadable(f"{path}: has no page {page}")
        # Beside what is held back only pages are shown that public words were read from.
        if held and (page not in self._pages(record) or any(map(_holds(page), held))):
            raise PaperUnreadable(f"{path}: page {page} is not for publication")
        file = file_of(record, self._corpus)
        return self._pictures.show(View(file, record.digest, page, scale, marks, cut))

    def printed(self, path: str, page: int) -> str:
        """The number printed on a page, or "". Raises PaperUnreadable where there is no paper."""
        return self._pages(self._known(path)[0]).get(page, "")

    def _pages(self, record: PaperRecord) -> dict[int, str]:
        """The pages that words of the index stand on, with the numbers printed there."""
        with self._turnstile:
            store = self._open().store
            if record.path not in self._printed:
                passages = store.get(store.span(record.path))
                places = [place for passage in passages for place in passage.places]
                self._printed[record.path] = {one.page: one.printed for one in places if one.page}
            return self._printed[record.path]

    def keep(self, report: Report) -> bool:
        """Keeps what somebody said of an answer; False where it could not be kept."""
        folder = current(self._index)
        return folder is not None and keep_report(self._index, report, folder.name)

    def _known(self, path: str) -> tuple[PaperRecord, tuple[HeldPart, ...]]:
        """The record of an indexed paper, and what of it is held back."""
        with self._turnstile:
            index = self._open()
            record = index.store.records.get(path)
        if record is None:
            raise PaperUnreadable(f"{path}: is not among the indexed papers")
        return record, index.manifest.parts_of(path)

    def examples(self) -> list[str]:
        """Questions that these papers answer; found once for each index."""
        with self._making:
            with self._turnstile:
                index = self._open()
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

    def _open(self) -> Index:
        """The index in use, opened anew after a build has swapped one in."""
        folder = current(self._index)
        if self._opened is None or folder != self._opened.folder:
            self._opened = Index.open(self._index, Embedder(self._model).name)
            # Nothing of a paper that was withdrawn may outlive the index that held it.
            self._given.clear()
            self._printed.clear()
            self._pictures = Pictures()
        return self._opened


def _holds(page: int) -> Callable[[HeldPart], bool]:
    def holds(part: HeldPart) -> bool:
        return part.first is None or part.last is None or part.first <= page <= part.last

    return holds
