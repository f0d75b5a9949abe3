"""Lists of the log are those that a plain look through every question finds, however they are narrowed and turned."""

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.querylog import listing as module
from kzbot.querylog.filters import ALL, Filters
from kzbot.querylog.listing import Listing
from kzbot.querylog.log import QueryLog
from kzbot.querylog.rows import ListedRow, QueryRecord

Asked = Callable[..., QueryRecord]
FIRST = datetime(2026, 11, 1, tzinfo=UTC)
COMMANDS, STATUSES, USERS, WORDS = (
    ("search", "who", "corpus add"),
    ("answered", "failed"),
    (7, -7, 8, None),
    ("eagle", "%", "КАДЭКС x"),
)


def passes(row: ListedRow, filters: Filters) -> bool:
    """What the filters say, said once more without SQL."""
    said = f"/{row.command} {' '.join(map(str, row.options.values()))}".casefold()
    day = row.asked_at.date()
    return (
        (filters.since is None or day >= filters.since)
        and (filters.until is None or day <= filters.until)
        and (not filters.commands or row.command in filters.commands)
        and (not filters.statuses or row.status in filters.statuses)
        and (not filters.users or row.user in filters.users)
        and filters.channel in (None, row.channel)
        and filters.server in (None, row.server)
        and row.number != filters.besides
        and all(word in said for word in filters.search.casefold().split())
    )


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred questions of nine days, some kept out of order across midnight, and some gone again."""
    path = tmp_path_factory.mktemp("held") / "kzbot.db"

    async def make() -> None:
        log = await QueryLog.open(path)
        for at in range(200):
            late = timedelta(hours=-7 if at % 23 == 0 else 0)
            await log.record(
                QueryRecord(
                    asked_at=FIRST + timedelta(hours=at + 8) + late,
                    user=USERS[at % 4],
                    channel=at % 5 or None,
                    server=at % 2 + 1,
                    command=COMMANDS[at % 3],
                    options={"query": f"{WORDS[at % 3]} {at}"},
                    status="failed" if at % 7 == 0 else "answered",
                    items=at,
                    took_ms=1.5,
                    generation=None,
                    private=False,
                )
            )
        await log._writer.write("DELETE FROM queries WHERE number % 10 = 3 OR number IN (1, 200)", ())
        await log.close()

    asyncio.run(make())
    return path


_DAYS = st.none() | st.dates(date(2026, 10, 30), date(2026, 11, 12))
_FILTERS = st.builds(
    Filters,
    since=_DAYS,
    until=_DAYS,
    commands=st.lists(st.sampled_from([*COMMANDS, "none"]), max_size=2, unique=True).map(tuple),
    statuses=st.lists(st.sampled_from(STATUSES), max_size=2, unique=True).map(tuple),
    users=st.lists(st.sampled_from([7, -7, 8, 9]), max_size=2, unique=True).map(tuple),
    channel=st.none() | st.integers(1, 6),
    server=st.none() | st.integers(1, 3),
    search=st.sampled_from(["", " ", "EAGLE", "%", "кадэкс 1", "/who", "nothing at all"]),
    besides=st.just(0) | st.integers(1, 201),
)


@given(_FILTERS, st.integers(1, 30), st.integers(0, 210))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=120)
def test_a_list_is_what_passes_in_order_and_so_is_every_page_of_it(
    held: Path, filters: Filters, limit: int, anchor: int
) -> None:
    async def check() -> None:
        log = await QueryLog.open(held)
        try:
            everything = await log.listing.rows(range(1, 201))
            meant = [row for row in everything if passes(row, filters)]
            first = await log.listing.page(filters, limit)
            assert list(first.rows) == meant[:limit]
            assert (first.total, first.more, first.older) == (len(meant), False, len(meant) > limit)
            below = [row for row in meant if row.number < anchor]
            older = await log.listing.page(filters, limit, before=anchor, passed=len(meant) - len(below))
            assert list(older.rows) == below[:limit] and (not below or older.total == len(meant))
            above = [row for row in meant if row.number > anchor]
            newer = await log.listing.page(filters, limit, after=anchor)
            assert list(newer.rows) == above[-limit:] and newer.newer == (len(above) > limit)
            assert await log.listing.count(filters) == (len(meant), False)
            assert list(await log.listing.numbers(filters)) == [row.number for row in meant]
        finally:
            await log.close()

    asyncio.run(check())


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Words are looked for in ten questions at a time, and the time is always up after the first ten."""
    monkeypatch.setattr(module, "_STRETCH", 10)
    clock = iter(range(10**9))
    monkeypatch.setattr("kzbot.querylog.listing.time.monotonic", lambda: next(clock) * 6.0)
    yield


@pytest.mark.usefixtures("hurried")
async def test_a_search_that_takes_too_long_says_how_far_it_came_and_goes_on_from_there(held: Path) -> None:
    log = await QueryLog.open(held)
    try:
        wanted = Filters(search="nothing at all")
        seen, before, steps = [], None, 0
        while True:
            page = await log.listing.page(wanted, 5, before=before)
            steps += 1
            if page.reached is None:
                break
            assert page.older and page.rows == ()
            seen.append(page.reached)
            before = page.reached + 1
    finally:
        await log.close()
    assert seen == sorted(seen, reverse=True) and len(seen) == len(set(seen)) and steps > 5


async def test_a_list_reads_in_no_query_more_than_its_index_holds(log: QueryLog, asked: Asked) -> None:
    """Nothing is sorted or read that is not shown, as far as SQLite tells beforehand."""
    await log.record(asked(user=7))
    plans: list[str] = []

    async def explained(sql: str, values: Any) -> list[Any]:
        rows = await log.listing._rows(f"EXPLAIN QUERY PLAN {sql}", values)
        plans.extend(str(row[3]) for row in rows if "tallies" not in sql and "json_each" not in sql)
        return await log.listing._rows(sql, values)

    narrowed = [
        ALL,
        Filters(users=(101, -101), statuses=("answered", "failed")),
        Filters(users=(7,), commands=("timeline",), channel=202),
        Filters(channel=202, statuses=("answered",)),
        Filters(commands=("timeline", "search"), statuses=("answered",)),
        Filters(since=date(2026, 11, 1), statuses=("answered",)),
    ]
    for filters in narrowed:
        await Listing(explained).page(filters, 10)
    assert plans and not [plan for plan in plans if "TEMP B-TREE" in plan]
    by_person = [plan for plan in plans if "queries_by_user" in plan]
    assert by_person and all(
        re.search(r"COVERING INDEX queries_by_user \(user=\? AND number>\? AND number<\?\)", plan) for plan in by_person
    )
