"""The running bot on the local channel: from process start to READY, an answered command, memory, and from SIGTERM to its end.

    python tests/benchmarks/channel.py [--starts 5] [--commands 200]

The bot runs as people run it, against a local channel in this process; the corpus is indexed before. Prints medians,
and the answered command also as a ratio to an autocomplete of the same client, which touches neither index nor log.
It promises to end within five seconds: the longest of its ends is printed, too; questions are under way when it is told.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from kzbot.channel import identity
from kzbot.channel.server import LocalChannel

PROJECT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def running(channel: LocalChannel, data: Path, ended: list[float]) -> AsyncIterator[tuple[float, psutil.Process]]:
    """A bot process on this channel: how many seconds it took until commands could be asked, and the process.

    How many it takes to end goes to `ended`.
    """
    environ = {
        **os.environ,
        "DISCORD_TOKEN": "local",
        "KZBOT_DISCORD__BASE_URL": channel.base_url,
        "KZBOT_DISCORD__COOLDOWN": "0",
        "KZBOT_DISCORD__HOME_SERVER": str(identity.GUILD),
        "KZBOT_DATA__FOLDER": str(data),
    }
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(PROJECT / "bot.py"), cwd=PROJECT, env=environ, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await channel.wait_for_bot(120)
        yield time.perf_counter() - began, psutil.Process(process.pid)
    finally:
        asked = [asyncio.create_task(channel.command("search", {"query": f"peacekeeping {at}"})) for at in range(8)]
        await asyncio.sleep(0)
        told = time.perf_counter()
        process.terminate()
        await process.wait()
        ended.append(time.perf_counter() - told)
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)


async def measured(starts: int, commands: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        seconds: list[float] = []
        answered: list[float] = []
        completed: list[float] = []
        ended: list[float] = []
        memory = 0
        for turn in range(starts + 1):
            channel = LocalChannel(0)
            await channel.start()
            async with running(channel, data, ended) as (took, process):
                if turn:
                    seconds.append(took)
                if turn == starts:
                    for number in range(commands):
                        reply = await channel.command("search", {"query": f"military cooperation {1990 + number % 25}"})
                        answered.append(reply.seconds)
                        began = time.perf_counter()
                        await channel.autocomplete("timeline", "topic", "step")
                        completed.append(time.perf_counter() - began)
                    memory = process.memory_info().rss
            await channel.close()
    command, completion = statistics.median(answered) * 1000, statistics.median(completed) * 1000
    return (
        f"start to READY {statistics.median(seconds):.2f} s (of {starts}); an answered command {command:.1f} ms p50,"
        f" {command / completion:.1f} times an autocomplete ({completion:.1f} ms); memory {memory / 2**20:.0f} MiB;"
        f" from SIGTERM to the end {statistics.median(ended):.2f} s, {max(ended):.2f} s at most\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--commands", type=int, default=200)
    given = parser.parse_args()
    sys.stdout.write(asyncio.run(measured(given.starts, given.commands)))


if __name__ == "__main__":
    main()
