"""What lasts: messages over a restart, a session over a lost connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import MEMBER, MODERATOR
from kzbot.channel.messages import KEPT
from kzbot.channel.server import LocalChannel
from kzbot.errors import ChannelError

OpenChannel = Callable[..., Awaitable[LocalChannel]]
RunBot = Callable[[LocalChannel], AbstractAsyncContextManager[Any]]


async def test_messages_files_and_commands_outlive_the_process(
    open_channel: OpenChannel, run_bot: RunBot, tmp_path: Path
) -> None:
    first = await open_channel(tmp_path)
    async with run_bot(first):
        card = await first.command("timeline", {"topic": "x"})
        picture = await first.command("picture")
        assert picture.message is not None
    await first.close()
    second = await open_channel(tmp_path)
    assert second.commands.data("timeline", {"topic": "x"})["name"] == "timeline"
    assert second.messages.file(picture.message["attachments"][1]["id"]) == b"# pack\n"
    async with run_bot(second):
        turned = await second.press(card.message_id, "t:page:1:n")
        assert "page 2 of 3" in str(turned.message)


async def test_only_the_last_200_messages_stay(open_channel: OpenChannel, tmp_path: Path) -> None:
    channel = await open_channel(tmp_path)
    for number in range(KEPT + 5):
        channel.say(f"message {number}")
    await channel.close()
    again = await open_channel(tmp_path)
    kept = again.messages.visible(MEMBER)
    assert [message.body["content"] for message in kept] == [f"message {number}" for number in range(5, KEPT + 5)]


async def test_a_damaged_file_loses_only_itself(open_channel: OpenChannel, tmp_path: Path) -> None:
    channel = await open_channel(tmp_path)
    lost, kept = channel.say("lost"), channel.say("kept")
    await channel.close()
    (tmp_path / "messages" / f"{lost.id}.json").write_text("{half", "utf-8")
    again = await open_channel(tmp_path)
    assert again.messages.get(kept.id).body["content"] == "kept"


async def test_a_dropped_connection_is_resumed_with_what_was_missed(open_channel: OpenChannel, run_bot: RunBot) -> None:
    channel = await open_channel()
    async with run_bot(channel) as bot:
        await channel.gateway.close_all(4000)
        reply = await channel.command("echo", {"text": "asked while the bot was away"})
        assert reply.message is not None
        async with asyncio.timeout(60):
            while not bot.resumes:  # noqa: ASYNC110 - what was missed comes before the word that all of it came
                await asyncio.sleep(0.02)
        assert (channel.gateway.identified, channel.gateway.resumed, bot.resumes) == (1, 1, 1)


async def test_a_forgotten_session_is_identified_anew(open_channel: OpenChannel, run_bot: RunBot) -> None:
    channel = await open_channel()
    async with run_bot(channel):
        channel.gateway.forget()
        await channel.gateway.close_all(4000)
        async with asyncio.timeout(60):
            while channel.gateway.identified != 2:  # noqa: ASYNC110 - the channel tells nobody
                await asyncio.sleep(0.02)
        assert (await channel.command("echo", {"text": "x"})).message is not None


async def test_waiting_for_a_bot_that_never_comes_ends_with_a_sentence(open_channel: OpenChannel) -> None:
    channel = await open_channel()
    with pytest.raises(ChannelError, match="not connected"):
        await channel.wait_for_bot(timeout=0.1)


async def test_private_replies_belong_to_the_person_who_asked(channel: LocalChannel) -> None:
    reply = await channel.command("timeline", {"topic": "x", "private": True})
    assert reply.private
    assert reply.message_id in [message.id for message in channel.messages.visible(MEMBER)]
    assert reply.message_id not in [message.id for message in channel.messages.visible(MODERATOR)]
    with pytest.raises(ChannelError):
        await channel.press(reply.message_id, "t:page:1:n", by=MODERATOR)
