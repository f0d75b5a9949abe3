"""How much a foreign file may cost, and the bounds that a child process sets for itself before it reads one."""

import os
import resource
import select
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass

_FORBIDDEN = (
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "pty.",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostby",
    "socket.send",
    "subprocess.",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """For one file: `memory` is of the whole child, `input` and `output` are of the file and the answer, in bytes.

    `seconds` are those that the processor works, `wait` those on the clock, the start of a child not counted.
    """

    memory: int = 1 << 30
    seconds: int = 20
    wait: float = 40.0
    start: float = 30.0
    input: int = 25_000_000
    output: int = 50_000_000


def confine(memory: int) -> None:
    """For the rest of this process: so much memory, no file is written, no core left, no network, no other program."""
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS does not bound memory this way
            resource.setrlimit(kind, (bound, bound))
    sys.addaudithook(_refuse)


def allow_seconds(seconds: int) -> None:
    """Let this process work for so many seconds more; after them the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def end_with_parent() -> None:
    """End this process as soon as nobody holds the other end of its standard input."""
    threading.Thread(target=_wait_for_hangup, daemon=True).start()


def _wait_for_hangup() -> None:
    poll = select.poll()
    poll.register(0, 0)
    poll.poll()
    os._exit(1)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook cannot be taken off again; it stands behind the limits of the system, not in their place."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader of foreign files may not use {event}")
    if event == "open" and len(arguments) == 3 and _writes(arguments[1], arguments[2]):
        raise PermissionError("a reader of foreign files may not write")


def _writes(mode: object, flags: object) -> bool:
    written = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
    return any(sign in str(mode or "") for sign in "wax+") or (isinstance(flags, int) and bool(flags & written))
