"""`log purge`: questions are erased for good at the terminal, while no bot runs."""

import asyncio
import json
import subprocess
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kzbot.index.store import GenerationStore
from kzbot.operations.backups import Backups
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import QueryRecord

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]


def asked(data: Path, name: str) -> None:
    """Somebody else asks."""

    async def asking() -> None:
        log = await QueryLog.open(data / FILE_NAME)
        row = await log.query(1)
        assert row is not None
        given = {one.name: getattr(row, one.name) for one in fields(QueryRecord)}
        await log.record(QueryRecord(**{**given, "user": 102, "options": {"name": name}}))
        await log.close()

    asyncio.run(asking())


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
    would = bot("log", "purge", "--search", "eagle", "--json", "--data", logged)
    assert would.returncode == 1 and json.loads(would.stdout) == {
        "filters": {"by": ["search"]},
        "questions": 1,
        "only_in_backups": 0,
        "first": "2026-11-21T00:00:00+00:00",
        "last": "2026-11-21T00:00:00+00:00",
        "commands": {"exercise": 1},
        "erased": 0,
    }
    done = bot("log", "purge", "--before", "2026-11-21", "--yes", "--data", logged)
    assert done.returncode == 0 and "1 question was erased" in done.stdout.decode()
    assert not [file for file in logged.rglob("*") if file.is_file() and b"zqxsecret" in file.read_bytes()]
    rest = bot("log", "purge", "--search", "eagle", "--yes", "--json", "--data", logged)
    assert rest.returncode == 0 and json.loads(rest.stdout)["erased"] == 1
    none = bot("log", "purge", "--before", "2026-11-21", "--yes", "--data", logged)
    assert none.returncode == 0 and "No question fits" in none.stdout.decode()
    audit = bot("log", "audit", "--data", logged).stdout.decode()
    assert "erased" in audit


def test_what_only_a_saved_log_has_is_found_there_and_goes(bot: Bot, logged: Path) -> None:
    bot("backup", "--data", logged)
    (first,) = Backups(logged).all()
    asked(logged, "onlyinthesavedlog")
    assert bot("restore", first.name, "--yes", "--data", logged).returncode == 0
    asked(logged, "asked after it was restored")
    held = [file for file in Backups(logged).all() if b"onlyinthesavedlog" in file.read_bytes()]
    assert len(held) == 1 and b"Steppe Eagle" in held[0].read_bytes(), "or nothing would be proved"
    would = json.loads(bot("log", "purge", "--search", "onlyinthesavedlog", "--json", "--data", logged).stdout)
    assert (would["questions"], would["only_in_backups"], would["erased"]) == (1, 1, 0)
    said = bot("log", "purge", "--search", "onlyinthesavedlog", "--yes", "--data", logged).stdout.decode()
    assert "1 question would be erased" in said and "stands only in backups" in said
    assert "1 question was erased, here and in every backup" in said
    assert not [file for file in logged.rglob("*") if file.is_file() and b"onlyinthesavedlog" in file.read_bytes()]
    some = bot("log", "purge", "--search", "eagle", "--yes", "--data", logged).stdout.decode()
    assert "1 question was erased" in some and "only in backups" not in some
    left = bot("log", "--data", logged).stdout.decode()
    assert "zqxsecret" in left and "asked after it was restored" in left and "Steppe Eagle" not in left


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
