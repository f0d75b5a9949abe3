"""A person asks, the real client answers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kzbot.channel.identity import DIRECT, ELSEWHERE, HOME, MODERATOR, NEWS
from kzbot.channel.interactions import NoAnswerError
from kzbot.channel.server import LocalChannel
from kzbot.errors import ChannelError


async def test_a_command_is_answered_with_a_card(channel: LocalChannel) -> None:
    reply = await channel.command("timeline", {"topic": "Steppe Eagle", "year": 2012})
    assert reply.type == 4
    assert reply.message is not None
    assert "page 1 of 3" in reply.message["components"][0]["components"][0]["content"]
    assert not reply.private


async def test_autocomplete_offers_what_the_bot_offers(channel: LocalChannel) -> None:
    choices = await channel.autocomplete("timeline", "topic", "step")
    assert [choice["name"] for choice in choices] == ["Steppe Eagle", "Steppe Eagle 2012"]


async def test_a_button_turns_the_page_of_the_same_message(channel: LocalChannel) -> None:
    first = await channel.command("timeline", {"topic": "x"})
    turned = await channel.press(first.message_id, "t:page:1:n")
    assert turned.type == 7
    assert turned.message_id == first.message_id
    assert "page 2 of 3" in str(turned.message)
    chosen = await channel.choose(first.message_id, "t:pick", ["2"])
    assert "page 3 of 3" in str(chosen.message)


async def test_a_disabled_or_absent_button_cannot_be_pressed(channel: LocalChannel) -> None:
    first = await channel.command("timeline", {"topic": "x"})
    for custom_id in ("t:page:9:p", "t:page:7:n"):
        with pytest.raises(ChannelError):
            await channel.press(first.message_id, custom_id)


async def test_a_moderators_subcommand(channel: LocalChannel) -> None:
    assert "Only moderators" in str((await channel.command("corpus reload")).message)
    assert "Reloaded" in str((await channel.command("corpus reload", by=MODERATOR)).message)
    await channel.join(ELSEWHERE)
    assert "Reloaded" in str((await channel.command("corpus reload", by=MODERATOR, where=ELSEWHERE)).message)
    direct = await channel.command("echo", {"text": "hello"}, where=DIRECT)
    assert direct.message is not None and direct.message["content"] == "hello"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"user": "@Moderator"}, f"Member {MODERATOR.id} Moderator, None"),
        ({"user": MODERATOR.id, "room": "news"}, f"Member {MODERATOR.id} Moderator, news {NEWS.channel} True"),
        ({"user": "123456789012345678"}, "User 123456789012345678 left-5678, None"),
        ({"room": HOME.channel}, f"None, general {HOME.channel} True"),
    ],
)
async def test_people_and_channels_are_named_or_given_by_id_and_who_has_left_is_no_member(
    channel: LocalChannel, options: dict[str, Any], said: str
) -> None:
    reply = await channel.command("named", options)
    assert reply.message is not None and reply.message["content"] == said


@pytest.mark.parametrize("options", [{"user": "nobody"}, {"user": "12"}, {"room": "#lobby"}, {"room": "999"}])
async def test_who_or_what_is_not_there_cannot_be_named(channel: LocalChannel, options: dict[str, Any]) -> None:
    with pytest.raises(ChannelError, match=r"nobody here|no channel here"):
        await channel.command("named", options)


async def test_thinking_becomes_the_answer_and_follow_ups_come_after(channel: LocalChannel, bot: Any) -> None:
    bot.thought.clear()
    reply = await channel.command("slow")
    assert reply.type == 5
    assert reply.message is not None and reply.message["flags"] & 128
    bot.thought.set()
    await reply.filled()
    assert reply.private
    assert reply.message["content"] == "Done thinking" and not reply.message["flags"] & 128
    async with asyncio.timeout(60):
        while not reply.followups:  # noqa: ASYNC110 - the channel tells nobody
            await asyncio.sleep(0.01)
    assert [one["content"] for one in reply.followups] == ["One more thing"]


async def test_a_bot_that_says_nothing_did_not_respond(channel: LocalChannel) -> None:
    channel.interactions.window = 0.2
    with pytest.raises(NoAnswerError, match="did not respond"):
        await channel.command("silent")


async def test_an_entry_of_a_messages_menu_is_given_the_message(channel: LocalChannel) -> None:
    said = channel.say("three plain words", by=MODERATOR)
    reply = await channel.menu("Count words", said.id)
    assert reply.message is not None and reply.message["content"] == "Moderator: 3 words"
    assert reply.private and reply.message["type"] == 23
    assert reply.message["interaction_metadata"]["target_message_id"] == said.id
    with pytest.raises(ChannelError, match="Count letters"):
        await channel.menu("Count letters", said.id)
    with pytest.raises(ChannelError, match="no menu"):
        await channel.menu("Count words", reply.message_id)
    direct = await channel.menu("Count words", channel.say("in private", where=DIRECT).id)
    assert direct.message is not None and direct.message["content"] == "Member: 2 words"


async def test_pictures_and_files_can_be_fetched(channel: LocalChannel) -> None:
    reply = await channel.command("picture")
    assert reply.message is not None
    box = reply.message["components"][0]["components"]
    assert box[1]["items"][0]["media"]["url"].startswith(channel.base_url)
    assert (box[2]["name"], box[2]["size"]) == ("pack.md", 7)
    assert channel.messages.file(reply.message["attachments"][1]["id"]) == b"# pack\n"


async def test_a_dialog_is_sent_back(channel: LocalChannel) -> None:
    dialog = await channel.command("report")
    assert dialog.modal is not None and dialog.modal["title"] == "Report a mistake"
    answer = await channel.submit(dialog.modal, {"words": "the date"})
    assert answer.message is not None and answer.message["content"] == "Reported: the date"


@pytest.mark.parametrize(("ping", "everyone", "people"), [(False, False, 0), (True, True, 1)])
async def test_only_allowed_mentions_ping(channel: LocalChannel, ping: bool, everyone: bool, people: int) -> None:
    text = f"@everyone <@{MODERATOR.id}>"
    reply = await channel.command("echo", {"text": text, "ping": ping})
    assert reply.message is not None
    assert (reply.message["mention_everyone"], len(reply.message["mentions"])) == (everyone, people)


async def test_unknown_commands_and_options_are_named(channel: LocalChannel) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [("nothing", {}), ("timeline", {"colour": 1}), ("corpus", {})]
    for name, options in asked:
        with pytest.raises(ChannelError):
            await channel.command(name, options)
