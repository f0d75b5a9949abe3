"""A process that is killed in the middle of writing has lost no question that it had acknowledged."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kzbot.querylog.log import QueryLog

PROJECT = Path(__file__).resolve().parents[2]
CHILD = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from kzbot.querylog.log import QueryLog
from kzbot.querylog.rows import QueryRecord

async def write(log, writer):
    for turn in range(100_000):
        record = QueryRecord(
            asked_at=datetime.now(UTC), user=writer, channel=turn, server=None, command="search",
            options={"query": f"{writer} {turn}"}, status="answered", items=0, took_ms=0.0, generation=None, private=False,
        )
        number = await log.record(record)
        sys.stdout.write(f"{number} {writer} {turn}\\n")
        sys.stdout.flush()

async def main():
    log = await QueryLog.open(Path(sys.argv[1]))
    await asyncio.gather(*(write(log, writer) for writer in range(8)))

asyncio.run(main())
"""


@pytest.mark.parametrize("lines", [1, 60, 333])
async def test_every_acknowledged_row_is_there_after_kill_9(path: Path, lines: int) -> None:
    command = [sys.executable, "-c", CHILD, str(path)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT)  # noqa: ASYNC220
    assert child.stdout is not None
    with child:
        acknowledged = [child.stdout.readline() for _ in range(lines)]
        os.kill(child.pid, signal.SIGKILL)
        acknowledged += [line for line in child.stdout if line.endswith("\n")]
    log = await asyncio.wait_for(QueryLog.open(path), 60)
    try:
        for line in acknowledged:
            number, writer, turn = (int(part) for part in line.split())
            row = await log.query(number)
            assert row is not None
            assert (row.user, row.channel, row.options) == (writer, turn, {"query": f"{writer} {turn}"})
    finally:
        await log.close()
