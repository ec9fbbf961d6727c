"""Texts through the embedding model, in OpenVINO: one text, or as many as there are."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Sized
from pathlib import Path
from queue import Empty, SimpleQueue
from types import ModuleType
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import openvino

# Eight short texts keep a stream busy (of 1, 2, 4, 8, 16 and 32, those from 4 on take as long)
BATCH = 8
# Texts that are cut into tokens in one go: what the tokenizer tells of them fills memory
CUT = 1024
# What a converted model is made of
MODEL, TOKENIZER = "model.xml", "tokenizer.json"
# What goes into the model, by name
INPUTS = ("input_ids", "attention_mask")

Vectors = NDArray[np.float32]
Tokens = NDArray[np.int32]


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
        streams = self._compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
        self._free: SimpleQueue[openvino.InferRequest] = SimpleQueue()
        for _ in range(int(streams)):
            self._free.put(self._compiled.create_infer_request())
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._blank = int((self._tokenizer.padding or {}).get("pad_id", 0))
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str], tick: Callable[[int], object] | None = None) -> Vectors:
        """Vectors as the model yields them, one row for each text; `tick` hears how many
        are done.
        """
        cut = self._cut(texts)
        rows: dict[int, Vectors] = {}
        for batch, vectors in self._inferred(cut, batches_of(cut)):
            rows.update(zip(batch, vectors, strict=True))
            if tick:
                tick(len(batch))
        return np.stack([rows[at] for at in range(len(texts))])

    def _inferred(
        self, cut: Sequence[Tokens], batches: list[list[int]]
    ) -> Iterator[tuple[list[int], Vectors]]:
        """Each batch with its vectors, as many at work at a time as there are free requests."""
        under_way: deque[tuple[list[int], openvino.InferRequest]] = deque()
        try:
            for batch in batches:
                tokens = self._side_by_side([cut[at] for at in batch])
                while not (request := self._request(wait=not under_way)):
                    done, ended = under_way.popleft()
                    yield done, self._vectors(ended)
                under_way.append((batch, request))
                request.start_async(tokens)
            while under_way:
                done, ended = under_way.popleft()
                yield done, self._vectors(ended)
        finally:
            # What stopped here, a text or the caller, must not keep a request from the others.
            for _, left in under_way:
                self._vectors(left)

    def _request(self, *, wait: bool) -> openvino.InferRequest | None:
        """A request that no other thread has; without one to be had, None or a wait for one.

        Who has one under way must not wait for another: two who did would wait for each other.
        """
        try:
            return self._free.get(block=wait)
        except Empty:
            return None

    def _vectors(self, request: openvino.InferRequest) -> Vectors:
        """What a request yields once it has ended; then it is free.

        OpenVINO works in threads of its own, which never call Python. Its own queue of requests
        does, and a process was seen to hang in it.
        """
        try:
            request.wait()
            return cast("Vectors", request.get_output_tensor(0).data.copy())
        finally:
            self._free.put(request)

    def _cut(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text."""
        return [
            np.array(one.ids, dtype=np.int32)
            for start in range(0, len(texts), CUT)
            for one in self._tokenizer.encode_batch_fast(list(texts[start : start + CUT]))
        ]

    def _side_by_side(self, cut: Sequence[Tokens]) -> dict[str, NDArray[np.int64]]:
        """What the model reads: the texts below each other, shorter ones filled up."""
        lengths = np.array([len(one) for one in cut])
        there = np.arange(lengths.max()) < lengths[:, None]
        tokens = np.full(there.shape, self._blank, dtype=np.int64)
        tokens[there] = np.concatenate(cut)
        return dict(zip(INPUTS, (tokens, there.astype(np.int64)), strict=True))


def batches_of(cut: Sequence[Sized]) -> list[list[int]]:
    """The places of texts that go through the model together: those of as many tokens.

    By their letters, of which tables have few in a token, a third of it would be padding.
    """
    order = sorted(range(len(cut)), key=lambda at: len(cut[at]))
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]


def openvino_alone() -> ModuleType:
    """OpenVINO without the part of it that tells its makers, over the network, of its use."""
    sys.modules.setdefault("openvino_telemetry", cast("ModuleType", None))
    import openvino

    return cast("ModuleType", openvino)
