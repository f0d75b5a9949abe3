"""Run as a process: makes backups that are killed at every step, and fails where one that counts is not whole.

A kill is `os._exit` in a fork, before each call that touches a file; prints how many moments there were.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kzbot.querylog.backup import back_up, check, listed
from kzbot.querylog.migrate import migrate

NOW = datetime(2026, 11, 22, tzinfo=UTC)
_TOUCHING = ("open", "fsync", "rename", "replace", "unlink", "chmod", "mkdir")
_KILLED = 9


def die_at(moment: int) -> Callable[[], int]:
    """From now on this process ends at that one of the moments; returns what counts them."""
    passed = 0

    def step() -> None:
        nonlocal passed
        passed += 1
        if passed == moment:
            os._exit(_KILLED)

    def around(call: Any) -> Any:
        def called(*args: Any, **named: Any) -> Any:
            step()
            return call(*args, **named)

        return called

    for name in _TOUCHING:
        setattr(os, name, around(getattr(os, name)))
    sqlite3.connect = around(sqlite3.connect)
    return lambda: passed


def killed(moment: int, work: Callable[[], object]) -> bool:
    """Whether `work`, done in a fork, was killed at that moment, and not done before it."""
    child = os.fork()
    if child == 0:
        die_at(moment)
        work()
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, _KILLED), f"it broke at moment {moment}"
    return status == _KILLED


def main() -> None:
    place = Path(sys.argv[1])
    log, folder = place / "kzbot.db", place / "backups"
    migrate(log)
    moment = 1
    while killed(moment, lambda: back_up(log, folder, NOW)):
        for file in listed(folder):
            check(file)
        moment += 1
    assert listed(folder)
    assert not list(folder.glob("*.part*")), "what was half made was not swept away"
    sys.stdout.write(str(moment))


if __name__ == "__main__":
    main()
