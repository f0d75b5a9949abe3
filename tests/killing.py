"""Kills a process at each step of its work: `os._exit` in a fork, before each call that touches a file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from typing import Any

_TOUCHING = ("open", "fsync", "rename", "replace", "unlink", "chmod", "mkdir")
_KILLED = 9


def _die_at(moment: int) -> None:
    """From now on this process ends at that one of the moments."""
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


def killed(moment: int, work: Callable[[], object]) -> bool:
    """Whether `work`, done in a fork, was killed at that moment, and not done before it."""
    child = os.fork()
    if child == 0:
        _die_at(moment)
        work()
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, _KILLED), f"it broke at moment {moment}"
    return status == _KILLED
