"""How long a person's erasure takes in a log of a million questions with backups, and who waits for it.

    python tests/benchmarks/erasing.py [--questions 1000000] [--backups 2] [--keep FOLDER]

Erases one who asked little, then the one who asked most, then all questions by one command. Prints for each the rows that went, the seconds in all, the longest
that a question waited for its row meanwhile, how long the event loop was held at the most, and the peak of memory. --keep
makes the log in a folder once and copies it.
"""

import argparse
import asyncio
import resource
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kzbot.operations.backups import Backups
from kzbot.operations.erasing.eraser import Eraser
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import QueryRecord

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.benchmarks.log import PEOPLE, USER, make_log


async def held(worst: list[float]) -> None:
    """How late the loop wakes somebody, at the most."""
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.005)
        worst[0] = max(worst[0], time.perf_counter() - before - 0.005)


async def asking(log: QueryLog, worst: list[float]) -> None:
    """Ten questions a second; the longest wait for a row."""
    while True:
        before = time.perf_counter()
        await log.record(
            QueryRecord(
                asked_at=datetime.now(UTC), user=1, channel=1, server=1, command="search", options={"query": "x"},
                status="answered", items=1, took_ms=1.0, generation=None, private=False,
            )
        )  # fmt: skip
        worst[0] = max(worst[0], time.perf_counter() - before)
        await asyncio.sleep(0.1)


async def main(folder: Path, backups: int) -> None:
    log = await QueryLog.open(folder / FILE_NAME)
    for _ in range(backups):
        await asyncio.to_thread(Backups(folder).make, datetime.now(UTC))
    for name, scope in (
        ("asked little", Scope.person(USER + PEOPLE - 1)),
        ("asked most", Scope.person(USER)),
        ("one command", Scope.filtered(Filters(commands=("exercise",)))),
    ):
        late, waited, stages = [0.0], [0.0], dict[str, float]()
        beside = [asyncio.create_task(held(late)), asyncio.create_task(asking(log, waited))]
        began = time.perf_counter()
        erased = await Eraser(folder, log).erase(
            scope,
            TERMINAL,
            datetime.now(UTC),
            progress=lambda stage, *_, began=began, stages=stages: stages.setdefault(
                stage, time.perf_counter() - began
            ),
        )
        took = time.perf_counter() - began
        for one in beside:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        at = ", ".join(f"{stage} from {second:.1f} s" for stage, second in stages.items())
        sys.stdout.write(
            f"{name}: {erased.total} rows in {took:.1f} s ({at}); a question waited {waited[0]:.2f} s at the most, "
            f"the loop was held {late[0] * 1000:.0f} ms at the most, {peak:.0f} MB at the peak\n"
        )
    await log.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=1_000_000)
    parser.add_argument("--backups", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        data = Path(made) / "data"
        kept = given.keep or Path(made) / "kept"
        kept.mkdir(parents=True, exist_ok=True)
        if not (kept / FILE_NAME).exists():
            make_log(kept / FILE_NAME, given.questions)
        shutil.copytree(kept, data)
        asyncio.run(main(data, given.backups))
