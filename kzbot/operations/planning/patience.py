"""Waiting for another build to end, for who has changed the corpus and wants it planned."""

import asyncio
from collections.abc import Awaitable, Callable

from kzbot.operations.outcome import Outcome

TRIES = 120
PAUSE = 0.5
"""Seconds between two tries."""


async def when_free(plan: Callable[[], Awaitable[Outcome]], *, tries: int = TRIES, pause: float = PAUSE) -> Outcome:
    """The outcome of `plan`, tried again while another build is under way, at most so often."""
    for _ in range(tries):
        outcome = await plan()
        if outcome.reason != "operations.reload.busy":
            return outcome
        await asyncio.sleep(pause)
    return outcome
