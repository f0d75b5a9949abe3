"""How kzbot.db is opened by who only reads it: beside whoever writes to it, and also where nothing can be written."""

import os
from pathlib import Path

from kzbot.errors import QueryLogError


def reading_address(path: Path) -> str:
    """The address of the log for SQLite, as a URI. Blocking.

    To read a log with a write-ahead log SQLite makes files beside it. Where it cannot, the log is read as one that nobody writes
    to: on a read-only file system, or in a folder that may not be written to, no writer keeps those files there. QueryLogError
    where there is no log, it may not be read, or its latest rows cannot be read without writing.
    """
    if not path.is_file():
        raise QueryLogError(f"{path}: there is no log of questions yet; it begins when the bot first runs.")
    if not os.access(path, os.R_OK):
        raise QueryLogError(
            f"{path}: permission denied; run this as the user that the bot runs as, such as sudo -u kzbot ..."
        )
    address = f"{path.resolve().as_uri()}?mode=ro"
    ahead, shared = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    if os.access(path.parent, os.W_OK | os.X_OK) or (ahead.exists() and shared.exists()):
        return address
    if ahead.exists() and ahead.stat().st_size:
        raise QueryLogError(
            f"{path}: the latest rows of the log of questions stand in {ahead.name}, which can be read only where its folder can be"
            " written to; copy the data folder there, and name the copy with --data."
        )
    return f"{address}&immutable=1"
