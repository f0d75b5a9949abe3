"""The log keeps every question that it took, gives it back as it was, and finds it by its words."""

import asyncio
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.errors import QueryLogError
from kzbot.querylog.checking import damage_of
from kzbot.querylog.filters import Filters
from kzbot.querylog.log import QueryLog
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.rows import QueryRecord

Asked = Callable[..., QueryRecord]
FOREIGN = st.text(st.characters(), max_size=40) | st.text("\ud800\x00%_\\'\"{}аяЖ", max_size=20)


async def test_a_question_comes_back_as_it_was_asked(log: QueryLog, asked: Asked) -> None:
    record = asked(options={"query": "Қазақстан @everyone", "private": True, "n": 3}, server=None, status="denied")
    number = await log.record(record)
    row = await log.query(number)
    assert row is not None
    assert asdict(row) == {**asdict(record), "number": number, "damaged": ()}
    assert await log.query(number + 1) is None
    assert await log.query(2**70) is None


async def test_moments_are_kept_in_utc(log: QueryLog, asked: Asked) -> None:
    local = datetime(2026, 1, 1, 3, 0, tzinfo=timezone(timedelta(hours=6)))
    row = await log.query(await log.record(asked(asked_at=local)))
    assert row is not None and row.asked_at == local and row.asked_at.tzinfo == UTC


async def test_the_latest_come_first_page_by_page(log: QueryLog, asked: Asked) -> None:
    numbers = [await log.record(asked(items=each)) for each in range(5)]
    first, total = await log.recent(2)
    second, _ = await log.recent(2, 2)
    assert total == 5
    assert [row.number for row in [*first, *second]] == numbers[:0:-1]
    assert await log.recent(2, 9) == ([], 5)


async def test_search_finds_words_in_any_case_and_takes_no_character_as_special(log: QueryLog, asked: Asked) -> None:
    await log.record(asked(options={"topic": "СТЕПНОЙ Орёл 100%"}))
    await log.record(asked(options={"topic": "steppe_eagle"}))
    await log.record(asked(command="exercise", options={"name": "KADEX"}))
    found = {
        text: (await log.recent(10, filters=Filters(search=text)))[1]
        for text in (
            "степной",
            "орёл СТЕПНОЙ",
            "100%",
            "%",
            "_",
            "steppeXeagle",
            "/exercise",
            "topic",
            "kadex none",
            " ",
            "\\",
        )
    }
    assert found == {
        "степной": 1, "орёл СТЕПНОЙ": 1, "100%": 1, "%": 1, "_": 1, "steppeXeagle": 0,
        "/exercise": 1, "topic": 0, "kadex none": 0, " ": 3, "\\": 0,
    }  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(FOREIGN)
async def test_any_text_is_kept_and_can_be_searched(log: QueryLog, asked: Asked, text: str) -> None:
    number = await log.record(asked(options={"query": text}))
    row = await log.query(number)
    assert row is not None and row.options == {"query": text}
    rows, _ = await log.recent(1, filters=Filters(search=text))
    assert rows[0].number == number


async def test_state_is_kept_over_a_restart(path: Path, log: QueryLog) -> None:
    assert await log.state("synced") is None
    await log.set_state("synced", "one")
    await log.set_state("synced", "two")
    await log.close()
    again = await QueryLog.open(path)
    assert await again.state("synced") == "two"
    await again.close()


async def test_two_hundred_at_once_get_numbers_of_their_own(log: QueryLog, asked: Asked) -> None:
    numbers = await asyncio.gather(*(log.record(asked(items=each)) for each in range(200)))
    assert len(set(numbers)) == 200
    for each, number in list(enumerate(numbers))[::37]:
        row = await log.query(number)
        assert row is not None and row.items == each


async def test_a_caller_that_is_cancelled_does_not_lose_its_write(log: QueryLog, asked: Asked) -> None:
    tasks = [asyncio.create_task(log.record(asked(items=each))) for each in range(40)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(result, asyncio.CancelledError) for result in results) == 20
    await log.record(asked(items=40))
    rows, total = await log.recent(100)
    assert total == 41
    assert sorted(row.items for row in rows) == list(range(41))


async def test_closing_keeps_what_was_accepted_and_takes_no_more(path: Path, log: QueryLog, asked: Asked) -> None:
    tasks = [asyncio.create_task(log.record(asked())) for _ in range(50)]
    await asyncio.sleep(0)
    await asyncio.gather(log.close(), log.close())
    assert len({await task for task in tasks}) == 50
    with pytest.raises(QueryLogError, match="closed"):
        await log.record(asked())
    reader = await QueryReader.open(path)
    assert (await reader.recent(1))[1] == 50
    await reader.close()


async def test_a_write_that_cannot_be_made_fails_alone_and_says_so(
    log: QueryLog, asked: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    bad = [asked(status="lost"), asked(user=2**70), asked(generation="\ud800")]
    results = await asyncio.gather(*(log.record(each) for each in [asked(), *bad, asked()]), return_exceptions=True)
    assert [isinstance(result, QueryLogError) for result in results] == [False, True, True, True, False]
    assert (await log.recent(1))[1] == 2
    assert caplog.text.count("a write was not made") == 3


async def test_a_reader_sees_each_committed_row_beside_the_writer(path: Path, log: QueryLog, asked: Asked) -> None:
    reader = await QueryReader.open(path)
    number = await log.record(asked())
    assert await reader.query(number) is not None
    assert damage_of(path) is None
    await reader.close()


async def test_only_its_owner_reads_the_file(path: Path, log: QueryLog, asked: Asked) -> None:
    await log.record(asked())
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


async def test_what_was_asked_most_comes_first_and_only_what_the_corpus_answered(log: QueryLog, asked: Asked) -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    often = {"query": "Орёл", "from": "2012"}
    for _ in range(3):
        await log.record(asked(asked_at=now, command="search", options=often))
    await log.record(asked(asked_at=now, options={"topic": "one"}, status="not_found"))
    await log.record(asked(asked_at=now, options={"topic": "two"}, status="bad_request"))
    others: tuple[dict[str, Any], ...] = (
        {"options": {"topic": "denied"}, "status": "denied", "generation": None},
        {"options": {"topic": "failed"}, "status": "failed", "generation": None},
        {"command": "corpus reload", "options": {}},
        {"command": "new", "options": {}},
        {"command": "help", "options": {}, "generation": None},
        {"command": "check", "options": {"message": "5", "sha256": "00"}},
        {"options": {"topic": "long ago"}, "asked_at": now - timedelta(days=31)},
    )
    for left_out in others:
        await log.record(asked(**{"asked_at": now, **left_out}))
    found = await log.frequent(now - timedelta(days=30), 10)
    assert [(row.command, dict(row.options), row.asked) for row in found] == [
        ("search", often, 3),
        ("timeline", {"topic": "two"}, 1),
        ("timeline", {"topic": "one"}, 1),
    ]
    assert [row.asked for row in await log.frequent(now - timedelta(days=30), 1)] == [3]


DAMAGE = {
    "user": "'x'",
    "channel": "CAST(X'ff' AS TEXT)",
    "server": "X'00'",
    "command": "X'ff'",
    "options": "X'7bff7d'",
    "status": "'done'",
    "items": "CAST(X'ff' AS TEXT)",
    "took_ms": "'soon'",
    "generation": "X'00'",
    "private": "'no'",
}


async def test_a_row_of_which_any_column_is_damaged_is_named_and_all_others_are_read(
    path: Path, log: QueryLog, asked: Callable[..., QueryRecord]
) -> None:
    for _ in range(len(DAMAGE) + 1):
        await log.record(asked(status="not_found"))
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("PRAGMA ignore_check_constraints = ON")
        for number, (column, damage) in enumerate(DAMAGE.items(), start=2):
            made.execute(f"UPDATE queries SET {column} = {damage} WHERE number = ?", (number,))
    rows, total = await log.recent(50)
    named = {row.number: row.damaged for row in rows}
    readable = "options"  # is shown as it stands there
    assert total == len(rows) == len(DAMAGE) + 1 and named[1] == ()
    assert list(named.values())[-2::-1] == [(one,) if one != readable else () for one in DAMAGE]
    assert all(isinstance(row.items, int) and isinstance(row.took_ms, float) for row in rows)
    assert (await log.statistics()).questions and await log.servers() == [303]
    ((group, *_), _) = await log.review.groups(9)
    assert group.asked == len(DAMAGE) + 1 and len(await log.review.questions(group.alike, 50)) >= len(DAMAGE) - 1
