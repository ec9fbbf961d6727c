"""The graphics processor, where a machine has one: many texts through the embedding model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from assistant.conversion import plain_model
from assistant.encoder import Vectors

# What the drivers put there: NVIDIA's, AMD's, and Windows' own for Linux inside it
DRIVERS = (Path("/dev/nvidiactl"), Path("/dev/kfd"), Path("/dev/dxg"))
# Fewer texts than this are embedded sooner than they are sent there
MANY = 256
# Its thousands of small processors are kept busy by many texts at a time.
BATCH = 512


def usable() -> bool:
    """Whether PyTorch can compute there."""
    import torch

    return torch.cuda.is_available()


def find_device(drivers: Iterable[Path] = DRIVERS, usable: Callable[[], bool] = usable) -> str:
    """What PyTorch calls the graphics processor to use; "" where there is none.

    PyTorch takes seconds to load, so it is only asked where there is a driver.
    """
    return "cuda" if any(driver.exists() for driver in drivers) and usable() else ""


class Graphics:
    """A sentence-transformers model in half precision on a device.

    Raises RuntimeError, as `encode` does, where the device cannot carry it, being full or too old.
    """

    def __init__(self, device: str, model: Path, layers: Path | None) -> None:
        self._model = plain_model(model, layers).half().to(device)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors as the model yields them, one row for each text."""
        found = self._model.encode(
            list(texts), batch_size=BATCH, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32)
