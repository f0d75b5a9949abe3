"""Reading the log where nothing can be written: a copy on a read-only disk, a folder of somebody else."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.migrate import migrate

PROJECT = Path(__file__).resolve().parents[2]
AS_NOBODY = """
import ctypes, os, sys
for right in (1, 2) if sys.platform == "linux" else ():  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: root goes by permissions, too
    ctypes.CDLL(None).prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.executable, [sys.executable, "-c", *sys.argv[1:]])
"""
COMMANDS = """
import json, os, sys
from tests.terminal import call_bot
assert not os.access(sys.argv[1], os.W_OK)
made = []
for command in json.loads(sys.argv[2]):
    done = call_bot(*command, "--data", sys.argv[1])
    made.append([done.returncode, done.stdout.decode(), done.stderr.decode()])
print(json.dumps(made))
"""
READ = (["log"], ["log", "stats"], ["log", "unanswered"], ["log", "audit"], ["corrections"], ["history"])


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder with a question, closed as a bot leaves it."""
    data = tmp_path / "data"
    migrate(data / FILE_NAME)
    with closing(sqlite3.connect(data / FILE_NAME)) as connection, connection:
        _ask(connection, "lighthouse")
    yield data
    data.chmod(0o700)


def _ask(connection: sqlite3.Connection, words: str) -> None:
    connection.execute(
        "INSERT INTO queries (asked_at, user, command, options, status, items, took_ms, private, alike)"
        " VALUES ('2026-11-01T10:00:00.000000+00:00', 101, 'search', ?, 'not_found', 0, 1.0, 0, ?)",
        (json.dumps({"query": words}), words),
    )


def read_only(data: Path, *commands: list[str]) -> list[tuple[int, str, str]]:
    """What each command says where the folder cannot be written to, not by root either: status, output, complaint."""
    data.chmod(0o500)
    given: Any = json.dumps(commands)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, COMMANDS, str(data), given],
        cwd=PROJECT,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return [(one[0], one[1], one[2]) for one in json.loads(done.stdout)]


def test_a_log_that_nobody_writes_to_is_read_and_nothing_is_told_to_be_restored(folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.csv"
    *read, export, backup = read_only(
        folder, *READ, ["log", "export", str(questions)], ["backup", "--to", str(tmp_path)]
    )
    assert [status for status, _, _ in read] == [0] * len(READ), read
    assert all("lighthouse" in said for _, said, _ in read[:3])
    for refused, words in ((export, "permissions"), (backup, "copy the data folder instead")):
        assert refused[0] == 1 and words in refused[2] and "restore" not in refused[2], refused
        assert len(refused[2].splitlines()) == 1
    assert not questions.exists() and not list(tmp_path.glob("*.db"))
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]


def test_rows_that_stand_beside_the_log_are_not_passed_over(folder: Path, tmp_path: Path) -> None:
    (killed := tmp_path / "killed").mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        with connection:
            _ask(connection, "harbour")
        for end in ("", "-wal"):
            shutil.copy(folder / f"{FILE_NAME}{end}", killed)
        (both,) = read_only(folder, ["log"])
    assert both[0] == 0 and "harbour" in both[1], both
    (refused,) = read_only(killed, ["log"])
    killed.chmod(0o700)
    assert refused[0] == 1 and f"{FILE_NAME}-wal" in refused[2] and "copy the data folder" in refused[2]
    assert "restore" not in refused[2]
