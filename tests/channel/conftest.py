"""A small bot on the real discord.py, and the channel that it talks to."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import discord
import pytest
import pytest_asyncio
import yarl
from discord import ui
from playwright.async_api import Browser, expect
from playwright.async_api import Page as BrowserPage

from kzbot.channel.identity import Snowflakes
from kzbot.channel.server import LocalChannel


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


tiny_bot = _beside("tiny_bot")


class Sent(NamedTuple):
    """A body that the bot sent."""

    schema: str
    where: str
    body: Any
    files: tuple[str, ...]


def point_discord_at(base_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", f"{base_url}/api/v10")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(f"ws{base_url[4:]}/gateway"))


@pytest.fixture
def sent() -> list[Sent]:
    return []


OpenChannel = Callable[..., Awaitable[LocalChannel]]


@pytest.fixture
async def open_channel(sent: list[Sent]) -> AsyncIterator[OpenChannel]:
    """Opens channels on free ports; they are closed after the test."""
    opened: list[LocalChannel] = []

    async def open_one(store: Path | None = None, **more: Any) -> LocalChannel:
        channel = LocalChannel(0, store=store, on_payload=lambda *values: sent.append(Sent(*values)), **more)
        await channel.start()
        opened.append(channel)
        return channel

    yield open_one
    for channel in opened:
        await channel.close()


@contextlib.asynccontextmanager
async def running_bot(channel: LocalChannel, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    point_discord_at(channel.base_url, monkeypatch)
    async with tiny_bot.TinyBot() as bot:
        task = asyncio.create_task(bot.start("a.token.here"))
        await channel.wait_for_bot()
        yield bot
        await bot.close()
        await asyncio.wait([task])


OpenPage = Callable[..., Awaitable[BrowserPage]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, channel: LocalChannel) -> AsyncIterator[OpenPage]:
    """Opens the channel's page; an error on the page's console fails the test."""
    complaints: list[str] = []
    contexts = contextlib.AsyncExitStack()

    async def open_one(width: int = 1200, height: int = 860, scheme: Any = "light") -> BrowserPage:
        context = await contexts.enter_async_context(
            await browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        await page.goto(channel.base_url)
        await expect(page.locator("#state")).to_have_text("kzbot is online")
        return page

    async with contexts:
        yield open_one
    assert complaints == []


RunBot = Callable[[LocalChannel], contextlib.AbstractAsyncContextManager[Any]]


@pytest.fixture
def run_bot(monkeypatch: pytest.MonkeyPatch) -> RunBot:
    """Runs the small bot in a channel for as long as the block lasts."""
    return lambda channel: running_bot(channel, monkeypatch)


@pytest.fixture
async def bot(open_channel: OpenChannel, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """The small bot in an open channel."""
    opened = await open_channel()
    async with running_bot(opened, monkeypatch) as bot:
        bot.channel = opened
        yield bot


@pytest.fixture
def channel(bot: Any) -> LocalChannel:
    """An open channel with the small bot in it."""
    opened: LocalChannel = bot.channel
    return opened


@pytest.fixture
def make_desk() -> Callable[[str], ui.LayoutView]:
    """Makes a message with these words and a form behind its button."""
    make: Callable[[str], ui.LayoutView] = tiny_bot.desk
    return make


@pytest.fixture
def channel_ids() -> Snowflakes:
    return Snowflakes()
