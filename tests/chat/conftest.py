"""A made-up bot on the real discord.py in the local channel, and everything that it sends held against Discord's rules."""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import SecretStr

from kzbot.channel.identity import GUILD
from kzbot.channel.server import LocalChannel
from kzbot.chat.redirect import redirect
from kzbot.chat.run import Pace, serve
from kzbot.chat.services import Services
from kzbot.operations.nearest import nearest

KeptCorpus = Callable[..., AbstractAsyncContextManager[Any]]
HERE = Path(__file__).parent
QUICK = Pace(first=0.05, longest=0.2, ready_within=60.0, finishing=5.0, closing=30.0, failures=2)


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """The made-up bot's module."""
    return _beside("made_bot")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModuleType, Path]:
    """The module `kept.py`, and a place in which its corpus is built and served."""
    module, place = _beside("kept"), tmp_path_factory.mktemp("built")
    asyncio.run(module.build_corpus(place))
    return module, place


@pytest.fixture
def kept_corpus(built: tuple[ModuleType, Path], tmp_path: Path, built_here: None) -> KeptCorpus:
    """Makes a bot over a small real corpus with a real keeper in `tmp_path`; see `kept.py`."""
    module, place = built
    shutil.copytree(place, tmp_path, dirs_exist_ok=True)
    return partial(module.kept_corpus, place=tmp_path)


@pytest.fixture
async def kept(start: Any, kept_corpus: Any) -> AsyncIterator[Any]:
    """A bot over a small real corpus with a real keeper, at home in the local channel's server."""
    async with kept_corpus(start, {"KZBOT_DISCORD__HOME_SERVER": str(GUILD)}) as opened:
        yield opened


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer counts as slow because the machine is: tests of what is slow say how long the bot has patience."""
    monkeypatch.setattr("kzbot.chat.replies.PATIENCE", 60.0)
    monkeypatch.setattr("kzbot.chat.progress._BETWEEN", 600.0)
    monkeypatch.setattr("kzbot.chat.presses.doubting._IN_TIME", 60.0)
    monkeypatch.setattr(nearest, "__defaults__", (60.0,))


@pytest.fixture(autouse=True)
def discord_again() -> Iterator[None]:
    """After each test discord.py points at Discord again, and not at a channel that is gone."""
    yield
    redirect(None)


Sent = tuple[str, str, Any, tuple[str, ...]]


@pytest.fixture
def sent() -> list[Sent]:
    """Every body that the bot sent."""
    return []


@pytest.fixture
async def channel(sent: list[Sent], request: pytest.FixtureRequest) -> AsyncIterator[LocalChannel]:
    """An open channel; after the test all that was sent to it is judged."""
    opened = LocalChannel(0, on_payload=lambda *body: sent.append(body))
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
def judged(sent: list[Sent], rules_at_hand: Callable[..., list[str]] | None) -> Iterator[None]:
    """Everything sent during the test obeys Discord's specification and limits, where that is at hand."""
    yield
    assert sent
    if rules_at_hand is not None:
        assert [fault for body in sent for fault in rules_at_hand(*body)] == []


Start = Callable[..., Awaitable[Services]]


@pytest.fixture
async def start(made: ModuleType, channel: LocalChannel, tmp_path: Path) -> AsyncIterator[Start]:
    """Starts a bot in the channel, with settings by their environment names; returns its services."""
    stop = asyncio.Event()
    tasks: list[asyncio.Task[None]] = []
    opened: list[Services] = []

    async def start_one(environ: dict[str, str] | None = None, **more: Any) -> Services:
        services: Services = await made.made_services(tmp_path, environ or {}, **more)
        opened.append(services)
        token = SecretStr("made.up.token")
        tasks.append(asyncio.create_task(serve(services, token, channel.base_url, stop=stop, pace=QUICK)))
        await channel.wait_for_bot()
        return services

    yield start_one
    stop.set()
    try:
        for task in tasks:
            await task
    finally:
        for services in opened:
            await services.log.close()


@pytest.fixture
async def bot(start: Start) -> Services:
    """A bot with the settings as shipped."""
    return await start()
