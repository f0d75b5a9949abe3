"""The heartbeat of the running bot: looks at itself, writes it down for who asks, and tells what supervises it."""

import asyncio
import logging
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.operations.backups import Backups
from kzbot.operations.health import FILE, Fault, Health, fault_of, host, write_health
from kzbot.operations.supervisor import Supervisor
from kzbot.operations.upkeep import last_upkeep
from kzbot.querylog.log import QueryLog
from kzbot.querylog.rows import text_of

_LOGGER = logging.getLogger(__name__)
_EVERY, _OFTEN, _LEAST = 15.0, 2.0, 0.2
_WRITE_EVERY, _WRITE_AGAIN, _WRITE_WITHIN = 60.0, 10.0, 30.0
WRITTEN = "health"
"""In the state of the log: the moment of the last heartbeat that was committed."""


class Heart:
    """Beats while the bot runs, every 15 seconds, every two while something is not well, and whenever something changes."""

    def __init__(
        self,
        data_folder: Path,
        log: QueryLog,
        served: Callable[[], str | None],
        say: Callable[..., str],
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._folder, self._log, self._served, self._say = data_folder, log, served, say
        self._backups = Backups(data_folder)
        self._supervisor = Supervisor(environ)
        within = self._supervisor.within
        self._every = _EVERY if within is None else min(_EVERY, within / 3)
        self._stands: Callable[[], bool] = lambda: False
        self._doubt: Callable[[], str | None] = lambda: None
        self._gateway: bool | None = None
        self._since = datetime.now(UTC)
        self._written: datetime | None = None
        self._log_fault: str | None = None
        self._writing: asyncio.Task[None] | None = None
        self._wrote_at = float("-inf")
        self._wake = asyncio.Event()
        self._well: bool | None = None
        self._unwritten = False
        log.follow_refusals(self._refused)

    def follow(self, stands: Callable[[], bool]) -> None:
        """From now on `stands` tells whether the connection to Discord does."""
        self._stands = stands
        self.changed()

    def heed(self, doubt: Callable[[], str | None]) -> None:
        """From now on `doubt` tells what is wrong with the clock."""
        self._doubt = doubt

    def changed(self) -> None:
        """Something may have changed: looks at once."""
        self._wake.set()

    def _refused(self) -> None:
        """The log did not take somebody's write: looks at once whether it takes any, where that is not known."""
        if self._log_fault is None and (self._writing is None or self._writing.done()):
            self._wrote_at = float("-inf")
            self.changed()

    async def run(self, stop: asyncio.Event) -> None:
        """Beats until `stop` is set, or until it is cancelled; then nothing is left that says that a bot runs."""
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                self._wake.clear()
                await self._beat()
                woken = asyncio.create_task(self._wake.wait())
                every = self._every if self._well else min(self._every, _OFTEN)
                await asyncio.wait({woken, stopped}, timeout=every, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
                await asyncio.wait({stopped}, timeout=_LEAST)
        finally:
            stopped.cancel()
            self._supervisor.stopping()
            if self._writing is not None:
                self._writing.cancel()
            with suppress(OSError):
                (self._folder / FILE).unlink(missing_ok=True)

    async def _beat(self) -> None:
        self._look_at_gateway()
        self._look_at_log()
        backup = await asyncio.to_thread(self._backups.newest)
        upkeep = None
        with suppress(QueryLogError):
            upkeep = await last_upkeep(self._log)
        health = Health(
            at=text_of(datetime.now(UTC)),
            pid=os.getpid(),
            host=host(),
            gateway=self._gateway,
            gateway_since=text_of(self._since),
            written=text_of(self._written) if self._written else None,
            log_fault=self._log_fault,
            generation=self._served(),
            backup=text_of(backup) if backup else None,
            upkeep=text_of(upkeep) if upkeep else None,
            clock=self._doubt(),
        )
        fault = fault_of(health, datetime.now(UTC))
        self._tell(fault)
        try:
            await asyncio.to_thread(write_health, self._folder, health)
            self._unwritten = False
        except OSError as error:
            if not self._unwritten:
                _LOGGER.warning("%s", self._say("operations.health.unwritten", reason=error))
            self._unwritten = True

    def _tell(self, fault: Fault | None) -> None:
        """Tells the supervisor, and the program's log where all was well and is not any more, or is again."""
        said = self._say(fault.key, **fault.values) if fault else self._say("operations.health.well")
        self._supervisor.tell(said, is_in=bool(self._gateway), healthy=fault is None)
        if fault is not None and self._well:
            _LOGGER.warning("%s", said)
        elif fault is None and self._well is False:
            _LOGGER.info("%s", said)
        if fault is None or self._well is not None:
            self._well = fault is None

    def _look_at_gateway(self) -> None:
        stands = self._stands()
        if stands != bool(self._gateway):
            self._gateway, self._since = stands, datetime.now(UTC)

    def _look_at_log(self) -> None:
        """A write once a minute, and every ten seconds while none is taken; a slow one does not hold the beat."""
        now = time.monotonic()
        if self._writing is not None and not self._writing.done():
            if now - self._wrote_at > _WRITE_WITHIN:
                self._log_fault = self._say("operations.health.slow", seconds=int(now - self._wrote_at))
            return
        if now - self._wrote_at >= (_WRITE_EVERY if self._log_fault is None else _WRITE_AGAIN):
            self._wrote_at = now
            self._writing = asyncio.create_task(self._write(), name="heartbeat in the log")

    async def _write(self) -> None:
        former = self._log_fault
        try:
            await self._log.set_state(WRITTEN, text_of(datetime.now(UTC)))
            self._written, self._log_fault = datetime.now(UTC), None
        except QueryLogError as error:
            self._log_fault = str(error)
        if former != self._log_fault or (self._log_fault is None and not self._well):
            self.changed()
