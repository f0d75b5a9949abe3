"""What bringing many articles in costs, and how long it holds the bot up: `python tests/benchmarks/importing.py [COUNT]`.

COUNT articles of a .jsonl (1,000 where it is left out) are read, kept, left out and taken in again, shown, and added with the
plan that follows; of each step the seconds, and the longest time in milliseconds for which the event loop did not turn.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from kzbot.chat.cards.incoming import incoming_view
from kzbot.cli.bringing import importer_for
from kzbot.cli.keeping import keeper_for
from kzbot.cli.prepared import Prepared
from kzbot.index.store import GenerationStore
from kzbot.operations.importing.reading import Arrived
from kzbot.operations.shelf import Shelf
from kzbot.operations.taking_in import take_in
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import QueryLog
from kzbot.settings import load_settings

SENTENCE = "It says many words in a row. "


class Loop:
    """Watches how long the event loop does not turn."""

    def __init__(self) -> None:
        self.worst = 0.0
        self.task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            self.worst = max(self.worst, time.perf_counter() - began - 0.005)

    async def step(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        self.worst, began = 0.0, time.perf_counter()
        done = await work()
        took = time.perf_counter() - began
        await asyncio.sleep(0.01)
        sys.stdout.write(f"{name:24} {took:8.2f} s   loop held {self.worst * 1000:6.0f} ms at most\n")
        return done


async def main(count: int, folder: Path) -> None:
    settings = load_settings(None, {"KZBOT_DATA__FOLDER": str(folder)})
    prepared = Prepared(settings, Phrases.load(DEFAULT_FOLDER, "en"))
    store = GenerationStore(folder)
    summary = await take_in(prepared.sources(), store)
    log, shelf = await QueryLog.open(folder / "kzbot.db"), await Shelf.open(store.path, summary.generation)
    importer = importer_for(prepared, keeper_for(prepared, store, log, shelf), log, shelf)
    lines = [
        {"id": f"w{n}", "title": f"Wire no. {n}", "text": f"Wire {n} is of May 2014. {SENTENCE * 25}"}
        for n in range(count)
    ]
    sent = Arrived("wires.jsonl", "\n".join(map(json.dumps, lines)).encode())
    prepared.phrases.number(1)  # loads the locale, as the first answer of a bot does
    loop = Loop()
    received = await loop.step("read", lambda: importer.read([sent]))
    batch = await loop.step("keep", lambda: importer.keep("1", None, received))
    await loop.step(
        "leave out, take in", lambda: asyncio.gather(importer.leave_out("1", 0), importer.leave_out("1", 0))
    )
    batch = replace(batch, key="1")
    await loop.step("show", lambda: asyncio.sleep(0, incoming_view(prepared.phrases, batch)))
    added = await loop.step("add, with the plan", lambda: importer.add("1", TERMINAL))
    sys.stdout.write(f"{len(added.written)} added: {added.outcome.kind}\n")
    loop.task.cancel()
    await shelf.close()
    await log.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, Path(scratch)))
