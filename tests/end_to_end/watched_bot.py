"""`python bot.py`, watched: how long its event loop is held, or killed where a test wants it to be. The bot itself is the same.

    KZBOT_TEST_HELD=FILE KZBOT_TEST_DIES=module:name[:at] python tests/end_to_end/watched_bot.py

FILE gets a line of JSON for each callback of the loop that took longer than a hundredth of a second: when it ended (seconds
since the epoch), its seconds by the clock and of this thread's CPU, and what it was. With KZBOT_TEST_DIES the process kills
itself (SIGKILL) where the function of that name is called, at the `at`-th call.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

LONG = 0.01


def watch(file: Path) -> None:
    """From now on each long callback of any loop stands in the file."""
    run = asyncio.events.Handle._run

    def timed(handle: Any) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        run(handle)
        took, used = time.perf_counter() - wall, time.thread_time() - cpu
        if took > LONG:
            line = {"at": time.time(), "wall": round(took, 4), "cpu": round(used, 4), "what": _name(handle)}
            with file.open("a", encoding="utf-8") as opened:
                opened.write(json.dumps(line) + "\n")

    asyncio.events.Handle._run = timed  # type: ignore[assignment,method-assign]


def _name(handle: Any) -> str:
    """The callback; for a step of a task its coroutine, and where that waits now."""
    task = getattr(getattr(handle, "_callback", None), "__self__", None)
    if isinstance(task, asyncio.Task):
        frames = [f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}" for frame in task.get_stack()]
        return f"{getattr(task.get_coro(), '__qualname__', '?')} now at {', '.join(frames[-3:])}"
    callback = getattr(handle, "_callback", None)
    # Not its repr, which reaches into what it is bound to: that of a response under way leaves it without headers for good.
    return str(getattr(callback, "__qualname__", type(callback).__name__))


def die_at(where: str) -> None:
    """Replaces the function, so that its call ends the process as kill -9 does."""
    module, name, *at = where.split(":")
    owner = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    real, left = getattr(owner, last), [int(at[0]) if at else 1]

    def dying(*given: Any, **named: Any) -> Any:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)

    setattr(owner, last, dying)


def main() -> None:
    """The bot with what the environment asks for."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    held, dies = os.environ.pop("KZBOT_TEST_HELD", ""), os.environ.pop("KZBOT_TEST_DIES", "")
    if held:
        watch(Path(held))
    if dies:
        die_at(dies)
    from kzbot.cli.main import main as run  # noqa: PLC0415 - after what is replaced

    run()


if __name__ == "__main__":
    main()
