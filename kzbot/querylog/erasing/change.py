"""Changes to one database of the log, made in batches that each are a commit, of which no byte is left behind."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kzbot.querylog.erasing.files import empty_write_ahead_log, write_anew
from kzbot.querylog.people import People

ACTORS = (
    ("audit", "actor", "at"),
    ("history", "actor", "at"),
    ("overlays", "actor", "at"),
    ("overlays", "undone_by", "undone_at"),
    ("reports", "closed_by", "closed_at"),
    ("reviews", "actor", "at"),
    ("reviews", "undone_by", "undone_at"),
)
"""Where it stands who did something, and when."""
ASKERS = (("queries", "asked_at"), ("ratings", "at"), ("wishes", "at"), ("reports", "at"))
"""Where it stands, as `user`, who asked or said something, and when."""


class Change:
    """One open database of any schema up to that of this program. Blocking; used by one thread at a time."""

    def __init__(self, path: Path, people: People) -> None:
        self._path = path
        self._people = people
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
        try:
            for pragma in ("secure_delete = ON", "synchronous = FULL", "foreign_keys = ON", "cache_size = -32000"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._columns = self._read_columns()
        except BaseException:
            self._connection.close()
            raise

    def batches(self) -> Iterator[int]:
        """Makes the change, and says how many rows went: a commit before each step, and nothing held open between two."""
        raise AssertionError(f"{type(self).__name__} has no batches")

    @property
    def changed(self) -> bool:
        """Whether it has changed any row so far."""
        return self._connection.total_changes > 0

    def hasten(self) -> None:
        """For a file that is thrown away where anything goes wrong: nothing is done for the case of a crash."""
        self._connection.execute("PRAGMA journal_mode = MEMORY")
        self._connection.execute("PRAGMA synchronous = OFF")

    def tidy(self) -> None:
        """Leaves nothing of what was there before in the file: it is written anew, and its write-ahead log is emptied.

        QueryLogError where somebody reads the file all the time.
        """
        write_anew(self._connection)
        empty_write_ahead_log(self._connection)

    def interrupt(self) -> None:
        """Ends what another thread is doing with it now; that raises sqlite3.OperationalError there."""
        self._connection.interrupt()

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _run(self, sql: str, values: Sequence[Any]) -> Iterator[int]:
        self._connection.execute(sql, values)
        yield 0

    def _has(self, table: str, column: str) -> bool:
        return column in self._columns.get(table, ())

    def _read_columns(self) -> dict[str, list[str]]:
        """The columns of every table that can be written."""
        tables = [name for (name,) in self._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            table: [name for (name,) in self._connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            for table in tables
        }


class Transaction:
    """All of it or nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self._connection.execute("COMMIT")
        elif self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
