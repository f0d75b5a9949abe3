"""Who is being answered at the moment, so that a deletion takes those questions in, too."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST = 30.0


class UnderWay:
    """Questions between their asking and their answer, by who asked."""

    def __init__(self) -> None:
        self._of: dict[int, set[asyncio.Event]] = defaultdict(set)

    @contextmanager
    def of(self, user: int) -> Iterator[None]:
        """A question of this person is being answered, in the block."""
        over = asyncio.Event()
        self._of[user].add(over)
        try:
            yield
        finally:
            over.set()
            self._of[user].discard(over)
            if not self._of[user]:
                del self._of[user]

    async def over(self, user: int, seconds: float = _LONGEST) -> None:
        """Returns when those that are under way now have been answered, or after so many seconds."""
        if waiting := [asyncio.create_task(one.wait()) for one in self._of.get(user, ())]:
            _, late = await asyncio.wait(waiting, timeout=seconds)
            for one in late:
                one.cancel()
