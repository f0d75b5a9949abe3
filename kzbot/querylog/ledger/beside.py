"""A deed of the terminal, kept beside the bot that may be running."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.querylog.ledger.ledger import noted
from kzbot.querylog.ledger.rows import Deed
from kzbot.querylog.remedy import remedy
from kzbot.querylog.writer import Writer


async def note_beside(path: Path, deed: Deed) -> None:
    """Keeps the deed with a connection that is open for this one write: SQLite lets one after the other write.

    Nobody's id is kept: a terminal has none. QueryLogError where it could not be kept, as where the bot writes all the time.
    """
    try:
        writer = await Writer.open(path)
    except sqlite3.Error as error:
        raise QueryLogError(f"{path}: what was done cannot be kept ({error}); {remedy(error)}.") from error
    try:
        await writer.write(*noted(replace(deed, actor=replace(deed.actor, user=None))))
    finally:
        await writer.close()
