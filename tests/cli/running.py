"""A bot in a process of its own, and what it says."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from kzbot.channel.server import LocalChannel

PROJECT = Path(__file__).resolve().parents[2]
Environ = Callable[..., dict[str, str]]
ServeSeeds = Callable[..., None]
PATIENCE = 60.0
"""Seconds for what takes a moment: only what hangs takes as long, on a busy machine, too."""


@contextmanager
def taken_port() -> Iterator[int]:
    """A port of this machine that somebody else listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])


class Running:
    """A bot in a process of its own, and what it has said and complained of so far, as lines."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []
        self.complained: list[str] = []
        self._looked_at = 0
        self._news = asyncio.Event()
        streams = ((process.stdout, self.said), (process.stderr, self.complained))
        self._readers = [asyncio.create_task(self._read(stream, kept)) for stream, kept in streams if stream]

    async def until(self, words: str) -> str:
        """The next line of standard output that holds these words."""

        def found() -> str | None:
            while self._looked_at < len(self.said):
                self._looked_at += 1
                if words in self.said[self._looked_at - 1]:
                    return self.said[self._looked_at - 1]
            return None

        return await self._heard(found, words)

    async def complains(self, words: str) -> str:
        """The first line of standard error that holds these words."""
        return await self._heard(lambda: next((line for line in self.complained if words in line), None), words)

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Exit status, once it has ended by itself after this signal."""
        self.process.send_signal(number)
        return await self.over()

    async def over(self) -> int:
        """Exit status, once it has ended and all that it said is here."""
        try:
            async with asyncio.timeout(PATIENCE):
                code = await self.process.wait()
                await asyncio.gather(*self._readers)
        except TimeoutError:
            raise AssertionError(f"it did not end: {self._all()}") from None
        return code

    async def _heard(self, found: Callable[[], str | None], words: str) -> str:
        try:
            async with asyncio.timeout(PATIENCE):
                while (line := found()) is None:
                    if all(reader.done() for reader in self._readers):
                        raise AssertionError(f"it ended and never said {words!r}: {self._all()}")
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"it has not said {words!r} yet: {self._all()}") from None
        return line

    async def _read(self, stream: asyncio.StreamReader, kept: list[str]) -> None:
        while line := await stream.readline():
            kept.append(line.decode().rstrip("\n"))
            self._news.set()
        self._news.set()

    def _all(self) -> str:
        return "\n".join(["", *self.said, "On standard error:", *self.complained])


@asynccontextmanager
async def started(data: Path, environ: dict[str, str]) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROJECT / "bot.py"),
        cwd=PROJECT,
        env={"KZBOT_CHANNEL__PORT": "0", **environ, "KZBOT_DATA__FOLDER": str(data)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    running = Running(process)
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await running.over()


def elsewhere(channel: LocalChannel, environ: Environ) -> dict[str, str]:
    """The bot as another process than the channel, as it would run with Discord."""
    return environ({"DISCORD_TOKEN": "a-token-for-the-stand-in", "KZBOT_DISCORD__BASE_URL": channel.base_url})
