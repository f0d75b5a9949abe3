"""Direct messages that the bot begins, servers that it leaves, and people whom the channel forgets."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from kzbot.channel.identity import (
    DIRECT,
    ELSEWHERE,
    HOME,
    MEMBER,
    MEMBER_USER,
    MODERATOR,
    OTHER_GUILD,
    STRANGER,
    direct_with,
)
from kzbot.channel.server import LocalChannel
from kzbot.errors import ChannelError

OpenChannel = Callable[..., Awaitable[LocalChannel]]
RunBot = Callable[[LocalChannel], AbstractAsyncContextManager[Any]]
SECRET = "the colour of my bicycle"


async def test_the_bot_opens_direct_messages_and_only_that_person_sees_them(
    channel: LocalChannel, bot: discord.Client, discord_rules: Any, sent: list[Any]
) -> None:
    opened = await bot.create_dm(discord.Object(MEMBER.id))
    again = await bot.fetch_channel(opened.id)
    assert isinstance(again, discord.DMChannel) and again.recipient == opened.recipient
    assert opened.recipient is not None and (opened.recipient.id, opened.id) == (MEMBER.id, DIRECT.channel)
    message = await opened.send("It can be answered now", allowed_mentions=discord.AllowedMentions.none())
    await message.edit(content="It is answered now", allowed_mentions=discord.AllowedMentions.none())
    assert [one.content async for one in opened.history()] == ["It is answered now"]
    assert [one.id for one in channel.messages.visible(MEMBER, DIRECT)] == [str(message.id)]
    assert channel.messages.visible(MODERATOR, DIRECT) == channel.messages.visible(MEMBER, HOME) == []
    assert [fault for one in sent for fault in discord_rules(*one)] == []


async def test_who_takes_no_direct_messages_is_told_apart(channel: LocalChannel, bot: discord.Client) -> None:
    channel.close_direct(MEMBER)
    opened = await bot.create_dm(discord.Object(MEMBER.id))
    with pytest.raises(discord.Forbidden) as closed:
        await opened.send("x")
    assert closed.value.code == 50007
    own = await channel.command("echo", {"text": "but an answer comes"}, where=DIRECT)
    assert own.message is not None and own.message["channel_id"] == str(DIRECT.channel)
    channel.close_direct(MEMBER, closed=False)
    assert (await opened.send("now it may")).content == "now it may"
    with pytest.raises(discord.HTTPException) as nobody:
        await bot.create_dm(discord.Object(5))
    assert nobody.value.code == 50033


async def test_everybody_talks_to_the_bot_in_direct_messages_of_their_own(channel: LocalChannel) -> None:
    for person in (MEMBER, MODERATOR, STRANGER):
        reply = await channel.command("echo", {"text": person.key}, by=person, where=DIRECT)
        assert [one.id for one in channel.messages.visible(person, direct_with(person))] == [reply.message_id]
    assert [one.body["content"] for one in channel.messages.in_place(DIRECT)] == ["member"]


async def test_a_stranger_is_in_the_other_server_only(channel: LocalChannel, bot: discord.Client) -> None:
    with pytest.raises(ChannelError, match="#general is not open"):
        await channel.command("echo", {"text": "x"}, by=STRANGER)
    opened = await bot.create_dm(discord.Object(STRANGER.id))
    with pytest.raises(discord.Forbidden) as apart:
        await opened.send("x")
    assert apart.value.code == 50278
    await channel.join(ELSEWHERE)
    reply = await channel.command("echo", {"text": "hello"}, by=STRANGER, where=ELSEWHERE)
    assert reply.message is not None and (await opened.send("x")).content == "x"


class Heard:
    """What the client is told of its servers."""

    def __init__(self, bot: discord.Client) -> None:
        self.events: list[tuple[str, int]] = []
        for name in ("join", "remove", "available", "unavailable"):
            setattr(bot, f"on_guild_{name}", self._listener(name))

    def _listener(self, name: str) -> Callable[[discord.Guild], Awaitable[None]]:
        async def heard(guild: discord.Guild) -> None:
            self.events.append((name, guild.id))

        return heard

    async def until(self, *names: str) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(60):
                while [name for name, _ in self.events] != list(names):  # noqa: ASYNC110 - kept as it comes
                    await asyncio.sleep(0.01)
                return
        raise AssertionError(f"not {names}, but {self.events}")


async def test_joining_leaving_and_an_outage_are_three_things(channel: LocalChannel, bot: discord.Client) -> None:
    await bot.wait_until_ready()
    heard = Heard(bot)
    await channel.join(ELSEWHERE)
    await heard.until("join")
    await channel.outage(ELSEWHERE)
    await channel.outage(ELSEWHERE, over=True)
    await heard.until("join", "unavailable", "available")
    await channel.leave(ELSEWHERE)
    await heard.until("join", "unavailable", "available", "remove")
    assert bot.get_guild(OTHER_GUILD) is None and OTHER_GUILD not in channel.gateway.guilds
    await channel.join(ELSEWHERE)
    await heard.until("join", "unavailable", "available", "remove", "join")
    found = bot.get_guild(OTHER_GUILD)
    assert found is not None
    await found.leave()
    await heard.until("join", "unavailable", "available", "remove", "join", "remove")
    assert {guild for _, guild in heard.events} == {OTHER_GUILD}


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_person_is_forgotten_to_the_last_byte_and_nobody_else(
    open_channel: OpenChannel, run_bot: RunBot, tmp_path: Path
) -> None:
    channel = await open_channel(tmp_path)
    async with run_bot(channel) as bot:
        said = channel.say(SECRET)
        await channel.command("echo", {"text": SECRET})
        await channel.command("timeline", {"topic": SECRET, "private": True})
        await channel.command("echo", {"text": SECRET}, where=DIRECT)
        await (await bot.create_dm(discord.Object(MEMBER.id))).send(SECRET)
        await (await channel.command("slow")).filled()
        await channel.menu("Count words", said.id, by=MODERATOR)
        picked = channel.uploads.add("notes.txt", SECRET.encode(), MEMBER)
        kept = await channel.command("echo", {"text": "theirs"}, by=MODERATOR)
        (tmp_path / "messages" / ".9.json.part").write_text(SECRET, "utf-8")
        (tmp_path / "messages" / "9.json").write_text(f"{{{SECRET}", "utf-8")
        (tmp_path / "files" / "9").write_text(SECRET, "utf-8")
        await channel.forget(MEMBER.id)
        assert SECRET.encode() not in bytes_of(tmp_path) and str(MEMBER_USER).encode() not in bytes_of(tmp_path)
        assert [one.id for one in channel.messages.in_place(HOME)] == [kept.message_id]
        assert channel.messages.in_place(DIRECT) == [] and channel.uploads.file(picked["id"]) is None
        await channel.gateway.close_all(4000)  # what a bot that resumes is told again holds nothing of it either
        assert (await channel.command("echo", {"text": "again"})).message is not None


async def test_what_the_bot_has_promised_is_still_given(channel: LocalChannel, bot: Any) -> None:
    await channel.command("echo", {"text": "before"})
    bot.thought.clear()
    promised = await channel.command("slow")
    await channel.forget(MEMBER.id)
    bot.thought.set()
    await promised.filled()
    assert promised.message is not None and promised.message["content"] == "Done thinking"
    assert channel.messages.visible(MEMBER)[0].body["content"] == "Done thinking"


async def test_messages_are_forgotten_by_any_mark(channel: LocalChannel) -> None:
    for words in ("one", "two"):
        channel.say(words)
    await channel.forget_messages(lambda message: "one" in message.texts)
    assert [one.body["content"] for one in channel.messages.in_place(HOME)] == ["two"]


async def test_an_open_page_forgets_as_well(channel: LocalChannel) -> None:
    said = channel.say(SECRET)
    path = f"{channel.base_url}/socket?as=moderator"
    async with aiohttp.ClientSession() as session, session.ws_connect(path) as socket:
        hello = await socket.receive_json(timeout=60)
        assert hello["places"][-1] == {
            "id": str(direct_with(MODERATOR).channel),
            "name": "Direct message",
            "topic": "Only you and the bot see this",
            "direct": True,
            "newest": "0",
        }
        await channel.forget(MEMBER.id)
        assert await socket.receive_json(timeout=60) == {"t": "gone", "id": said.id}
