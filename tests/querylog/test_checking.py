"""A copy that was changed is looked over: what is wrong with it is found, and nothing where nothing is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kzbot.querylog.checking import fault_of_changed
from kzbot.querylog.migrate import migrate

ASK = (
    "INSERT INTO queries (asked_at, user, channel, server, command, options, status, items, took_ms, private, phrasing, alike)"
    " VALUES ('2026-11-22T09:00:00.000+00:00', 1, 2, 3, 'search', '{}', 'not_found', 0, 9.5, 0, 'words', 'words')"
)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        yield connection


@pytest.mark.parametrize("index", ["queries_by_user", "queries_by_phrasing", "queries_unanswered"])
def test_an_index_that_lacks_a_row_is_found(tmp_path: Path, index: str) -> None:
    migrate(path := tmp_path / "kzbot.db")
    with opened(path) as connection:
        connection.execute(ASK)
        connection.execute("CREATE INDEX own ON queries (took_ms) WHERE took_ms > 5 AND 'WHERE ' != ''")
        assert fault_of_changed(connection) is None
    kept = "CREATE TABLE kept AS SELECT * FROM sqlite_schema WHERE name = ?"
    with opened(path) as connection:
        connection.execute(kept, (index,))
        connection.execute("DELETE FROM sqlite_schema WHERE name = ?", (index,))
    with opened(path) as connection:
        connection.execute(ASK.replace("'words'", "'others'"))
    with opened(path) as connection:
        connection.execute("INSERT INTO sqlite_schema SELECT * FROM kept")
        connection.execute("DROP TABLE kept")
    with opened(path) as connection:
        assert fault_of_changed(connection) == f"wrong # of entries in index {index}"
        connection.execute("REINDEX")
        assert fault_of_changed(connection) is None
