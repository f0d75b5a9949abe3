"""Nothing goes for its age by a clock that leapt, and what waits goes once the clock is right, or held on for a day."""

import logging
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.right_time import KEY, RightTime, steady
from kzbot.operations.upkeep import Upkeep
from kzbot.phrases import DEFAULT_FOLDER, FALLBACK, Phrases
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.settings import LogSettings
from tests.operations.erasing.filled import NOW, ask

SAY = Phrases.load(DEFAULT_FOLDER, FALLBACK).say
WEEK, YEAR = timedelta(days=7), timedelta(days=365)


class Machine:
    """Two clocks: one that is set, and one that goes on."""

    def __init__(self, log: QueryLog) -> None:
        self.log, self.now, self.ticks = log, NOW, 1000.0
        self.time = self.start()

    def start(self) -> RightTime:
        """The bot starts anew."""
        self.time = RightTime(self.log, SAY, clock=lambda: self.now, steady=lambda: self.ticks)
        return self.time

    def go(self, time: timedelta) -> None:
        """Time goes by."""
        self.now += time
        self.ticks += time.total_seconds()

    def off(self, time: timedelta) -> None:
        """The machine is off for some time, and the bot starts with it."""
        self.now += time
        self.ticks = 20.0
        self.start()

    async def erases(self) -> bool:
        """Whether what is a hundred days old by its clock goes now."""
        await ask(self.log, ["old"], asked_at=self.now - timedelta(days=100))
        await self.log.drop_state("upkeep:retention")
        upkeep = Upkeep(
            LogSettings(),
            self.log.path.parent,
            self.log,
            Eraser(self.log.path.parent, self.log),
            clock=lambda: self.now,
            doubted=self.time.doubted,
        )
        before = (await self.log.recent(1))[1]
        await upkeep.once()
        return (await self.log.recent(1))[1] < before


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    log = await QueryLog.open(tmp_path / FILE_NAME)
    await log.set_state("upkeep:backup", (NOW + 3 * YEAR).isoformat())  # each part is done where its moment is ahead
    yield Machine(log)
    await log.close()


async def test_a_clock_that_leaps_while_the_bot_runs_erases_nothing_and_that_is_said(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    assert await machine.erases()
    await ask(machine.log, ["of today"])
    machine.now += YEAR
    assert not await machine.erases()
    assert machine.time.doubt is not None and "365 days" in machine.time.doubt and "timedatectl" in machine.time.doubt
    assert machine.time.doubt in [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    machine.go(timedelta(minutes=5))
    assert not await machine.erases()
    assert not await Machine.erases(_restarted(machine)), "nor after a restart"
    machine.now -= YEAR
    assert await machine.erases(), "it was set right, and all goes on at once"
    assert "of today" in [row.options["query"] for row in (await machine.log.recent(9))[0]]
    machine.now -= YEAR
    assert not await machine.erases(), "all rows would be ahead of it, as damaged ones are"


def _restarted(machine: Machine) -> Machine:
    machine.start()
    return machine


async def test_a_clock_that_leapt_and_is_never_set_back_is_believed_a_day_later(machine: Machine) -> None:
    assert await machine.erases()
    machine.now += WEEK
    assert not await machine.erases()
    for _ in range(23):
        machine.go(timedelta(hours=1))
        assert await machine.time.doubted()
    machine.go(timedelta(hours=1))
    assert await machine.erases() and machine.time.doubt is None
    machine.go(timedelta(days=3))
    assert await machine.erases(), "it slept, and the clock that is not set went on"


async def test_a_machine_that_was_off_goes_on_at_once_after_a_night_and_a_day_later_after_a_week(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    assert await machine.erases()
    machine.off(timedelta(hours=9))
    assert await machine.erases()
    with caplog.at_level(logging.INFO):
        machine.off(WEEK)
        assert not await machine.erases()
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]
    machine.off(timedelta(hours=10))
    assert not await machine.erases()
    machine.off(timedelta(hours=15))
    assert await machine.erases()


async def test_a_clock_that_is_set_after_the_start_is_believed_when_it_is_right(machine: Machine) -> None:
    assert await machine.erases()
    machine.off(-9 * YEAR)
    assert not await machine.erases()
    machine.now += 9 * YEAR + timedelta(hours=2)
    machine.ticks += 60
    assert await machine.erases()


async def test_discords_own_time_decides_at_once(machine: Machine) -> None:
    def discord(at: datetime) -> None:
        machine.time.heard(at.strftime("%a, %d %b %Y %H:%M:%S GMT"))

    for none in ("no date at all", "Fri, 31 Dec 9999 23:59:59 -2359", f"Fri, 31 Dec {'9' * 30} 23:59:59 GMT"):
        machine.time.heard(none)
    assert await machine.erases()
    machine.off(WEEK)
    discord(machine.now)
    assert await machine.erases(), "a week off, and nothing to wait for"
    machine.now += YEAR
    machine.go(timedelta(days=2))
    assert not await machine.erases(), "however long it stays wrong"
    assert machine.time.doubt is not None and "365 days ahead of Discord's" in machine.time.doubt
    discord(machine.now)
    assert await machine.erases()
    machine.now -= timedelta(hours=5)
    assert await machine.time.doubted() and "5 hours behind Discord's" in str(machine.time.doubt)


DAMAGED = (
    "",
    "{}",
    "[]",
    "[1, 2]",
    '[["soon", 1, "a"], null]',
    '[["2026-11-22T00:00:00"], 3]',
    '[["2026-11-22T00:00:00+00:00", 1e999, "a"], null]',
    '[["2026-11-22T00:00:00+00:00", 1e15, "a"], null]',
    '[["9999-12-31T23:59:59-23:59", 1, "a"], null]',
)


@pytest.mark.parametrize("kept", DAMAGED)
async def test_what_is_damaged_of_the_last_look_is_as_if_there_were_none(machine: Machine, kept: str) -> None:
    await machine.log.set_state(KEY, kept)
    assert not await machine.time.doubted()


def test_where_no_clock_goes_on_while_the_machine_sleeps_the_one_that_does_not_leap_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for unknown in (OSError("the kernel does not know it"), AttributeError("the system does not have it")):

        def refuses(which: int, error: Exception = unknown) -> float:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr("time.clock_gettime", refuses)
            before = time.monotonic()
            assert before <= steady() <= time.monotonic()
