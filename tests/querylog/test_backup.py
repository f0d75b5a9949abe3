"""A backup is a copy that was opened and checked, or it is not there."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kzbot.errors import QueryLogError
from kzbot.operations.backups import Backups
from kzbot.querylog.backup import FOLDER, KEEP, back_up, check, copy, listed, look_over, made_at
from kzbot.querylog.log import QueryLog
from kzbot.querylog.restore import set_aside
from kzbot.querylog.rows import QueryRecord

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
Asked = Callable[..., QueryRecord]


@pytest.fixture
def folder(path: Path) -> Path:
    return path.parent / FOLDER


async def test_it_is_made_beside_who_writes_and_holds_all_that_was_committed(
    path: Path, folder: Path, log: QueryLog, asked: Asked
) -> None:
    await log.record(asked())
    writing = [asyncio.create_task(log.record(asked())) for _ in range(50)]
    made, held = await asyncio.to_thread(back_up, path, folder, NOW)
    await asyncio.gather(*writing)
    assert 1 <= held.questions <= 51 and held == check(made)
    assert held.first == held.last == asked().asked_at
    assert made.name == "kzbot-20261122T031500Z.db" and made_at(made) == NOW
    assert [stat.S_IMODE(one.stat().st_mode) for one in (folder, made)] == [0o700, 0o600]


async def test_the_last_seven_stay_and_what_somebody_put_there(path: Path, folder: Path, log: QueryLog) -> None:
    folder.mkdir()
    (folder / "mine.db").write_bytes(b"not kzbot's own")
    made = [back_up(path, folder, NOW + timedelta(days=day))[0] for day in range(KEEP + 2)]
    assert set(listed(folder)) == {*made[-KEEP:], folder / "mine.db"}


async def test_a_clock_that_went_back_does_not_cost_the_one_that_was_just_made(
    path: Path, folder: Path, log: QueryLog
) -> None:
    for day in range(KEEP):
        back_up(path, folder, NOW + timedelta(days=day))
    made, _ = back_up(path, folder, NOW - timedelta(days=400))
    assert made.is_file() and len(listed(folder)) == KEEP


async def test_those_of_one_second_stand_side_by_side(path: Path, folder: Path, log: QueryLog) -> None:
    made = await asyncio.gather(*(asyncio.to_thread(back_up, path, folder, NOW) for _ in range(4)))
    assert len({file for file, _ in made}) == 4
    assert listed(folder)[0].name == "kzbot-20261122T031500Z.db"
    for _ in range(KEEP):
        last, _ = back_up(path, folder, NOW)
    assert listed(folder)[-1] == last and len(listed(folder)) == KEEP


async def test_what_cannot_be_written_is_a_sentence_and_leaves_the_good_ones(
    path: Path, folder: Path, log: QueryLog, tmp_path: Path
) -> None:
    with pytest.raises(QueryLogError, match="no log of questions yet"):
        copy(tmp_path / "nothing.db", tmp_path / "copy.db")
    folder.write_text("a file where the folder should be")
    with pytest.raises(QueryLogError, match="no backup could be made"):
        back_up(path, folder, NOW)


async def test_a_full_disk_leaves_no_half_copy_and_costs_no_good_one(
    path: Path, folder: Path, log: QueryLog, asked: Asked
) -> None:
    for _ in range(KEEP):
        back_up(path, folder, NOW)
    good = listed(folder)
    for number in range(30):
        await log.record(asked(options={"query": f"{number} " * 800}))
    done = await asyncio.to_thread(_with_little_room, path, folder)
    assert "QueryLogError" in done.stderr and "no backup could be made" in done.stderr
    assert listed(folder) == good and not list(folder.glob("*.part*"))


def _with_little_room(path: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    """A backup by a process that may write no file over 100 kB."""
    script = (
        "import resource, signal, sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from kzbot.querylog.backup import back_up\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "back_up(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))\n"
    )
    command = [sys.executable, "-c", script, str(path), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_a_kill_at_any_moment_leaves_only_whole_ones(tmp_path: Path) -> None:
    """The script kills copies of itself before and after each call that touches a file, and looks at what each leaves."""
    script = Path(__file__).with_name("killed_backup.py")
    done = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10


async def test_what_is_damaged_newer_or_something_else_is_refused(
    path: Path, log: QueryLog, asked: Asked, tmp_path: Path
) -> None:
    for _ in range(300):
        await log.record(asked())
    whole = tmp_path / "whole.db"
    copy(path, whole)
    noise, torn, newer, other, added, bare = (
        tmp_path / f"{name}.db" for name in ("noise", "torn", "newer", "other", "added", "bare")
    )
    noise.write_bytes(os.urandom(20_000))
    torn.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    for file in (newer, added, bare):
        file.write_bytes(whole.read_bytes())
    for file, sql in (
        (newer, "PRAGMA user_version = 99"),
        (other, "CREATE TABLE queries (number)"),
        (added, "CREATE TRIGGER spy AFTER INSERT ON queries BEGIN DELETE FROM audit; END"),
        (bare, "DROP INDEX queries_by_status"),
    ):
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(sql)
    for file, said in ((noise, "damaged"), (torn, "damaged"), (newer, "newer kzbot"), (other, "not a log of kzbot")):
        with pytest.raises(QueryLogError, match=said):
            check(file)
    for file in (added, bare):
        with pytest.raises(QueryLogError, match="not a log of kzbot"):
            check(file)


async def test_a_row_that_names_another_one_that_is_not_there_is_damage(path: Path, log: QueryLog) -> None:
    made = path.with_name("copy.db")
    copy(path, made)
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("INSERT INTO overlays (at, place, kind, report) VALUES ('2026', 'bot', 'date', 7)")
        connection.commit()
    with pytest.raises(QueryLogError, match="names another one"):
        check(made)


async def test_a_log_that_was_torn_is_told_at_a_start(path: Path, log: QueryLog, asked: Asked) -> None:
    for _ in range(300):
        await log.record(asked())
    await log.close()
    look_over(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with pytest.raises(QueryLogError, match="copy the folder again with the bot stopped"):
        look_over(path)


async def test_when_the_newest_was_made_is_told_or_unknown(path: Path, folder: Path, log: QueryLog) -> None:
    backups = Backups(path.parent)
    assert backups.newest() is None
    made = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
    back_up(path, folder, made)
    assert backups.newest() == made
    (folder / "kzbot-20269999T999999Z.db").write_bytes(b"")
    assert backups.newest() is None, "somebody put a file there whose name is no moment"


def test_two_logs_that_are_set_aside_in_one_second_are_both_kept(tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
    for content in (b"first damaged log", b"second damaged log"):
        (tmp_path / "kzbot.db").write_bytes(content)
        assert set_aside(tmp_path / "kzbot.db", tmp_path, now).read_bytes() == content
    assert sorted(file.read_bytes()[:6] for file in tmp_path.glob("kzbot-aside-*.db")) == [b"first ", b"second"]
