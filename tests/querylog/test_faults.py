"""What the log promises when the machine fails it: no row told of as kept is lost, nobody waits for ever."""

import asyncio
import errno
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from kzbot.errors import QueryLogError
from kzbot.operations.backups import Backups
from kzbot.querylog.checking import damage_of
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.remedy import DAMAGED, remedy
from kzbot.querylog.rows import QueryRecord

PROJECT = Path(__file__).resolve().parents[2]
Asked = Callable[..., QueryRecord]
FULL_DISK = """
import asyncio, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from kzbot.errors import QueryLogError
from kzbot.querylog.log import QueryLog
from kzbot.querylog.rows import QueryRecord

def record(turn):
    return QueryRecord(
        asked_at=datetime.now(UTC), user=1, channel=turn, server=None, command="search", options={"query": "x" * 500},
        status="answered", items=0, took_ms=0.0, generation=None, private=False,
    )

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

async def main():
    log = await QueryLog.open(Path(sys.argv[1]))
    limit(200_000)
    kept, refused = 0, 0
    for turn in range(2000):
        try:
            await log.record(record(turn))
            kept += 1
        except QueryLogError as error:
            assert "cannot be written" in str(error), error
            refused += 1
    limit(resource.RLIM_INFINITY)
    await log.record(record(9999))
    await log.close()
    print(kept + 1, refused)

asyncio.run(main())
"""


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[aiosqlite.Connection]:
    """Every connection that is opened, the one that writes first."""
    made: list[aiosqlite.Connection] = []
    connect = aiosqlite.connect

    def keep(*given: Any, **more: Any) -> aiosqlite.Connection:
        made.append(connect(*given, **more))
        return made[-1]

    monkeypatch.setattr("aiosqlite.connect", keep)
    return made


async def test_a_full_disk_refuses_loses_nothing_and_is_got_over(path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, timeout=300, check=False)  # noqa: ASYNC221
    assert done.returncode == 0, done.stderr
    kept, refused = map(int, done.stdout.split())
    assert kept > 1 and refused > 0
    reader = await QueryReader.open(path)
    rows, total = await reader.recent(1)
    assert (total, rows[0].channel, damage_of(path)) == (kept, 9999, None)
    await reader.close()


async def test_a_file_that_another_process_locks_is_waited_for_and_can_be_read_meanwhile(
    path: Path, log: QueryLog, asked: Asked
) -> None:
    first = await log.record(asked())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(log.record(asked(items=7)))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        assert (await log.recent(5))[1] == 1 and await log.query(first) is not None
        other.execute("ROLLBACK")
        number = await waiting
    row = await log.query(number)
    assert row is not None and row.items == 7


async def test_a_connection_that_is_gone_is_told_to_everybody_who_waits(
    path: Path, asked: Asked, connections: list[aiosqlite.Connection], caplog: pytest.LogCaptureFixture
) -> None:
    log = await QueryLog.open(path)
    await connections[0].close()
    async with asyncio.timeout(60):
        told = await asyncio.gather(*(log.record(asked()) for _ in range(3)), return_exceptions=True)
        assert [type(each) for each in told] == [QueryLogError] * 3
        with pytest.raises(QueryLogError, match="cannot be written"):
            await log.record(asked())
        await log.close()
    assert caplog.text.count("a write was not made") == 4


async def test_what_waits_together_is_committed_together(
    path: Path, asked: Asked, connections: list[aiosqlite.Connection]
) -> None:
    log = await QueryLog.open(path)
    said: list[str] = []
    await connections[0].set_trace_callback(said.append)
    numbers = await asyncio.gather(*(log.record(asked()) for _ in range(100)))
    assert len(set(numbers)) == 100
    assert said.count("COMMIT") < 10
    await log.close()


async def test_every_commit_is_on_the_disk_and_what_was_overwritten_is_gone(
    path: Path, connections: list[aiosqlite.Connection]
) -> None:
    log = await QueryLog.open(path)
    pragmas = ("journal_mode", "synchronous", "secure_delete")
    set_to = [next(iter(await connections[0].execute_fetchall(f"PRAGMA {name}")))[0] for name in pragmas]
    assert set_to == ["wal", 2, 1]
    await log.set_state("secret", "the word that was here before")
    await log.set_state("secret", "gone")
    await log.close()
    assert b"the word that was here before" not in path.read_bytes()
    assert not path.with_name(f"{path.name}-wal").exists()


def test_who_only_has_to_wait_is_not_sent_to_mend_anything(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as one,
        closing(sqlite3.connect(file, timeout=0)) as other,
    ):
        one.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as locked:
            other.execute("CREATE TABLE more (number)")
    assert "try again in a minute" in remedy(locked.value)
    assert remedy(OSError("nobody knows")) == "mend the data folder"


async def test_each_fault_is_told_with_what_mends_it(tmp_path: Path, log: QueryLog, asked: Asked, path: Path) -> None:
    for _ in range(300):
        await log.record(asked())
    await log.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.OperationalError) as full:
            connection.execute("CREATE TABLE more AS SELECT * FROM queries")
    assert remedy(full.value) == remedy(OSError(errno.ENOSPC, "no space")) == "make room on the disk"
    with (
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reading,
        pytest.raises(sqlite3.OperationalError) as closed,
    ):
        reading.execute("CREATE TABLE more (number)")
    assert remedy(closed.value) == remedy(PermissionError(errno.EACCES, "no")) and "permissions" in remedy(closed.value)

    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO overlays (at, place, kind, report) VALUES ('2026-11-01', 'terminal', 'spelling', 9999)"
        )
    with pytest.raises(QueryLogError) as torn:
        Backups(path.parent).make(datetime.now(UTC))
    assert str(torn.value) == f"{path}: no backup could be made (a row names another one that is not there); {DAMAGED}."

    with path.open("r+b") as file:
        file.seek(size)
        file.write(b"\xa5" * size * (pages - 1))
    with pytest.raises(QueryLogError) as damaged:
        Backups(path.parent).make(datetime.now(UTC))
    said = str(damaged.value)
    assert said.startswith(f"{path}: no backup could be made (database disk image is malformed)")
    assert "`python bot.py restore`" in said and "`python bot.py doctor`" in said
    assert "permissions" not in said and "room" not in said
    assert not Backups(path.parent).all()
    with pytest.raises(QueryLogError, match=r"malformed.*the log is damaged.*restore"):
        await QueryReader.open(path)
