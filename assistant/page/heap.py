"""The memory of a process that lives for long: what is freed goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable
from threading import Thread
from time import sleep

EVERY = 60.0  # seconds; a hundred megabytes are looked through in some milliseconds
# A setting of the C library of Linux: how many heaps it keeps for threads that allocate at once
_HEAPS = -8


def keep_lean(every: float = EVERY) -> None:
    """Keeps one heap for all threads that begin from now on, and gives back what is freed in it.

    Each thread would get a heap of its own, and none of them what another has freed, so that a
    server of many threads seems to grow for hours. Python lets one thread compute at a time, so
    that they need not wait for each other at a single heap.
    """
    choose = _of_the_library("mallopt")
    if choose:
        choose(_HEAPS, 1)

    def give() -> None:
        while True:
            sleep(every)
            give_back()

    Thread(target=give, daemon=True).start()


def settle() -> None:
    """Keeps what is there now for good: the search for what is to be freed passes over it.

    Of a page and its libraries that is half a million objects, which took it a tenth of a second
    each time, while whoever had asked waited.
    """
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Hands the system what was freed, which is kept where something in use lies behind it."""
    trim = _of_the_library("malloc_trim")
    if trim:
        trim(0)


def _of_the_library(name: str) -> Callable[..., int] | None:
    """A function of the C library; None where it has none of that name, as most have not."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
