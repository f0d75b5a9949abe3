"""An erasure that was begun is ended, whatever interrupts it: nothing of it is left after the next start."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from kzbot.errors import QueryLogError
from kzbot.operations.backups import Backups
from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.erasing.ledger import ErasureLedger
from kzbot.querylog.erasing.scope import Scope, Target
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.working import Tell, unheard
from tests.conftest import PATIENCE
from tests.operations.erasing.filled import (
    NOW,
    OTHER,
    PERSON,
    ask,
    backup,
    counts_are_true,
    forms,
    holding,
    plans,
    report,
    shapes_of,
)

PROJECT = Path(__file__).resolve().parents[3]
RARE = "zqxwordkj"
Result = TypeVar("Result")


class Stopped(Eraser):
    """Stops before its step of that number."""

    at = 0

    async def _turn(self, work: Callable[[], Result]) -> Result:
        self._count_down()
        return await super()._turn(work)

    async def _blocking(self, work: Callable[[], Result]) -> Result:
        self._count_down()
        return await super()._blocking(work)

    def _count_down(self) -> None:
        self.at -= 1
        if self.at == 0:
            raise QueryLogError("the disk is full")


async def _filled(data: Path) -> QueryLog:
    log = await QueryLog.open(data / FILE_NAME)
    numbers = await ask(log, [f"{RARE} {at}" * 300 for at in range(3)])
    await ask(log, ["what somebody else asks"], OTHER)
    await report(log, RARE, PERSON, numbers[0])
    plans(data, [f"{RARE} 1"], golden="")
    backup(data)
    return log


def _left(data: Path) -> list[str]:
    return [*holding(data, forms(RARE) | shapes_of(PERSON))]


async def test_an_erasure_that_stops_at_any_step_is_ended_by_the_next_start(tmp_path: Path) -> None:
    step = 0
    while True:
        step += 1
        data = tmp_path / str(step)
        log = await _filled(data)
        eraser = Stopped(data, log)
        eraser.at = step
        whole = False
        try:
            await eraser.erase(Scope.person(PERSON), TERMINAL, NOW)
            whole = True
        except QueryLogError:
            begun = bool(ErasureLedger(data).unfinished())
            assert begun or _left(data), "what was not begun is as it was"
        await log.close()
        log = await QueryLog.open(data / FILE_NAME)
        assert await Eraser(data, log).finish() == (0 if whole or not begun else 1)
        await log.close()
        if whole or begun:
            assert _left(data) == [], step
            assert counts_are_true(data / FILE_NAME)
        if whole:
            break
    assert step > 12


CHILD = """
import asyncio, os, signal, sys
from pathlib import Path
import kzbot.querylog.erasing.copies as copies
from kzbot.operations.erasing.eraser import Eraser
from kzbot.querylog.erasing.scope import Scope, Target
from kzbot.querylog.erasing.wiping import Wiper
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME, QueryLog
from tests.operations.erasing.filled import NOW, PERSON

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    data = Path(sys.argv[1])
    log = await QueryLog.open(data / FILE_NAME)
    if sys.argv[2] == "copies":
        copies.change = die
    elif sys.argv[2] == "file":
        Wiper.tidy = die
    else:
        Wiper.batches = die
    await Eraser(data, log).erase(Scope.person(PERSON), TERMINAL, NOW)

asyncio.run(main())
"""


@pytest.mark.parametrize("where", ["rows", "file", "copies"])
async def test_nothing_is_left_after_kill_9_and_another_start(tmp_path: Path, where: str) -> None:
    data = tmp_path / "data"
    await (await _filled(data)).close()
    child = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", CHILD, str(data), where], cwd=PROJECT, check=False, capture_output=True
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    assert _left(data), "nothing would be proved"
    log = await QueryLog.open(data / FILE_NAME)
    assert await Eraser(data, log).finish() == 1
    assert [deed.action for deed in (await log.ledger.deeds(1))[0]] == ["erase"]
    assert await Eraser(data, log).finish() == 0
    await log.close()
    assert _left(data) == []


async def test_an_erasure_whose_key_is_lost_is_not_said_to_be_done(tmp_path: Path) -> None:
    data = tmp_path / "data"
    log = await _filled(data)
    erasures = ErasureLedger(data)
    by_person, by_number = (Target(kind, NOW) for kind in ("person", "filtered"))
    erasures.begin(replace(by_person, hash=log.people.hashed(PERSON)), TERMINAL, {}, {}, log.people.mark)
    erasures.begin(by_number, TERMINAL, {}, {}, log.people.mark)
    await log.close()
    key = (data / "user_ids.key").read_bytes()
    (data / "user_ids.key").unlink()
    log = await QueryLog.open(data / FILE_NAME)
    with pytest.raises(QueryLogError, match=r"user_ids\.key is not the one .* erasure 1 "):
        await Eraser(data, log).finish()
    assert [one.done for one in erasures.all()] == [False, True] and _left(data)
    await log.close()
    (data / "user_ids.key").write_bytes(key)
    log = await QueryLog.open(data / FILE_NAME)
    assert await Eraser(data, log).finish() == 1
    await log.close()
    assert _left(data) == []


async def test_questions_are_kept_while_somebody_is_erased(tmp_path: Path) -> None:
    data = tmp_path / "data"
    log = await _filled(data)
    await ask(log, [f"{RARE} {at}" for at in range(1200)])
    erasing = asyncio.create_task(Eraser(data, log).erase(Scope.person(PERSON), TERMINAL, NOW))
    asked = [(await ask(log, [f"meanwhile {at}"], OTHER))[0] for at in range(30)]
    assert (await erasing).queries == 1203
    rows = [await log.query(number) for number in asked]
    assert [row.options["query"] for row in rows if row] == [f"meanwhile {at}" for at in range(30)]
    await log.close()
    assert _left(data) == []


async def test_a_stop_does_not_wait_for_the_end_of_an_erasure(tmp_path: Path) -> None:
    data = tmp_path / "data"
    log = await _filled(data)
    await ask(log, [f"{RARE} {at}" for at in range(3000)])
    eraser = Eraser(data, log)
    started = asyncio.Event()
    erasing = asyncio.create_task(eraser.erase(Scope.person(PERSON), TERMINAL, NOW, progress=lambda *_: started.set()))
    await started.wait()
    await eraser.close()
    with pytest.raises(QueryLogError):
        await erasing
    await log.close()
    log = await QueryLog.open(data / FILE_NAME)
    assert await Eraser(data, log).finish() == 1
    await log.close()
    assert _left(data) == []


async def test_a_ledger_that_a_crash_left_torn_is_read_and_written_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    log = await _filled(data)
    (data / "erased.jsonl").write_bytes(b'{"number": 1, "kind": "per')
    await Eraser(data, log).erase(Scope.person(PERSON), TERMINAL, NOW)
    assert [(one.number, one.done) for one in ErasureLedger(data).all()] == [(1, True)]
    await log.close()


async def test_a_stop_does_not_wait_for_a_backup_of_another_process_that_an_erasure_waits_for(tmp_path: Path) -> None:
    data = tmp_path / "data"
    log = await _filled(data)
    eraser, waits, loop = Eraser(data, log), asyncio.Event(), asyncio.get_running_loop()

    class Waiting(Backups):
        def locked(self, tell: Tell = unheard) -> AbstractContextManager[None]:
            loop.call_soon_threadsafe(waits.set)
            return super().locked(tell)

    eraser._backups = Waiting(data)
    with Backups(data).locked():
        erasing = asyncio.create_task(eraser.erase(Scope.person(PERSON), TERMINAL, NOW))
        await waits.wait()
        closing = asyncio.create_task(eraser.close())
        await asyncio.wait({closing}, timeout=PATIENCE)
        assert closing.done()
    with pytest.raises(QueryLogError, match="next start"):
        await erasing
    assert await Eraser(data, log).finish() == 1
    await log.close()
    assert _left(data) == []
