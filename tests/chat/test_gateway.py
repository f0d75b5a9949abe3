"""Whether the connection stands is told by the connection itself."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from kzbot.channel import gateway
from kzbot.channel.server import LocalChannel


class Listening:
    """Takes the place of the heart: what it was given, and what that said each time that it was woken."""

    def __init__(self) -> None:
        self.stands: Callable[[], bool] = lambda: False
        self.said: list[bool] = []

    def follow(self, stands: Callable[[], bool]) -> None:
        self.stands = stands

    def changed(self) -> None:
        self.said.append(self.stands())


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110 - a connection tells nobody
            await asyncio.sleep(0.02)


async def test_it_stands_falls_and_stands_again(start: Any, channel: LocalChannel) -> None:
    heart = Listening()
    await start(heart=heart)
    await until(lambda: heart.stands())
    before = len(heart.said)
    await channel.gateway.close_all()
    await until(lambda: len(heart.said) >= before + 2 and heart.stands())
    assert heart.said[before] is False


async def test_a_heartbeat_that_is_not_answered_is_no_connection(
    start: Any, channel: LocalChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is dead behind an open socket: everything comes but answers to heartbeats."""
    send, held = gateway.send, list[str]()

    async def send_but_no_acknowledgement(socket: Any, text: str) -> None:
        if json.loads(text)["op"] == gateway.ACKNOWLEDGED:
            held.append(text)
        else:
            await send(socket, text)

    monkeypatch.setattr(gateway, "send", send_but_no_acknowledgement)
    heart = Listening()
    await start(heart=heart)
    await until(lambda: bool(held) and bool(heart.said))
    await asyncio.sleep(0.1)
    assert not heart.stands()


async def test_two_heartbeats_without_an_answer_are_no_connection(
    start: Any, channel: LocalChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "HEARTBEAT_MS", 100)
    send, acknowledged, silent = gateway.send, list[str](), False

    async def send_noted(socket: Any, text: str) -> None:
        if json.loads(text)["op"] == gateway.ACKNOWLEDGED:
            if silent:
                return
            acknowledged.append(text)
        await send(socket, text)

    monkeypatch.setattr(gateway, "send", send_noted)
    heart = Listening()
    await start(heart=heart)
    await until(lambda: len(acknowledged) > 3 and heart.stands())
    silent = True
    await until(lambda: not heart.stands())
