"""How far long work is, as somebody sees it at a terminal, in a pipe and among JSON lines; and Ctrl+C while it goes on."""

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout, suppress
from pathlib import Path

import pytest
from rich.console import Console

from kzbot.cli import run
from kzbot.cli.health import show_health
from kzbot.cli.long_work import Bar, LongWork, long_work
from kzbot.cli.prepared import prepare
from kzbot.operations.backups import Backups
from kzbot.operations.health import FILE
from kzbot.phrases import DEFAULT_FOLDER, FALLBACK, Phrases
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.migrate import migrate
from kzbot.querylog.schema import migrations
from kzbot.querylog.working import Step, Tell

PROJECT = Path(__file__).resolve().parents[2]
PHRASES = Phrases.load(DEFAULT_FOLDER, FALLBACK)
Environ = Callable[..., dict[str, str]]


class Clock:
    """Time goes by when the test says so."""

    tick: Callable[[], None]

    @contextmanager
    def pace(self, tick: Callable[[], None]) -> Iterator[None]:
        self.tick = tick
        yield


def test_in_a_pipe_each_stage_is_a_line_and_so_is_what_goes_on_for_long() -> None:
    said: list[str] = []
    supervisor: list[str] = []
    clock = Clock()
    with long_work(PHRASES, 2, said.append, supervisor.append, clock.pace) as tell:
        tell(Step("copy", 1, 200))
        tell(Step("copy", 84, 200))
        assert said == []
        clock.tick()
        tell(Step("copy", 100, 200))
        assert said == ["1 of 2: Copying the log, 42 %"]
        tell(Step("copy", 150, 200))
        clock.tick()
        clock.tick()
        assert said[1:] == ["1 of 2: Copying the log, 75 %"]
        tell(Step("check"))
        tell(Step("check"))
        assert said[2:] == ["2 of 2: Checking the copy"] and supervisor == said
        clock.tick()
        clock.tick()
        assert len(said) == 3 and supervisor[3:] == ["2 of 2: Checking the copy"]


def test_nothing_is_said_of_what_ends_at_once_or_has_nothing_to_do() -> None:
    said: list[str] = []
    clock = Clock()
    with long_work(PHRASES, 2, said.append, said.append, clock.pace) as tell:
        tell(Step("copy", 1, 2))
        tell(Step("check"))
    with long_work(PHRASES, 2, said.append, said.append, clock.pace):
        clock.tick()
    assert said == []


def test_what_begins_late_is_said_when_it_begins_and_waiting_is_no_stage() -> None:
    said: list[str] = []
    clock = Clock()
    with long_work(PHRASES, 3, said.append, pace=clock.pace) as tell:
        clock.tick()
        tell(Step("wait"))
        tell(Step("rows", 500, 1000))
        tell(Step("copies", 1, 3))
    assert said == [
        "Waiting for another process that is at work on the backups",
        "1 of 3: Erasing questions from the log, 50 %",
        "2 of 3: Erasing them from the backups, 1 of 3",
    ]


def test_at_a_terminal_a_bar_comes_after_a_second_and_goes_with_the_work() -> None:
    out = io.StringIO()
    bar = Bar(Console(file=out, force_terminal=True, width=100, legacy_windows=False))
    work = LongWork(PHRASES, 2, bar, lambda words: None)
    work(Step("copy", 10, 200))
    bar.end()
    assert out.getvalue() == ""
    work.tick()
    work(Step("copy", 84, 200))
    work(Step("check"))
    bar.end()
    assert "1 of 2: Copying the log, 5 %" in out.getvalue() and "2 of 2: Checking the copy" in out.getvalue()
    assert out.getvalue().endswith("\x1b[2K") and "Copying" not in out.getvalue().rpartition("Checking")[2]


class Waiting:
    """A command that cannot go on: somebody else holds the folder of the backups."""

    def __init__(self, command: list[str], environ: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PROJECT / "bot.py"), *command],
            cwd=PROJECT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stderr is not None
        self.said = self.process.stderr.readline()

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        """Exit status, standard output, and what it said on standard error after its first line."""
        self.process.send_signal(number)
        out, errors = self.process.communicate(timeout=120)
        return self.process.returncode, out, errors


@pytest.fixture
def waiting(environ: Environ, tmp_path: Path) -> Iterator[Callable[..., Waiting]]:
    made: list[Waiting] = []

    def start(*command: object, **more: str) -> Waiting:
        given = environ({"KZBOT_DATA__FOLDER": str(tmp_path / "data"), "KZBOT_CHANNEL__PORT": "0", **more})
        made.append(Waiting([*map(str, command)], given))
        return made[-1]

    yield start
    for one in made:
        one.process.kill()
        one.process.communicate()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A log of the version before this one."""
    folder = tmp_path / "older"
    folder.mkdir()
    for _, file in migrations()[:-1]:
        shutil.copy(file, folder)
    path = tmp_path / "data" / FILE_NAME
    migrate(path, folder)
    return path


def health(data: Path) -> tuple[int, str]:
    """What `health` says, and its exit status."""
    with redirect_stdout(out := io.StringIO()):
        status = show_health(prepare(None, data), as_json=False)
    return status, out.getvalue()


def schema(log: Path) -> int:
    with closing(sqlite3.connect(log)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_ctrl_c_in_a_backup_says_that_none_was_made(tmp_path: Path, waiting: Callable[..., Waiting]) -> None:
    backups = Backups(tmp_path / "data")
    migrate(tmp_path / "data" / FILE_NAME)
    with backups.locked():
        command = waiting("backup")
        assert command.said == "Waiting for another process that is at work on the backups\n"
        assert command.end() == (130, "", "Interrupted: no backup was made, and all is as it was.\n")
    assert not backups.all() and not list(tmp_path.rglob("*.part*"))


def test_ctrl_c_in_restoring_leaves_the_log_and_says_so(tmp_path: Path, waiting: Callable[..., Waiting]) -> None:
    path, backups = tmp_path / "data" / FILE_NAME, Backups(tmp_path / "data")
    migrate(path)
    shutil.copy(path, tmp_path / "copy.db")
    before = path.read_bytes()
    with backups.locked():
        command = waiting("restore", tmp_path / "copy.db", "--yes", KZBOT_LOGGING__FORMAT="json")
        said = json.loads(command.said)
        assert said["message"] == "Waiting for another process that is at work on the backups"
        status, _, errors = command.end()
    assert (status, errors) == (130, "Interrupted: nothing was restored, and the log is as it was.\n")
    assert path.read_bytes() == before and not backups.all() and not list(path.parent.glob("*.restoring*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_while_a_start_upgrades_the_log_leaves_it(
    older: Path, waiting: Callable[..., Waiting], number: signal.Signals
) -> None:
    with Backups(older.parent).locked():
        bot = waiting("run")
        assert json.loads(bot.said)["message"] == "Waiting for another process that is at work on the backups"
        while not (older.parent / FILE).exists() and bot.process.poll() is None:
            time.sleep(0.05)
        status, said = health(older.parent)
        assert status == 1 and said.startswith("The bot is starting: its log is being upgraded since 20")
        assert said.endswith("UTC (Waiting for another process that is at work on the backups).\n")
        status, out, _ = bot.end(number)
    assert (status, out) == (0, "Interrupted: the log was not upgraded, and is as it was.\n")
    assert health(older.parent) == (1, "The bot does not run with this data folder.\n")
    assert schema(older) == len(migrations()) - 1
    assert not Backups(older.parent).all() and not list(older.parent.glob("*-wal"))


def test_ctrl_c_while_a_command_upgrades_the_log_leaves_it(older: Path, waiting: Callable[..., Waiting]) -> None:
    with Backups(older.parent).locked():
        command = waiting("index")
        status, _, errors = command.end()
    assert (status, errors) == (130, "Interrupted: the log was not upgraded, and is as it was.\n")
    assert schema(older) == len(migrations()) - 1 and not Backups(older.parent).all()


def test_a_stop_that_comes_too_late_for_an_upgrade_is_not_said_to_have_prevented_it(
    older: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def until_stopped(path: Path, *, tell: Tell) -> None:
        migrate(path)
        os.kill(os.getpid(), signal.SIGTERM)
        with suppress(Exception):
            while True:
                tell(Step("upgrade"))

    monkeypatch.setattr(run, "migrate", until_stopped)
    run.run_bot(prepare(None, older.parent))
    assert capsys.readouterr().out == ""
    assert schema(older) == len(migrations())
