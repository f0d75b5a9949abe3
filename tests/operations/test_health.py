"""How the bot fares: what is written down is what is so, one sentence says what is not, and systemd hears of it."""

import asyncio
import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kzbot.errors import QueryLogError
from kzbot.operations.backups import Backups
from kzbot.operations.health import FILE, Health, Pulse, fault_of, host, is_running, read_health, write_health
from kzbot.operations.heart import Heart
from kzbot.operations.supervisor import Supervisor
from kzbot.phrases import DEFAULT_FOLDER, FALLBACK, Phrases
from kzbot.querylog.log import FILE_NAME, QueryLog

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SAY = Phrases.load(DEFAULT_FOLDER, FALLBACK).say
WELL = Health(
    at=NOW.isoformat(),
    pid=os.getpid(),
    host=host(),
    gateway=True,
    gateway_since=NOW.isoformat(),
    written=NOW.isoformat(),
    log_fault=None,
    generation="20261101T000000Z-00000000",
)


def said(health: Health | None, now: datetime = NOW) -> str | None:
    fault = fault_of(health, now)
    return SAY(fault.key, **fault.values) if fault else None


def test_what_is_not_well_is_said_in_one_sentence() -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    away = replace(WELL, gateway=False, gateway_since="2026-11-22T11:58:03+00:00")
    assert said(WELL) is None
    assert said(WELL, NOW + timedelta(seconds=59)) is None
    assert said(None) == said(replace(WELL, pid=int(ended.stdout))) == "The bot does not run with this data folder."
    assert said(replace(WELL, pid=int(ended.stdout), host="another")) is None
    assert "not been heard of for 61 seconds" in str(said(WELL, NOW + timedelta(seconds=61)))
    assert said(away) == "The connection to Discord has been lost since 2026-11-22 11:58:03 UTC."
    assert "not connected to Discord yet" in str(said(replace(WELL, gateway=None)))
    assert said(replace(WELL, log_fault="the disk is full.")) == (
        "The log of questions cannot be written: the disk is full."
    )
    old = (NOW - timedelta(seconds=151)).isoformat()
    assert "taken no write" in str(said(replace(WELL, written=old)))
    assert "No state of the articles" in str(said(replace(WELL, generation=None)))
    upgrading = replace(WELL, start="upgrading", step="Upgrading the log, 42 %", written=None, generation=None)
    assert said(upgrading) == (
        "The bot is starting: its log is being upgraded since 2026-11-22 12:00:00 UTC (Upgrading the log, 42 %)."
    )
    assert "not been heard of" in str(said(upgrading, NOW + timedelta(seconds=61)))


def test_a_bot_runs_where_it_was_heard_of_lately_and_its_process_lives(tmp_path: Path) -> None:
    """A copy of a folder, or a number that another process has by now, says for ever that a bot runs."""
    now = datetime.now(UTC)
    write_health(tmp_path, replace(WELL, at=now.isoformat()))
    assert is_running(tmp_path)
    for at in (now - timedelta(minutes=5), now + timedelta(minutes=5)):
        for where in (host(), "another"):
            write_health(tmp_path, replace(WELL, at=at.isoformat(), host=where))
            assert not is_running(tmp_path)
    write_health(tmp_path, replace(WELL, at=now.isoformat(), host="another"))
    assert is_running(tmp_path)


def test_who_waits_for_a_bot_hears_that_it_has_ended_also_where_its_process_cannot_be_looked_for(
    tmp_path: Path,
) -> None:
    seconds = 0.0
    pulse = Pulse(tmp_path, lambda: seconds)
    assert not pulse.beats(), "there is none"
    for one in (replace(WELL, host="a container"), WELL):
        write_health(tmp_path, one)
        seconds += 1000
        assert pulse.beats(), "however long ago by that clock it was asked before"
        seconds += 59
        assert pulse.beats()
        seconds += 2
        assert not pulse.beats(), "it was killed, and its number is perhaps another process's now"
        write_health(tmp_path, replace(one, at=(NOW + timedelta(minutes=1)).isoformat()))
        assert pulse.beats(), "it only slept"
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    write_health(tmp_path, replace(WELL, pid=int(ended.stdout)))
    assert not pulse.beats()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"at": 5}', "\0\xff", json.dumps({"at": "soon", "pid": 1})])
def test_a_file_that_says_nothing_is_no_bot(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, "utf-8")
    assert read_health(tmp_path) is None
    write_health(tmp_path, WELL)
    assert read_health(tmp_path) == WELL


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[QueryLog]:
    opened = await QueryLog.open(tmp_path / FILE_NAME)
    yield opened
    await opened.close()


class Systemd:
    """What listens at a NOTIFY_SOCKET."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self._socket.setblocking(False)
        self.environ = {"NOTIFY_SOCKET": address}

    def heard(self) -> list[list[str]]:
        """The lines of each message since the last time."""
        messages = []
        with suppress(BlockingIOError):
            while True:
                messages.append(self._socket.recv(4096).decode().split("\n"))
        return messages

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["a path", "an abstract name"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Systemd]:
    opened = Systemd(str(tmp_path / "notify") if request.param == "a path" else f"@kzbot-test-{os.getpid()}")
    yield opened
    opened.close()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.02)


async def test_the_heart_tells_of_what_changes_and_leaves_nothing_when_it_stops(
    tmp_path: Path, log: QueryLog, systemd: Systemd
) -> None:
    served: list[str] = []
    heart = Heart(tmp_path, log, lambda: served[-1] if served else None, SAY, systemd.environ)
    stop, connected = asyncio.Event(), [False]
    heart.follow(lambda: connected[0])
    heart.heed(lambda: "The clock is wrong.")
    beating = asyncio.create_task(heart.run(stop))
    await until(lambda: (found := read_health(tmp_path)) is not None and found.written is not None)
    assert (found := read_health(tmp_path)) is not None and found.clock == "The clock is wrong."
    assert all("READY=1" not in lines and "WATCHDOG=1" not in lines for lines in systemd.heard())

    made = Backups(tmp_path).make(datetime.now(UTC))
    served.append("20261101T000000Z-00000000")
    connected[0] = True
    heart.changed()
    await until(lambda: fault_of(read_health(tmp_path), datetime.now(UTC)) is None)
    found = read_health(tmp_path)
    assert found is not None and found.pid == os.getpid() and found.generation == served[0]
    assert found.backup is not None and made.name[6:10] == found.backup[:4]
    await until(lambda: any({"READY=1", "WATCHDOG=1"} <= set(lines) for lines in systemd.heard()))

    connected[0] = False
    heart.changed()
    await until(lambda: fault_of(read_health(tmp_path), datetime.now(UTC)) is not None)
    heard: list[list[str]] = []

    def lost() -> list[list[str]]:
        heard.extend(systemd.heard())
        return [lines for lines in heard if any(line.startswith("STATUS=The connection to Discord") for line in lines)]

    await until(lambda: bool(lost()))
    assert all("WATCHDOG=1" not in lines for lines in lost())

    stop.set()
    await beating
    assert systemd.heard()[-1] == ["STOPPING=1"] and read_health(tmp_path) is None
    assert await log.state("health") is not None


async def test_the_first_write_that_is_refused_is_told_at_once(
    tmp_path: Path, log: QueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzbot.operations.heart._WRITE_EVERY", float("inf"))
    monkeypatch.setattr("kzbot.operations.heart._EVERY", float("inf"))
    heart, stop = Heart(tmp_path, log, lambda: "g", SAY, {}), asyncio.Event()
    heart.follow(lambda: True)
    beating = asyncio.create_task(heart.run(stop))
    await until(lambda: (found := read_health(tmp_path)) is not None and fault_of(found, datetime.now(UTC)) is None)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("ALTER TABLE state RENAME TO gone")
    with pytest.raises(QueryLogError):
        await log.drop_state("what somebody wrote")
    await until(lambda: (found := read_health(tmp_path)) is not None and found.log_fault is not None)
    stop.set()
    await beating


async def test_a_log_that_takes_no_write_is_told_with_the_reason(tmp_path: Path, log: QueryLog) -> None:
    heart, stop = Heart(tmp_path, log, lambda: "g", SAY, {}), asyncio.Event()
    heart.follow(lambda: True)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("DROP TABLE state")
    beating = asyncio.create_task(heart.run(stop))
    await until(lambda: (found := read_health(tmp_path)) is not None and found.log_fault is not None)
    fault = fault_of(read_health(tmp_path), datetime.now(UTC))
    assert fault is not None and "no such table" in SAY(fault.key, **fault.values)
    stop.set()
    await beating


async def test_a_folder_that_cannot_be_written_does_not_stop_the_heart(
    tmp_path: Path, log: QueryLog, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / f"{FILE}.new").mkdir()
    heart, stop = Heart(tmp_path, log, lambda: "g", SAY, {}), asyncio.Event()
    beating = asyncio.create_task(heart.run(stop))
    await until(lambda: "cannot be written to the data folder" in caplog.text)
    heart.changed()
    (tmp_path / f"{FILE}.new").rmdir()
    await until(lambda: read_health(tmp_path) is not None)
    stop.set()
    await beating


async def test_a_log_that_takes_no_write_is_not_tried_without_end(
    tmp_path: Path, log: QueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try is a line in the program's log; a disk that is full stays so for a while."""
    monkeypatch.setattr("kzbot.operations.heart._WRITE_AGAIN", float("inf"))
    heart, stop, tried = Heart(tmp_path, log, lambda: "g", SAY, {}), asyncio.Event(), list[str]()
    set_state = log.set_state

    async def counted(key: str, value: str) -> None:
        tried.append(key)
        await set_state(key, value)

    monkeypatch.setattr(log, "set_state", counted)
    heart.follow(lambda: True)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("DROP TABLE state")
    beating = asyncio.create_task(heart.run(stop))
    await until(lambda: (found := read_health(tmp_path)) is not None and found.log_fault is not None)
    for _ in range(3):
        before = read_health(tmp_path)
        heart.changed()
        await until(lambda: read_health(tmp_path) not in (None, before))  # noqa: B023 - waited for at once
    stop.set()
    await beating
    assert tried == ["health"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_on_a_full_disk_it_is_still_told_what_is_wrong(tmp_path: Path) -> None:
    write_health(
        tmp_path, replace(WELL, generation="the name of one that is rather long, so that less is written later")
    )
    (tmp_path / f"{FILE}.new").symlink_to("/dev/full")
    write_health(tmp_path, replace(WELL, log_fault="disk is full"))
    found = read_health(tmp_path)
    assert found is not None and "disk is full" in (said(found) or "")
    write_health(tmp_path, WELL)
    assert read_health(tmp_path) == WELL


def test_a_start_that_takes_long_is_given_more_time_while_it_goes_on(systemd: Systemd) -> None:
    """Source: EXTEND_TIMEOUT_USEC in sd_notify(3); never less than TimeoutStartSec."""
    Supervisor(systemd.environ).starting("3 of 3: Upgrading\nthe log, 12 of 41")
    assert systemd.heard() == [["STATUS=3 of 3: Upgrading the log, 12 of 41", "EXTEND_TIMEOUT_USEC=300000000"]]


def test_nothing_is_told_where_nobody_asked_and_nobody_is_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Supervisor({}).tell("All is well.", is_in=True, healthy=True)
    assert caplog.text == ""
    gone = Supervisor({"NOTIFY_SOCKET": str(tmp_path / "gone")})
    gone.tell("All is well.", is_in=True, healthy=True)
    assert "systemd could not be told" in caplog.text


def test_the_watchdog_of_another_process_is_not_fed_more_often() -> None:
    environ = {"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "30000000"}
    assert Supervisor(environ).within == 30.0
    assert Supervisor({**environ, "WATCHDOG_PID": str(os.getpid())}).within == 30.0
    assert Supervisor({**environ, "WATCHDOG_PID": "1"}).within is None
    assert Supervisor({**environ, "WATCHDOG_USEC": "soon"}).within is None
