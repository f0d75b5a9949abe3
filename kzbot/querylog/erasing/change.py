"""Changes to one database of the log, made in batches that each are a commit, of which no byte is left behind."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kzbot.querylog.alike import alike, searched
from kzbot.querylog.erasing.files import empty_write_ahead_log, write_anew
from kzbot.querylog.people import People
from kzbot.querylog.rows import json_of

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

    unindexed = False
    """Whether rows are looked for without the indexes of a file that was hastened: one that is damaged may not lead to them."""

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

    def _ask_otherwise(self, number: int, options: str) -> None:
        """A question with other words: taken out and put in again, so that what is counted and searched stays true."""
        columns = [one for one in self._columns["queries"] if one != "number"]
        row = dict(
            zip(
                columns,
                self._connection.execute(
                    f"SELECT {', '.join(columns)} FROM queries WHERE number = ?", (number,)
                ).fetchone(),
                strict=True,
            )
        )
        row["options"] = options
        if "phrasing" in row:
            given = json_of(options)
            row["phrasing"] = searched(row["command"], given)
            row["alike"] = None if row["alike"] is None else alike(row["command"], given)
        with Transaction(self._connection):
            hanging = {one: self._hanging(one, number) for one in ("ratings", "wishes") if one in self._columns}
            self._connection.execute("DELETE FROM queries WHERE number = ?", (number,))
            self._put("queries", {"number": number, **row})
            for table, rows in hanging.items():
                for one in rows:
                    self._put(table, one)

    def _hanging(self, table: str, query: int) -> list[dict[str, Any]]:
        columns = self._columns[table]
        rows = self._connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE query = ?", (query,))
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def _put(self, table: str, row: dict[str, Any]) -> None:
        marks = ", ".join("?" * len(row))
        self._connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))

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
