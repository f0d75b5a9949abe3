"""The log of questions: a row is committed before its answer is sent."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Self

from kzbot.errors import QueryLogError
from kzbot.querylog.alike import alike, searched
from kzbot.querylog.filters import ALL, Filters
from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.migrate import migrate
from kzbot.querylog.people import Kept, People
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.remedy import remedy
from kzbot.querylog.review.review import Review
from kzbot.querylog.rows import AskedRow, ListedRow, QueryRecord, QueryRow, text_of
from kzbot.querylog.statistics import Statistics
from kzbot.querylog.writer import Result, Writer

FILE_NAME = "kzbot.db"
INSERT = (
    "INSERT INTO queries (asked_at, user, channel, server, command, options, status, items, took_ms, generation, private,"
    " phrasing, alike) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_NOT_COUNTED = ("denied", "failed")
_KEEP = "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class QueryLog:
    """kzbot.db, opened for writing: one of these in the process that holds the lock of the data folder.

    `ledger`: what moderators and operators did. `review`: what was said of answers, and made of questions without one.
    `people`: what is kept of who asked or did something. `listing`: lists of questions.
    """

    def __init__(self, path: Path, writer: Writer, reader: QueryReader, people: People) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self.people = people
        self.listing = reader.listing
        self.ledger = Ledger(writer, reader, people)
        self.review = Review(writer, reader, people)
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, path: Path, user_ids: Kept = "kept") -> Self:
        """Opens or creates `path` and brings it to the schema of this program; QueryLogError where that cannot be."""
        await asyncio.to_thread(migrate, path)
        people = await asyncio.to_thread(People.open, path.parent, user_ids)
        try:
            writer = await Writer.open(path)
        except (sqlite3.Error, OSError) as error:
            raise QueryLogError(f"{path}: the log of questions cannot be opened ({error}); {remedy(error)}.") from error
        try:
            return cls(path, writer, await QueryReader.open(path), people)
        except BaseException:
            await writer.close()
            raise

    async def record(self, record: QueryRecord) -> int:
        """Keeps a question and returns its number, after the commit; the write is made even if the caller is cancelled.

        Raises QueryLogError where it was not kept.
        """
        options = json.dumps(dict(record.options), separators=(",", ":"))
        return await self._writer.write(
            INSERT,
            (
                text_of(record.asked_at),
                self.people.kept(record.user),
                self.people.place(record.channel, record.server),
                record.server,
                record.command,
                options,
                record.status,
                record.items,
                record.took_ms,
                record.generation,
                record.private,
                searched(record.command, record.options),
                None if record.status in _NOT_COUNTED else alike(record.command, record.options),
            ),
        )

    async def query(self, number: int) -> QueryRow | None:
        """The question with this number, or None."""
        return await self._reader.query(number)

    async def recent(self, limit: int, offset: int = 0, filters: Filters = ALL) -> tuple[list[ListedRow], int]:
        """The latest questions first, and how many there are in all; see `QueryReader.recent`."""
        return await self._reader.recent(limit, offset, filters)

    async def frequent(self, since: datetime, limit: int) -> list[AskedRow]:
        """What was asked most since then; see `QueryReader.frequent`."""
        return await self._reader.frequent(since, limit)

    async def statistics(self, since: date | None = None, until: date | None = None) -> Statistics:
        """The log in figures, from one day to another (UTC); see `statistics.count`."""
        return await self._reader.statistics(since, until)

    async def state(self, key: str) -> str | None:
        """What was last kept under `key`, or None."""
        return await self._reader.state(key)

    async def states(self, prefix: str) -> dict[str, str]:
        """What is kept under keys that begin so, by the rest of the key."""
        return await self._reader.states(prefix)

    async def servers(self) -> list[int]:
        """Every server that a question of the log was asked in."""
        return await self._reader.servers()

    async def drop_state(self, key: str) -> None:
        """Keeps nothing under `key` any more, and returns after the commit."""
        await self._writer.write("DELETE FROM state WHERE key = ?", (key,))

    async def set_state(self, key: str, value: str) -> None:
        """Keeps `value` under `key`, and returns after the commit."""
        await self._writer.write(_KEEP, (key, value))

    def follow_refusals(self, refused: Callable[[], None]) -> None:
        """From now on `refused` is called after each write that was not made."""
        self._writer.refused = refused

    async def alone(self, work: Callable[[], Result]) -> Result:
        """Does this in a thread while nothing is written to the file; see `Writer.alone`."""
        return await self._writer.alone(work)

    async def close(self) -> None:
        """Commits all that was accepted and closes the file; may be called again, and at the same time."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close(), name="kzbot.db closing")
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        """The writer goes last: who closes kzbot.db last tidies its write-ahead log away, and only a writer can."""
        try:
            await self._reader.close()
        finally:
            await self._writer.close()
