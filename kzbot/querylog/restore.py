"""Puts a copy of the log in the place of kzbot.db: prepared beside it, checked, and swapped in by one rename."""

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kzbot.errors import QueryLogError
from kzbot.querylog.backup import Held, check, free, reading, remove, stamp, sync
from kzbot.querylog.migrate import STAGED, migrate
from kzbot.querylog.remedy import remedy
from kzbot.querylog.rows import dated, moment_of, text_of
from kzbot.querylog.working import Step, Tell, unheard, watched

_LEAP = 1_000_000
_AT_ONCE = 1 << 20
_OF_PEOPLE = (("queries", "asked_at"), ("audit", "at"), ("overlays", "at"))


@dataclass(frozen=True, slots=True)
class Lost:
    """What the present log holds and the copy does not: questions with the moments of the first and the last, deeds, and
    corrections and withdrawals. `laid_over`: whether the copy lays something else over the articles."""

    questions: int
    first: datetime | None
    last: datetime | None
    deeds: int
    overlays: int
    laid_over: bool


def stage(source: Path, present: Path, tell: Tell = unheard) -> tuple[Path, Held]:
    """A copy of `source` beside `present`, with what stands in a write-ahead log beside `source`, and what it holds.

    `source` is only read. `tell` hears of the stages `fetch` (bytes) and `check`. Raises QueryLogError where it is damaged, newer than this program, or no log of kzbot.
    """
    staged = present.with_name(present.name + STAGED)
    try:
        remove(staged)
        for end in ("", "-wal"):
            if (part := source.with_name(source.name + end)).is_file():
                _copy(part, staged.with_name(staged.name + end), tell)
        with suppress(sqlite3.Error), closing(sqlite3.connect(staged, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # where it breaks, the check below says why
        return staged, check(staged, shown=source, tell=tell)
    except OSError as error:
        drop(staged)
        raise QueryLogError(
            f"{source}: this copy of the log cannot be restored ({error.strerror or error}); {remedy(error)}."
        ) from error
    except BaseException:
        drop(staged)
        raise


def drop(staged: Path) -> None:
    """Nothing is left of what was prepared."""
    with suppress(OSError):
        remove(staged)


def lost(present: Path, staged: Path, tell: Tell = unheard) -> Lost | None:
    """What would be lost, None where the present log cannot be read. `tell` hears of the stage `compare`."""
    if not present.is_file():
        return Lost(0, None, None, 0, 0, False)
    try:
        with closing(reading(present)) as connection, watched(connection, lambda: tell(Step("compare"))):
            tell(Step("compare"))
            connection.execute("ATTACH ? AS copy", (f"{staged.resolve().as_uri()}?mode=ro&immutable=1",))
            tables = {name for (name,) in connection.execute("SELECT name FROM copy.sqlite_schema")}
            questions, deeds, overlays = (_missing(connection, *each, tables) for each in _OF_PEOPLE)
            laid_over = _laid(connection, "main") != _laid(connection, "copy")
    except sqlite3.Error:
        return None
    first, last = map(moment_of, questions[1:])
    return Lost(questions[0], first, last, deeds[0], overlays[0], laid_over)


def finish(
    staged: Path, present: Path, others: list[Path], details: Mapping[str, Any], now: datetime, tell: Tell = unheard
) -> None:
    """Brings the copy to this program's schema, keeps numbers from being given twice, and writes the deed into it.

    `others`: further copies of this log, whose numbers count where `present` cannot be read. `tell` hears of the stage
    `upgrade`, where the copy is an older one.
    """
    try:
        migrate(staged, backup=False, tell=tell)
        given = _numbers(present, staged, others)
        with closing(sqlite3.connect(staged, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE")
            for table, number in given.items():
                _at_least(connection, table, number)
            connection.execute(
                "INSERT INTO audit (at, actor, place, action, about, details) VALUES (?, NULL, 'terminal', ?, NULL, ?)",
                (
                    text_of(now),
                    "restore",
                    json.dumps(dict(details), ensure_ascii=False),
                ),
            )
            connection.execute("COMMIT")
    except (sqlite3.Error, OSError) as error:
        raise QueryLogError(
            f"{staged}: the copy could not be prepared ({error}); make room on the disk and try again. The log is as it was."
        ) from error


def seal(staged: Path, tell: Tell = unheard) -> Held:
    """The copy in one file, on the disk and checked once more; what it holds. `tell` hears of the stage `check`."""
    try:
        with closing(sqlite3.connect(staged, isolation_level=None)) as connection:
            _alone(connection, staged)
        sync(staged)
    except (sqlite3.Error, OSError) as error:
        raise QueryLogError(
            f"{staged}: the copy could not be prepared ({error}); make room on the disk and try again. The log is as it was."
        ) from error
    return check(staged, tell=tell)


def swap(staged: Path, present: Path) -> None:
    """The copy becomes the log, by one rename: whoever is killed here leaves the one or the other, whole.

    The write-ahead log of the present one goes into it first, because SQLite would apply it to the other file.
    """
    try:
        if present.is_file():
            try:
                with closing(sqlite3.connect(present, isolation_level=None, timeout=5)) as connection:
                    _alone(connection, present)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # damaged, and kept aside already
                sync(present.parent)
        for end in ("-wal", "-shm", "-journal"):
            present.with_name(present.name + end).unlink(missing_ok=True)
        staged.replace(present)
        sync(present.parent)
    except (sqlite3.Error, OSError) as error:
        raise QueryLogError(
            f"{present}: the log could not be replaced ({error}); end whatever else reads it and try again. It is as it was."
        ) from error


def set_aside(present: Path, folder: Path, now: datetime, tell: Tell = unheard) -> Path:
    """A copy, byte by byte, of a log that cannot be read, with what stands beside it. `tell` hears of the stage `fetch`."""
    aside = free(folder, f"kzbot-aside-{stamp(now)}")
    try:
        for end in ("-wal", "-journal", ""):
            if (part := present.with_name(present.name + end)).is_file():
                _copy(part, aside.with_name(aside.name + end), tell)
        with suppress(sqlite3.Error), closing(sqlite3.connect(aside, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # in one file, where it is not damaged
        sync(folder)
    except OSError as error:
        drop(aside)
        raise QueryLogError(
            f"{folder}: the present log could not be kept ({error.strerror or error}); make room on the disk. Nothing was restored."
        ) from error
    except BaseException:
        drop(aside)
        raise
    return aside


def _copy(source: Path, target: Path, tell: Tell) -> None:
    """For its owner only, and on the disk."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    done, size = 0, source.stat().st_size
    with source.open("rb") as read, os.fdopen(descriptor, "wb") as written:
        while part := read.read(_AT_ONCE):
            written.write(part)
            tell(Step("fetch", done := done + len(part), size))
        written.flush()
        os.fsync(written.fileno())


def _alone(connection: sqlite3.Connection, path: Path) -> None:
    """Folds the write-ahead log into its file, and leaves nothing beside it."""
    if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
        raise QueryLogError(f"{path}: something else reads the log; end it and try again. The log is as it was.")


def _missing(connection: sqlite3.Connection, table: str, at: str, tables: set[str]) -> tuple[Any, ...]:
    """How many rows the copy lacks, with the moments of the first and the last one."""
    lacks = f"SELECT 1 FROM copy.{table} AS c WHERE c.number = o.number AND c.{at} = o.{at}"
    where = f"NOT EXISTS ({lacks})" if table in tables else "1"
    moment = f"CASE WHEN {dated(f'o.{at}')} THEN o.{at} END"
    found: tuple[Any, ...] = connection.execute(
        f"SELECT count(*), min({moment}), max({moment}) FROM main.{table} AS o WHERE {where}"
    ).fetchone()
    return found


def _laid(connection: sqlite3.Connection, schema: str) -> set[tuple[Any, ...]]:
    """What is laid over the articles, as far as this file knows of that."""
    if not connection.execute(f"SELECT 1 FROM {schema}.sqlite_schema WHERE name = 'overlays'").fetchone():
        return set()
    sql = f"SELECT kind, article, words, edtf, name FROM {schema}.overlays WHERE undone_at IS NULL"
    return set(connection.execute(sql))


def _numbers(present: Path, staged: Path, others: list[Path]) -> dict[str, int]:
    """The last number that each table has given; far beyond those of all copies where the present log cannot tell: it cannot be
    read, is not there, or has not come as far as the copy."""
    found = _given(staged)
    with suppress(sqlite3.Error):
        if present.is_file():
            given = _given(present)
            if all(number <= given.get(table, 0) for table, number in found.items()):
                return given
            others = [present, *others]
    for other in others:
        with suppress(sqlite3.Error):
            for table, number in _given(other).items():
                found[table] = max(found.get(table, 0), number)
    return {table: number + _LEAP for table, number in found.items()}


def _given(path: Path) -> dict[str, int]:
    with closing(reading(path)) as connection:
        return {
            str(table): int(number) for table, number in connection.execute("SELECT name, seq FROM sqlite_sequence")
        }


def _at_least(connection: sqlite3.Connection, table: str, number: int) -> None:
    """The next row of the table gets a higher number."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)).fetchone():
        return
    row = connection.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    number = max(number, row[0] or 0)
    connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))
