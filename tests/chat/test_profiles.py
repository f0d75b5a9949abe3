"""The chat has the profile commands of the corpus that it serves, and tells Discord when that changes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from kzbot.channel.server import LocalChannel
from kzbot.corpus.names_file import RESERVED

pytestmark = pytest.mark.usefixtures("judged")
OTHER = "20261122T000000Z-22222222"
LATER = "20261123T000000Z-33333333"


async def commands(sent: list[Any], puts: int) -> list[list[str]]:
    """The names of each set of slash commands that was told, once there are so many."""
    async with asyncio.timeout(60):
        while True:
            told = [[one["name"] for one in body[2] if one["type"] == 1] for body in sent if body[1] == "PUT commands"]
            if len(told) >= puts:
                return told
            await asyncio.sleep(0.02)


async def test_a_reload_with_other_kinds_changes_the_commands(
    channel: LocalChannel, made: Any, start: Any, sent: list[Any], look: Any
) -> None:
    services = await start()
    (first,) = await commands(sent, 1)
    assert "exercise" in first and "ship" not in first
    shelf = services.shelf
    shelf.states[OTHER] = replace(made.Made(OTHER), profiles=("ship", "trade-fair"))
    await shelf.swap(OTHER)
    _, second = await commands(sent, 2)
    assert second == ["timeline", "ship", "trade-fair", *(one for one in first if one not in ("timeline", "exercise"))]
    help_ = look((await channel.command("help", {})).message).text
    assert "**/ship** What the articles say of one ship" in help_ and "one trade fair" in help_
    assert "/exercise" not in help_
    shown = look((await channel.command("ship", {"name": "x"})).message)
    assert "MADEX" in shown.text


async def test_a_reload_with_the_same_kinds_tells_nothing(made: Any, start: Any, sent: list[Any]) -> None:
    services = await start()
    await commands(sent, 1)
    await services.shelf.swap(OTHER)
    await asyncio.sleep(0.2)
    services.shelf.states[LATER] = replace(made.Made(LATER), profiles=("ship",))
    await services.shelf.swap(LATER)
    first, second = await commands(sent, 2)
    assert "ship" in second and "ship" not in first


async def test_no_profile_can_take_the_name_of_another_command(start: Any, sent: list[Any]) -> None:
    await start()
    (told,) = await commands(sent, 1)
    assert set(told) - {"exercise"} <= RESERVED
