"""The reviews, written at the terminal beside the bot that may be running."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.querylog.people import People
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.remedy import remedy
from kzbot.querylog.review.review import Review
from kzbot.querylog.writer import Writer


@asynccontextmanager
async def review_beside(path: Path) -> AsyncIterator[Review]:
    """The reviews, with connections that are open for this block: SQLite lets one process after the other write.

    Nobody's id is kept: a terminal has none. QueryLogError where the log cannot be opened, or its schema is not this program's.
    """
    reader = await QueryReader.open(path)
    try:
        try:
            writer = await Writer.open(path)
        except sqlite3.Error as error:
            raise QueryLogError(f"{path}: what is done cannot be kept ({error}); {remedy(error)}.") from error
        try:
            yield Review(writer, reader, People("none", b""))
        finally:
            await writer.close()
    finally:
        await reader.close()
