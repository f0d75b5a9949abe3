"""What moderators do with `/log unanswered`, for its tests."""

from __future__ import annotations

import asyncio
from typing import Any

from kzbot.channel.identity import MEMBER, MODERATOR, direct_with
from kzbot.channel.server import LocalChannel
from kzbot.querylog.ledger.rows import BOT

MISSING = {"query": "Luftschiff regatta"}


async def ask(channel: LocalChannel, look: Any, by: Any = MEMBER, command: str = "search", **given: Any) -> Any:
    return look((await channel.command(command, given or MISSING, by=by)).message)


async def listed(channel: LocalChannel, look: Any, **given: str) -> Any:
    return look((await channel.command("log unanswered", given, by=MODERATOR)).message)


async def press(channel: LocalChannel, look: Any, seen: Any, label: str) -> Any:
    return look((await channel.press(seen.id, seen.button(label), by=MODERATOR)).message)


async def opened(channel: LocalChannel, look: Any, at: int = 0, **given: str) -> Any:
    """The card of a group of the list."""
    seen = await listed(channel, look, **given)
    select = seen.selects[0]
    reply = await channel.choose(seen.id, select["custom_id"], [select["options"][at]["value"]], by=MODERATOR)
    return look(reply.message)


def told(channel: LocalChannel, look: Any, person: Any = MEMBER) -> list[Any]:
    """The direct messages that somebody got."""
    return [look(one.body) for one in channel.messages.visible(person, direct_with(person))]


async def until(met: Any) -> None:
    async with asyncio.timeout(60):
        while not await met():  # noqa: ASYNC110 - the telling has no event
            await asyncio.sleep(0.01)


async def bring(kept: Any, number: int, words: str) -> None:
    kept.add(number, words)
    planned = await kept.keeper.plan()
    await kept.keeper.apply(planned.plan.candidate, BOT)
