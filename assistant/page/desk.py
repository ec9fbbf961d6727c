"""The desk that visitors of the page ask at: one assistant, shared, over the index in use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from assistant.answers import Answer, Citation, Reply
from assistant.assistant import Assistant
from assistant.audit import Audit
from assistant.conversation import Turn, make_whole
from assistant.differing import Differing, differing
from assistant.embedder import Embedder
from assistant.errors import PaperUnreadable
from assistant.examples import examples
from assistant.index import Index, current
from assistant.manifest import HeldPart
from assistant.page.feedback import Report, keep_report
from assistant.page.shelf import file_of
from assistant.page.wishes import scope_fields
from assistant.papers import Box, PaperRecord
from assistant.passages import Passage
from assistant.pictures import Pictures, View
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
# Answers kept, some tens of kilobytes each
REMEMBERED = 300

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


class Desk:
    """Answers one visitor at a time, always from the newest index; holds nothing of a visitor."""

    def __init__(self, index: Path, model: str, corpus: Path, audit: Audit | None = None) -> None:
        self._audit = audit or Audit(index, 0)
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
        # What one has asked others ask too: the page suggests questions.
        self._given: OrderedDict[tuple[Path, str, tuple[Turn, ...], Scope], Told] = OrderedDict()
        self._printed: dict[tuple[Path, str], dict[int, str]] = {}

    def ask(self, question: str, turns: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Told:
        """The reply, what stands around each passage that it cites, and the series it holds.

        Raises IndexUnusable or QuestionInvalid as the assistant does.
        """
        with self._turnstile:
            assistant = self._open()
            folder = assistant.index.folder
            asked = (folder, question, tuple(turns), scope)
            told = self._given.get(asked) or _told(assistant, question, turns, scope)
            self._given[asked] = told
            self._given.move_to_end(asked)
            if len(self._given) > REMEMBERED:
                self._given.popitem(last=False)
        self._audit.keep(told.reply, folder.name, question, turns, scope_fields(scope))
        return told

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
            # Nothing of a paper that was withdrawn may outlive the index that held it.
            self._given.clear()
            self._printed.clear()
            self._pictures = Pictures()
        return self._assistant


def _around(assistant: Assistant, passage: Passage) -> list[Passage]:
    before, after = (ROWS_BEFORE, ROWS_AFTER) if passage.table else (BEFORE, AFTER)
    return assistant.surroundings(passage, before, after)


def _told(assistant: Assistant, question: str, turns: Sequence[Turn], scope: Scope) -> Told:
    """The reply to a question, with what the page shows beside it."""
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
    return Told(reply, around, series, whole, now, tuple(others))


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


def _holds(page: int) -> Callable[[HeldPart], bool]:
    def holds(part: HeldPart) -> bool:
        return part.first is None or part.last is None or part.first <= page <= part.last

    return holds
