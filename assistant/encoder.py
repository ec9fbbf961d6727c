"""Texts through the embedding model, in OpenVINO: one text, or as many as there are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from types import ModuleType
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import openvino

# Eight short texts keep a stream busy; more only add padding (of 4, 8, 16, 32 and 64 the best)
BATCH = 8
# What a converted model is made of
MODEL, TOKENIZER = "model.xml", "tokenizer.json"
# What goes into the model, by name
INPUTS = ("input_ids", "attention_mask")

Vectors = NDArray[np.float32]


class Encoder:
    """A converted model, compiled for this processor in a third of a second.

    The processor works in bfloat16 where it knows that type (cosine 0.9999 to float32), and on
    as many batches side by side as OpenVINO finds best for it. Threads may share it.
    """

    def __init__(self, folder: Path) -> None:
        """Raises RuntimeError where the folder holds no whole converted model."""
        from tokenizers import Tokenizer

        core = openvino_alone().Core()
        halves = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        precision = "bf16" if halves else "f32"
        hints = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": precision}
        self._compiled = core.compile_model(core.read_model(folder / MODEL), "CPU", hints)
        self._streams = int(self._compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
        self._free: SimpleQueue[openvino.InferRequest] = SimpleQueue()
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))

    def encode(self, texts: Sequence[str], tick: Callable[[int], object] | None = None) -> Vectors:
        """Vectors as the model yields them, one row for each text; `tick` hears how many
        are done.
        """
        # Texts of like length go together, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        rows: dict[int, Vectors] = {}
        with ThreadPoolExecutor(self._streams) as pool:
            mapped = pool.map if len(batches) > 1 else map
            found = mapped(self._infer, ([texts[at] for at in batch] for batch in batches))
            for batch, vectors in zip(batches, found, strict=True):
                rows.update(zip(batch, vectors, strict=True))
                if tick:
                    tick(len(batch))
        return np.stack([rows[at] for at in range(len(texts))])

    def _infer(self, texts: list[str]) -> Vectors:
        """The vectors of one batch, in a request that no other thread has.

        OpenVINO's own queue calls back into Python from its threads, and a model that goes while
        one of them waits for the interpreter never ends: these threads are ours.
        """
        try:
            request = self._free.get_nowait()
        except Empty:
            request = self._compiled.create_infer_request()
        request.infer(self._tokens(texts))
        vectors = request.get_output_tensor(0).data.copy()
        self._free.put(request)
        return cast("Vectors", vectors)

    def _tokens(self, texts: list[str]) -> dict[str, NDArray[np.int64]]:
        found = self._tokenizer.encode_batch(texts)
        rows = [each.ids for each in found], [each.attention_mask for each in found]
        return dict(zip(INPUTS, map(np.array, rows), strict=True))


def openvino_alone() -> ModuleType:
    """OpenVINO without the part of it that tells its makers, over the network, of its use."""
    sys.modules.setdefault("openvino_telemetry", cast("ModuleType", None))
    import openvino

    return cast("ModuleType", openvino)
