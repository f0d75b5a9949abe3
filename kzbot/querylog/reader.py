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
from kzbot.querylog.address import reading_address
from kzbot.querylog.filters import ALL, Filters
from kzbot.querylog.listing import Listing
from kzbot.querylog.messages import MESSAGE
from kzbot.querylog.remedy import remedy
from kzbot.querylog.rows import COLUMNS, AskedRow, ListedRow, QueryRow, json_of, row_of, text_as_it_is, text_of
from kzbot.querylog.schema import migrations, refuse_foreign
from kzbot.querylog.statistics import Statistics, count


class QueryReader:
    """A connection that only reads; it takes no lock, and sees each write once it is committed. `listing`: its lists."""

    def __init__(self, connection: aiosqlite.Connection, address: str, version: int) -> None:
        self._connection = connection
        self._address = address
        self.version = version
        self.listing = Listing(self.rows)

    @classmethod
    async def open(cls, path: Path, *, older: bool = False) -> Self:
        """Opens the log; QueryLogError where there is none, or its schema is not that of this program.

        `older`: one of an older program is opened, too, for `state` and `count` alone; `version` tells its schema.
        """
        address, known = reading_address(path), len(migrations())
        try:
            connection = await aiosqlite.connect(address, uri=True, timeout=5)
        except sqlite3.Error as error:
            raise unreadable(error, path) from error
        connection.text_factory = text_as_it_is
        try:
            version = next(iter(await connection.execute_fetchall("PRAGMA user_version")))[0]
            tables = next(iter(await connection.execute_fetchall("SELECT count(*) FROM sqlite_schema")))[0]
            refuse_foreign(version, path, known, empty=not tables)
            if not version:
                raise QueryLogError(f"{path}: the log of questions is empty; it begins when the bot first runs.")
            if version < known and not older:
                raise QueryLogError(
                    f"{path}: the log of questions is of an older kzbot (schema {version}, this program's is {known});"
                    " start the bot, anew where it runs: it backs the log up and brings it to its own schema."
                )
        except sqlite3.Error as error:
            await connection.close()
            raise unreadable(error, path) from error
        except BaseException:
            await connection.close()
            raise
        return cls(connection, address, version)

    async def count(self) -> int:
        """How many questions the log holds."""
        return int((await self.rows("SELECT count(*) FROM queries", ()))[0][0])

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


def unreadable(error: Exception, path: Path | None = None) -> QueryLogError:
    """What to tell of a log that cannot be read, or stopped being readable."""
    return QueryLogError(
        f"{f'{path}: the' if path else 'The'} log of questions cannot be read ({error}); {remedy(error)}."
    )
