"""What is read of one person: all of theirs, in whatever mode it was written, and nobody else's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kzbot.errors import QueryLogError
from kzbot.querylog.log import QueryLog
from kzbot.querylog.people import People
from kzbot.querylog.personal import TABLES, Held, PersonalRows
from kzbot.querylog.rows import QueryRecord

ME, OTHER = 1_100_000_000_000_000_301, 1_100_000_000_000_000_302
PERSONAL = {"user", "actor", "undone_by", "closed_by"}


def asked(user: int, at: str, **more: Any) -> QueryRecord:
    values: dict[str, Any] = {
        "asked_at": datetime.fromisoformat(at).replace(tzinfo=UTC),
        "user": user,
        "channel": 5,
        "server": 6,
        "command": "search",
        "options": {"query": "x"},
        "status": "answered",
        "items": 1,
        "took_ms": 1.0,
        "generation": None,
        "private": False,
    }
    return QueryRecord(**{**values, **more})


@pytest.fixture
async def log(tmp_path: Path) -> QueryLog:
    """A log in which one person asked before and after ids were hashed, and another one as well."""
    for mode, at in (("kept", "2026-01-01"), ("hashed", "2026-02-01"), ("none", "2026-03-01")):
        log = await QueryLog.open(tmp_path / "kzbot.db", mode)  # type: ignore[arg-type]
        for user in (ME, OTHER):
            await log.record(asked(user, at, server=None if mode == "hashed" else 6))
        await log.close()
    return log


async def test_rows_of_every_mode_are_found_but_those_of_nobody(log: QueryLog) -> None:
    rows = PersonalRows(log.path, log.people, ME)
    days = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2)]
    assert rows.held()["questions"] == Held(2, *days) and rows.held()["wishes"] == Held()
    assert rows.places() == (1, 1)
    found = [row for name, row in rows.rows() if name == "questions"]
    assert [(row["number"], row["user"], row["options"], row["private"]) for row in found] == [
        (1, ME, {"query": "x"}, False),
        (3, log.people.hashed(ME), {"query": "x"}, False),
    ]
    assert [row["searched"] for row in found] == ["/search x", "/search x"], "kept once, and theirs all the same"


async def test_every_column_that_names_a_person_is_read(log: QueryLog) -> None:
    """A table that is added later must be added there, or an export would not be whole."""
    with closing(sqlite3.connect(log.path)) as connection:
        sql = "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"
        named = {(table, column) for table, column in connection.execute(sql) if column in PERSONAL}
    assert named == {(one.table, one.column) for one in TABLES}


async def test_nothing_that_is_read_of_one_names_another(log: QueryLog) -> None:
    given = {one.column for one in TABLES}
    for one in TABLES:
        assert not (given - {one.column}) & set(one.columns), one.name
    with closing(sqlite3.connect(log.path)) as connection, connection:
        details = f'{{"user": "{OTHER}", "mine": "{ME}", "few": 12}}'
        sql = "INSERT INTO audit (at, actor, place, action, details) VALUES ('2026-01-01T00:00:00+00:00', ?, ?, ?, ?)"
        connection.execute(sql, (ME, "discord", "look", details))
    ((_, deed),) = [row for row in PersonalRows(log.path, log.people, ME).rows() if row[0] == "deeds"]
    assert deed["details"] == {"user": "(another person)", "mine": str(ME), "few": 12}


def test_a_log_that_cannot_be_read_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "kzbot.db").write_bytes(b"no database at all" * 100)
    people = People.open(tmp_path, "kept")
    with pytest.raises(QueryLogError, match="cannot be read"):
        PersonalRows(tmp_path / "kzbot.db", people, ME).held()
