"""The one connection that writes to kzbot.db: every write whole, in order, and told of only after its commit."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

from kzbot.errors import QueryLogError
from kzbot.querylog.remedy import remedy

_LOGGER = logging.getLogger(__name__)
_MOST_AT_ONCE = 500
Result = TypeVar("Result")


Statement = tuple[str, Sequence[object]]
"""SQL and its parameters."""


@dataclass(frozen=True, slots=True)
class _Write:
    """Statements that are made together or not at all, and who waits for them: the row number that the first of them made."""

    statements: Sequence[Statement]
    done: asyncio.Future[int]


@dataclass(frozen=True, slots=True)
class _Turn:
    """Work on the file that is done alone."""

    work: Callable[[], Any]
    done: "asyncio.Future[Any]"


class Writer:
    """Takes statements from any task; those that wait together are committed together. `refused` is called after a write that was not made."""

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._waiting: asyncio.Queue[_Write | _Turn | None] = asyncio.Queue()
        self._closed = False
        self.refused: Callable[[], None] = lambda: None
        self._worker = asyncio.create_task(self._work(), name="kzbot.db writer")

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Opens `path`, which is migrated, with WAL, synchronous FULL and secure_delete."""
        connection = await aiosqlite.connect(path, isolation_level=None, timeout=5)
        try:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
                await connection.execute_fetchall(f"PRAGMA {pragma}")
        except BaseException:
            await connection.close()
            raise
        return cls(connection, path)

    async def write(self, sql: str, parameters: Sequence[object]) -> int:
        """Runs one statement and returns the number of the row that it made, after its commit; see `write_all`."""
        return await self.write_all(((sql, parameters),))

    async def write_all(self, statements: Sequence[Statement]) -> int:
        """Runs statements, all or none, and returns the number of the row that the first made, after their commit.

        A caller that is cancelled while it waits changes nothing: the write is still made. Raises QueryLogError where it
        was not made: the log is closed, the disk is full.
        """
        if self._closed:
            raise self._is_closed()
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(_Write(tuple(statements), done))
        return await asyncio.shield(done)

    async def alone(self, work: Callable[[], Result]) -> Result:
        """Does this in a thread, with a connection of its own, while nothing else is written; its result, or what it raises.

        Writes wait meanwhile, and are made after it. A caller that is cancelled changes nothing.
        """
        if self._closed:
            raise self._is_closed()
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(_Turn(work, done))
        return await asyncio.shield(done)

    async def close(self) -> None:
        """Takes no more writes, commits all that were accepted, and closes the file; may be called again."""
        if not self._closed:
            self._closed = True
            self._waiting.put_nowait(None)
        await asyncio.shield(self._worker)

    async def _work(self) -> None:
        """Commits what waits until `close`, then closes the connection; whatever ends it, nobody waits for ever."""
        try:
            last = False
            while not last:
                batch = [await self._waiting.get()]
                while len(batch) < _MOST_AT_ONCE and isinstance(batch[-1], _Write) and not self._waiting.empty():
                    batch.append(self._waiting.get_nowait())
                last = batch[-1] is None
                if writes := [write for write in batch if isinstance(write, _Write)]:
                    await self._commit(writes)
                if isinstance(batch[-1], _Turn):
                    await _take(batch[-1])
        finally:
            self._closed = True
            while not self._waiting.empty():
                if (write := self._waiting.get_nowait()) is not None:
                    self._fail(write, self._is_closed())
            await self._connection.close()

    async def _commit(self, writes: Sequence[_Write]) -> None:
        """One transaction. A statement that fails alone fails alone; what is not committed is never told of as done."""
        made: list[tuple[_Write, int]] = []
        failed: list[tuple[_Write, Exception]] = []
        try:
            await self._connection.execute_fetchall("BEGIN IMMEDIATE")
            for write in writes:
                try:
                    made.append((write, await self._run(write.statements)))
                except (sqlite3.Error, ValueError, OverflowError) as error:
                    if not self._connection.in_transaction:
                        raise
                    failed.append((write, error))
            await self._connection.execute_fetchall("COMMIT")
        except Exception as error:  # noqa: BLE001 - told to each who waits, and to the program's log
            with suppress(sqlite3.Error, ValueError):  # a connection that is gone has rolled back by itself
                await self._connection.rollback()
            made, failed = [], [(write, error) for write in writes]
        for write, number in made:
            if not write.done.done():
                write.done.set_result(number)
        for write, reason in failed:
            self._fail(write, reason)
        if failed:
            self.refused()

    async def _run(self, statements: Sequence[Statement]) -> int:
        """One write within the transaction; several statements have a savepoint, so that none stays where one fails."""
        alone = len(statements) == 1
        if not alone:
            await self._connection.execute_fetchall("SAVEPOINT several")
        try:
            numbers = [await self._execute(*statement) for statement in statements]
        except BaseException:
            if not alone and self._connection.in_transaction:
                await self._connection.execute_fetchall("ROLLBACK TO several")
                await self._connection.execute_fetchall("RELEASE several")
            raise
        if not alone:
            await self._connection.execute_fetchall("RELEASE several")
        return numbers[0]

    async def _execute(self, sql: str, parameters: Sequence[object]) -> int:
        cursor = await self._connection.execute(sql, parameters)
        number = cursor.lastrowid or 0
        await cursor.close()
        return number

    def _fail(self, write: _Write | _Turn, error: Exception) -> None:
        _LOGGER.error("%s: a write was not made: %s", self._path, error)
        if not write.done.done():
            told = QueryLogError(
                f"{self._path.name}: the log of questions cannot be written ({error}); {remedy(error)}."
            )
            told.__cause__ = error
            write.done.set_exception(told)

    def _is_closed(self) -> QueryLogError:
        return QueryLogError(
            f"{self._path.name}: the log of questions is closed, because the bot is stopping; ask again soon."
        )


async def _take(turn: _Turn) -> None:
    try:
        made = await asyncio.to_thread(turn.work)
    except Exception as error:  # noqa: BLE001 - told to who waits
        if not turn.done.done():
            turn.done.set_exception(error)
    else:
        if not turn.done.done():
            turn.done.set_result(made)
