"""The generation that answers are made from, swapped between two answers."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kzbot.errors import GenerationError
from kzbot.index.generation import Generation

_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class _Lent:
    """An open generation and how many answers are being made from it."""

    id: str
    generation: Generation
    answers: int = 0


class Shelf:
    """Lends generations: each answer is made from one, and one that is not current closes after its last answer."""

    def __init__(self, path_of: Callable[[str], Path]) -> None:
        self._path_of = path_of
        self._current: _Lent | None = None
        self._open: dict[str, _Lent] = {}
        self._opening = asyncio.Lock()
        self._closed = False
        self._swapped = asyncio.Event()

    @classmethod
    async def open(cls, path_of: Callable[[str], Path], id_: str) -> Self:
        """A shelf that lends generation `id_`, whose file `path_of` names; GenerationError where it cannot be opened."""
        shelf = cls(path_of)
        await shelf.swap(id_)
        return shelf

    @property
    def id(self) -> str | None:
        """The id of the generation that answers are made from now."""
        return self._current.id if self._current else None

    @asynccontextmanager
    async def current(self) -> AsyncIterator[Generation]:
        """The current generation, kept open until the block ends."""
        if self._current is None:
            raise GenerationError("No corpus is loaded; run `python bot.py index`.")
        async with self._lending(self._current) as generation:
            yield generation

    @asynccontextmanager
    async def kept(self, id_: str) -> AsyncIterator[Generation | None]:
        """The generation `id_`, whether current or older; None where its file is no longer kept, or cannot be read."""
        try:
            lent = self._open.get(id_)
            if lent is None:
                async with self._opening:
                    lent = await self._opened(id_)
        except GenerationError as error:
            _LOGGER.info("An older generation cannot be shown: %s", error)
            yield None
            return
        async with self._lending(lent) as generation:
            yield generation

    async def swap(self, id_: str) -> None:
        """Make answers from `id_` from now on; those under way finish on the old one. GenerationError leaves all as it is.

        Of swaps that overlap, the one that was asked for last holds.
        """
        async with self._opening:
            new = await self._opened(id_)
            old, self._current = self._current, new
            self._swapped.set()
            self._swapped = asyncio.Event()
        if old is not None:
            await self._close_if_done(old)

    async def other_than(self, id_: str | None) -> None:
        """Return when another generation than `id_` is the current one."""
        while self.id == id_:
            await self._swapped.wait()

    async def close(self) -> None:
        """Lend nothing more; closes now or after the last answer under way."""
        self._closed, self._current = True, None
        for lent in list(self._open.values()):
            await self._close_if_done(lent)

    async def _opened(self, id_: str) -> _Lent:
        """The generation, opened where it is not; only one at a time may ask."""
        lent = self._open.get(id_)
        if lent is None:
            lent = self._open[id_] = _Lent(id_, await Generation.open(self._path_of(id_)))
        if self._closed:
            await self._close_if_done(lent)
            raise GenerationError("The bot is stopping; ask again soon.")
        return lent

    @asynccontextmanager
    async def _lending(self, lent: _Lent) -> AsyncIterator[Generation]:
        lent.answers += 1
        try:
            yield lent.generation
        finally:
            lent.answers -= 1
            await self._close_if_done(lent)

    async def _close_if_done(self, lent: _Lent) -> None:
        if lent.answers == 0 and lent is not self._current and self._open.get(lent.id) is lent:
            del self._open[lent.id]
            await lent.generation.close()
