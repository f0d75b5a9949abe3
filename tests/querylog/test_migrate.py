"""Migrations: applied in order and whole, after a backup; what is foreign or newer is refused and left as it was."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kzbot.errors import QueryLogError
from kzbot.querylog.backup import FOLDER, listed
from kzbot.querylog.log import QueryLog
from kzbot.querylog.migrate import migrate
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.rows import QueryRecord
from kzbot.querylog.schema import MIGRATIONS, migrations


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """The project's migrations and one after them."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    after = len(migrations()) + 1
    (folder / f"{after:04d}_more.sql").write_text("CREATE TABLE more (x);\nINSERT INTO more VALUES (1);\n")
    return folder


def _rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


async def test_a_later_migration_keeps_the_rows_and_leaves_a_backup(
    path: Path, log: QueryLog, asked: Callable[..., QueryRecord], more: Path
) -> None:
    await log.record(asked())
    await log.close()
    migrate(path, more)
    migrate(path, more)
    assert _rows(path, "SELECT x FROM more") == [(1,)]
    assert _rows(path, "SELECT count(*) FROM queries") == [(1,)]
    backups = listed(path.parent / FOLDER)
    assert [file.name[:18] for file in backups] == [f"kzbot-before-{len(migrations()) + 1:04d}-"]
    assert _rows(backups[0], "SELECT count(*) FROM queries") == [(1,)]


async def test_a_newer_schema_is_refused(path: Path, more: Path) -> None:
    migrate(path, more)
    with pytest.raises(QueryLogError, match="newer kzbot"):
        await QueryLog.open(path)
    with pytest.raises(QueryLogError, match="newer kzbot"):
        await QueryReader.open(path)


def test_a_migration_that_breaks_changes_nothing(path: Path, more: Path) -> None:
    migrate(path)
    file = sorted(more.iterdir())[-1]
    file.write_text("CREATE TABLE half (x);\nCREATE TABLE half (x);\n")
    with pytest.raises(QueryLogError, match="half"):
        migrate(path, more)
    assert _rows(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == [(0,)]
    assert _rows(path, "PRAGMA user_version") == [(len(migrations()),)]


def test_migrations_without_a_number_in_between_are_refused(tmp_path: Path, more: Path) -> None:
    (more / "0009_late.sql").write_text("SELECT 1;")
    with pytest.raises(QueryLogError, match="numbered"):
        migrate(tmp_path / "kzbot.db", more)


def test_a_file_that_is_no_log_is_refused_and_left_alone(tmp_path: Path) -> None:
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"no database at all, " * 100)
    with pytest.raises(QueryLogError, match=r"noise\.db"):
        migrate(noise)
    assert noise.read_bytes() == b"no database at all, " * 100
    other = tmp_path / "other.db"
    _rows(other, "CREATE TABLE somebody (x)")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE elses (x)")
    with pytest.raises(QueryLogError, match="not a log of kzbot"):
        migrate(other)


async def test_reading_where_there_is_no_log_is_a_sentence(path: Path) -> None:
    with pytest.raises(QueryLogError, match="no log of questions yet"):
        await QueryReader.open(path)
