"""Questions that stand only in copies of the log, because another one was restored since."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kzbot.querylog.filters import Filters, condition, holds
from kzbot.querylog.rows import dated, text_as_it_is, text_of
from kzbot.querylog.schema import teach

_ROWS = (
    "SELECT number, ({where}) AND (asked_at <= ? OR NOT {dated}), command, CASE WHEN {dated} THEN asked_at END"
    " FROM main.queries AS q"
    " WHERE NOT EXISTS (SELECT 1 FROM log.queries AS l WHERE l.number = q.number AND l.asked_at = q.asked_at)"
)
"""A row of a copy is another question where its number, which is given once and never again, has another moment: of a log from
elsewhere."""
_RUNS = (
    "SELECT min(number), max(number) FROM"
    " (SELECT number, number - row_number() OVER (ORDER BY number) AS run FROM seen WHERE meant) GROUP BY run ORDER BY 1"
)


@dataclass(frozen=True, slots=True)
class OnlyInCopies:
    """`numbers`: of those that are meant, as ranges with both ends, all of which are; `others`: of those that are not meant.
    `commands`: how many of those that are meant, by command, with the moments of the first and the last one."""

    numbers: tuple[tuple[int, int], ...] = ()
    others: tuple[int, ...] = ()
    commands: tuple[tuple[str, int, str | None, str | None], ...] = ()


def only_in_copies(
    path: Path, copies: Sequence[Path], filters: Filters, until: datetime, *, others: bool = True
) -> OnlyInCopies:
    """What of the copies, and not of the log at `path`, passes these filters and was asked at or before a moment; without `others`
    nothing is told of those that are not meant, and less is read.

    A copy that cannot be read is passed over: who erases deletes it. Blocking.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as seen:  # a file without a name, where there is much
        seen.execute("CREATE TABLE seen (number INTEGER PRIMARY KEY, meant INTEGER, command TEXT, asked_at TEXT)")
        seen.execute("BEGIN")
        for copy in copies:
            with suppress(sqlite3.Error), _beside(copy, path) as connection:
                where, values = _condition(connection, filters)
                sql, given = _ROWS.format(where=where, dated=dated("asked_at")), [*values, text_of(until)]
                if not others:
                    sql, given = f"{sql} AND ({where})", [*given, *values]
                rows = connection.execute(sql, given)
                seen.executemany(
                    "INSERT INTO seen VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET meant = max(meant, excluded.meant)",
                    rows,
                )
        return OnlyInCopies(
            tuple(seen.execute(_RUNS)),
            tuple(number for (number,) in seen.execute("SELECT number FROM seen WHERE NOT meant ORDER BY number")),
            tuple(
                seen.execute(
                    "SELECT command, count(*), min(asked_at), max(asked_at) FROM seen WHERE meant GROUP BY command"
                )
            ),
        )


@contextmanager
def _beside(copy: Path, path: Path) -> Iterator[sqlite3.Connection]:
    """The copy, open for reading, with the log beside it. Not with mode=ro, which would leave files beside a copy that has a
    write-ahead log."""
    with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=rw", uri=True, timeout=10)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.text_factory = text_as_it_is
        connection.execute("ATTACH ? AS log", (f"{path.resolve().as_uri()}?mode=ro",))
        yield connection


def _condition(connection: sqlite3.Connection, filters: Filters) -> tuple[str, tuple[object, ...]]:
    """The same as `condition`, also in a copy from before questions were kept as phrasings."""
    if connection.execute("SELECT 1 FROM main.sqlite_schema WHERE name = 'phrasings'").fetchone():
        return condition(filters)
    where, values = condition(replace(filters, search=""))
    words, sought = holds(filters.search)
    teach(connection)
    searched = "SELECT searched_of(CAST(command AS BLOB), CAST(options AS BLOB)) AS searched"
    return f"{where} AND (SELECT {words} FROM ({searched}))", (*values, *sought)
