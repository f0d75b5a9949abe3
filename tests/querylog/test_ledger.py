"""The ledger: what was done stands in it whole, with who did it, and what was undone no longer holds."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kzbot.errors import QueryLogError
from kzbot.querylog.ledger.reader import holding_in
from kzbot.querylog.ledger.rows import BOT, Actor, Application, Deed, OverlayRecord, Post, Report
from kzbot.querylog.log import QueryLog
from kzbot.querylog.migrate import migrate
from kzbot.querylog.rows import QueryRecord
from kzbot.querylog.schema import MIGRATIONS

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
MODERATOR = Actor(place="discord", user=77)


def correction(words: str, edtf: str | None, report: int | None = None) -> OverlayRecord:
    return OverlayRecord(at=NOW, actor=MODERATOR, kind="date", article="a", words=words, edtf=edtf, report=report)


def doubt() -> Report:
    return Report(
        at=NOW,
        user=5,
        query=1,
        generation="g",
        kind="date",
        article="a",
        address="a#12345678",
        excerpt="On Friday it rained.",
        words="Friday",
        said="It was a Thursday",
    )


async def test_what_is_laid_holds_until_it_is_lifted_and_both_are_noted(log: QueryLog, path: Path) -> None:
    ledger = log.ledger
    first = await ledger.lay(correction("Friday", "1997-11-28"))
    second = await ledger.lay(OverlayRecord(at=NOW, actor=MODERATOR, kind="withdrawal", article="b"))
    assert [row.number for row in await ledger.holding()] == [first, second]
    assert await ledger.lift(first, MODERATOR, NOW)
    assert not await ledger.lift(first, MODERATOR, NOW)
    assert not await ledger.lift(99, MODERATOR, NOW)
    assert [row.article for row in holding_in(path)] == ["b"]
    undone = await ledger.overlay(first)
    assert undone is not None and (undone.undone_at, undone.undone_by) == (NOW, 77)
    deeds, total = await ledger.deeds(10)
    assert [(deed.action, deed.about, deed.actor) for deed in deeds] == [
        ("lift", first, MODERATOR),
        ("lay", second, MODERATOR),
        ("lay", first, MODERATOR),
    ]
    assert total == 3 and deeds[2].details["edtf"] == "1997-11-28"


async def test_a_correction_closes_its_report_and_undoing_it_opens_it_again(log: QueryLog) -> None:
    ledger = log.ledger
    number = await ledger.take_report(doubt())
    waiting, count = await ledger.reports("open", 10)
    assert (count, waiting[0].words, waiting[0].said) == (1, "Friday", "It was a Thursday")
    laid = await ledger.lay(correction("Friday", None, report=number))
    mended = await ledger.report(number)
    assert mended is not None and (mended.state, mended.closed_by) == ("mended", 77)
    await ledger.lift(laid, MODERATOR, NOW)
    again = await ledger.report(number)
    assert again is not None and (again.state, again.closed_by, again.closed_at) == ("open", None, None)
    assert await ledger.close_report(number, "dismissed", MODERATOR, NOW)
    assert not await ledger.close_report(number, "dismissed", MODERATOR, NOW)
    assert (await ledger.reports("open", 10))[1] == 0


async def test_a_write_of_several_rows_that_fails_leaves_none_of_them(log: QueryLog) -> None:
    """The report that it answers is not there, so the correction is not laid, and no deed says that it was."""
    with pytest.raises(QueryLogError):
        await log.ledger.lay(correction("Friday", None, report=4711))
    assert await log.ledger.holding() == []
    assert (await log.ledger.deeds(10))[1] == 0
    assert await log.ledger.lay(correction("Friday", None)) == 1


async def test_the_history_says_who_applied_what(log: QueryLog) -> None:
    ledger = log.ledger
    done = Application(
        at=NOW, actor=MODERATOR, way="reload", generation="new", former="old", articles=6, summary={"added": 1}
    )
    number = await ledger.applied(done)
    await ledger.applied(
        Application(at=NOW + timedelta(hours=1), actor=BOT, way="start", generation="newer", former="new", articles=6)
    )
    rows, total = await ledger.history(1)
    assert (total, rows[0].generation, rows[0].actor) == (2, "newer", BOT)
    found = await ledger.application(number)
    assert found is not None and (found.at, found.summary, found.former) == (NOW, {"added": 1}, "old")
    assert await ledger.application(2**70) is None
    assert {deed.about for deed in (await ledger.deeds(10))[0]} == {1, 2}


async def test_a_post_and_a_deed_of_its_own_are_found_again(log: QueryLog) -> None:
    await log.ledger.posted(Post(at=NOW, purpose="plan", about="g", channel=1, message=2))
    await log.ledger.posted(Post(at=NOW, purpose="plan", about="g", channel=1, message=3))
    found = await log.ledger.post("plan", "g")
    assert found is not None and found.message == 3
    assert await log.ledger.post("plan", "h") is None
    await log.ledger.note(Deed(at=NOW, actor=BOT, action="look", details={"files": ["a’b"]}))
    assert (await log.ledger.deeds(1))[0][0].details == {"files": ["a’b"]}


async def test_a_log_from_before_the_ledger_keeps_its_questions_and_lays_nothing(
    path: Path, tmp_path: Path, asked: Callable[..., QueryRecord]
) -> None:
    first = tmp_path / "first"
    first.mkdir()
    (first / "0001_queries.sql").write_text((MIGRATIONS / "0001_queries.sql").read_text())
    migrate(path, first)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO queries VALUES (1, '2026-11-21T00:00:00+00:00', 1, 2, 3, 'search', '{}', 'answered', 0, 0, '', 0)"
        )
    assert holding_in(path) == []
    assert holding_in(path.with_name("nowhere.db")) == []
    log = await QueryLog.open(path)
    try:
        assert (await log.recent(10))[1] == 1
        assert await log.record(asked()) == 2
    finally:
        await log.close()
