"""Whether the clock of this machine is right, before anything goes for its age.

A clock that is years ahead makes all too old, and one that is years behind makes all damaged. Two things tell:

- Discord's own clock, once it has answered anything: the `Date` of its answers, and from then on a clock that does not leap.
- Until then, and in the local channel, whose clock is this machine's: the last look. Within a run the clock must have gone as far
  as the one that does not leap, which on Linux also goes while the machine sleeps; since another run it may have gone on by up to a
  day besides, for nothing tells how long a machine was off. Where it has not, it is doubted until it agrees with the last look
  again (it was set right), or has gone on without a leap for a day, in which whoever keeps it would have set it: a machine that was
  off for a week, or a virtual one that was halted, so goes on by itself a day later.
"""

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from kzbot.querylog.log import QueryLog
from kzbot.querylog.rows import text_of

_LOGGER = logging.getLogger(__name__)
KEY = "clock"
"""In the state of the log: when the clock was last believed, and since when it is doubted."""
FAR, DAY = timedelta(hours=1), timedelta(days=1)


def steady() -> float:
    """Seconds of a clock that nobody sets; where the system has one, it goes on while the machine sleeps."""
    try:
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    except (AttributeError, OSError):  # another system, or a kernel that does not know it
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class _Look:
    """What both clocks said in which run."""

    at: datetime
    steady: float
    run: str

    def as_json(self) -> list[object]:
        return [text_of(self.at), self.steady, self.run]


class RightTime:
    """One in the process that holds the data folder. `say` gives the words of a phrase."""

    def __init__(
        self,
        log: QueryLog,
        say: Callable[..., str],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        steady: Callable[[], float] = steady,
    ) -> None:
        self._log, self._say, self._clock, self._steady = log, say, clock, steady
        self._run = secrets.token_hex(8)
        self._discord: tuple[datetime, float] | None = None
        self._alone = asyncio.Lock()
        self._new = False
        self.doubt: str | None = None
        """Why nothing goes for its age now, and what to do, as of the last look; None where the clock is right."""

    def heard(self, date: str) -> None:
        """The `Date` of an answer of Discord; what is none is passed over."""
        with suppress(ValueError, OverflowError):
            self._discord = parsedate_to_datetime(date).astimezone(UTC), self._steady()

    async def doubted(self) -> bool:
        """Looks; what is found is logged where it is new: it is no warning that a machine was off for some days. QueryLogError where
        the log does not take it."""
        async with self._alone:
            former, self._new = self.doubt, False
            now = _Look(self._clock(), self._steady(), self._run)
            self.doubt = await self._look(now)
            if self.doubt is not None and former is None:
                _LOGGER.log(logging.INFO if self._new else logging.WARNING, "%s", self.doubt)
            elif self.doubt is None and former is not None:
                _LOGGER.info("%s", self._say("operations.clock.right"))
            return self.doubt is not None

    async def _look(self, now: _Look) -> str | None:
        believed, doubted = _read(await self._log.state(KEY))
        if self._discord is not None:
            off = now.at - self._discord[0] - timedelta(seconds=now.steady - self._discord[1])
            if abs(off) > FAR:
                key = "operations.clock.ahead" if off > timedelta(0) else "operations.clock.behind"
                return self._say(key, far=self._far(off))
        elif believed is not None and not self._follows(now, believed, longest=DAY):
            if doubted is None or not self._follows(now, doubted):
                doubted = now
                self._new = believed.run != self._run
            if now.at - doubted.at < DAY:
                await self._keep(believed, doubted)
                since = f"{doubted.at:%Y-%m-%d %H:%M} UTC"
                return self._say("operations.clock.leapt", far=self._far(now.at - believed.at), since=since)
        await self._keep(now, None)
        return None

    def _follows(self, now: _Look, then: _Look, longest: timedelta = timedelta.max) -> bool:
        """Whether the clock went on since then as it should; since another run by no more than `longest`."""
        gone = now.at - then.at
        return abs(gone - timedelta(seconds=now.steady - then.steady)) <= FAR or (
            then.run != self._run and timedelta(0) <= gone <= longest
        )

    def _far(self, off: timedelta) -> str:
        hours = round(abs(off) / timedelta(hours=1))
        return (
            self._say("operations.clock.days", count=hours // 24)
            if hours > 48
            else self._say("operations.clock.hours", count=hours)
        )

    async def _keep(self, believed: _Look, doubted: _Look | None) -> None:
        looks = [believed.as_json(), doubted.as_json() if doubted else None]
        await self._log.set_state(KEY, json.dumps(looks))


def _read(kept: str | None) -> tuple[_Look | None, _Look | None]:
    """What was kept; nothing where that is damaged."""
    try:
        believed, doubted = json.loads(kept or "[null, null]")
        return _look_of(believed), _look_of(doubted)
    except (ValueError, TypeError, OverflowError):
        return None, None


def _look_of(value: list[object] | None) -> _Look | None:
    if value is None:
        return None
    at, ticks, run = value
    gone = timedelta(seconds=float(str(ticks)))
    return _Look(datetime.fromisoformat(str(at)).astimezone(UTC), gone.total_seconds(), str(run))
