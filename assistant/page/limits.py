"""How often one person may ask, so that nobody keeps the others waiting."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock
from time import monotonic

SECONDS = 60.0
MOST_PEOPLE = 10_000


class Limit:
    """At most `most` times a minute for each person; who has not come for long is forgotten."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._came: OrderedDict[str, deque[float]] = OrderedDict()
        self._counting = Lock()

    def allows(self, person: str) -> bool:
        """Whether this person may go on now; if so, it counts as one of her times."""
        now = self._clock()
        with self._counting:
            while self._came and next(iter(self._came.values()))[-1] <= now - SECONDS:
                self._came.popitem(last=False)
            times = self._came.setdefault(person, deque())
            self._came.move_to_end(person)
            while len(self._came) > MOST_PEOPLE:
                self._came.popitem(last=False)
            while times and times[0] <= now - SECONDS:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True
