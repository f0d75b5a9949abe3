"""The log in figures: as somebody counts them who reads the rows."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.querylog import statistics
from kzbot.querylog.alike import alike, of_the_corpus
from kzbot.querylog.log import QueryLog
from kzbot.querylog.messages import traces
from kzbot.querylog.rows import AskedRow, QueryRecord
from kzbot.querylog.statistics import CommandCount, DayCount, Statistics

Asked = Callable[..., QueryRecord]
FIRST = datetime(2026, 11, 1, 23, 59, 59, 999_000, tzinfo=UTC)


def on(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


async def test_an_empty_log_has_no_figures(log: QueryLog) -> None:
    found = await log.statistics()
    assert found == Statistics()
    assert (found.questions, found.answered, found.length, found.per_day) == (0, None, 0, 0.0)


async def test_a_week_of_questions_is_counted_as_by_hand(log: QueryLog, asked: Asked, path: Path) -> None:
    eagle, cascade = {"query": "Steppe Eagle"}, {"name": "Каскад"}
    for record in (
        asked(asked_at=FIRST, command="search", options=eagle, took_ms=10.04),
        asked(asked_at=on(2, 0), command="search", options={"query": "eagle STEPPE"}, status="not_found", took_ms=20),
        asked(asked_at=on(2), command="timeline", options={"topic": "steppe eagle"}, user=102, took_ms=30),
        asked(asked_at=on(2), command="check", options=traces(1, "x"), status="partial", user=None, took_ms=40),
        asked(asked_at=on(4), command="who", options=cascade, status="ambiguous", user=103, took_ms=1234.56),
        asked(asked_at=on(4), command="who", options=cascade, status="bad_request", user=103, took_ms=60),
        asked(asked_at=on(4), command="who", options=cascade, status="denied", user=104, took_ms=9999),
        asked(asked_at=on(4), command="corpus reload", options={}, status="failed", user=105, took_ms=9999),
        asked(asked_at=on(4), command="corpus status", options={}, user=105, took_ms=9999),
        asked(asked_at=on(4), command="doubt", options={"said": "wrong"}, user=105, took_ms=9999),
    ):
        await log.record(record)
    with closing(sqlite3.connect(path)) as beside, beside:
        beside.executemany(
            "INSERT INTO ratings (at, query, user, useful) VALUES (?, ?, 1, ?)",
            [(on(2).isoformat(), 1, 1), (on(4).isoformat(), 2, 0), (on(4).isoformat(), 3, 1)],
        )
    found = await log.statistics(None, date(2026, 11, 5))
    assert found == Statistics(
        begun=date(2026, 11, 1),
        first=date(2026, 11, 1),
        last=date(2026, 11, 5),
        days=(
            DayCount(date(2026, 11, 1), {"answered": 1}),
            DayCount(date(2026, 11, 2), {"answered": 1, "partial": 1, "not_found": 1}),
            DayCount(date(2026, 11, 4), {"ambiguous": 1, "bad_request": 1}),
        ),
        commands=(
            CommandCount("search", {"answered": 1, "not_found": 1}),
            CommandCount("who", {"ambiguous": 1, "bad_request": 1}),
            CommandCount("check", {"partial": 1}),
            CommandCount("timeline", {"answered": 1}),
        ),
        statuses={"answered": 2, "partial": 1, "ambiguous": 1, "not_found": 1, "bad_request": 1},
        denied=1,
        failed=1,
        others=2,
        most_asked=(
            AskedRow(command="timeline", options={"topic": "steppe eagle"}, asked=3),
            AskedRow(command="who", options=cascade, asked=2),
        ),
        median_ms=30.0,
        p95_ms=1230.0,
        people=3,
        nameless=1,
        useful=2,
        not_useful=1,
    )
    assert (found.questions, found.answered, found.length, found.per_day) == (6, 1 / 3, 5, 1.2)
    one = await log.statistics(date(2026, 11, 2), date(2026, 11, 2))
    assert (one.questions, one.people, one.nameless, one.useful, one.median_ms) == (3, 2, 1, 1, 30.0)
    assert one.most_asked == (AskedRow(command="timeline", options={"topic": "steppe eagle"}, asked=2),)


async def test_days_before_the_log_began_are_not_counted_and_a_later_end_is(log: QueryLog, asked: Asked) -> None:
    await log.record(asked(asked_at=on(9)))
    found = await log.statistics(date(1900, 1, 1), date(2026, 11, 12))
    assert (found.first, found.last, found.length, found.per_day) == (date(2026, 11, 9), date(2026, 11, 12), 4, 0.25)
    before = await log.statistics(date(1900, 1, 1), date(2026, 11, 8))
    assert before == Statistics(begun=date(2026, 11, 9))


WORDS = ("alpha", "beta", "Beta alpha", "gamma", "delta", "epsilon")
RECORDS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from(["search", "check", "timeline", "corpus reload", "doubt"]),
        st.sampled_from(WORDS),
        st.sampled_from([*statistics.COUNTED, "denied", "failed"]),
        st.sampled_from([None, 1, 2, 3]),
        st.floats(0, 99_999, allow_nan=False),
    ),
    max_size=40,
)


def naive(records: Sequence[QueryRecord], since: date, until: date) -> Statistics:
    """The same without SQL, but for what was asked most, of which there may be several truths."""
    begun = min((record.asked_at.date() for record in records), default=None)
    if begun is None or until < begun:
        return Statistics(begun=begun)
    within = [record for record in records if max(begun, since) <= record.asked_at.date() <= until]
    counted = [one for one in within if of_the_corpus(one.command) and one.status in statistics.COUNTED]
    times = sorted(float(f"{one.took_ms:.2e}") for one in counted)
    statuses = Counter(one.status for one in counted)
    return Statistics(
        begun=begun,
        first=max(begun, since),
        last=until,
        days=tuple(
            DayCount(day, Counter(one.status for one in counted if one.asked_at.date() == day))
            for day in sorted({one.asked_at.date() for one in counted})
        ),
        commands=tuple(
            CommandCount(name, Counter(one.status for one in counted if one.command == name))
            for name, _ in sorted(Counter(one.command for one in counted).items(), key=lambda one: (-one[1], one[0]))
        ),
        statuses=statuses,
        denied=sum(one.status == "denied" for one in within),
        failed=sum(one.status == "failed" for one in within),
        others=sum(not of_the_corpus(one.command) and one.status in statistics.COUNTED for one in within),
        median_ms=next((took for at, took in enumerate(times, 1) if 2 * at >= len(times)), None),
        p95_ms=next((took for at, took in enumerate(times, 1) if 20 * at >= 19 * len(times)), None),
        people=len({one.user for one in counted} - {None}),
        nameless=sum(one.user is None for one in counted),
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    made=RECORDS,
    since=st.integers(0, 7),
    until=st.integers(0, 7),
    steps=st.sampled_from([(), (2,), (1, 1, 2), (50, 500)]),
)
async def test_whatever_was_asked_is_counted_as_by_hand(
    asked: Asked,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    made: list[tuple[int, str, str, str, int | None, float]],
    since: int,
    until: int,
    steps: tuple[int, ...],
) -> None:
    monkeypatch.setattr(statistics, "_STEPS", steps)
    monkeypatch.setattr(statistics, "MOST", 2)
    log = await QueryLog.open(tmp_path_factory.mktemp("log") / "kzbot.db")
    records = [
        asked(
            asked_at=FIRST + timedelta(days=day),
            command=command,
            options=traces(1, words) if command == "check" else {"query": words},
            status=status,
            user=user,
            took_ms=took,
        )
        for day, command, words, status, user, took in made
    ]
    for record in records:
        await log.record(record)
    days = sorted((FIRST.date() + timedelta(days=since), FIRST.date() + timedelta(days=until)))
    found = await log.statistics(*days)
    await log.close()
    expected = naive(records, *days)
    assert found == replace(expected, most_asked=found.most_asked)
    latest = {
        alike(one.command, one.options): one
        for one in sorted(records, key=lambda one: one.asked_at)
        if counts(one, days)
    }
    asked_for = Counter(alike(one.command, one.options) for one in records if counts(one, days))
    assert [one.asked for one in found.most_asked] == sorted(asked_for.values(), reverse=True)[:2]
    for one in found.most_asked:
        words = alike(one.command, one.options)
        assert (one.asked, one.command, one.options) == (asked_for[words], latest[words].command, latest[words].options)


def counts(record: QueryRecord, days: Sequence[date]) -> bool:
    """Whether it is one of those that the most asked are looked for among."""
    words = alike(record.command, record.options)
    return words is not None and record.status in statistics.COUNTED and days[0] <= record.asked_at.date() <= days[1]
