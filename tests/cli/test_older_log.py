"""The terminal on a log of an older program, before the bot has started anew: nothing is damaged, and nobody is told so."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kzbot.operations.backups import Backups
from kzbot.querylog.keys import key_is_lost
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.migrate import migrate
from kzbot.querylog.schema import migrations

Bot = Callable[..., Any]
KNOWN = len(migrations())


@pytest.fixture(scope="module", params=range(1, KNOWN))
def older(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a question, in the schema of an older program; tests do not change it but by backups."""
    folder = tmp_path_factory.mktemp("older")
    (before := folder / "migrations").mkdir()
    for number, file in migrations():
        if number <= request.param:
            shutil.copy(file, before)
    migrate(folder / FILE_NAME, before)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute(
            "INSERT INTO queries (asked_at, user, command, options, status, items, took_ms, private)"
            " VALUES ('2026-11-01T10:00:00.000000+00:00', 101, 'search', '{\"query\":\"lighthouse\"}', 'not_found', 0, 1.0, 0)"
        )
        connection.execute("INSERT INTO state VALUES ('synced:1', 'before')")
    return folder


def test_doctor_says_that_the_next_start_brings_it_to_its_schema(bot: Bot, older: Path) -> None:
    done = bot("doctor", "--data", older)
    said = done.stdout.decode()
    (log,) = (line for line in said.splitlines() if "\tQuestion log\t" in line)
    assert log.startswith("ok\t") and "Whole, 1 question." in log
    assert "older kzbot" in log and "the next start backs it up" in log
    assert done.returncode == 0 and "WRONG" not in said
    assert "restore a backup" not in said and "put a backup in its place" not in said
    assert not key_is_lost(older)


@pytest.mark.parametrize(
    "command",
    [
        "log",
        "log stats",
        "log unanswered",
        "log audit",
        "log audit 1",
        "log review 1 --dismiss",
        "log export",
        "history",
    ],
)
def test_what_cannot_be_shown_yet_says_in_one_sentence_to_start_the_bot(
    bot: Bot, older: Path, tmp_path: Path, command: str
) -> None:
    more = [tmp_path / "questions.csv"] if command == "log export" else []
    done = bot(*command.split(), *more, "--data", older)
    assert done.returncode == 1 and done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert "of an older kzbot" in line and "start the bot" in line and "damaged" not in line
    assert not list(tmp_path.iterdir())


def test_it_is_backed_up_and_its_backups_are_listed(bot: Bot, older: Path) -> None:
    made = bot("backup", "--data", older)
    assert made.returncode == 0 and b"1 question" in made.stdout, made.stderr
    listed = bot("backup", "--list", "--data", older).stdout.decode()
    assert Backups(older).all()[-1].name in listed and "CANNOT" not in listed
    assert b"does not run" in bot("health", "--data", older).stdout
    assert b"WRONG" not in bot("doctor", "--data", older).stdout


def test_an_empty_file_is_a_log_that_has_not_begun(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    done = bot("log", "--data", tmp_path)
    assert done.returncode == 1 and b"it begins when the bot first runs" in done.stderr
