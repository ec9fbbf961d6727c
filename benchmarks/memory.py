"""The memory of a process over time, and whether it grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import linear_regression, mean
from threading import Event, Thread
from time import monotonic

EVERY = 5.0  # seconds
HOUR = 3600.0
# Readings lie near those before them, so that an error is told of means of so many of them.
BLOCK = 6
FEWEST = 4


@dataclass
class Watched:
    """What a process held, read every few seconds while it is watched."""

    read: Callable[[], float]  # megabytes
    every: float = EVERY
    readings: list[tuple[float, float]] = field(default_factory=list)  # seconds, megabytes
    _done: Event = field(default_factory=Event)

    def __enter__(self) -> Watched:
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.readings.append((monotonic(), self.read()))
            if self._done.wait(self.every):
                return

    def growth(self) -> tuple[float, float]:
        """Megabytes an hour in the second half, and the standard error; zeros if too short.

        In the first half is filled what is kept of visits and answers, up to its limit.
        """
        half = self.readings[len(self.readings) // 2 :]
        blocks = [half[at : at + BLOCK] for at in range(0, len(half), BLOCK)]
        means = [tuple(map(mean, zip(*one, strict=True))) for one in blocks if len(one) == BLOCK]
        if len(means) < FEWEST:
            return 0.0, 0.0
        times, held = zip(*means, strict=True)
        line = linear_regression(times, held)
        rest = sum((y - line.intercept - line.slope * x) ** 2 for x, y in means)
        spread = sum((x - mean(times)) ** 2 for x in times)
        error = (rest / (len(means) - 2) / spread) ** 0.5
        return HOUR * line.slope, HOUR * error
