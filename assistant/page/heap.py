"""The memory of a process that lives for long: what is freed goes back to the system."""

from __future__ import annotations

import ctypes
import sys
from threading import Thread
from time import sleep

EVERY = 60.0  # seconds; a hundred megabytes are looked through in some milliseconds


def give_back() -> None:
    """Hands the system what was freed.

    The C library of Linux keeps it where something still in use lies behind it, so that a server
    that fills and empties its memory in another order each time seems to grow for hours.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # not every C library has it
        if trim:
            trim(0)


def keep_giving_back(every: float = EVERY) -> None:
    """Does so from now on, until the process ends."""

    def give() -> None:
        while True:
            sleep(every)
            give_back()

    Thread(target=give, daemon=True).start()
