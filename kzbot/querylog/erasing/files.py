"""Whole files of the log: emptying a write-ahead log, writing a copy anew."""

import sqlite3
import time

from kzbot.errors import QueryLogError

_READERS = 60.0
"""Seconds to wait for those who read the file."""


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
