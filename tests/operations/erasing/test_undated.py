"""A question whose moment is damaged in the file is shown, is erased with its person, and is not kept for ever."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kzbot.operations.backups import Backups
from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.privacy.holdings import holdings
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import UNDATED
from tests.operations.erasing.filled import NOW, OTHER, PERSON, ask

DAMAGES: list[object] = [
    "garbage",
    "",
    "2026-99-99T00:00:00.000+00:00",
    "9999-01-01T00:00:00.000+00:00",
    b"\xff\xfe",
    "2026-11-22Tx",
]
"""What may stand where a moment should; one of them is a moment, but none of now."""


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[QueryLog]:
    log = await QueryLog.open(tmp_path / FILE_NAME)
    yield log
    await log.close()


def damage(log: QueryLog, numbers: list[int], moments: list[object]) -> None:
    with closing(sqlite3.connect(log.path, isolation_level=None)) as connection:
        for number, moment in zip(numbers, moments, strict=True):
            connection.execute("UPDATE queries SET asked_at = ? WHERE number = ?", (moment, number))
        connection.execute("UPDATE queries SET asked_at = CAST(asked_at AS TEXT)")  # bytes that are no text, too


def left(log: QueryLog) -> list[int]:
    with closing(sqlite3.connect(log.path)) as connection:
        numbers = [number for (number,) in connection.execute("SELECT number FROM queries ORDER BY number")]
        counted = connection.execute("SELECT sum(questions) FROM tallies").fetchone()[0] or 0
        assert counted == len(numbers), "what is counted is what is there"
        return numbers


async def test_it_goes_with_its_person_and_the_rest_stays(log: QueryLog, tmp_path: Path) -> None:
    own = await ask(log, [f"secret {at}" for at in range(len(DAMAGES))])
    others = await ask(log, ["theirs", "theirs too"], OTHER)
    damage(log, own, DAMAGES)
    damage(log, others[:1], ["garbage"])
    kept = await holdings(log, PERSON, [])
    assert kept.questions.count == len(own)
    Backups(tmp_path).make(NOW)
    eraser = Eraser(tmp_path, log)
    assert (await eraser.count(Scope.person(PERSON))).queries == len(own)
    await eraser.erase(Scope.person(PERSON), TERMINAL, NOW)
    assert left(log) == others
    assert [file.name for file in tmp_path.rglob("*.db*") if b"secret" in file.read_bytes()] == []


async def test_it_is_listed_counted_and_purged_beside_the_others(log: QueryLog, tmp_path: Path) -> None:
    numbers = await ask(log, ["one", "two", "three"], asked_at=NOW)
    damage(log, numbers[:2], ["garbage", b"\xff"])
    rows, total = await log.recent(10)
    assert total == 3 and [one.asked_at for one in rows] == [NOW, UNDATED, UNDATED]
    assert (await log.statistics()).begun == NOW.date()
    eraser = Eraser(tmp_path, log)
    outline = await eraser.outline(Filters(search="two"), NOW)
    assert outline.total == 1 and outline.first == UNDATED
    await eraser.erase(Scope.filtered(Filters(search="two")), TERMINAL, NOW)
    assert left(log) == [numbers[0], numbers[2]]


@pytest.mark.parametrize("moment", [*DAMAGES[:1], *DAMAGES[2:-1]])
async def test_it_goes_once_what_was_asked_after_it_is_too_old(log: QueryLog, tmp_path: Path, moment: object) -> None:
    asked = [(await ask(log, ["x"], asked_at=NOW + timedelta(days=day)))[0] for day in range(3)]
    damage(log, asked[1:2], [moment])
    eraser = Eraser(tmp_path, log)

    async def days_later(days: int) -> list[int]:
        await eraser.erase(Scope.older(90, 365), TERMINAL, NOW + timedelta(days=days, hours=1))
        return left(log)

    assert await days_later(3) == asked
    assert await days_later(91) == asked[1:]
    assert await days_later(92) == []


@pytest.mark.parametrize("moment", ["garbage", "9999-01-01T00:00:00.000+00:00"])
async def test_alone_it_does_not_stay_for_ever(log: QueryLog, tmp_path: Path, moment: object) -> None:
    asked = await ask(log, ["x", "y"], asked_at=NOW)
    damage(log, asked[1:], [moment])
    eraser = Eraser(tmp_path, log)
    await eraser.erase(Scope.older(90, 365), TERMINAL, NOW + timedelta(days=1))
    assert left(log) == asked
    await eraser.erase(Scope.older(90, 365), TERMINAL, NOW + timedelta(days=91))
    assert left(log) == []
