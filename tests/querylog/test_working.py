"""Long work on the log: told how far it is, and ended at any moment it leaves everything as it was."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kzbot.operations.backups import Backups
from kzbot.operations.restoring import PREPARING, Restorer, cleaner
from kzbot.querylog.backup import FOLDER, listed, look_over
from kzbot.querylog.migrate import STAGES, migrate
from kzbot.querylog.schema import MIGRATIONS, migrations
from kzbot.querylog.working import Step, watched

NOW = datetime.now(UTC).replace(microsecond=0)
_ASK = (
    "WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
    " INSERT INTO queries (asked_at, user, channel, server, command, options, status, items, took_ms, private)"
    " SELECT ?, n % 50, 1, 2, 'search', '{\"query\": \"words of ' || n || '\"}', 'not_found', 3, n, 0 FROM numbers"
)
MANY = 3000
"""Questions enough that SQLite looks up from each kind of work, and few enough that it is done at once."""


class Ended(Exception):  # noqa: N818 - it is no fault
    """Somebody does not wait any longer."""


class Listener:
    """Hears of each step; at one of them it has heard enough."""

    def __init__(self, enough: int | None = None) -> None:
        self.steps: list[Step] = []
        self._enough = enough

    def __call__(self, step: Step) -> None:
        self.steps.append(step)
        if len(self.steps) == self._enough:
            raise Ended

    def stages(self) -> list[str]:
        return [self.steps[0].stage, *(b.stage for a, b in pairwise(self.steps) if a.stage != b.stage)]


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite looks up so often that a small log does for a long one."""
    monkeypatch.setattr("kzbot.querylog.working.INSTRUCTIONS", 20_000)
    monkeypatch.setattr("kzbot.querylog.checking._LARGE", 0)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The migrations but for the last one."""
    folder = tmp_path / "older"
    folder.mkdir()
    for _, file in migrations()[:-1]:
        shutil.copy(file, folder)
    return folder


def made(path: Path, questions: int = MANY, schema: Path = MIGRATIONS, at: datetime = NOW) -> Path:
    migrate(path, schema)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_ASK, (questions, at.isoformat()))
    return path


def whole(folder: Path) -> dict[str, bytes]:
    """Every file with what is in it, but empty ones, and what SQLite shares among those who have a log open."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.stat().st_size and not file.name.endswith("-shm")
    }


def true(steps: list[Step]) -> bool:
    """Nothing goes back within a stage, and nothing goes beyond its end."""
    within = all(0 <= step.done <= step.total for step in steps)
    return within and all(a.done <= b.done for a, b in pairwise(steps) if a.stage == b.stage and b.total)


def moments(steps: list[Step]) -> list[int]:
    """At which steps to end such work: the first, the middle and the last one of each stage."""
    found: set[int] = set()
    for stage in {step.stage for step in steps}:
        numbers = [number for number, step in enumerate(steps, start=1) if step.stage == stage]
        found |= {numbers[0], numbers[len(numbers) // 2], numbers[-1]}
    return sorted(found)


def test_what_a_look_raises_ends_the_statement_and_is_raised(path: Path) -> None:
    endless = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with closing(sqlite3.connect(":memory:")) as connection:
        with pytest.raises(Ended), watched(connection, lambda: Listener(1)(Step("copy"))):
            connection.execute(endless)
        assert connection.execute("SELECT 1").fetchone() == (1,)
        with pytest.raises(sqlite3.OperationalError, match="no such table"), watched(connection, lambda: None):
            connection.execute("SELECT * FROM nobody")


def test_a_backup_says_how_far_it_is_and_ended_at_any_step_it_leaves_nothing(path: Path) -> None:
    made(path, 4 * MANY)  # more than SQLite keeps in memory before it writes
    backups, heard = Backups(path.parent), Listener()
    backups.made(NOW, heard)
    assert heard.stages() == ["copy", "check"] and true(heard.steps)
    sizes = {step.done for step in heard.steps if step.stage == "copy"}
    assert len(sizes) > 3 and max(sizes) > 1_000_000
    checked = [step.done / step.total for step in heard.steps if step.stage == "check"]
    assert len(set(checked)) > 10 and checked == sorted(checked), "the bar of a check moves, and never back"
    assert 0.9 < checked[-1] <= 1 and checked.count(1) < len(checked) / 10, (
        "and is full when the work is done, not long before"
    )
    before = whole(path.parent)
    for number in moments(heard.steps):
        with pytest.raises(Ended):
            backups.made(NOW + timedelta(days=1), Listener(number))
        assert whole(path.parent) == before
    heard = Listener()
    look_over(path, heard)
    assert heard.stages() == ["look"]


def test_an_upgrade_says_how_far_it_is_and_ended_at_any_step_it_has_not_been(path: Path, older: Path) -> None:
    heard, other = Listener(), made(path.parent.with_name("other") / path.name, schema=older)
    migrate(other, tell=heard)
    assert heard.stages() == ["copy", "check", "upgrade"] and len(heard.stages()) == STAGES
    assert true(heard.steps) and heard.steps[-1].done == heard.steps[-1].total - 1 > 30
    made(path, schema=older)
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    for number in moments(heard.steps):
        with pytest.raises(Ended):
            migrate(path, tell=Listener(number))
        for file in (path, *listed(path.parent / FOLDER)):
            with closing(sqlite3.connect(file)) as connection:
                assert connection.execute("PRAGMA user_version").fetchone() == (len(migrations()) - 1,)
                assert list(connection.iterdump()) == before
        assert not list(path.parent.rglob("*.part*"))
    migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT sum(questions) FROM tallies").fetchone() == (MANY,)
    heard = Listener()
    migrate(path, tell=heard)
    assert not heard.steps


def test_restoring_says_how_far_it_is_and_ended_at_any_step_it_leaves_the_log(path: Path, older: Path) -> None:
    """Of an older copy, most of which is too old to be kept."""
    source = made(path.parent.parent / "source" / "source.db", schema=older, at=NOW - timedelta(days=400))
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute(_ASK, (10, NOW.isoformat()))
    made(path, 5)
    Backups(path.parent).make(NOW)
    other = path.parent.with_name("other")
    shutil.copytree(path.parent, other)
    prepared, heard = Listener(), Listener()
    restorer = Restorer(other, Backups(other), cleaner(other, 90, 365))
    coming = restorer.prepare(source, prepared)
    stages = restorer.stages(coming)
    restorer.restore(coming, NOW, heard)
    assert prepared.stages() == ["fetch", "check", "compare"] and len(prepared.stages()) == PREPARING
    assert heard.stages() == ["upgrade", "clean", "tidy", "check", "keep"] and len(heard.stages()) == stages
    assert true(prepared.steps) and true(heard.steps)
    cleaned = [step for step in heard.steps if step.stage == "clean"]
    assert len({step.done for step in cleaned}) > 3 and cleaned[-1].done == cleaned[-1].total
    with closing(sqlite3.connect(other / path.name)) as connection:
        assert connection.execute("SELECT count(*) FROM queries").fetchone() == (10,)

    restorer, before = Restorer(path.parent, Backups(path.parent), cleaner(path.parent, 90, 365)), whole(path.parent)
    for number in moments(prepared.steps):
        with pytest.raises(Ended):
            restorer.prepare(source, Listener(number))
        assert whole(path.parent) == before
    for number in moments(heard.steps):
        with pytest.raises(Ended):
            restorer.restore(restorer.prepare(source), NOW, Listener(number))
        left = whole(path.parent)
        left.pop("user_ids.key", None)
        assert left == before


def test_ctrl_c_ends_the_work_and_what_is_done_already_stays_done(tmp_path: Path) -> None:
    """In a process of its own: the work sends Ctrl+C, and goes on until it is told that nobody waits for it."""
    script = tmp_path / "script.py"
    script.write_text(
        "import asyncio, os, signal, sys\n"
        "from kzbot.querylog.working import Step, cancellable, interruptible\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def work(tell):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    try:\n"
        "        while True: tell(Step('copy'))\n"
        "    except Exception:\n"
        "        if sys.argv[1] != 'late': raise\n"
        "    return 'done'\n"
        "try:\n"
        "    print(asyncio.run(cancellable(work)) if sys.argv[1] == 'async' else interruptible(work))\n"
        "except KeyboardInterrupt:\n"
        "    print('ended')\n"
    )
    for way, says in (("early", "ended\n"), ("late", "done\n"), ("async", "ended\n")):
        done = subprocess.run(
            [sys.executable, script, way], capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        assert done.stdout == says, done.stderr
