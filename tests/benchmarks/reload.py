"""Reloading a large corpus beside the answers: what a plan costs, and how long the bot's event loop is held.

    python -m tests.benchmarks.reload [--articles 3000] [--added 50] [--changed 60] [--removed 30] [--questions 40]

The corpus is recombined (tests/recombined.py) and indexed before. Prints, for an idle loop, a plan, its application and a
rollback: seconds, seconds of CPU here and in the children, how late a task that sleeps 5 ms wakes up at most, and the longest
callback of the loop in CPU time. Then the CPU of the plan as a ratio to that of indexing everything anew.
"""

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kzbot.index.building.child import build_in_child
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.shelf import Shelf
from kzbot.operations.taking_in import take_in
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import QueryRecord
from tests.recombined import changed, recombined

PROJECT = Path(__file__).resolve().parents[2]
EVERY = 0.005
ASKED = ("Airbus", "Boeing", "Apple", "General Motors", "China", "oil price", "wing flow", "chief executive")


@dataclass
class Held:
    """What was noticed in one phase."""

    lateness: float = 0.0
    callback: float = 0.0


class Watch:
    """Watches the running loop: a task that measures how late it is, and every callback's own CPU time."""

    def __init__(self) -> None:
        self.held = Held()
        run = asyncio.events.Handle._run

        def timed(handle: Any) -> None:
            began = time.thread_time()
            run(handle)
            self.held.callback = max(self.held.callback, time.thread_time() - began)

        asyncio.events.Handle._run = timed  # type: ignore[assignment,method-assign]

    async def late(self) -> None:
        """Never returns."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(EVERY)
            self.held.lateness = max(self.held.lateness, time.perf_counter() - began - EVERY)

    async def phase(self, name: str, work: Awaitable[Any]) -> Any:
        """Prints what one piece of work cost; it begins in a task of its own."""
        await asyncio.sleep(10 * EVERY)  # what was done before is noticed now
        self.held = Held()
        began, cpu, children = time.perf_counter(), time.process_time(), _children()
        done = await work
        sys.stdout.write(
            f"{name:12} {time.perf_counter() - began:7.2f} s   CPU here {time.process_time() - cpu:6.2f} s, in children"
            f" {_children() - children:6.2f} s   late at most {self.held.lateness * 1000:5.1f} ms, longest callback"
            f" {self.held.callback * 1000:5.1f} ms\n"
        )
        return done


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def write(folder: Path, files: Mapping[str, str]) -> None:
    """The folder with these files, those that are the same untouched."""
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        if file.name not in files:
            file.unlink()
    for name, text in files.items():
        file = folder / name
        if not file.is_file() or file.read_text("utf-8") != text:
            file.write_text(text, encoding="utf-8")


async def ask(log: QueryLog, questions: int) -> None:
    """Puts questions into the log."""
    for number in range(questions):
        words = ASKED[number % len(ASKED)]
        command, option = (("timeline", "topic"), ("search", "query"), ("who", "name"))[number // len(ASKED) % 3]
        year = {"from": str(1990 + number)} if command != "who" else {}
        await log.record(
            QueryRecord(
                asked_at=datetime.now(UTC),
                user=1,
                channel=1,
                server=1,
                command=command,
                options={option: words, **year},
                status="answered",
                items=1,
                took_ms=1.0,
                generation="20260101T000000Z-00000000",
                private=False,
            )
        )


async def measure(given: argparse.Namespace, place: Path) -> None:
    """Everything, in a data folder of its own."""
    before = recombined(given.articles)
    after = changed(before, added=given.added, changed=given.changed, removed=given.removed).after
    write(place / "articles", before.files())
    sources = Sources(place / "articles", PROJECT / "config" / "names.yaml")
    store = GenerationStore(place / "data")
    watch = Watch()
    late = asyncio.create_task(watch.late())
    summary = await watch.phase("first index", take_in(sources, store))
    log = await QueryLog.open(place / "data" / FILE_NAME)
    shelf = await Shelf.open(store.path, summary.generation)
    keeper = Keeper(lambda: sources, store, log.ledger, shelf=shelf, frequent=log.frequent)
    await ask(log, given.questions)
    write(place / "articles", after.files())
    await watch.phase("idle", asyncio.sleep(3))
    spent = _children()
    plan = (await watch.phase("plan", keeper.plan())).plan
    spent = _children() - spent
    await watch.phase("apply", keeper.apply(plan.candidate, TERMINAL, typed=plan.confirmation))
    await watch.phase("roll back", keeper.roll_back(summary.generation, TERMINAL))
    late.cancel()
    await shelf.close()
    await log.close()
    anew = _children()
    await build_in_child(sources, place / "anew")
    sys.stdout.write(
        f"{plan.after} articles: {plan.count('added')} added, {plan.count('changed')} changed, {plan.count('removed')}"
        f" removed, {plan.asked} questions asked of both; a plan takes {spent / (_children() - anew):.2f} times the CPU of"
        " indexing all anew\n"
    )


def main() -> int:
    """From the command line."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("articles", 3000), ("added", 50), ("changed", 60), ("removed", 30), ("questions", 40)):
        reader.add_argument(f"--{name}", type=int, default=usual)
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(measure(given, Path(place)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
