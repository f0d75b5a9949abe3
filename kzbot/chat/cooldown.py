"""How often one person may ask."""

import time
from collections import deque
from collections.abc import Callable

MINUTE = 60.0


class Cooldown:
    """At most `limit` in any `seconds` for each one, wherever the seconds begin; 0: no limit.

    Who has not asked for so long is forgotten: there are never more held than asked within the last `seconds`, each with
    `limit` moments. Forgetting costs as much as was remembered.
    """

    def __init__(self, limit: int, seconds: float = MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._seconds = seconds
        self._clock = clock
        self._taken: dict[int, deque[float]] = {}  # who asked last stands last

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._taken)

    def wait(self, who: int) -> float:
        """Seconds until this one may go on; 0 where that is now, and then it is counted. What must wait is not counted."""
        if not self.limit:
            return 0.0
        now = self._clock()
        self._forget(now)
        taken = self._taken.get(who, deque())
        while taken and now - taken[0] >= self._seconds:
            taken.popleft()
        if len(taken) >= self.limit:
            return max(self._seconds - (now - taken[0]), 0.001)
        taken.append(now)
        self._taken.pop(who, None)
        self._taken[who] = taken
        return 0.0

    def _forget(self, now: float) -> None:
        while self._taken:
            first = next(iter(self._taken))
            if now - self._taken[first][-1] < self._seconds:
                return
            del self._taken[first]
