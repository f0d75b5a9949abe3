"""The other server: who may act there, and what lasts of the bot's coming and going."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from kzbot.channel.identity import CHANNEL, ELSEWHERE, GUILD, HOME, OTHER_CHANNEL, OTHER_GUILD, STRANGER, direct_with
from kzbot.channel.server import LocalChannel
from kzbot.errors import ChannelError

OpenChannel = Callable[..., Awaitable[LocalChannel]]
RunBot = Callable[[LocalChannel], AbstractAsyncContextManager[Any]]
ECHO = {"t": "command", "name": "echo", "options": {"text": "x"}, "text": "/echo"}
ASKED = {"t": "complete", "name": "timeline", "option": "topic", "typed": "s", "options": {}}


async def told(socket: aiohttp.ClientWebSocketResponse, kind: str) -> dict[str, Any]:
    """The next thing of that kind that the page is told."""
    while (found := await socket.receive_json(timeout=60))["t"] != kind:
        pass
    return dict(found)


async def test_the_page_of_a_stranger_is_answered_in_their_server_only(channel: LocalChannel) -> None:
    channel.say("secret")
    path = f"{channel.base_url}/socket?as=stranger&in={CHANNEL}"
    async with aiohttp.ClientSession() as session, session.ws_connect(path) as socket:
        hello = await told(socket, "hello")
        assert hello["person"] == "stranger" and hello["place"] == str(OTHER_CHANNEL) and hello["messages"] == []
        assert [one["name"] for one in hello["places"]] == ["lobby", "Direct message"]
        assert [one["name"] for one in hello["people"]] == ["Member", "Moderator", "Stranger"]
        for message, why in (
            ({**ECHO, "in": str(CHANNEL)}, "not open to you"),
            ({"t": "go", "in": str(CHANNEL)}, "not open to you"),
            (ECHO, "not in this server"),
            (ASKED, "not in this server"),
            ({**ECHO, "in": hello["places"][1]["id"]}, "share no server"),
            ({**ASKED, "in": hello["places"][1]["id"]}, "share no server"),
        ):
            await socket.send_json(message)
            assert why in (await told(socket, "failed"))["why"], message
        await socket.send_json({"t": "invite"})
        assert (await told(socket, "server"))["server"]["bot"] is True
        for place in (ELSEWHERE, direct_with(STRANGER)):
            await socket.send_json({**ECHO, "in": str(place.channel)})
            await told(socket, "done")
            assert channel.messages.visible(STRANGER, place)[-1].body["content"] == "x"
        await socket.send_json({"t": "remove"})
        gone = (await told(socket, "server"))["server"]
        assert gone["bot"] is False and gone["left"]["removed"] is True
        said = channel.messages.visible(STRANGER, ELSEWHERE)[-1].id
        for message in ({"t": "press", "id": "t:pick"}, {"t": "menu", "name": "Count words"}):
            await socket.send_json({**message, "message": said})
            assert "not in this server" in (await told(socket, "failed"))["why"]
    assert "secret" not in str(hello)


@pytest.mark.parametrize("what", ["invite", "remove"])
@pytest.mark.parametrize("person", ["member", "moderator", "owner"])
async def test_nobody_removes_the_bot_from_the_home_server(channel: LocalChannel, person: str, what: str) -> None:
    path = f"{channel.base_url}/socket?as={person}"
    async with aiohttp.ClientSession() as session, session.ws_connect(path) as socket:
        assert (await told(socket, "hello"))["server"] is None
        await socket.send_json({"t": what, "server": str(GUILD), "in": str(OTHER_CHANNEL)})
        assert "belongs to this server" in (await told(socket, "failed"))["why"]
    assert channel.gateway.guilds == [GUILD]


async def test_the_bot_that_leaves_by_itself_is_told_from_one_that_is_removed(
    channel: LocalChannel, bot: discord.Client
) -> None:
    path = f"{channel.base_url}/socket?as=stranger"
    async with aiohttp.ClientSession() as session, session.ws_connect(path) as socket:
        await socket.send_json({"t": "invite"})
        await told(socket, "server")
        await bot.http.leave_guild(OTHER_GUILD)
        assert (await told(socket, "server"))["server"]["left"]["removed"] is False
        await channel.join(ELSEWHERE)
        assert (await told(socket, "server"))["server"]["left"] is None


async def test_where_the_bot_is_outlives_the_process(
    open_channel: OpenChannel, run_bot: RunBot, tmp_path: Path
) -> None:
    first = await open_channel(tmp_path)
    await first.join(ELSEWHERE)
    await first.close()
    second = await open_channel(tmp_path)
    async with run_bot(second) as bot:
        await bot.wait_until_ready()
        assert {guild.id for guild in bot.guilds} == {GUILD, OTHER_GUILD}
    await second.leave(ELSEWHERE)
    left = second.servers.left[OTHER_GUILD]
    await second.close()
    third = await open_channel(tmp_path)
    assert third.gateway.guilds == [GUILD] and third.servers.left == {OTHER_GUILD: left}
    await third.close()


AT_HOME = '"1100000000000000100": {"at": "2026-01-01T00:00:00+00:00", "removed": true}'
BROKEN = ("5", "[]", "null", '{"at": 5, "removed": true}', '{"at": "soon", "removed": true}', '{"removed": true}')


@pytest.mark.parametrize(
    "kept", ["{half", "[]", "5", *(f'{{"1100000000000000200": {one}, {AT_HOME}}}' for one in BROKEN)]
)
async def test_where_the_bot_is_cannot_be_read_it_is_at_home(
    open_channel: OpenChannel, tmp_path: Path, kept: str
) -> None:
    (tmp_path / "servers.json").write_text(kept, "utf-8")
    channel = await open_channel(tmp_path)
    assert channel.gateway.guilds == [GUILD] and channel.servers.left == {}


async def test_people_of_another_server_are_named_there_and_are_nobody_at_home(channel: LocalChannel) -> None:
    await channel.join(ELSEWHERE)
    reply = await channel.command("named", {"user": "@Stranger"}, by=STRANGER, where=ELSEWHERE)
    assert reply.message is not None and f"Member {STRANGER.id} Stranger" in reply.message["content"]
    left = await channel.command("named", {"user": STRANGER.id}, where=HOME)
    assert left.message is not None and f"User {STRANGER.id} Stranger" in left.message["content"]
    with pytest.raises(ChannelError, match="nobody here"):
        await channel.command("named", {"user": "@Stranger"}, where=HOME)
