"""A stop in the middle of something: exit status 0, no child left, and the next start goes on as if nothing had been."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil
import pytest

from kzbot.channel.identity import MODERATOR
from kzbot.channel.interactions import NoAnswerError
from kzbot.channel.server import LocalChannel
from kzbot.errors import ChannelError
from kzbot.index.store import GenerationStore

PROJECT = Path(__file__).resolve().parents[2]
Environ = Callable[..., dict[str, str]]
PATIENCE = 60.0
"""Seconds for what takes a moment: only what hangs takes as long, on a busy machine, too."""


@pytest.fixture
async def channel() -> AsyncIterator[LocalChannel]:
    opened = LocalChannel(0)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
def settings(channel: LocalChannel, articles: Path, tmp_path: Path, environ: Environ) -> dict[str, str]:
    """A bot with its own corpus and data, as another process than the channel."""
    return environ(
        {
            "DISCORD_TOKEN": "a-token-for-the-stand-in",
            "KZBOT_DISCORD__BASE_URL": channel.base_url,
            "KZBOT_DISCORD__COOLDOWN": "0",
            "KZBOT_CORPUS__FOLDER": str(articles),
            "KZBOT_DATA__FOLDER": str(tmp_path / "data"),
        }
    )


@asynccontextmanager
async def running(channel: LocalChannel, settings: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot that is in; after the block it has left, and everything that it said is in the error of a failure."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROJECT / "bot.py"),
        cwd=PROJECT,
        env=settings,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        try:
            await channel.wait_for_bot()
        except ChannelError as error:
            with suppress(ProcessLookupError):
                process.kill()
            _, said = await process.communicate()
            raise AssertionError(f"{error} It said: {said.decode()}") from error
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def stopped(process: asyncio.subprocess.Process) -> str:
    """Stops it, and gives what it said on standard error."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        _, said = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


def more_articles(folder: Path, count: int) -> None:
    """Enough that a stop does not wait for the end of the build."""
    for number in range(count):
        days = " ".join(f"On {day} May 20{number % 90 + 10} nothing number {number} was held." for day in range(1, 29))
        (folder / f"more{number}.txt").write_text(f"---\ntitle: Number {number}\n---\n{days}", encoding="utf-8")


async def test_a_stop_during_a_reload_ends_the_child_and_keeps_the_corpus(
    channel: LocalChannel, settings: dict[str, str], articles: Path, tmp_path: Path
) -> None:
    store = GenerationStore(tmp_path / "data")
    async with running(channel, settings) as process:
        await channel.command("search", {"query": "lighthouse"})
        served = store.applied()
        more_articles(articles, 1500)
        asked = asyncio.create_task(channel.command("corpus reload", {}, by=MODERATOR))
        bot = psutil.Process(process.pid)
        async with asyncio.timeout(PATIENCE):
            while not list(store.folder.glob("building-*")):  # noqa: ASYNC110 - nobody tells of it
                await asyncio.sleep(0.005)
        children = bot.children()
        assert children
        said = await stopped(process)
        await asyncio.gather(asked, return_exceptions=True)
    _, alive = psutil.wait_procs(children, timeout=PATIENCE)
    assert not alive
    assert "Traceback" not in said, said
    assert served in store.kept() and store.applied() in store.kept()
    assert {file.stem for file in store.folder.iterdir()} == set(store.kept())
    for file in articles.glob("more*"):
        file.unlink()
    async with running(channel, settings) as process:
        assert "Lighthouse" in str((await channel.command("search", {"query": "lighthouse"})).message)
        await stopped(process)


async def test_a_stop_amid_many_questions_loses_none_that_was_answered(
    channel: LocalChannel, settings: dict[str, str], tmp_path: Path
) -> None:
    async with running(channel, settings) as process:
        asked = [asyncio.create_task(channel.command("search", {"query": f"lighthouse {turn}"})) for turn in range(150)]
        await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        said = await stopped(process)
        channel.interactions.window = 0.1
        done = await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), PATIENCE)
    assert "Traceback" not in said
    answered = sum(not isinstance(each, BaseException) for each in done)
    assert answered > 0 and all(isinstance(each, NoAnswerError) for each in done if isinstance(each, BaseException))
    log = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROJECT / "bot.py"),
        *("log", "--json", "--limit", "1000"),
        cwd=PROJECT,
        env=settings,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await log.communicate()
    assert out.count(b"\n") >= answered
