"""A bot over twelve articles on disk, which may be started again, and a moderator's way through its cards."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from kzbot.channel.identity import GUILD, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.run import Pace, serve
from kzbot.chat.services import Services
from kzbot.cli.prepared import prepare
from kzbot.cli.serving import services_for
from kzbot.index.building.build import build
from kzbot.index.store import GenerationStore
from kzbot.operations.shelf import Shelf
from kzbot.querylog.log import QueryLog

PROGRESS = re.compile(r"…(?: \d+ of \d+)?$")


QUICK = Pace(first=0.05, longest=0.2, ready_within=60.0, finishing=5.0, closing=30.0, failures=2)


Run = Callable[[], Awaitable[Services]]


@pytest.fixture
async def run(
    channel: LocalChannel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, judged: None, built_here: None
) -> AsyncIterator[Run]:
    """Starts the bot over twelve articles, also after an end of it: what it kept on disk is all that it knows then."""
    folder, data = tmp_path / "corpus", tmp_path / "data"
    folder.mkdir()
    for number in range(12):
        text = f"---\ntitle: Number {number}\n---\nArticle {number} says that somebody met on {number + 1} May 2012.\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    settings = {"CORPUS__FOLDER": folder, "DATA__FOLDER": data, "DISCORD__HOME_SERVER": GUILD}
    for name, value in settings.items():
        monkeypatch.setenv(f"KZBOT_{name}", str(value))
    store = GenerationStore(data)
    with store.lock():
        store.apply((await asyncio.to_thread(build, prepare(None, None).sources(), store.folder)).generation)
    ending: list[Callable[[], Awaitable[None]]] = []

    async def end() -> None:
        while ending:
            await ending.pop()()

    async def start() -> Services:
        await end()
        applied = store.applied()
        assert applied is not None
        prepared = prepare(None, None)
        log, shelf = await QueryLog.open(data / "kzbot.db"), await Shelf.open(store.path, applied)
        services = services_for(prepared.settings, prepared, store, log, shelf)
        stop = asyncio.Event()
        task = asyncio.create_task(serve(services, SecretStr("made.up"), channel.base_url, stop=stop, pace=QUICK))

        async def stopped() -> None:
            stop.set()
            await task

        ending.extend([log.close, shelf.close, stopped])
        await channel.wait_for_bot()
        return services

    yield start
    await end()


@pytest.fixture
async def services(run: Run) -> Services:
    return await run()


class Talk:
    """A moderator's way through cards: what a command or a press ends with."""

    def __init__(self, channel: LocalChannel, look: Any) -> None:
        self._channel, self._look = channel, look

    async def command(self, name: str, files: dict[str, tuple[str, bytes]] | None = None, **options: Any) -> Any:
        reply = await self._channel.command(name, options, by=MODERATOR, files=files)
        return await self._settled(lambda: reply.message)

    async def add(self, *files: tuple[str, str | bytes]) -> Any:
        given = {
            f"file{at}": (name, data.encode() if isinstance(data, str) else data)
            for at, (name, data) in enumerate(files, 1)
        }
        return await self.command("corpus add", given)

    async def press(self, card: Any, label: str) -> tuple[Any, list[Any]]:
        """What stands in the place of the card then, and what was said beside it."""
        reply = await self._channel.press(card.id, card.button(label), by=MODERATOR)
        seen = await self._settled(lambda: reply.message, card.text)
        if label == "Add":
            async with asyncio.timeout(60):
                while not reply.followups:  # noqa: ASYNC110 - the channel tells nobody
                    await asyncio.sleep(0.02)
        return seen, [self._look(one) for one in reply.followups]

    async def fill_in(self, card: Any, at: int = 0, **values: str) -> Any:
        buttons = [one["custom_id"] for one in card.buttons if one["label"] == "Fill in"]
        opened = await self._channel.press(card.id, buttons[at], by=MODERATOR)
        assert opened.modal is not None
        reply = await self._channel.submit(opened.modal, values, by=MODERATOR)
        return self._look(reply.message)

    async def _settled(self, message: Callable[[], Any], before: str = "") -> Any:
        """The message as soon as it is another than before, and neither a promise nor a note of progress."""
        async with asyncio.timeout(60):
            while True:
                found = message()
                if found is not None and not found["flags"] & 128:
                    seen = self._look(found)
                    if seen.text != before and not PROGRESS.search(seen.text):
                        return seen
                await asyncio.sleep(0.02)


@pytest.fixture
def talk(channel: LocalChannel, look: Any) -> Talk:
    return Talk(channel, look)
