"""The schema of kzbot.db: its numbered migrations, and what a file must hold to be a log of kzbot."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from kzbot.errors import QueryLogError
from kzbot.querylog.alike import alike, searched
from kzbot.querylog.rows import json_of
from kzbot.querylog.working import watched

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def migrations(folder: Path = MIGRATIONS) -> list[tuple[int, Path]]:
    """The migrations in order, numbered from 1 without a gap."""
    found = sorted((int(file.name[:4]), file) for file in folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise QueryLogError(f"{folder}: the migrations are not numbered 0001, 0002 and so on; install kzbot anew.")
    return found


def statements(file: Path) -> list[str]:
    """The statements of a migration, in order."""
    return list(_split(file.read_text(encoding="utf-8")))


def apply(
    connection: sqlite3.Connection, number: int, file: Path, made: Callable[[int], None] = lambda count: None
) -> None:
    """One migration with its number, whole or not at all; sqlite3.Error where it breaks.

    `made` hears, often, how many of its statements are; what it raises ends the migration.
    """
    teach(connection)
    try:
        connection.execute("BEGIN IMMEDIATE")
        for count, statement in enumerate(statements(file)):
            made(count)
            with watched(connection, partial(made, count)):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def teach(connection: sqlite3.Connection) -> None:
    """Has it know alike_of and searched_of, of a command and its options as bytes."""
    for name, of in (("alike_of", alike), ("searched_of", searched)):
        connection.create_function(name, 2, partial(_of_columns, of))


def _of_columns(of: Callable[[str, dict[str, Any]], str | None], command: bytes, options: bytes) -> str | None:
    """What a row is about. Its columns come as bytes, because SQLite breaks the migration off at text that is damaged."""
    return of(command.decode(errors="replace"), json_of(options.decode(errors="replace")))


def _split(script: str) -> Iterator[str]:
    """What stands after the last semicolon is a statement, too, unless it is blank."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def check_version(connection: sqlite3.Connection, path: Path, known: int) -> int:
    """How many migrations the file has had; QueryLogError where it is newer than `known`, or not a log at all."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    refuse_foreign(version, path, known, empty=empty)
    return version


def refuse_foreign(version: int, path: Path, known: int, *, empty: bool) -> None:
    """QueryLogError where a file of this schema is newer than `known`, or not a log at all; `empty`: it has no table."""
    if version > known:
        raise QueryLogError(
            f"{path}: the log of questions was written by a newer kzbot (schema {version}, this program knows {known}); "
            "start that version, or restore a backup."
        )
    if version == 0 and not empty:
        raise QueryLogError(
            f"{path}: this database is not a log of kzbot; move it away or set data.folder to another folder."
        )


def has_schema(connection: sqlite3.Connection, version: int, folder: Path = MIGRATIONS) -> bool:
    """Whether the file holds what `version` migrations make: every table with its columns, its indexes, and no trigger or view beside."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for number, file in migrations(folder)[:version]:
            apply(made, number, file)
        return _shape(made) == _shape(connection) and _indexes(made) <= _indexes(connection)


def _indexes(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Those that lists are read by, with their text; somebody may have added more."""
    return set(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"))


def _shape(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Tables with their columns, triggers with their text, and views; what SQLite keeps for itself does not count."""
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE type != 'index' AND substr(name, 1, 7) != 'sqlite_'"
    ).fetchall()
    shape: set[tuple[str, ...]] = set()
    for kind, name, sql in rows:
        if kind == "table":
            columns = connection.execute("SELECT name FROM pragma_table_xinfo(?)", (name,)).fetchall()
            shape.add((kind, name, *(str(column) for (column,) in columns)))
        else:
            shape.add((kind, name, str(sql)))
    return shape
