"""Embedding ahead: papers are embedded while others are still being read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event

from assistant.bound import bare
from assistant.embedded import Embedded, digest_of
from assistant.embedder import Embedder
from assistant.intake import Read
from assistant.passages import Passage, embedding_text

# Texts that are embedded in one go: the reading's end has to wait for no more than these.
SLAB = 512


@contextmanager
def embedding_ahead(known: Embedded, embedder: Embedder) -> Iterator[Callable[[Read], None]]:
    """Takes what is read, and makes it known as far as that gets until the reading ends.

    What is left then is for who needs it. Raises IndexUnusable where the model cannot be loaded.
    """
    waiting: SimpleQueue[Read | None] = SimpleQueue()
    ended = Event()
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(_embed, waiting, ended, known, embedder)
        try:
            yield waiting.put
        finally:
            ended.set()
            waiting.put(None)
    work.result()


def _embed(
    waiting: SimpleQueue[Read | None], ended: Event, known: Embedded, embedder: Embedder
) -> None:
    needed = _Needed()
    texts: list[str] = []
    while (read := waiting.get()) and not ended.is_set():
        embedder.load()
        found = {*texts, *map(embedding_text, needed.passages(read))}
        texts = sorted((one for one in found if one not in known), key=lambda one: (len(one), one))
        while len(texts) >= SLAB and not ended.is_set():
            known.embed(texts[-SLAB:], embedder)
            del texts[-SLAB:]


class _Needed:
    """Tells whether a paper's vectors will be needed, as far as the papers before it tell."""

    def __init__(self) -> None:
        self._papers: set[str] = set()  # digests of their words
        self._packed: set[bytes] = set()  # those of the passages of packs

    def passages(self, read: Read) -> Collection[Passage]:
        """The passages of a paper, or none of a copy or of one that may be bound into a pack."""
        if read.record is None or read.withdrawn or read.text in self._papers:
            return ()
        self._papers.add(read.text)
        said = [bare(passage) for passage in read.passages]
        if read.record.type == "agenda":
            self._packed.update(map(digest_of, said))
        elif digest_of(max(said, key=len, default="")) in self._packed:
            return ()
        return read.passages
