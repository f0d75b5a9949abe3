"""Looks up what nobody counts: which state is served, when the last backup and upkeep were, how late the event loop is."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from kzbot.errors import QueryLogError
from kzbot.index.inspect import meta_of
from kzbot.index.store import GenerationStore
from kzbot.operations.backups import Backups
from kzbot.operations.metrics.figures import Figures
from kzbot.operations.shelf import Shelf
from kzbot.operations.upkeep import last_upkeep
from kzbot.querylog.log import QueryLog

_EVERY, _LAG_EVERY = 15.0, 0.5


async def look(figures: Figures, log: QueryLog, shelf: Shelf, store: GenerationStore, backups: Backups) -> None:
    """Goes on until it is cancelled."""
    last, _ = await log.recent(1)
    figures.last_question(last[0].number if last else 0)
    async with asyncio.TaskGroup() as together:
        together.create_task(_lag(figures))
        together.create_task(_served(figures, shelf, store))
        together.create_task(_repeated(lambda: _moments(figures, log, backups)))


async def _lag(figures: Figures) -> None:
    while True:
        started = time.monotonic()
        await asyncio.sleep(_LAG_EVERY)
        figures.lagged(time.monotonic() - started - _LAG_EVERY)


async def _served(figures: Figures, shelf: Shelf, store: GenerationStore) -> None:
    while True:
        served = shelf.id
        if served is not None:
            meta = await asyncio.to_thread(meta_of, store.path(served))
            figures.served(served, int(meta.get("articles", 0)))
        await shelf.other_than(served)


async def _moments(figures: Figures, log: QueryLog, backups: Backups) -> None:
    newest = await asyncio.to_thread(backups.newest)
    if newest is not None:
        figures.last("backup", newest.timestamp())
    with suppress(QueryLogError, ValueError):
        upkeep = await last_upkeep(log)
        if upkeep is not None:
            figures.last("upkeep", upkeep.timestamp())


async def _repeated(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await work()
        await asyncio.sleep(_EVERY)
