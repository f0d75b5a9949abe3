"""SQLite's integrity check, and how far it is.

The check tells nobody how far it is, but goes through each table row by row, in as many instructions of SQLite's machine a row as the
table has columns and indexes: what some rows of each table take is measured in a small copy of them, and the rest follows from how
many rows there are. Before the first row it looks at the structure of the whole file, of which it cannot be told how far it is.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kzbot.querylog import working

_LARGE = 8 << 20
"""Bytes below which nobody waits for the end."""
_SAMPLE = 200
_TABLES = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) != 'sqlite_'"
_INDEXES = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"


def damage(connection: sqlite3.Connection, far: Callable[[int, int], None]) -> str | None:
    """The first thing that the integrity check finds in a file that is open for reading only, None where it is whole. `far(done, total)` is called often, 0 of 0 where
    nobody can tell; what it raises ends the check. sqlite3.Error where the file cannot be read."""
    expected, done = instructions(connection), 0

    def look() -> None:
        nonlocal done
        done += working.INSTRUCTIONS
        far(min(done, expected), expected)

    far(0, expected)
    with working.watched(connection, look):
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return None if found == "ok" else str(found)


def damage_of(path: Path, tell: working.Tell = working.unheard) -> str | None:
    """The same of the log at `path`, beside who writes to it; `tell` hears of the stage `inspect`. Blocking."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
        return damage(connection, lambda done, total: tell(working.Step("inspect", done, total)))


def fault_of_changed(connection: sqlite3.Connection) -> str | None:
    """What is wrong with a file of which rows were taken that were found without its indexes, None where nothing is: its structure,
    and whether each index has as many entries as its table has rows for it, for one that was damaged may still hold what was taken
    out. It takes a small part of the time of the integrity check, which looks up each row in each index, and is made again when the
    copy is restored."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        return str(found)
    try:
        for table, _ in connection.execute(_TABLES).fetchall():
            for name, condition in _indexes_of(connection, table):
                entries, rows = (
                    connection.execute(f'SELECT ifnull(sum(1), 0) FROM "{table}" {how} {condition}').fetchone()
                    for how in (f'INDEXED BY "{name}"', "NOT INDEXED")
                )
                if entries != rows:
                    return f"wrong # of entries in index {name}"
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        # an index that somebody added, and that cannot be counted so
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return None if found == "ok" else str(found)


def _indexes_of(connection: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """The indexes of a table, each with the condition of what stands in it."""
    listed = "SELECT l.name, l.partial, s.sql FROM pragma_index_list(?) AS l LEFT JOIN sqlite_schema AS s ON s.name = l.name WHERE origin != 'pk'"
    return [
        (name, sql[sql.rindex("WHERE ") :] if partial else "")
        for name, partial, sql in connection.execute(listed, (table,))
    ]


def instructions(connection: sqlite3.Connection) -> int:
    """About how many the check of the rows takes, 0 where the file is small, or damaged so that it cannot be told."""
    pages, size = (connection.execute(f"PRAGMA {one}").fetchone()[0] for one in ("page_count", "page_size"))
    if pages * size < _LARGE:
        return 0
    try:
        tables = connection.execute(_TABLES).fetchall()
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as small:
            # Of a file that is open for reading only, SQLite does not look at the CHECKs of its tables.
            small.execute("PRAGMA ignore_check_constraints = ON")
            for _, sql in tables:
                small.execute(sql)
            for (sql,) in connection.execute(_INDEXES).fetchall():
                small.execute(sql)
            return sum(_of_table(connection, small, table) for table, _ in tables)
    except (sqlite3.Error, TypeError):
        return 0


def _of_table(connection: sqlite3.Connection, small: sqlite3.Connection, table: str) -> int:
    columns = [name for (name,) in small.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT {_SAMPLE}").fetchall()
    if not rows:
        return 0
    empty = _taken(small, table)
    small.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)
    taken = _taken(small, table) - empty
    return taken * int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) // len(rows)


def _taken(small: sqlite3.Connection, table: str) -> int:
    """How many instructions the check of this table takes."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    small.set_progress_handler(count, 1)
    small.execute(f"PRAGMA integrity_check({table})").fetchone()
    small.set_progress_handler(None, 0)
    return taken
