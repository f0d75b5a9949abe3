"""Reads kzbot.db, beside the one who writes it: one question, the latest ones, those that hold some words."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import aiosqlite

from kzbot.errors import QueryLogError
from kzbot.querylog.filters import ALL, Filters
from kzbot.querylog.listing import Listing
from kzbot.querylog.messages import MESSAGE
from kzbot.querylog.rows import COLUMNS, AskedRow, ListedRow, QueryRow, json_of, row_of, text_as_it_is, text_of
from kzbot.querylog.schema import migrations
from kzbot.querylog.statistics import Statistics, count


class QueryReader:
    """A connection that only reads; it takes no lock, and sees each write once it is committed. `listing`: its lists."""

    def __init__(self, connection: aiosqlite.Connection, address: str) -> None:
        self._connection = connection
        self._address = address
        self.listing = Listing(self.rows)

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Opens the log; QueryLogError where there is none, or its schema is not that of this program."""
        address = _address(path)
        try:
            connection = await aiosqlite.connect(address, uri=True, timeout=5)
        except sqlite3.Error as error:
            raise QueryLogError(f"{path}: the log of questions cannot be read ({error}); restore a backup.") from error
        connection.text_factory = text_as_it_is
        try:
            version = next(iter(await connection.execute_fetchall("PRAGMA user_version")))[0]
            if version != len(migrations()):
                raise QueryLogError(
                    f"{path}: the log of questions has another schema ({version}) than this program ({len(migrations())}); "
                    "start the bot once with the newer of the two."
                )
        except sqlite3.Error as error:
            await connection.close()
            raise QueryLogError(f"{path}: the log of questions cannot be read ({error}); restore a backup.") from error
        except BaseException:
            await connection.close()
            raise
        return cls(connection, address)

    async def query(self, number: int) -> QueryRow | None:
        """The question with this number, or None."""
        if not 0 < number < 2**63:
            return None
        rows = await self.rows(f"SELECT {COLUMNS} FROM queries WHERE number = ?", (number,))
        return row_of(rows[0]) if rows else None

    async def recent(self, limit: int, offset: int = 0, filters: Filters = ALL) -> tuple[list[ListedRow], int]:
        """The latest questions first, `limit` of them from `offset`, and how many there are in all that pass the filters."""
        page = await self.listing.page(filters, offset + limit)
        return list(page.rows[offset:]), page.total

    async def frequent(self, since: datetime, limit: int) -> list[AskedRow]:
        """The questions that were answered from the corpus since then, the most frequent first, of those the latest.

        Not those that were denied or failed, nor those of a message, whose words are not kept. What is asked of the bot itself
        is a command of two words. What is new is another answer by its nature whenever something arrives.
        """
        rows = await self.rows(
            "SELECT command, options, count(*) AS asked FROM queries WHERE asked_at >= ? AND generation IS NOT NULL"
            " AND instr(command, ' ') = 0 AND command != 'new' AND status NOT IN ('denied', 'failed') AND NOT (command = 'check' AND json_type(options, ?) IS NOT NULL)"
            " GROUP BY command, options ORDER BY asked DESC, max(number) DESC LIMIT ?",
            (text_of(since), f"$.{MESSAGE}", limit),
        )
        return [AskedRow(command=row[0], options=json_of(row[1]), asked=row[2]) for row in rows]

    async def statistics(self, since: date | None = None, until: date | None = None) -> Statistics:
        """The log in figures, from one day to another (UTC); see `statistics.count`. Nobody else waits meanwhile."""
        try:
            return await asyncio.to_thread(self._statistics, since, until)
        except sqlite3.Error as error:
            raise unreadable(error) from error

    def _statistics(self, since: date | None, until: date | None) -> Statistics:
        with closing(sqlite3.connect(self._address, uri=True, timeout=5, isolation_level=None)) as connection:
            connection.text_factory = text_as_it_is
            return count(connection, since, until)

    async def state(self, key: str) -> str | None:
        """What was last kept under `key`, or None."""
        rows = await self.rows("SELECT value FROM state WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    async def states(self, prefix: str) -> dict[str, str]:
        """What is kept under keys that begin so, by the rest of the key."""
        rows = await self.rows("SELECT key, value FROM state WHERE substr(key, 1, ?) = ?", (len(prefix), prefix))
        return {key[len(prefix) :]: value for key, value in rows}

    async def servers(self) -> list[int]:
        """Every server that a question of the log was asked in."""
        rows = await self.rows(
            "SELECT DISTINCT server FROM queries WHERE typeof(server) = 'integer' ORDER BY server", ()
        )
        return [row[0] for row in rows]

    async def close(self) -> None:
        """Closes the connection."""
        await self._connection.close()

    async def rows(self, sql: str, parameters: Sequence[object]) -> list[Any]:
        """All rows of a query; QueryLogError where they cannot be read."""
        try:
            return list(await self._connection.execute_fetchall(sql, parameters))
        except sqlite3.Error as error:
            raise unreadable(error) from error


def unreadable(error: Exception) -> QueryLogError:
    """What to tell of a log that stopped being readable."""
    return QueryLogError(f"The log of questions cannot be read ({error}); try again, or restore a backup.")


def _address(path: Path) -> str:
    if not path.is_file():
        raise QueryLogError(f"{path}: there is no log of questions yet; it begins when the bot first runs.")
    return f"{path.resolve().as_uri()}?mode=ro"
