"""Likeness: how near the words of a text come to a question's that it says in other words.

"When is the debt to be wiped out" is answered by the year in which a deficit is cleared. Each word
of the question counts as much as the text's word most like it (the MaxSim of ColBERT, Khattab and
Zaharia, SIGIR 2020), by the word vectors that the published embedding model starts from: of whole
words, not of sentences, they cost a question a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from assistant.embedder import published_model
from assistant.lexical import Lexical
from assistant.questions import Question
from assistant.terms import stem
from assistant.text import words

LAYER = "embeddings.word_embeddings.weight"
# Cosines of words that have nothing to do with each other lie below the first; above the second
# they mean nearly the same.
FAR, CLOSE = 0.2, 0.5
UNLIKE = -1.0
# Texts and words kept, of which the next questions meet most again: some 60 MB
MOST_TEXTS, MOST_WORDS = 20_000, 30_000

Likes = NDArray[np.float32]  # one row for each text, one column for each term; -1 to 1


class Likeness:
    """The terms of a question, to which the words of texts are likened."""

    def __init__(self, question: Question, vocabulary: Lexical) -> None:
        typed = {stem(word): word for word in words(question.text)}
        terms = sorted(question.own) or [""]
        self._known = known_words()
        rows = self._known.rows_of([typed.get(term, term) for term in terms])
        self._vectors = self._known.vectors[rows]
        self._stems = self._known.stems[rows]
        rarity = np.array([vocabulary.rarity(term) for term in terms])
        self._weights = (rarity / rarity.sum()).astype(np.float32)

    def of(self, texts: Sequence[str]) -> Likes:
        """How like the likest word of each text is to each term; 1 where the term stands there."""
        runs = self._known.rows(texts)
        rows, places = np.unique(np.concatenate(runs), return_inverse=True)
        likes = self._vectors @ self._known.vectors[rows].T
        likes[self._stems[:, None] == self._known.stems[rows]] = 1.0
        likes[:, rows == 0] = UNLIKE
        starts = np.cumsum([0, *(len(run) for run in runs[:-1])])
        return np.asarray(np.maximum.reduceat(likes[:, places], starts, axis=1).T)

    def share(self, likes: Likes, least: float = FAR) -> NDArray[np.float32]:
        """What of the question's weight each row holds; terms less like than `least` add none."""
        held = np.clip((likes - least) / (1 - least), 0.0, 1.0)
        return np.asarray(held @ self._weights, dtype=np.float32)


class KnownWords:
    """The words met so far, a row for each: its unit vector and the number of its stem.

    The vector is the mean of its pieces'; a figure's is zero, like nothing else. Row 0 is no word.
    """

    def __init__(self) -> None:
        self._pieces, self._tokenizer = _layer()
        self.vectors = np.zeros((MOST_WORDS, self._pieces.shape[1]), dtype=np.float32)
        self.stems = np.zeros(MOST_WORDS, dtype=np.int32)
        self._rows: dict[str, int] = {"": 0}
        self._numbers: dict[str, int] = {"": 0}
        self._texts: dict[str, NDArray[np.int32]] = {}
        self._adding = Lock()

    @property
    def is_full(self) -> bool:
        """Whether it holds as much as it is to keep."""
        return len(self._rows) >= MOST_WORDS or len(self._texts) >= MOST_TEXTS

    def rows(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """The rows of the words of each text, each once, behind that of no word."""
        met = {text: ["", *dict.fromkeys(words(text))] for text in texts if text not in self._texts}
        self._meet([word for every in met.values() for word in every])
        for text, every in met.items():
            self._texts[text] = np.array([self._rows[word] for word in every], dtype=np.int32)
        return [self._texts[text] for text in texts]

    def rows_of(self, alone: Sequence[str]) -> list[int]:
        """The row of each of these words."""
        self._meet(alone)
        return [self._rows[word] for word in alone]

    def _meet(self, met: Sequence[str]) -> None:
        """Gives a row to each word that has none yet."""
        if all(word in self._rows for word in met):
            return
        with self._adding:
            new = [word for word in dict.fromkeys(met) if word not in self._rows]
            first, last = len(self._rows), len(self._rows) + len(new)
            while last > len(self.vectors):
                self.vectors = np.vstack([self.vectors, np.zeros_like(self.vectors)])
                self.stems = np.concatenate([self.stems, np.zeros_like(self.stems)])
            numbers = [self._numbers.setdefault(stem(word), len(self._numbers)) for word in new]
            self.stems[first:last] = numbers
            self.vectors[first:last] = self._vectors_of(new)
            # Last: who finds a word reads its vector.
            self._rows.update(zip(new, range(first, last), strict=True))

    def _vectors_of(self, new: Sequence[str]) -> NDArray[np.float32]:
        cut = self._tokenizer.encode_batch_fast(list(new), add_special_tokens=False)
        vectors = np.zeros((len(new), self._pieces.shape[1]), dtype=np.float32)
        for at, (word, pieces) in enumerate(zip(new, cut, strict=True)):
            if pieces.ids and not any(map(str.isdigit, word)):
                vectors[at] = self._pieces[pieces.ids].mean(axis=0, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9))


_kept: list[KnownWords] = []


def known_words() -> KnownWords:
    """The words that this process knows; it begins anew when there are too many to keep."""
    if not _kept or _kept[-1].is_full:
        _kept[:] = [KnownWords()]
    return _kept[-1]


@cache
def _layer() -> tuple[NDArray[np.float16], Tokenizer]:
    """The vectors of all pieces of words about their mean, in half the room they are published in.

    Raises IndexUnusable where the published model is not installed.
    """
    # The products here are too small for two cores: they would only keep the other one waiting.
    threadpool_limits(limits=1, user_api="blas")
    folder = published_model()
    with safe_open(folder / "model.safetensors", framework="numpy") as weights:
        pieces = weights.get_tensor(LAYER)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return (pieces - pieces.mean(axis=0)).astype(np.float16), tokenizer
