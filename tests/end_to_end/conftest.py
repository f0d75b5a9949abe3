"""The whole bot as people run it: `python bot.py` as a process, in a channel of this process or in its own."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import queue
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, closing, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from kzbot.channel import identity
from kzbot.channel.interactions import COMPONENT, DEFERRED_REPLY, DEFERRED_UPDATE, Reply
from kzbot.channel.server import LocalChannel
from kzbot.errors import ChannelError

PROJECT = Path(__file__).resolve().parents[2]
OURS = ("KZBOT_", "DISCORD_TOKEN", "SSH_CONNECTION")
PATIENCE = 60.0
"""Seconds for what takes a moment: only what hangs takes as long, on a busy machine, too."""


class Bot:
    """`python bot.py` in a process of its own, and what it has said so far."""

    def __init__(self, environ: Mapping[str, str], script: Path = PROJECT / "bot.py") -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.process = subprocess.Popen(
            [sys.executable, str(script)],
            cwd=PROJECT,
            env={**kept, "KZBOT_DISCORD__COOLDOWN": "0", **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []
        self.complained: list[str] = []
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._readers = [threading.Thread(target=read, daemon=True) for read in (self._listen, self._collect)]
        for reader in self._readers:
            reader.start()

    def until(self, words: str) -> str:
        """The first line of standard output that holds these words."""
        end = time.monotonic() + PATIENCE
        with suppress(queue.Empty):
            while (line := self._lines.get(timeout=max(0.0, end - time.monotonic()))) is not None:
                self.said.append(line)
                if words in line:
                    return line
        raise AssertionError(f"never said {words!r}: {self.said} {self.complained}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Exit status, once it has ended by itself after this signal."""
        self.process.send_signal(number)
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it did not end: {self.said} {self.complained}") from None
        for reader in self._readers:
            reader.join(PATIENCE)
        while (line := self._lines.get()) is not None:
            self.said.append(line)
        return code

    def kill(self) -> None:
        """As a crash or kill -9 ends it; nothing where it has ended."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def _collect(self) -> None:
        assert self.process.stderr is not None
        self.complained.extend(self.process.stderr)


@pytest.fixture(scope="session")
def log_desk() -> ModuleType:
    """The module with what people do in the stories of the log."""
    spec = importlib.util.spec_from_file_location("log_desk", Path(__file__).parent / "log_desk.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def run_bot() -> Callable[[Mapping[str, str]], Bot]:
    """Starts a bot with the settings of this environment."""
    return Bot


@pytest.fixture(scope="session")
def patient_bot() -> Callable[[Mapping[str, str]], Bot]:
    """The same of one whose own channel waits for its answers longer than Discord would."""
    return lambda environ: Bot(environ, Path(__file__).parent / "patient_bot.py")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the five articles, to be changed."""
    folder = tmp_path_factory.mktemp("corpus") / "articles"
    shutil.copytree(PROJECT / "seeds", folder)
    return folder


def wait_for_promised(channel: LocalChannel) -> None:
    """Has everybody do what people do with a bot that is busy: wait for an answer that it has only promised yet, see the one
    that it gives beside the card that was pressed, and press again where it says that it took too long.

    Nobody waits for a moderator's work on the corpus, which tells how far it is, nor for a bot that has gone.
    """
    ask = channel.interactions.ask

    async def ask_and_wait(kind: int, data: dict[str, Any], *given: Any, **more: Any) -> Reply:
        reply = await ask(kind, data, *given, **more)
        asked = reply._asked
        if reply.type in (DEFERRED_REPLY, DEFERRED_UPDATE) and not at_work(data):
            until = time.monotonic() + PATIENCE
            while channel.gateway.connected and not (asked.followups or asked.filled.is_set()):
                assert time.monotonic() < until, f"promised and not given: {data}"
                await asyncio.sleep(0.01)
            if asked.followups and not asked.filled.is_set():
                asked.original = asked.followups[0]
                asked.filled.set()
        if kind == COMPONENT and asked.original is not None and TOO_LONG in str(asked.original.body["components"]):
            return await ask_and_wait(kind, data, *given, **more)
        return reply

    channel.interactions.ask = ask_and_wait  # type: ignore[method-assign]


TOO_LONG = "That took too long. Please press again."


def at_work(data: dict[str, Any]) -> bool:
    """Whether a command is one that works on the corpus, and does not only look at it."""
    return data.get("name") == "corpus" and data["options"][0]["name"] in (
        "add",
        "correct",
        "reload",
        "remove",
        "restore",
    )


class Whole:
    """A channel in this process, a bot in another, and what the bot sent; `environ` is added to what it starts with.

    `script` is what is run, `patience` how many seconds a start may take.
    """

    def __init__(self, articles: Path, data: Path) -> None:
        self.articles = articles
        self.data = data
        self.environ: dict[str, str] = {}
        self.script = PROJECT / "bot.py"
        self.patience = PATIENCE
        self.sent: list[tuple[str, str, Any, tuple[str, ...]]] = []
        self.rows_when_sent: list[tuple[Any, int]] = []
        self.channel = LocalChannel(0, on_payload=self._take)
        wait_for_promised(self.channel)
        self._bot: Bot | None = None

    @property
    def bot(self) -> Bot:
        assert self._bot is not None
        return self._bot

    async def start(self) -> Bot:
        """Starts the bot, also after an end of it, and waits until it answers."""
        await self.stop()
        environ = {
            "DISCORD_TOKEN": "local",
            "KZBOT_DISCORD__BASE_URL": self.channel.base_url,
            "KZBOT_DISCORD__HOME_SERVER": str(identity.GUILD),
            "KZBOT_DATA__FOLDER": str(self.data),
            "KZBOT_CORPUS__FOLDER": str(self.articles),
            **self.environ,
        }
        self._bot = Bot(environ, self.script)
        try:
            await self.channel.wait_for_bot(self.patience)
        except ChannelError as error:
            raise AssertionError(f"{error} It said: {self._bot.said} {self._bot.complained}") from error
        return self._bot

    async def stop(self) -> None:
        """Kills the bot, where one runs, and waits until the channel has noticed."""
        if self._bot is not None:
            self._bot.kill()
        async with asyncio.timeout(PATIENCE):
            while self.channel.gateway.connected:  # noqa: ASYNC110 - the channel tells nobody
                await asyncio.sleep(0.01)

    async def close(self) -> None:
        await self.stop()
        await self.channel.close()

    def log(self, columns: str = "*", where: str = "1") -> list[dict[str, Any]]:
        """Rows of kzbot.db as they are on disk now, in order."""
        with closing(sqlite3.connect(f"file:{self.data / 'kzbot.db'}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute(f"SELECT {columns} FROM queries WHERE {where} ORDER BY number")
            return [dict(row) for row in rows]

    def _take(self, schema: str, where: str, body: Any, files: tuple[str, ...]) -> None:
        """Called when a body reaches the channel, before anybody sees it."""
        self.sent.append((schema, where, body, files))
        if where != "PUT commands":
            self.rows_when_sent.append((body, self.log("max(number) AS last")[0]["last"] or 0))


@pytest.fixture(scope="module")
def make_whole() -> type[Whole]:
    """A channel and a bot over a folder of articles and a data folder, not started yet."""
    return Whole


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(
    articles: Path, serve_seeds: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Whole]:
    """A bot over a copy of the five articles, shared by the tests of a module; its tests run in the module's loop."""
    made = Whole(articles, tmp_path_factory.mktemp("data"))
    serve_seeds(made.data, articles)
    await made.channel.start()
    try:
        await made.start()
        yield made
    finally:
        await made.close()


OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture
def address(
    patient_bot: Callable[[Mapping[str, str]], Any], serve_seeds: Callable[..., None], tmp_path: Path
) -> Iterator[str]:
    """Where a new bot's own channel is; after the test the bot ends as it should."""
    serve_seeds(tmp_path)
    bot = patient_bot({"KZBOT_DATA__FOLDER": str(tmp_path), "KZBOT_CHANNEL__PORT": "0"})
    try:
        bot.until("The bot is in the channel")
        yield bot.said[0].removeprefix("The local channel: ")
        assert bot.end() == 0
    finally:
        bot.kill()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, address: str) -> AsyncIterator[OpenPage]:
    """Opens the channel; an error on the page's console fails the test."""
    complaints: list[str] = []
    contexts = AsyncExitStack()

    async def open_one(width: int = 1200, scheme: Any = "light") -> Page:
        context = await contexts.enter_async_context(
            await browser.new_context(viewport={"width": width, "height": 860}, color_scheme=scheme)
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        await page.goto(address)
        await expect(page.locator("#state")).to_have_text("kzbot is online")
        return page

    async with contexts:
        yield open_one
    assert complaints == []
