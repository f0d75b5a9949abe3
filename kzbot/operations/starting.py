"""A start that is long at work on the log, as who looks at its health, and what supervises it, are told."""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kzbot.operations.health import FILE, Health, Start, host, write_health
from kzbot.operations.supervisor import Supervisor
from kzbot.querylog.rows import text_of


class Starting:
    """From the first `tell` to `ended`: the heart beats only once the log is open. For who holds the lock of the data folder."""

    def __init__(self, data_folder: Path, start: Start, environ: Mapping[str, str] = os.environ) -> None:
        self._folder, self._start = data_folder, start
        self._supervisor = Supervisor(environ)
        self._since = text_of(datetime.now(UTC))

    def tell(self, words: str) -> None:
        """How far it is; it goes on. Blocking."""
        self._supervisor.starting(words)
        health = Health(
            at=text_of(datetime.now(UTC)),
            pid=os.getpid(),
            host=host(),
            gateway=None,
            gateway_since=self._since,
            written=None,
            log_fault=None,
            generation=None,
            start=self._start,
            step=words,
        )
        with suppress(OSError):  # the work itself says that the disk takes nothing
            write_health(self._folder, health)

    def ended(self) -> None:
        """From here on the heart tells, or there is no bot. Blocking."""
        with suppress(OSError):
            (self._folder / FILE).unlink(missing_ok=True)
