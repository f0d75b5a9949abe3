"""Commands are told to Discord only when they changed."""

from __future__ import annotations

from typing import Any

from kzbot.channel.server import LocalChannel
from kzbot.chat.client import ChatClient
from kzbot.chat.redirect import redirect
from kzbot.chat.sync import sync_commands, tree_hash


async def test_commands_are_synced_once_until_they_change(
    channel: LocalChannel, made: Any, sent: list[Any], tmp_path: Any, discord_rules: Any
) -> None:
    services = await made.made_services(tmp_path, {})
    redirect(channel.base_url)
    told = []
    for environ in ({}, {}, {"KZBOT_DISCORD__MODERATOR_PERMISSION": "administrator"}):
        changed = await made.made_services(tmp_path / "", environ)
        client = ChatClient(changed, lambda _: None)
        await client.login("made.up.token")
        assert client._syncing is not None
        await client._syncing
        told.append(tree_hash(client.tree))
        await client.close()
        await changed.log.close()
    await services.log.close()
    puts = [body for body in sent if body[1] == "PUT commands"]
    assert len(puts) == 2
    assert told[0] == told[1] != told[2]
    assert [fault for body in sent for fault in discord_rules(*body)] == []
    names = [one["name"] for one in puts[0][2]]
    assert names == [
        "timeline",
        "exercise",
        "who",
        "source",
        "search",
        "new",
        "help",
        "check",
        "privacy",
        "corpus",
        "log",
        "Check quotes",
    ]


async def test_a_stand_in_is_told_each_time_and_a_refusal_stops_nothing(
    channel: LocalChannel, made: Any, sent: list[Any], tmp_path: Any
) -> None:
    services = await made.made_services(tmp_path, {})
    redirect(channel.base_url)
    client = ChatClient(services, lambda _: None, sync_always=True)
    await client.login("made.up.token")
    assert client._syncing is not None
    await client._syncing
    assert await sync_commands(client.tree, services.log, always=True)
    client.tree.get_commands()[0].description = "x" * 101  # type: ignore[union-attr]
    assert not await sync_commands(client.tree, services.log, always=True)
    await client.close()
    await services.log.close()
