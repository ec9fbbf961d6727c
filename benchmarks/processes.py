"""What the system tells of the processes that run: whose they are, and what they took."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

WRITTEN = ("Pss_Anon:", "Pss_Shmem:", "SwapPss:")


def numbers() -> list[int]:
    """The processes that there are."""
    return [int(one.name) for one in Path("/proc").glob("[0-9]*")]


def parent(process: int) -> int:
    """The process that started one; 0 where it has ended."""
    return int(_stat(process)[1])


def seconds_of(process: int) -> float:
    """The seconds that a process has computed for; 0 where it has ended."""
    own, system = _stat(process)[11:13]
    return (int(own) + int(system)) / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    """What the system tells of a process after its name; zeros where it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return ["0"] * 20


def kind_of(process: int) -> str:
    """What of the page a process is, as its command line tells."""
    with suppress(OSError):
        said = Path(f"/proc/{process}/cmdline").read_text()
        kinds = {"spawn_main": "clerk", "resource_tracker": "tracker", "app.py": "page"}
        return next((kind for sign, kind in kinds.items() if sign in said), "other")
    return "ended"


def kilobytes(process: int) -> int:
    """Kilobytes that a process has written, what several share counted once; 0 where not told."""
    with suppress(OSError):
        told = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        lines = [line.split() for line in told[1:]]
        return sum(int(held) for name, held, *_ in lines if name in WRITTEN)
    return 0
