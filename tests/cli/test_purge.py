"""`log purge`: questions are erased for good at the terminal, while no bot runs."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kzbot.index.store import GenerationStore
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import QueryRecord

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
async def logged(tmp_path: Path) -> Path:
    log = await QueryLog.open(tmp_path / FILE_NAME)
    for at, name in enumerate(("zqxsecret", "Steppe Eagle")):
        await log.record(
            QueryRecord(
                asked_at=datetime(2026, 11, 20 + at, tzinfo=UTC),
                user=101,
                channel=None,
                server=303,
                command="exercise",
                options={"name": name},
                status="answered",
                items=3,
                took_ms=4.25,
                generation="g",
                private=False,
            )
        )
    await log.close()
    return tmp_path


def test_what_goes_is_said_and_goes_when_it_is_confirmed(bot: Bot, logged: Path) -> None:
    asked = bot("log", "purge", "--before", "2026-11-21", "--data", logged)
    said = asked.stdout.decode()
    assert asked.returncode == 1 and "1 question would be erased" in said and "--yes" in said
    assert b"zqxsecret" in (logged / FILE_NAME).read_bytes()
    done = bot("log", "purge", "--before", "2026-11-21", "--yes", "--data", logged)
    assert done.returncode == 0 and "1 question was erased" in done.stdout.decode()
    assert not [file for file in logged.rglob("*") if file.is_file() and b"zqxsecret" in file.read_bytes()]
    none = bot("log", "purge", "--before", "2026-11-21", "--yes", "--data", logged)
    assert none.returncode == 0 and "No question fits" in none.stdout.decode()
    audit = bot("log", "audit", "--data", logged).stdout.decode()
    assert "erased" in audit


def test_where_there_is_no_log_it_is_said_and_nothing_is_made(bot: Bot, tmp_path: Path) -> None:
    done = bot("log", "purge", "--status", "answered", "--data", tmp_path / "mistyped")
    assert done.returncode == 1 and b"there is no log of questions yet" in done.stderr
    assert not (tmp_path / "mistyped").exists()


def test_nothing_is_erased_without_saying_what_or_beside_a_running_bot(bot: Bot, logged: Path) -> None:
    everything = bot("log", "purge", "--yes", "--data", logged)
    assert everything.returncode == 2 and b"Say which questions" in everything.stderr
    with GenerationStore(logged).lock():
        beside = bot("log", "purge", "--server", "303", "--yes", "--data", logged)
    assert beside.returncode == 1
    assert b"in use by process" in beside.stderr and b"Traceback" not in beside.stderr
