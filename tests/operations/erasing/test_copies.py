"""What is erased goes from copies of the log, too, wherever they come from and whatever is wrong with them."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.restoring import cleaner
from kzbot.querylog.erasing.scope import Scope, Target
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import QueryLog
from kzbot.querylog.working import unheard
from tests.operations.erasing.filled import (
    NOW,
    OTHER,
    PERSON,
    ask,
    backup,
    forms,
    holding,
    old_copies,
    shapes_of,
)


async def test_a_purge_by_words_finds_them_in_copies_alone_and_takes_nothing_else_there(
    log: QueryLog, tmp_path: Path
) -> None:
    """Of the log that was set aside, of one from elsewhere with numbers of its own, and of one from before an upgrade."""
    data = tmp_path / "data"
    await ask(log, ["zqxpurgedjk one", "two", "zqxpurgedjk three", "kept"])
    backup(data)
    old_copies(data)
    with closing(sqlite3.connect(log.path)) as connection, connection:
        connection.execute("DELETE FROM queries WHERE number IN (2, 3)")
    shutil.copyfile(data / "kzbot.db.before-0003", data / "backups" / "elsewhere.db")
    with closing(sqlite3.connect(data / "backups" / "elsewhere.db")) as connection, connection:
        connection.execute("UPDATE queries SET asked_at = '2026-11-20T00:00:00.000+00:00'")
        connection.execute("""UPDATE queries SET options = '{"query": "zqxpurgedjk"}' WHERE number = 4""")
    filters = Filters(search="zqxpurgedjk")
    outline = await (eraser := Eraser(data, log)).outline(filters, NOW)
    assert (outline.total, outline.elsewhere) == (4, 3), "1 here; 3 and, of other moments, 1 and 4 in copies"
    erased = await eraser.erase(Scope.filtered(filters), TERMINAL, NOW)
    assert erased.queries == 4
    assert [*holding(data, forms("zqxpurgedjk"))] == []
    assert [row.number for row in (await log.recent(9))[0]] == [4], "which is another question here"
    copies = [*(data / "backups").glob("*.db"), data / "kzbot.db.before-0003"]
    assert len(copies) == 3 and all(b'"two"' in one.read_bytes() for one in copies)
    again = Target.from_json(json.loads((data / "erased.jsonl").read_text().splitlines()[0]))
    assert again.elsewhere == ((1, 1), (3, 4)), "as a start knows it that ends what was interrupted"


@pytest.mark.parametrize("how", ["erased", "renamed"])
async def test_a_backup_whose_index_leads_to_somebody_else_keeps_nothing(
    log: QueryLog, tmp_path: Path, how: str
) -> None:
    data = tmp_path / "data"
    await ask(log, ["zqxhidden"], OTHER)
    await ask(log, ["zqxseen"])
    backup(data)
    (copy,) = (data / "backups").glob("*.db")
    by_user = "FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'queries' AND sql LIKE '%user%'"
    for sql in (
        "UPDATE queries SET user = -5 WHERE number = 1",
        f"CREATE TABLE kept AS SELECT * {by_user}",
        f"DELETE {by_user}",
        f"UPDATE queries SET user = {PERSON} WHERE number = 1",
        "INSERT INTO sqlite_schema SELECT * FROM kept",
        "DROP TABLE kept",
    ):
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(sql)
    if how == "erased":
        await Eraser(data, log).erase(Scope.person(PERSON), TERMINAL, NOW)
        assert [*holding(data / "backups", forms("zqxhidden") | forms("zqxseen"))] == []
    else:
        await log.close()
        log = await QueryLog.open(log.path, "hashed")
        await Eraser(data, log).rename()
        await log.close()
    assert [*holding(data / "backups", shapes_of(PERSON))] == []


async def test_a_copy_from_elsewhere_is_cleaned_of_all_that_was_erased(log: QueryLog, tmp_path: Path) -> None:
    data = tmp_path / "data"
    await ask(log, ["hers zqxwordkj", "zqxpurgedjk"])
    await ask(log, ["of somebody else"], OTHER)
    backup(data)
    elsewhere = tmp_path / "elsewhere.db"
    shutil.copyfile(next((data / "backups").glob("*.db")), elsewhere)
    eraser = Eraser(data, log)
    await eraser.erase(Scope.filtered(Filters(search="zqxpurgedjk")), TERMINAL, NOW)
    await eraser.erase(Scope.person(PERSON), TERMINAL, NOW)
    cleaner(data, 90, 365)(elsewhere, unheard)
    held = elsewhere.read_bytes()
    assert not any(one in held for one in forms("zqxwordkj") | forms("zqxpurgedjk") | shapes_of(PERSON))
    assert b"of somebody else" in held


async def test_what_stands_beside_a_copy_that_somebody_put_there_is_cleaned_too(log: QueryLog, tmp_path: Path) -> None:
    data = tmp_path / "data"
    await ask(log, ["zqxwordkj"])
    await ask(log, ["of somebody else"], OTHER)
    (data / "backups").mkdir()
    for end in ("", "-wal"):
        shutil.copyfile(f"{log.path}{end}", data / "backups" / f"mine.db{end}")
    await Eraser(data, log).erase(Scope.person(PERSON), TERMINAL, NOW)
    assert [*holding(data, forms("zqxwordkj") | shapes_of(PERSON))] == []
    assert b"of somebody else" in (data / "backups" / "mine.db").read_bytes()


async def test_a_foreign_database_among_the_backups_holds_no_erasure_up(log: QueryLog, tmp_path: Path) -> None:
    data = tmp_path / "data"
    await ask(log, ["zqxwordkj"])
    (data / "backups").mkdir()
    with closing(sqlite3.connect(data / "backups" / "books.db")) as books:
        books.execute("CREATE TABLE queries (title TEXT)")
        books.execute("CREATE TABLE audit (title TEXT)")
        books.commit()
    before = (data / "backups" / "books.db").read_bytes()
    await Eraser(data, log).erase(Scope.person(PERSON), TERMINAL, NOW)
    assert (data / "backups" / "books.db").read_bytes() == before
