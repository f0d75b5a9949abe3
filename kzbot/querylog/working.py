"""Long work on kzbot.db: how far it is is told, and who waits for it may end it before its end."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal, TypeVar

Stage = Literal[
    "wait",
    "look",
    "inspect",
    "copy",
    "check",
    "upgrade",
    "fetch",
    "compare",
    "clean",
    "tidy",
    "keep",
    "rows",
    "file",
    "copies",
    "write",
]
Result = TypeVar("Result")
INSTRUCTIONS = 100_000
"""Of SQLite's machine, between two looks: 5 to 50 ms of work."""
_AWAKE = 0.5


@dataclass(frozen=True, slots=True)
class Step:
    """How far one stage of the work is: `done` of `total` (bytes, rows, statements, files); 0 of 0 where nobody can tell."""

    stage: Stage
    done: int = 0
    total: int = 0


Tell = Callable[[Step], None]
"""Is told, often and in the thread of the work, how far it is. What it raises ends the work, as a full disk would: what it was
to change is then as it was."""


def unheard(step: Step) -> None:
    """Nobody wants to know."""


@contextmanager
def watched(connection: sqlite3.Connection, look: Callable[[], None]) -> Iterator[None]:
    """Calls `look` again and again while a statement runs on the connection; what it raises ends the statement, and is raised."""
    raised: list[BaseException] = []

    def handler() -> int:
        try:
            look()
        except BaseException as error:  # noqa: BLE001 - sqlite3 would swallow it; it is raised below
            raised.append(error)
        return len(raised)

    connection.set_progress_handler(handler, INSTRUCTIONS)
    try:
        yield
    except sqlite3.Error as error:
        if raised:
            raise raised[0] from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


class _InterruptedError(Exception):
    """Nobody waits for the work any more."""


class _Work:
    """Work that ends at its next step once it was interrupted."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._interrupted = threading.Event()

    def interrupt(self) -> None:
        self._interrupted.set()

    def step(self, step: Step) -> None:
        if self._interrupted.is_set():
            raise _InterruptedError
        self._tell(step)


def interruptible(work: Callable[[Tell], Result], tell: Tell = unheard) -> Result:
    """What the work gives, done in a thread while this one waits for Ctrl+C. Blocking.

    KeyboardInterrupt once it has ended before its end; where Ctrl+C comes too late for that, it is done, and nothing is raised.
    """
    watched_work, begun = _Work(tell), threading.Event()
    future: Future[Result] = Future()

    def body() -> None:
        begun.wait()
        try:
            future.set_result(work(watched_work.step))
        except BaseException as error:  # noqa: BLE001 - told to who waits
            future.set_exception(error)

    threading.Thread(target=body, name="long work", daemon=True).start()
    while not future.done():
        try:
            begun.set()  # here, so that Ctrl+C comes before anything is done, or is heard below
            wait((future,), timeout=_AWAKE)  # one without an end hears of no Ctrl+C in Windows
        except KeyboardInterrupt:
            watched_work.interrupt()
    try:
        return future.result()
    except _InterruptedError:
        raise KeyboardInterrupt from None


async def cancellable(work: Callable[[Tell], Result], tell: Tell = unheard) -> Result:
    """What the work gives, done in a thread. Where the caller is cancelled it ends before its end if it can, and is waited for."""
    watched_work = _Work(tell)
    with ThreadPoolExecutor(1) as pool:
        future: Future[Result] = pool.submit(work, watched_work.step)
        waiting = asyncio.wrap_future(future)
        try:
            return await asyncio.shield(waiting)
        except asyncio.CancelledError:
            watched_work.interrupt()
            with suppress(Exception):  # nobody is there to be told of it
                await waiting
            raise
