"""Whole files of the log: emptying a write-ahead log, writing a copy anew."""

import sqlite3
import time

from kzbot.errors import QueryLogError

_IN_MEMORY = 64_000_000
_READERS = 60.0
"""Seconds to wait for those who read the file."""


def write_anew(connection: sqlite3.Connection) -> None:
    """Writes the whole database anew, so that nothing is left of rows that went.

    A large one goes through SQLite's temporary folder, where its file has no name, rather than through memory; where that
    folder does not take it, through memory after all.
    """
    pages, size = (connection.execute(f"PRAGMA {one}").fetchone()[0] for one in ("page_count", "page_size"))
    if pages * size > _IN_MEMORY:
        connection.execute("PRAGMA temp_store = FILE")
        try:
            connection.execute("VACUUM")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY):
                raise
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("VACUUM")


def empty_write_ahead_log(connection: sqlite3.Connection, seconds: float = _READERS) -> None:
    """Brings all of it into the database and leaves nothing in the file beside it.

    QueryLogError where somebody reads an older state for so many seconds; each try waits for the connection's timeout.
    """
    until = time.monotonic() + seconds
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > until:
            raise QueryLogError(
                "The log of questions is being read all the time, so that what was erased cannot leave its write-ahead log yet;"
                " end what reads it (another `python bot.py`, a database browser). It is tried again within the hour."
            )
        time.sleep(0.05)
