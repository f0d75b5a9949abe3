"""The generation that answers are made from, swapped between two answers."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kzbot.errors import GenerationError
from kzbot.index.generation import Generation


@dataclass(slots=True)
class _Lent:
    """A generation and how many answers are being made from it; `retired` when another one has taken its place."""

    generation: Generation
    answers: int = 0
    retired: bool = False


class Shelf:
    """Lends generations: each answer is made from one, and one that was swapped out closes after its last answer."""

    def __init__(self, path_of: Callable[[str], Path]) -> None:
        self._path_of = path_of
        self._current: _Lent | None = None

    @classmethod
    async def open(cls, path_of: Callable[[str], Path], id_: str) -> Self:
        """A shelf that lends generation `id_`, whose file `path_of` names; GenerationError where it cannot be opened."""
        shelf = cls(path_of)
        await shelf.swap(id_)
        return shelf

    @property
    def id(self) -> str | None:
        """The id of the generation that answers are made from now."""
        return self._current.generation.id if self._current else None

    @asynccontextmanager
    async def current(self) -> AsyncIterator[Generation]:
        """The current generation, kept open until the block ends."""
        lent = self._current
        if lent is None:
            raise GenerationError("No corpus is loaded; run `python bot.py index`.")
        lent.answers += 1
        try:
            yield lent.generation
        finally:
            lent.answers -= 1
            await self._close_if_done(lent)

    @asynccontextmanager
    async def kept(self, id_: str) -> AsyncIterator[Generation | None]:
        """The generation `id_`, whether current or older; None where its file is no longer kept."""
        if id_ == self.id:
            async with self.current() as generation:
                yield generation
            return
        path = self._path_of(id_)
        if not path.is_file():
            yield None
            return
        generation = await Generation.open(path)
        try:
            yield generation
        finally:
            await generation.close()

    async def swap(self, id_: str) -> None:
        """Make answers from `id_` from now on; those under way finish on the old one. GenerationError leaves all as it is."""
        opened = _Lent(await Generation.open(self._path_of(id_)))
        old, self._current = self._current, opened
        if old is not None:
            old.retired = True
            await self._close_if_done(old)

    async def close(self) -> None:
        """Lend nothing more; closes now or after the last answer under way."""
        old, self._current = self._current, None
        if old is not None:
            old.retired = True
            await self._close_if_done(old)

    async def _close_if_done(self, lent: _Lent) -> None:
        if lent.retired and lent.answers == 0:
            await lent.generation.close()
