"""Brings kzbot.db to the schema of this program: numbered SQL files, each applied whole, after a backup."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.querylog.alike import alike, searched

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def migrations(folder: Path = MIGRATIONS) -> list[tuple[int, Path]]:
    """The migrations in order, numbered from 1 without a gap."""
    found = sorted((int(file.name[:4]), file) for file in folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise QueryLogError(f"{folder}: the migrations are not numbered 0001, 0002 and so on; install kzbot anew.")
    return found


def migrate(path: Path, folder: Path = MIGRATIONS) -> None:
    """Create `path` where it is missing (readable by its owner only), and apply what it lacks.

    A file that held something is copied first, to `NAME.before-NNNN` beside it. Raises QueryLogError where the file is no
    log of kzbot, is newer than this program, or cannot be written; it is then as it was.
    """
    known = migrations(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as connection:
            version = check_version(connection, path, len(known))
            if version == len(known):
                return
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            if version:
                _back_up(connection, path.with_name(f"{path.name}.before-{version + 1:04d}"))
            connection.create_function("alike_of", 2, lambda command, options: alike(command, json.loads(options)))
            connection.create_function(
                "searched_of", 2, lambda command, options: searched(command, json.loads(options))
            )
            for number, file in known[version:]:
                _apply(connection, number, file)
    except (sqlite3.Error, OSError) as error:
        raise QueryLogError(
            f"{path}: the log of questions cannot be opened ({error}); mend the data folder or restore a backup."
        ) from error


def check_version(connection: sqlite3.Connection, path: Path, known: int) -> int:
    """How many migrations the file has had; QueryLogError where it is newer than `known`, or not a log at all."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > known:
        raise QueryLogError(
            f"{path}: the log of questions was written by a newer kzbot (schema {version}, this program knows {known}); "
            "start that version, or restore a backup."
        )
    if version == 0 and connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise QueryLogError(
            f"{path}: this database is not a log of kzbot; move it away or set data.folder to another folder."
        )
    return version


def _apply(connection: sqlite3.Connection, number: int, file: Path) -> None:
    script = file.read_text(encoding="utf-8")
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(unfinished)) as copy:
        connection.backup(copy)
    unfinished.replace(target)
