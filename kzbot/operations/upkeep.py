"""What the running bot does for itself once a day: lets go of what is too old or was left, and makes a backup."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from kzbot.errors import QueryLogError
from kzbot.operations.backups import Backups
from kzbot.operations.erasing.copies import let_go_of_old
from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.left_servers import LeftServers
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.ledger.rows import BOT, Deed
from kzbot.querylog.log import QueryLog
from kzbot.querylog.rows import UNDATED, moment_of
from kzbot.querylog.working import cancellable
from kzbot.settings import LogSettings

_LOGGER = logging.getLogger(__name__)
KEY = "upkeep:"
"""In the state of the log, before the name of a part: when it was last done."""
_MODE = "user_ids"
DAY, AGAIN = timedelta(days=1), timedelta(hours=1)
"""How long after a success each part is done again, and after a failure."""
DAILY = ("retention", "servers", "backup")
"""In this order, so that a backup holds nothing that was just let go."""
_BY_AGE = ("retention", "servers")
PARTS = ("erasures", "people", *DAILY)
"""What comes first is looked at each time: what was begun and not ended, and what a setting changed."""
LONGEST = 300.0
"""Seconds between two looks at the clock: a machine may sleep, or its clock be set."""


async def last_upkeep(log: QueryLog) -> datetime | None:
    """When all that is done daily was last done, None where a part never was; QueryLogError where that cannot be read."""
    done = [moment_of(await log.state(KEY + part)) or UNDATED for part in DAILY]
    return min(done) if UNDATED not in done else None


def _now() -> datetime:
    return datetime.now(UTC)


async def _never() -> bool:
    return False


class Upkeep:
    """One task of the running bot. A part that fails holds up no other, is logged, and tried again in an hour.

    `entered`: whether Discord has let the bot in by now. Nothing goes for its age before: which servers the bot is in is not
    known yet, nor whether the clock is right. `doubted`: whether that is not to be believed now; then it waits, too.
    """

    def __init__(
        self,
        settings: LogSettings,
        data_folder: Path,
        log: QueryLog,
        eraser: Eraser,
        *,
        home: int | None = None,
        clock: Callable[[], datetime] = _now,
        entered: Callable[[], bool] = lambda: True,
        doubted: Callable[[], Awaitable[bool]] = _never,
    ) -> None:
        self._settings = settings
        self._folder = data_folder
        self._log = log
        self._eraser = eraser
        self._home = home
        self._clock = clock
        self._entered = entered
        self._doubted = doubted
        self._servers = LeftServers(log)
        self._tried: dict[str, datetime] = {}
        self._work: dict[str, Callable[[], Awaitable[None]]] = {
            "erasures": self._erasures,
            "people": self._people,
            "retention": self._retention,
            "servers": self._left,
            "backup": self._backup,
        }

    async def run(self) -> None:
        """Does what is due, now and from now on, until it is cancelled."""
        while True:
            await self.once()
            await asyncio.sleep(LONGEST)

    async def once(self) -> None:
        """Does what is due now."""
        doubted = await self._is_doubted()
        for part in PARTS:
            try:
                if (part in _BY_AGE and doubted) or not await self._is_due(part):
                    continue
                await self._work[part]()
                if part in DAILY:
                    await self._log.set_state(KEY + part, self._clock().isoformat(timespec="seconds"))
                self._tried.pop(part, None)
            except Exception as error:  # noqa: BLE001 - whatever it is, the other parts are done, and this one again
                self._tried[part] = self._clock()
                _LOGGER.error(
                    "The daily upkeep could not do its part “%s”, and tries again in an hour: %s", part, error
                )

    async def _is_doubted(self) -> bool:
        """Whether the clock is not to be believed, or nobody can tell; looked at each time, so that no leap is overlooked."""
        try:
            return await self._doubted()
        except QueryLogError:  # of which health tells
            return True
        except Exception as error:  # noqa: BLE001 - whatever it is, what does not go by age is done
            _LOGGER.error("Whether the clock is right could not be told, so nothing goes for its age: %s", error)
            return True

    async def _is_due(self, part: str) -> bool:
        now = self._clock()
        if (tried := self._tried.get(part)) is not None and timedelta(0) <= now - tried < AGAIN:
            return False
        if part not in DAILY:
            return True
        if part in _BY_AGE and not self._entered():
            return False
        done = moment_of(await self._log.state(KEY + part))
        return done is None or not timedelta(0) <= now - done < DAY

    async def _erasures(self) -> None:
        if count := await self._eraser.finish():
            _LOGGER.info("%d erasures that were interrupted were ended: nothing of what they meant is left", count)

    async def _people(self) -> None:
        """Rows of before follow log.user_ids where that is stricter now; what has no id any more gets none back."""
        wanted, found = self._settings.user_ids, await self._log.state(_MODE)
        if found == wanted:
            return
        if wanted != "kept":
            _LOGGER.info(
                "log.user_ids is “%s” now: the ids of people in all rows, and in the backups, follow it", wanted
            )
            await self._eraser.rename()
            _LOGGER.info("No row holds Discord's id of who asked any more")
        await self._log.set_state(_MODE, wanted)

    async def _retention(self) -> None:
        now = self._clock()
        erased = await self._eraser.erase(Scope.older(self._settings.days, self._settings.audit_days), BOT, now)
        if erased.total:
            _LOGGER.info("Rows that are too old were erased: %s", _counted(erased.rows.items()))
        old = await asyncio.to_thread(let_go_of_old, self._folder, now - timedelta(days=self._settings.days))
        if old:
            _LOGGER.info("%d copies of the log that are too old were deleted", old)
        if erased.total or old:
            details: dict[str, Any] = {
                "kind": "older",
                "rows": {table: count for table, count in erased.rows.items() if count},
            }
            details |= {"copies": old} if old else {}
            await self._log.ledger.note(Deed(at=now, actor=BOT, action="erase", details=details))

    async def _left(self) -> None:
        now = self._clock()
        for server in await self._servers.due(now, self._settings.server_days, self._home):
            erased = await self._eraser.erase(Scope.server(server), BOT, now)
            await self._servers.forget(server)
            _LOGGER.info("What was asked in a server that the bot left was erased: %s", _counted(erased.rows.items()))

    async def _backup(self) -> None:
        made = await cancellable(partial(Backups(self._folder).make, self._clock()))
        _LOGGER.info("A backup of the log was made: %s", made.name)


def _counted(rows: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {table}" for table, count in rows) or "nothing was left of it"
