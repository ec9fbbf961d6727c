"""A sentence-transformers model as a model of OpenVINO, converted once and kept on this machine.

PyTorch and sentence-transformers take six seconds to load; what is converted takes half a second.
They load in a child process, so that neither stays in the memory of a page that runs for weeks.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from logging import ERROR, getLogger
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, cast
from warnings import catch_warnings

from assistant.encoder import INPUTS, MODEL, TOKENIZER, Encoder, openvino_alone
from assistant.errors import IndexUnusable
from assistant.settings import environment

if TYPE_CHECKING:
    import openvino
    import torch
    from sentence_transformers import SentenceTransformer

# Converted models that are kept: the one in use, and one for another checkout or a trial.
KEPT = 3
# A conversion takes some 8 s on two cores; one that takes longer than this is tried once more
SECONDS = 240.0
TRIES = 2


def converted(name: str, model: Path, layers: Path | None) -> Encoder:
    """The encoder of a sentence-transformers model, with these layers put into it where given.

    `name` tells its weights apart from all others. Where a converted model of that name is kept
    it is used; where it is torn or there is none, one is made. A machine that lets nothing be
    kept (no home, a read-only one) converts each time. Raises IndexUnusable where none can be
    made.
    """
    kept = cache() / name
    try:
        return Encoder(kept)
    except RuntimeError:
        pass
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=".converting-", dir=kept.parent))
    except OSError:
        aside = Path(mkdtemp(prefix="converted-"))
        kept = aside
    try:
        _convert_aside(model, layers, aside)
        encoder = Encoder(aside)
        if kept != aside:
            _keep(aside, kept)
        return encoder
    finally:
        rmtree(aside, ignore_errors=True)


def cache() -> Path:
    """The folder of converted models: in the person's cache, as the XDG base directories say."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / (
        "committee-papers-assistant"
    )


def plain_model(model: Path, layers: Path | None) -> SentenceTransformer:
    """The model as sentence-transformers runs it, with these layers put into it where given."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Importing sentence-transformers takes seconds, so nothing does before it must.
    from safetensors.torch import load_file
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # of a load that takes less than a second
    loaded = SentenceTransformer(str(model), device="cpu", local_files_only=True)
    if layers:
        loaded.load_state_dict(load_file(layers), strict=False)
    return loaded


def _keep(made: Path, kept: Path) -> None:
    """Puts a converted model in its place and drops the oldest; another process may be first."""
    rmtree(kept, ignore_errors=True)
    try:
        made.rename(kept)
    except OSError:
        return
    for old in sorted(_models(kept.parent), key=lambda one: -one.stat().st_mtime)[KEPT:]:
        rmtree(old, ignore_errors=True)


def _models(folder: Path) -> Iterable[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith("."))


def _convert_aside(model: Path, layers: Path | None, folder: Path) -> None:
    """`_convert` in a process of its own, which may neither stall this one nor stay in it."""
    told = [str(model), str(folder), *([str(layers)] if layers else [])]
    why = ""
    for _ in range(TRIES):
        try:
            child = subprocess.run(
                [sys.executable, "-m", "assistant.conversion", *told],
                env=environment(),
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            why = f"it took longer than {SECONDS:g} seconds"
            continue
        if child.returncode == 0:
            return
        why = next(iter(child.stderr.strip().splitlines()[-1:]), "its process was ended")
        break
    raise IndexUnusable(f"{model}: could not be converted for OpenVINO ({why}); run: make run")


def _convert(model: SentenceTransformer, folder: Path) -> None:
    """Writes the model, in float32, and its tokenizer, which cuts where the model stops reading."""
    runtime = openvino_alone()
    runtime.save_model(_traced(model), folder / MODEL, compress_to_fp16=False)
    tokenizer = model.tokenizer.backend_tokenizer
    tokenizer.enable_truncation(model.max_seq_length)
    tokenizer.enable_padding()
    tokenizer.save(str(folder / TOKENIZER))


def _traced(model: SentenceTransformer) -> openvino.Model:
    import torch
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    class Sentence(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            tokens = dict(zip(INPUTS, (input_ids, attention_mask), strict=True))
            return cast("torch.Tensor", self.model(tokens)["sentence_embedding"])

    # Tracing looks at everything that the model has, and much of that warns when looked at.
    getLogger("sentence_transformers").setLevel(ERROR)
    getLogger("transformers").setLevel(ERROR)
    example = model.tokenizer(["one", "and another"], padding=True, return_tensors="pt")
    with catch_warnings(action="ignore"):
        decoder = TorchScriptPythonDecoder(
            Sentence().eval(), example_input={name: example[name] for name in INPUTS}
        )
    frontend = FrontEndManager().load_by_framework("pytorch")
    return cast("openvino.Model", frontend.convert(frontend.load(decoder)))


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:]]
    _convert(plain_model(given[0], given[2] if given[2:] else None), given[1])
