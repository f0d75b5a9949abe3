"""A person of the local channel has everything deleted: not a byte of their words is left in the data folder, channel included."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

SECRET, MEMBER = "bicycle of obsidian", "1100000000000000301"


class Page:
    """One open page, and what its person does in it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.places: list[dict[str, Any]] = []

    async def until(self, kind: str, **values: Any) -> dict[str, Any]:
        while True:
            told: dict[str, Any] = await self._socket.receive_json(timeout=60)
            if told["t"] == kind and all(told.get(key) == value for key, value in values.items()):
                return told

    async def go(self, place: str) -> None:
        await self._socket.send_json({"t": "go", "in": place})
        await self.until("place", place=place)

    async def ask(self, name: str, options: dict[str, Any]) -> dict[str, Any]:
        text = f"/{name} " + " ".join(f"{key}: {value}" for key, value in options.items())
        await self._socket.send_json({"t": "command", "n": 1, "name": name, "options": options, "text": text})
        while (message := (await self.until("message"))["message"])["flags"] & 128:
            pass
        return dict(message)

    async def look_into(self, name: str) -> None:
        """A command of moderators, until its card has its content."""
        await self._socket.send_json({"t": "command", "n": 2, "name": name, "options": {}, "text": f"/{name}"})
        while (await self.until("message", asked=f"/{name}"))["message"]["flags"] & 128:
            pass

    async def say(self, text: str) -> None:
        await self._socket.send_json({"t": "say", "text": text})
        await self.until("message")

    async def press(self, message: str, custom_id: str) -> dict[str, Any]:
        await self._socket.send_json({"t": "press", "message": message, "id": custom_id})
        while True:
            told = await self.until("message")
            if told["message"]["id"] != message and not told["message"]["flags"] & 128:
                return dict(told["message"])


def holding(folder: Path, words: str) -> Iterator[str]:
    """The files that hold these words, as UTF-8 or as JSON escapes them; the bot, which is at work, may put one away meanwhile."""
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError, IsADirectoryError):
            if words.encode() in path.read_bytes():
                yield path.relative_to(folder).as_posix()


@pytest.mark.parametrize("mode", ["kept", "hashed"])
async def test_not_a_byte_is_left_also_of_the_local_channel(
    patient_bot: Callable[[Mapping[str, str]], Any], tmp_path: Path, look: Any, mode: str
) -> None:
    bot = patient_bot({"KZBOT_DATA__FOLDER": str(tmp_path), "KZBOT_CHANNEL__PORT": "0", "KZBOT_LOG__USER_IDS": mode})
    try:
        await asyncio.to_thread(bot.until, "The bot is in the channel")
        found = re.fullmatch(r"The local channel: (http://127\.0\.0\.1:\d+)", bot.said[0])
        assert found is not None
        path = f"{found[1].replace('http', 'ws')}/socket"
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{path}?as=member", origin=found[1]) as member,
            session.ws_connect(f"{path}?as=moderator", origin=found[1]) as other,
        ):
            mine, theirs = Page(member), Page(other)
            general, *_, direct = [one["id"] for one in (await mine.until("hello"))["places"]]
            await theirs.until("hello")
            await mine.say(f"I look for the {SECRET}")
            await mine.ask("search", {"query": SECRET})
            await mine.ask("search", {"query": SECRET, "private": True})
            await mine.go(direct)
            await mine.ask("search", {"query": SECRET})
            await mine.go(general)
            for looking in ("log questions", "log unanswered", "log stats", "log export"):
                await theirs.look_into(looking)
            before = set(holding(tmp_path, SECRET))
            assert any(one.startswith("kzbot.db") for one in before)
            card = look(await mine.ask("privacy delete", {}))
            assert "3 questions" in card.text
            done = look(await mine.press(card.id, card.button("Delete for good")))
            assert "3 questions" in done.text and "Not a byte" in done.text and done.private
            assert [*holding(tmp_path, SECRET)] == []
            await theirs.until("gone")
            kept = [
                one for one in holding(tmp_path, MEMBER) if f"{done.id}.json" not in one
            ]  # it may be on its way there
            assert kept == [], "the reply itself is the only thing that is still theirs"
        assert await asyncio.to_thread(bot.end, signal.SIGINT) == 0, bot.complained
        assert [*holding(tmp_path, SECRET)] == []
    finally:
        bot.kill()
