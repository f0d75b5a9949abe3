"""How the running bot fares: what it writes down of itself, and what that says to who reads it."""

import errno
import json
import os
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Self, get_args

FILE = "health.json"
STALE = timedelta(seconds=60)
_WRITES = timedelta(seconds=150)
Start = Literal["looking", "upgrading"]
"""The log is looked over, or brought to this program's schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One look of the bot at itself; moments are ISO 8601 in UTC.

    `gateway`: whether Discord has it in now, and `gateway_since` when that last changed; None before it was in for the first
    time. `written`: when the log last took a write; `log_fault`: why it takes none. `generation`: the one that answers are made
    from. `backup`, `upkeep`: the last ones, None where there was none. `start`: what a start is at work on, before any of this can
    be told, since `gateway_since`; `step`: how far that is, for people. `clock`: why nothing
    goes for its age now, and what to do, None where the clock is right; the bot itself is well meanwhile.
    """

    at: str
    pid: int
    host: str
    gateway: bool | None
    gateway_since: str
    written: str | None
    log_fault: str | None
    generation: str | None
    backup: str | None = None
    upkeep: str | None = None
    start: Start | None = None
    step: str | None = None
    clock: str | None = None

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """As it was written; TypeError or ValueError where it is something else."""
        read = cls(**{name: values[name] for name in cls.__slots__ if name in values})
        for moment in (read.at, read.gateway_since):
            datetime.fromisoformat(moment)
        if read.start not in (None, *get_args(Start)):
            raise ValueError(read.start)
        return read


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not well, as a phrase with its values."""

    key: str
    values: Mapping[str, object]


def write_health(data_folder: Path, health: Health) -> None:
    """Replaces the file whole; it tells of now, so it need not outlive a power cut. Blocking; OSError where it cannot.

    On a full disk it is overwritten in its place, which takes no room: just then it has something to tell.
    """
    file, said = data_folder / FILE, json.dumps(asdict(health)).encode() + b"\n"
    unfinished = file.with_name(f"{FILE}.new")
    try:
        unfinished.write_bytes(said)
        unfinished.replace(file)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT) or not file.exists():
            raise
        with suppress(OSError):
            unfinished.unlink()
        with file.open("r+b", buffering=0) as there:
            there.write(said.ljust(file.stat().st_size))


def read_health(data_folder: Path) -> Health | None:
    """What the bot last wrote, None where none runs, or the file is none. Blocking; takes no lock and writes nothing.

    Raises PermissionError: who may not look does not know.
    """
    try:
        return Health.from_json(json.loads((data_folder / FILE).read_text("utf-8")))
    except PermissionError:
        raise
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def is_running(data_folder: Path) -> bool:
    """Whether the bot runs on this data folder: its process lives, and was heard of lately. Blocking.

    The process alone does not tell: its number may be another one's by now, and is not known on another host.
    """
    health = read_health(data_folder)
    return health is not None and _lives(health) and abs(_age(health, datetime.now(UTC))) <= STALE


class Pulse:
    """Whether the bot goes on running on this data folder, for who waits for what it is to do.

    Also where its process cannot be looked for, as that of a container, or its number is another one's by now: `clock`, in seconds
    and set by nobody, measures how long it has written nothing of itself.
    """

    def __init__(self, data_folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder, self._clock = data_folder, clock
        self._at, self._since = "", clock()

    def beats(self) -> bool:
        """False once it has ended, or nothing was heard of it for a minute. Blocking."""
        health = read_health(self._folder)
        if health is None or not _lives(health):
            return False
        if health.at != self._at:
            self._at, self._since = health.at, self._clock()
        return self._clock() - self._since <= STALE.total_seconds()


def fault_of(health: Health | None, now: datetime) -> Fault | None:
    """The first thing that is not well, None where all is."""
    if health is None or not _lives(health):
        return Fault("operations.health.not_running", {})
    age = _age(health, now)
    if abs(age) > STALE:
        return Fault("operations.health.stale", {"seconds": int(age.total_seconds()), "pid": health.pid})
    if health.start is not None:
        known = {"since": _clock(health.gateway_since), "step": health.step or ""}
        return Fault(f"operations.health.{health.start}", known)
    if health.log_fault is not None:
        return Fault("operations.health.log", {"reason": health.log_fault})
    if health.written is None or now - datetime.fromisoformat(health.written) > _WRITES:
        return Fault("operations.health.log_silent", {})
    if health.generation is None:
        return Fault("operations.health.generation", {})
    if health.gateway is None:
        return Fault("operations.health.not_in", {"since": _clock(health.gateway_since)})
    if not health.gateway:
        return Fault("operations.health.away", {"since": _clock(health.gateway_since)})
    return None


def host() -> str:
    """The name of this machine or container, within which process ids hold."""
    return socket.gethostname()


def _lives(health: Health) -> bool:
    """Whether the process may be there: told only where its ids hold."""
    if health.host != host() or health.pid <= 0:
        return True
    try:
        os.kill(health.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _age(health: Health, now: datetime) -> timedelta:
    """Since when it was not heard of; less than none where a clock went back."""
    return now - datetime.fromisoformat(health.at)


def _clock(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
