"""Room on the disk, taken before a file is written as memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def take_room(file: Path) -> None:
    """Sees to it that a file that was made to its full size has that much of the disk.

    Raises OSError where the disk is full. Without it, writing to memory that stands for the
    file would end the whole program, the page and all who ask in it.
    """
    if sys.platform == "linux":
        with file.open("r+b") as opened:
            os.posix_fallocate(opened.fileno(), 0, file.stat().st_size)
