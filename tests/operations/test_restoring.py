"""Restoring puts back what a copy holds, loses nothing silently, gives no number twice, and is whole wherever it is killed."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kzbot.errors import QueryLogError
from kzbot.operations.backups import Backups
from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.erasing.known import know_from_now_on
from kzbot.operations.erasing.ledger import ErasureLedger
from kzbot.operations.restoring import Restorer, cleaner, is_log
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.ledger.rows import TERMINAL, OverlayRecord
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.migrate import migrate
from kzbot.querylog.rows import QueryRecord
from kzbot.querylog.schema import MIGRATIONS, migrations

NOW = datetime.now(UTC).replace(microsecond=0)
ASKED = QueryRecord(
    asked_at=NOW - timedelta(hours=2),
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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def restorer(data: Path) -> Restorer:
    return Restorer(data, Backups(data), cleaner(data, 90, 365))


async def ask(data: Path, count: int, **values: object) -> list[int]:
    """Asks so many questions; their numbers."""
    log = await QueryLog.open(data / FILE_NAME)
    try:
        return [await log.record(replace(ASKED, **values)) for _ in range(count)]  # type: ignore[arg-type]
    finally:
        await log.close()


def rows(data: Path, sql: str = "SELECT number FROM queries ORDER BY number") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / FILE_NAME)) as connection:
        return connection.execute(sql).fetchall()


async def test_what_is_lost_is_told_and_what_was_there_is_kept(data: Path, restorer: Restorer) -> None:
    await ask(data, 3)
    backups = Backups(data)
    backup = backups.make(NOW)
    await ask(data, 2, asked_at=NOW)
    log = await QueryLog.open(data / FILE_NAME)
    await log.ledger.lay(OverlayRecord(at=NOW, actor=TERMINAL, kind="withdrawal", article="storm"))
    await log.close()

    coming = restorer.prepare(backup)
    assert coming.held.questions == 3 and coming.lost is not None
    assert (coming.lost.questions, coming.lost.first, coming.lost.last) == (2, NOW, NOW)
    assert (coming.lost.deeds, coming.lost.overlays, coming.lost.laid_over) == (1, 1, True)
    done = restorer.restore(coming, NOW)
    assert rows(data) == [(1,), (2,), (3,)] and done.held.questions == 3 and done.readable
    assert done.saved is not None and backups.check(done.saved).questions == 5
    assert rows(data, "SELECT place, action FROM audit") == [("terminal", "restore")]
    assert sorted(file.name for file in data.iterdir()) == ["backups", FILE_NAME, "user_ids.key"]
    assert await ask(data, 1) == [6]
    again = restorer.prepare(done.saved)
    assert again.lost is not None and again.lost.questions == 1
    restorer.restore(again, NOW)
    assert await ask(data, 1) == [7]


@pytest.mark.parametrize("present", ["gone", "another"])
async def test_no_number_is_given_twice_where_the_log_of_now_cannot_tell(
    data: Path, restorer: Restorer, present: str
) -> None:
    await ask(data, 3)
    backup = Backups(data).make(NOW)
    await ask(data, 2)
    (data / FILE_NAME).unlink()
    if present == "another":
        await ask(data, 1)
    restorer.restore(restorer.prepare(backup), NOW)
    assert (await ask(data, 1))[0] > 5, "cards of the questions that were lost name the numbers 4 and 5"


async def test_what_is_not_agreed_to_leaves_nothing(data: Path, restorer: Restorer) -> None:
    await ask(data, 1)
    backup = Backups(data).make(NOW)
    before = (data / FILE_NAME).read_bytes()
    restorer.drop(restorer.prepare(backup))
    assert (data / FILE_NAME).read_bytes() == before
    assert not (data / f"{FILE_NAME}.restoring").exists()


async def test_what_was_erased_since_or_is_too_old_does_not_come_back(data: Path, restorer: Restorer) -> None:
    await ask(data, 1, user=666, options={"query": "unforgettable"})
    await ask(data, 1, asked_at=NOW - timedelta(days=91))
    await ask(data, 2)
    elsewhere, _ = Backups(data).elsewhere(data.parent / "elsewhere.db", NOW)
    log = await QueryLog.open(data / FILE_NAME)
    await Eraser(data, log).erase(Scope.person(666), TERMINAL, NOW)
    await log.close()
    assert b"unforgettable" in elsewhere.read_bytes()

    done = restorer.restore(restorer.prepare(elsewhere), NOW)
    assert done.held.questions == 2 and rows(data) == [(3,), (4,)]
    held = {file: file.read_bytes() for file in data.rglob("*") if file.is_file()}
    assert [file for file, content in held.items() if b"unforgettable" in content] == []


async def test_what_was_erased_must_be_known(data: Path, restorer: Restorer) -> None:
    await ask(data, 1)
    backup = Backups(data).make(NOW)
    (data / "erased.jsonl").write_text('{"number": 1, "kind": "galaxy", "place": "bot", "until": "2026-11-22"}\n')
    with pytest.raises(QueryLogError, match="newer kzbot"):
        restorer.restore(restorer.prepare(backup), NOW)
    assert rows(data) == [(1,)] and not (data / f"{FILE_NAME}.restoring").exists()


@pytest.mark.parametrize("lost", ["erased.jsonl", "user_ids.key"])
async def test_by_whom_something_was_erased_must_be_known(data: Path, restorer: Restorer, lost: str) -> None:
    await ask(data, 1, user=666, options={"query": "unforgettable"})
    elsewhere, _ = Backups(data).elsewhere(data.parent / "elsewhere.db", NOW)
    log = await QueryLog.open(data / FILE_NAME)
    await Eraser(data, log).erase(Scope.person(666), TERMINAL, NOW)
    await log.close()
    (data / lost).unlink()
    await ask(data, 1)
    with pytest.raises(QueryLogError, match=rf"{lost} is not the one .* put that file back"):
        restorer.restore(restorer.prepare(elsewhere), NOW)
    assert rows(data) == [(2,)]
    (data / "erased.jsonl").write_text("")
    assert restorer.restore(restorer.prepare(elsewhere), NOW).held.questions == 1


async def erased_twice(data: Path) -> Path:
    """Somebody and then somebody else was erased; a copy that still has both."""
    for user in (666, 777):
        await ask(data, 1, user=user, options={"query": "unforgettable"})
    elsewhere, _ = Backups(data).elsewhere(data.parent / "elsewhere.db", NOW)
    log = await QueryLog.open(data / FILE_NAME)
    for user in (666, 777):
        await Eraser(data, log).erase(Scope.person(user), TERMINAL, NOW)
    await log.close()
    return elsewhere


@pytest.mark.parametrize(("line", "damage"), [(0, b"\xff\x00"), (0, b""), (2, b'{"number": 2, "ki'), (3, b"[]")])
async def test_a_damaged_line_of_what_was_erased_brings_nobody_back(
    data: Path, restorer: Restorer, line: int, damage: bytes
) -> None:
    elsewhere, file = await erased_twice(data), data / "erased.jsonl"
    before = file.read_bytes().splitlines()
    assert len(before) == 4
    file.write_bytes(b"\n".join([*before[:line], damage, *before[line + 1 :], b""]))
    with pytest.raises(QueryLogError, match=r"erased\.jsonl: lines? .*\d (is|are) damaged, .* take out .* erase anew"):
        restorer.restore(restorer.prepare(elsewhere), NOW)
    assert rows(data) == [] and b"unforgettable" not in (data / FILE_NAME).read_bytes()
    file.write_bytes(b"\n".join([*before, b""]))
    assert restorer.restore(restorer.prepare(elsewhere), NOW).held.questions == 0


@pytest.mark.parametrize(("end", "back"), [(b'{"number": 3, "kind": "per', 0), (b"\x00" * 99, 0), (None, 0)])
async def test_what_a_crash_left_at_the_end_of_what_was_erased_is_no_damage(
    data: Path, restorer: Restorer, end: bytes | None, back: int
) -> None:
    elsewhere, file = await erased_twice(data), data / "erased.jsonl"
    file.write_bytes(file.read_bytes().rstrip(b"\n") if end is None else file.read_bytes() + end)
    await ask(data, 1, user=888)
    log = await QueryLog.open(data / FILE_NAME)
    await Eraser(data, log).erase(Scope.person(888), TERMINAL, NOW)
    await log.close()
    assert ErasureLedger(data).damaged() == [] and len(ErasureLedger(data).all()) == 3
    assert restorer.restore(restorer.prepare(elsewhere), NOW).held.questions == back


async def test_where_nobody_knows_what_was_erased_nothing_is_restored_unless_somebody_says_so(
    data: Path, restorer: Restorer
) -> None:
    elsewhere = await erased_twice(data)
    (data / "erased.jsonl").unlink()
    noise = b"no database at all, " * 500
    for damaged in (noise, b""):
        (data / FILE_NAME).write_bytes(damaged)
        with pytest.raises(QueryLogError, match=r"erased\.jsonl is lost and .*kzbot\.db cannot be read, .* an empty"):
            restorer.restore(restorer.prepare(elsewhere), NOW)
        assert (data / FILE_NAME).read_bytes() == damaged
    (data / "erased.jsonl").write_text("")
    assert restorer.restore(restorer.prepare(elsewhere), NOW).held.questions == 2


async def test_a_start_lays_out_what_says_that_nothing_was_erased_but_never_over_what_was_lost(
    data: Path, restorer: Restorer
) -> None:
    await ask(data, 1)
    assert know_from_now_on(data) is None and (data / "erased.jsonl").read_bytes() == b""
    elsewhere = await erased_twice(data)
    before = (data / "erased.jsonl").read_bytes()
    assert know_from_now_on(data) is None and (data / "erased.jsonl").read_bytes() == before
    (data / "erased.jsonl").unlink()
    assert know_from_now_on(data) == "lost" and not (data / "erased.jsonl").exists()
    with pytest.raises(QueryLogError, match="is not the one"):
        restorer.restore(restorer.prepare(elsewhere), NOW)


async def test_an_older_copy_is_brought_to_the_schema_of_now(data: Path, restorer: Restorer, tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    for _, file in migrations()[:1]:
        (first / file.name).write_bytes(file.read_bytes())
    old = tmp_path / "old.db"
    migrate(old, first)
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(
            "INSERT INTO queries (asked_at, command, options, status, items, took_ms, private)"
            " VALUES (?, 'search', '{\"query\": \"KADEX\"}', 'answered', 1, 1.0, 0)",
            (NOW.isoformat(),),
        )
        connection.commit()
    before = old.read_bytes()
    await ask(data, 2)
    coming = restorer.prepare(old)
    assert coming.held.schema == 1 and coming.lost is not None and coming.lost.questions == 2
    restorer.restore(coming, NOW)
    assert rows(data, "SELECT alike IS NOT NULL FROM queries") == [(1,)]
    assert rows(data, "PRAGMA user_version") == [(len(migrations(MIGRATIONS)),)]
    assert old.read_bytes() == before
    assert not [file for file in Backups(data).all() if "before" in file.name]


async def test_a_plain_copy_is_taken_with_the_write_ahead_log_beside_it(
    data: Path, restorer: Restorer, tmp_path: Path
) -> None:
    log = await QueryLog.open(data / FILE_NAME)
    await log.record(ASKED)
    for end in ("", "-wal"):
        (tmp_path / f"plain.db{end}").write_bytes((data / f"{FILE_NAME}{end}").read_bytes())
    await log.close()
    (data / FILE_NAME).unlink()
    done = restorer.restore(restorer.prepare(tmp_path / "plain.db"), NOW)
    assert rows(data) == [(1,)] and done.saved is None


@pytest.mark.parametrize("damage", ["noise", "newer"])
async def test_a_log_that_this_program_cannot_read_is_kept_byte_by_byte(
    data: Path, restorer: Restorer, damage: str
) -> None:
    numbers = await ask(data, 3)
    backup = Backups(data).make(NOW)
    (data / "erased.jsonl").write_text("")
    if damage == "noise":
        (data / FILE_NAME).write_bytes(b"no database at all, " * 500)
    else:
        with closing(sqlite3.connect(data / FILE_NAME)) as connection:
            connection.execute("PRAGMA user_version = 99")
    before = (data / FILE_NAME).read_bytes()
    done = restorer.restore(restorer.prepare(backup), NOW)
    assert not done.readable and done.saved is not None and done.saved in Backups(data).all()
    assert done.saved.read_bytes() == before or damage == "newer"
    assert rows(data) == [(number,) for number in numbers]
    assert (await ask(data, 1))[0] > max(numbers)


async def test_a_copy_that_cannot_be_used_changes_nothing(data: Path, restorer: Restorer, tmp_path: Path) -> None:
    await ask(data, 1)
    before = (data / FILE_NAME).read_bytes()
    noise, other = tmp_path / "noise.db", tmp_path / "other.db"
    noise.write_bytes(b"noise" * 1000)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE elses (x)")
    for file, said in ((noise, "noise.db.*damaged"), (other, "not a log of kzbot")):
        with pytest.raises(QueryLogError, match=said):
            restorer.prepare(file)
    assert (data / FILE_NAME).read_bytes() == before
    assert sorted(file.name for file in data.iterdir()) == [FILE_NAME, "user_ids.key"]


def test_a_kill_at_any_step_leaves_the_old_log_or_the_new_one(tmp_path: Path) -> None:
    script = Path(__file__).with_name("killed_restore.py")
    done = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    moments, old, new = map(int, done.stdout.split())
    assert moments > 30 and old and new


@pytest.mark.parametrize(
    ("name", "content", "log"),
    [
        ("a.db", b"noise", True),
        ("a.bak", b"SQLite format 3\0 and so on", True),
        ("a.txt", b"An article.", False),
    ],
)
def test_a_database_is_a_copy_and_an_article_is_none(tmp_path: Path, name: str, content: bytes, log: bool) -> None:
    file: Path = tmp_path / name
    file.write_bytes(content)
    named: Callable[[Path], bool] = is_log
    assert named(file) is log and not named(tmp_path)
