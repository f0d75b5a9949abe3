"""The channels of the server: who sees them, and what the bot may do in them by itself."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import aiohttp
import discord
import pytest

from kzbot.channel.identity import (
    BOT_PERMISSIONS,
    CHANNEL,
    DIRECT,
    ELSEWHERE,
    HOME,
    MEMBER,
    MODERATOR,
    MODERATORS,
    MODERATORS_CHANNEL,
    NEWS,
    NEWS_CHANNEL,
    OTHER_CHANNEL,
    SEND_MESSAGES,
)
from kzbot.channel.messages import KEPT
from kzbot.channel.server import LocalChannel
from kzbot.errors import ChannelError


async def test_the_bot_knows_the_channels_and_may_send_in_them(bot: discord.Client) -> None:
    for identity, name in ((CHANNEL, "general"), (MODERATORS_CHANNEL, "moderators"), (NEWS_CHANNEL, "news")):
        found = bot.get_channel(identity)
        assert isinstance(found, discord.TextChannel) and found.name == name
        mine = found.permissions_for(found.guild.me)
        assert mine.view_channel and mine.send_messages and mine.attach_files and mine.read_message_history
    hidden = bot.get_channel(MODERATORS_CHANNEL)
    assert isinstance(hidden, discord.TextChannel)
    assert not hidden.permissions_for(hidden.guild.default_role).view_channel


async def test_a_card_of_the_moderators_lives_on_by_rest_and_is_hidden_from_members(
    channel: LocalChannel, bot: discord.Client, make_desk: Any
) -> None:
    place = await bot.fetch_channel(MODERATORS_CHANNEL)
    assert isinstance(place, discord.TextChannel)
    async with place.typing():
        await asyncio.sleep(0)
    posted = await place.send(view=make_desk("A plan"), file=discord.File(io.BytesIO(b"+1\n"), "plan.txt"))
    identity = str(posted.id)
    assert identity in [one.id for one in channel.messages.visible(MODERATOR, MODERATORS)]
    assert channel.messages.visible(MEMBER, MODERATORS) == channel.messages.visible(MODERATOR, HOME) == []
    await place.get_partial_message(posted.id).edit(view=make_desk("The plan is applied"))
    fetched = await place.fetch_message(posted.id)
    assert "The plan is applied" in str(channel.messages.get(identity).body)
    assert [one.filename for one in fetched.attachments] == ["plan.txt"]
    assert (await channel.press(identity, "t:fill", by=MODERATOR)).modal is not None
    with pytest.raises(ChannelError, match="gone"):
        await channel.press(identity, "t:fill", by=MEMBER)
    await fetched.delete()
    with pytest.raises(discord.NotFound):
        await place.fetch_message(posted.id)


async def test_a_member_can_do_nothing_where_only_moderators_are(channel: LocalChannel) -> None:
    for attempt in (
        lambda: channel.command("echo", {"text": "x"}, where=MODERATORS),
        lambda: channel.autocomplete("timeline", "topic", "s", where=MODERATORS),
    ):
        with pytest.raises(ChannelError, match="#moderators is not open"):
            await attempt()
    with pytest.raises(ChannelError, match="#moderators is not open"):
        channel.say("x", where=MODERATORS)
    said = channel.say("for moderators", by=MODERATOR, where=MODERATORS)
    with pytest.raises(ChannelError, match="gone"):
        await channel.menu("Count words", said.id, by=MEMBER)
    reply = await channel.menu("Count words", said.id, by=MODERATOR)
    assert reply.message is not None and reply.message["channel_id"] == str(MODERATORS_CHANNEL)


async def test_what_the_page_of_a_member_forges_is_refused(channel: LocalChannel) -> None:
    hidden = str(MODERATORS_CHANNEL)
    channel.say("secret", by=MODERATOR, where=MODERATORS)
    forged: list[dict[str, Any]] = [
        {"t": "go", "in": hidden},
        {"t": "say", "in": hidden, "text": "x"},
        {"t": "command", "in": hidden, "name": "echo", "options": {"text": "x"}, "text": "/echo"},
        {"t": "complete", "in": hidden, "name": "timeline", "option": "topic", "typed": "s", "options": {}},
        {"t": "go", "in": str(OTHER_CHANNEL)},
        {"t": "submit", "dialog": "5", "values": {}},
    ]
    path = f"{channel.base_url}/socket?as=member&in={hidden}"
    async with aiohttp.ClientSession() as session, session.ws_connect(path) as socket:
        hello = await socket.receive_json(timeout=60)
        assert hello["place"] == str(CHANNEL) and [one["name"] for one in hello["places"]] == [
            "general",
            "news",
            "Direct message",
        ]
        for message in forged:
            await socket.send_json(message)
            told = await socket.receive_json(timeout=60)
            assert told["t"] == "failed", told
        channel.say("more secrets", by=MODERATOR, where=MODERATORS)
        channel.say("for all")
        told = await socket.receive_json(timeout=60)
        assert told["message"]["content"] == "for all" and "secret" not in json.dumps([hello, told])
    assert len(channel.messages.in_place(MODERATORS)) == 2


async def test_where_the_bot_may_not_write_it_is_told_as_discord_tells_it(
    channel: LocalChannel, bot: discord.Client
) -> None:
    with pytest.raises(discord.NotFound) as unknown:
        await bot.get_partial_messageable(5).send("x")
    assert unknown.value.code == 10003
    with pytest.raises(discord.Forbidden) as elsewhere:
        await bot.get_partial_messageable(OTHER_CHANNEL).send("x")
    assert elsewhere.value.code == 50001
    await channel.permit(NEWS, BOT_PERMISSIONS & ~SEND_MESSAGES)
    with pytest.raises(discord.Forbidden) as mute:
        await bot.get_partial_messageable(NEWS_CHANNEL).send("x")
    assert mute.value.code == 50013
    found = bot.get_channel(NEWS_CHANNEL)
    assert isinstance(found, discord.TextChannel) and not found.permissions_for(found.guild.me).send_messages
    await channel.permit(MODERATORS, 0)
    with pytest.raises(discord.Forbidden) as blind:
        await bot.get_partial_messageable(MODERATORS_CHANNEL).send("x")
    assert blind.value.code == 50001
    await channel.join(ELSEWHERE)
    assert (await bot.get_partial_messageable(OTHER_CHANNEL).send("now it may")).content == "now it may"


async def test_a_message_that_is_sent_twice_under_one_mark_is_there_once(
    channel: LocalChannel, bot: discord.Client
) -> None:
    place = bot.get_partial_messageable(NEWS_CHANNEL)
    first, again, other = [await place.send("digest", nonce=mark) for mark in ("day 1", "day 1", "day 2")]
    assert first.id == again.id != other.id
    assert len(channel.messages.in_place(NEWS)) == 2


async def test_a_message_of_a_person_is_not_the_bots_to_change(channel: LocalChannel, bot: discord.Client) -> None:
    said = channel.say("mine")
    message = bot.get_partial_messageable(CHANNEL).get_partial_message(int(said.id))
    for attempt, code in ((message.edit(content="x"), 50005), (message.delete(), 50013)):
        with pytest.raises(discord.Forbidden) as refused:
            await attempt
        assert refused.value.code == code
    assert channel.messages.get(said.id).body["content"] == "mine"


async def test_the_history_of_a_channel_ends(channel: LocalChannel, bot: discord.Client) -> None:
    for number in range(120):
        channel.say(str(number))
    place = bot.get_partial_messageable(CHANNEL)
    assert [one.content async for one in place.history(limit=None)] == [str(n) for n in range(119, -1, -1)]
    assert [one.content async for one in place.history(limit=3, oldest_first=True)] == ["0", "1", "2"]


async def test_what_the_bot_posts_by_itself_is_waited_for(channel: LocalChannel, bot: discord.Client) -> None:
    posting = asyncio.create_task(bot.get_partial_messageable(NEWS_CHANNEL).send("A digest of today"))
    message = await channel.wait_for_message("digest", NEWS)
    assert message.id == str((await posting).id)
    with pytest.raises(ChannelError, match="Nothing in #general said 'digest'"):
        await channel.wait_for_message("digest", timeout=0.05)


async def test_talk_in_one_channel_takes_nothing_from_another(channel: LocalChannel) -> None:
    channel.say("a plan waits", by=MODERATOR, where=MODERATORS)
    direct = channel.say("in private", where=DIRECT)
    for number in range(KEPT + 1):
        channel.say(str(number))
    assert len(channel.messages.in_place(HOME)) == KEPT
    assert len(channel.messages.in_place(MODERATORS)) == 1
    assert channel.messages.get(direct.id) is direct
