"""Long work between which others are let in."""

import asyncio
import time

AT_ONCE = 0.005
"""Seconds of work after which others are let in."""


class Turns:
    """Made where a long piece of work begins; `await over()` between its steps lets others in where it is time."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    async def over(self) -> None:
        """Lets others in, where the work has gone on for long since they last were."""
        if time.perf_counter() - self._since >= AT_ONCE:
            await asyncio.sleep(0)
            self._since = time.perf_counter()
