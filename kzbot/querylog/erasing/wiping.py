"""Takes what is meant out of one database of the log, in batches that each are a commit."""

import json
import re
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kzbot.querylog.alike import alike, searched
from kzbot.querylog.erasing.files import empty_write_ahead_log
from kzbot.querylog.erasing.scope import Erased, Target
from kzbot.querylog.people import People

_AT_ONCE = 500
_ID = re.compile(r"(?<![0-9])[0-9]{15,20}(?![0-9])")
_MAY_HOLD_ID = "GLOB '*" + "[0-9]" * 15 + "*'"
_ACTORS = (
    ("audit", "actor", "at"),
    ("history", "actor", "at"),
    ("overlays", "actor", "at"),
    ("overlays", "undone_by", "undone_at"),
    ("reports", "closed_by", "closed_at"),
    ("reviews", "actor", "at"),
    ("reviews", "undone_by", "undone_at"),
)
"""Where it stands who did something, and when."""
_ASKERS = (("queries", "asked_at"), ("ratings", "at"), ("wishes", "at"), ("reports", "at"))
_TEXTS = (("audit", "details"), ("reports", "said"), ("reviews", "remark"))
"""Where words may name a person by Discord's id, beside those of questions."""


class Wiper:
    """One open database of any schema up to that of this program. Blocking; used by one thread at a time."""

    def __init__(self, path: Path, target: Target, people: People) -> None:
        self._target = target
        self._people = people
        self._until = _text(target.until)
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
        try:
            for pragma in ("secure_delete = ON", "synchronous = FULL", "temp_store = MEMORY", "foreign_keys = ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._columns = self._read_columns()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def interrupt(self) -> None:
        """Ends what another thread is doing with it now; that raises sqlite3.OperationalError there."""
        self._connection.interrupt()

    def tidy(self) -> None:
        """Leaves nothing of what went in the file: it is written anew, and its write-ahead log is emptied.

        QueryLogError where somebody reads the file all the time.
        """
        self._connection.execute("VACUUM")
        empty_write_ahead_log(self._connection)

    def count(self) -> Erased:
        """What would go."""
        found = {table: self._count(table, where, values) for table, where, values in self._going()}
        return Erased({table: rows for table, rows in found.items() if rows})

    def batches(self) -> Iterator[None]:
        """Takes all of it out: a commit before each step, and nothing held open between two."""
        yield from self._texts()
        for table, where, values in self._going():
            while numbers := self._numbers(table, where, values):
                for at in range(0, len(numbers), _AT_ONCE):
                    self._delete(table, numbers[at : at + _AT_ONCE])
                    yield
        yield from self._names()

    def _going(self) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
        """Table, condition and parameters of the rows that go; what hangs on them goes by triggers or first."""
        target, until = self._target, self._until
        if target.kind == "person":
            for table, at in _ASKERS:
                yield table, *self._of(table, "user", f"{at} <= ?", (until,))
            yield "audit", *self._of("audit", "actor", "action = 'look' AND at <= ?", (until,))
        elif target.kind == "server":
            where, values = self._of("queries", "server", "asked_at <= ?", (until,))
            yield "reports", f"query IN (SELECT number FROM queries WHERE {where})", values
            yield "queries", where, values
        elif target.kind == "filtered":
            ranges = json.dumps(target.numbers)
            yield (
                "queries",
                "number IN (SELECT q.number FROM json_each(?) AS r JOIN queries AS q"
                " ON q.number BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]')) AND asked_at <= ?",
                (ranges, until),
            )
        else:
            yield "queries", "asked_at < ?", (until,)
            yield "wishes", "at < ?", (until,)
            yield "reports", "state != 'open' AND at < ?", (until,)
            assert target.audit_until is not None
            yield "audit", "at < ?", (_text(target.audit_until),)

    def _of(self, table: str, column: str, also: str, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        ids = self._meant(table, column)
        return f"{column} IN ({', '.join('?' * len(ids))}) AND {also}", (*ids, *values)

    def _meant(self, table: str, column: str) -> list[int]:
        """What this column holds of the person or server that is meant: the id, the keyed hash of it, or both."""
        if not self._has(table, column):
            return []
        rows = self._connection.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
        return [one for (one,) in rows if self._target.means(self._people, one)]

    def _names(self) -> Iterator[None]:
        """Who did what stays told apart by the keyed hash, without Discord's id; of what is too old nobody's."""
        for table, column, at in _ACTORS:
            if not self._has(table, column):
                continue
            if self._target.kind == "person":
                for one in self._meant(table, column):
                    if one > 0:
                        yield from self._run(
                            f"UPDATE {table} SET {column} = ? WHERE {column} = ? AND {at} <= ?",
                            (self._target.hash, one, self._until),
                        )
            elif self._target.kind == "older":
                assert self._target.audit_until is not None
                yield from self._run(
                    f"UPDATE {table} SET {column} = NULL WHERE {column} IS NOT NULL AND {at} < ?",
                    (_text(self._target.audit_until),),
                )
        if self._target.kind == "older" and self._has("reports", "user"):
            yield from self._run("UPDATE reports SET user = NULL WHERE user IS NOT NULL AND at < ?", (self._until,))

    def _texts(self) -> Iterator[None]:
        """Where words name the person by Discord's id, the keyed hash stands instead."""
        if self._target.kind != "person":
            return
        for table, column in _TEXTS:
            if self._has(table, column):
                for number, text in self._holding_ids(table, column):
                    if (other := self._without(text)) != text:
                        yield from self._run(f"UPDATE {table} SET {column} = ? WHERE number = ?", (other, number))
        for number, text in self._holding_ids("queries", "options"):
            if (other := self._without(text)) != text:
                self._ask_otherwise(number, other)
                yield

    def _holding_ids(self, table: str, column: str) -> list[tuple[int, str]]:
        return self._connection.execute(
            f"SELECT number, {column} FROM {table} WHERE {column} {_MAY_HOLD_ID}"
        ).fetchall()

    def _without(self, text: str) -> str:
        meant = self._target

        def other(found: re.Match[str]) -> str:
            return str(meant.hash) if meant.means(self._people, int(found[0])) else found[0]

        return _ID.sub(other, text)

    def _ask_otherwise(self, number: int, options: str) -> None:
        """A question of somebody else with other words: taken out and put in again, so that what is counted stays true."""
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
        if "searched" in row:
            given = json.loads(options)
            row["searched"] = searched(row["command"], given)
            row["alike"] = None if row["alike"] is None else alike(row["command"], given)
        with _Transaction(self._connection):
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

    def _numbers(self, table: str, where: str, values: Sequence[Any]) -> "array[int]":
        if table not in self._columns:
            return array("q")
        rows = self._connection.execute(f"SELECT number FROM {table} WHERE {where} ORDER BY number", values)
        return array("q", (row[0] for row in rows))

    def _count(self, table: str, where: str, values: Sequence[Any]) -> int:
        if table not in self._columns:
            return 0
        return int(self._connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", values).fetchone()[0])

    def _delete(self, table: str, numbers: "array[int]") -> None:
        these = json.dumps(numbers.tolist())
        among = "(SELECT value FROM json_each(?))"
        with _Transaction(self._connection):
            if table == "reports" and self._has("overlays", "report"):
                self._connection.execute(f"UPDATE overlays SET report = NULL WHERE report IN {among}", (these,))
            self._connection.execute(f"DELETE FROM {table} WHERE number IN {among}", (these,))

    def _run(self, sql: str, values: Sequence[Any]) -> Iterator[None]:
        self._connection.execute(sql, values)
        yield

    def _has(self, table: str, column: str) -> bool:
        return column in self._columns.get(table, ())

    def _read_columns(self) -> dict[str, list[str]]:
        tables = [name for (name,) in self._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            table: [name for (name,) in self._connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            for table in tables
        }


class _Transaction:
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


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
