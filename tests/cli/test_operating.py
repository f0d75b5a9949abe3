"""`backup`, `restore` and `health`, as who runs the bot types them."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from kzbot.cli.health import show_health
from kzbot.cli.prepared import prepare
from kzbot.index.store import GenerationStore
from kzbot.operations.backups import Backups
from kzbot.operations.health import Health, host, write_health
from kzbot.querylog.ledger.rows import TERMINAL, OverlayRecord
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import QueryRecord

Bot = Callable[..., Any]
NOW = datetime.now(UTC).replace(microsecond=0)
ASKED = QueryRecord(
    asked_at=NOW - timedelta(minutes=5),
    user=101,
    channel=202,
    server=303,
    command="search",
    options={"query": "lighthouse"},
    status="answered",
    items=1,
    took_ms=1.0,
    generation=None,
    private=False,
)


def ask(data: Path, count: int, **values: Any) -> None:
    """Asks so many questions."""

    async def asking() -> None:
        log = await QueryLog.open(data / FILE_NAME)
        for _ in range(count):
            await log.record(replace(ASKED, **values))
        await log.close()

    asyncio.run(asking())


def questions(data: Path) -> int:
    with closing(sqlite3.connect(data / FILE_NAME)) as connection:
        return int(connection.execute("SELECT count(*) FROM queries").fetchone()[0])


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A data folder with a log of two questions."""
    ask(tmp_path / "kept", 2)
    return tmp_path / "kept"


def test_a_backup_says_where_it_is_what_it_holds_and_what_it_lacks(bot: Bot, kept: Path) -> None:
    with GenerationStore(kept).lock():  # as a bot that runs holds it
        done = bot("backup", "--data", kept)
    (file,) = Backups(kept).all()
    said = done.stdout.decode().splitlines()
    assert done.returncode == 0 and said[0] == str(file)
    assert said[1].startswith("Opened and checked: 2 questions, ") and "schema" in said[1]
    assert "articles that were brought in" in said[2]
    listed = bot("backup", "--list", "--json", "--data", kept)
    (one,) = map(json.loads, listed.stdout.splitlines())
    assert (one["file"], one["sound"], one["questions"]) == (str(file), True, 2)
    assert one["last"] == ASKED.asked_at.isoformat()
    file.write_bytes(b"noise" * 1000)
    assert "CANNOT BE USED" in bot("backup", "--list", "--data", kept).stdout.decode()


def test_a_copy_elsewhere_is_out_of_the_bots_care(bot: Bot, kept: Path, tmp_path: Path) -> None:
    file = tmp_path / "safe.db"
    done = bot("backup", "--to", file, "--data", kept)
    assert done.returncode == 0 and b"what is erased later stays in it" in done.stdout and file.is_file()
    for to, said in (
        (file, "already"),
        (kept / "x.db", "within the data folder"),
        (tmp_path / "no" / "x.db", "No such"),
    ):
        refused = bot("backup", "--to", to, "--data", kept)
        assert refused.returncode == 1 and said in refused.stderr.decode()
    assert bot("backup", "--to", tmp_path, "--data", kept).returncode == 0
    assert len(list(tmp_path.glob("kzbot-*.db"))) == 1 and not Backups(kept).all()
    assert bot("backup", "--data", tmp_path / "nothing").returncode == 1


def test_restore_tells_what_is_lost_and_asks(bot: Bot, kept: Path) -> None:
    bot("backup", "--data", kept)
    (file,) = Backups(kept).all()
    ask(kept, 3, asked_at=NOW)
    asked = bot("restore", file.stem, "--data", kept)
    said = asked.stdout.decode()
    assert asked.returncode == 1 and questions(kept) == 5
    assert f"3 questions, {NOW:%Y-%m-%d %H:%M} UTC to {NOW:%Y-%m-%d %H:%M} UTC" in said
    assert "--yes restores without asking" in said
    done = bot("restore", file.name, "--yes", "--data", kept)
    assert done.returncode == 0 and questions(kept) == 2 and b"is kept as" in done.stdout
    (saved,) = set(Backups(kept).all()) - {file}
    assert bot("restore", saved, "--yes", "--data", kept).returncode == 0
    assert questions(kept) == 5


def test_restore_alone_lists_what_can_be_restored(bot: Bot, kept: Path) -> None:
    bot("backup", "--data", kept)
    (file,) = Backups(kept).all()
    listed = bot("restore", "--data", kept)
    assert listed.returncode == 0
    assert file.name in listed.stdout.decode() and b"No article was taken out" in listed.stdout


def test_nothing_is_restored_while_a_bot_runs(bot: Bot, kept: Path) -> None:
    bot("backup", "--data", kept)
    (file,) = Backups(kept).all()
    with GenerationStore(kept).lock():
        refused = bot("restore", file, "--yes", "--data", kept)
    assert refused.returncode == 1 and f"in use by process {os.getpid()}" in refused.stderr.decode()


def test_what_is_no_copy_of_the_log_is_refused(bot: Bot, kept: Path, tmp_path: Path) -> None:
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"noise" * 1000)
    text = tmp_path / "kzbot-notes.txt"
    text.write_text("what was asked in May\n")
    for what, said in (
        (text, "this file is no log of kzbot"),
        (noise, "damaged"),
        (tmp_path / "no.db", "no such backup and no such file"),
        (tmp_path / "no", "no such backup"),
        ("kzbot-2026", "no such backup"),
    ):
        refused = bot("restore", what, "--yes", "--data", kept)
        assert refused.returncode == 1 and said in refused.stderr.decode()
        assert len(refused.stderr.strip().splitlines()) == 1
    assert questions(kept) == 2


def test_what_is_neither_a_backup_nor_an_article_is_told_with_what_comes_nearest(bot: Bot, kept: Path) -> None:
    async def withdraw() -> None:
        log = await QueryLog.open(kept / FILE_NAME)
        await log.ledger.lay(OverlayRecord(at=NOW, actor=TERMINAL, kind="withdrawal", article="storm"))
        await log.close()

    def refused(what: str) -> str:
        done = bot("restore", what, "--data", kept)
        assert done.returncode == 1 and done.stdout == b""
        (line,) = done.stderr.decode().splitlines()
        return str(line)

    neither = "is neither a backup of the log nor an article that was taken out"
    assert refused("bogus") == f"“bogus” {neither}; python bot.py restore lists both."
    bot("backup", "--data", kept)
    asyncio.run(withdraw())
    (file,) = Backups(kept).all()
    assert refused("strom") == f"“strom” {neither}; nearest: storm; python bot.py restore lists both."
    assert (
        refused(file.stem[4:])
        == f"“{file.stem[4:]}” {neither}; nearest: {file.name}; python bot.py restore lists both."
    )
    assert f"nearest: {file.name};" in refused(file.stem[:-3])
    assert refused("bogus\x1b[2J").startswith("“bogus") and "\x1b" not in refused("bogus\x1b[2J")


def test_articles_that_were_taken_out_are_listed_beside_the_backups(bot: Bot, kept: Path) -> None:
    async def withdraw() -> None:
        log = await QueryLog.open(kept / FILE_NAME)
        await log.ledger.lay(OverlayRecord(at=NOW, actor=TERMINAL, kind="withdrawal", article="storm"))
        await log.close()

    asyncio.run(withdraw())
    assert bot("restore", "--data", kept).stdout.decode().splitlines()[-2:] == [
        "Articles that were taken out:",
        "storm: storm",
    ]


def healthy(**values: Any) -> Health:
    now = datetime.now(UTC).isoformat()
    usual: dict[str, Any] = {
        "at": now,
        "pid": os.getpid(),
        "host": host(),
        "gateway": True,
        "gateway_since": now,
        "written": now,
        "log_fault": None,
        "generation": "20261101T000000Z-00000000",
    }
    return Health(**{**usual, **values})


def test_health_takes_no_lock_writes_nothing_and_says_one_sentence(bot: Bot, kept: Path) -> None:
    not_there = bot("health", "--data", kept)
    assert not_there.returncode == 1
    assert not_there.stdout.decode() == "The bot does not run with this data folder.\n"
    write_health(kept, healthy())
    with GenerationStore(kept).lock():
        before = {file: file.stat().st_mtime_ns for file in kept.rglob("*")}
        well = bot("health", "--json", "--data", kept)
        assert {file: file.stat().st_mtime_ns for file in kept.rglob("*")} == before
    found = json.loads(well.stdout)
    assert well.returncode == 0 and found["healthy"] and found["generation"] == "20261101T000000Z-00000000"
    with redirect_stdout(out := StringIO()):
        write_health(kept, healthy(clock="The clock is a year ahead."))
        assert show_health(prepare(None, kept), as_json=False) == 0
    assert out.getvalue().endswith("loaded. The clock is a year ahead.\n")
    write_health(kept, healthy(gateway=False, gateway_since="2026-11-22T11:58:03+00:00"))
    away = bot("health", "--data", kept)
    assert away.returncode == 1
    assert away.stdout.decode() == "The connection to Discord has been lost since 2026-11-22 11:58:03 UTC.\n"


def test_doctor_looks_at_backups_and_at_how_the_bot_fares(bot: Bot, kept: Path) -> None:
    said = bot("doctor", "--data", kept).stdout.decode()
    assert "ok\tBackups\tThere is none yet" in said and "ok\tRunning\tNo bot runs" in said
    write_health(kept, healthy(log_fault="the disk is full."))
    made = Backups(kept).make(NOW - timedelta(days=4))
    said = bot("doctor", "--data", kept).stdout.decode()
    assert "WRONG\tRunning\tThe log of questions cannot be written: the disk is full." in said
    assert "warning\tBackups\tThe newest one is of" in said
    made.write_bytes(b"noise" * 1000)
    assert "WRONG\tBackups" in bot("doctor", "--data", kept).stdout.decode()


def test_a_data_folder_of_a_newer_program_is_refused_and_left_alone(bot: Bot, kept: Path) -> None:
    (kept / "format").write_text("2\n")
    before = {file.name for file in kept.iterdir()}
    for command in (("index",), ("add", "README.md", "--yes"), ("restore", "storm")):
        refused = bot(*command, "--data", kept)
        assert refused.returncode == 1, command
        assert "written by a newer kzbot (format 2, this program knows 1)" in refused.stderr.decode()
    assert {file.name for file in kept.iterdir()} <= before | {f"{FILE_NAME}-shm", f"{FILE_NAME}-wal"}
