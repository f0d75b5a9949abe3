"""Commands are told to Discord only when they changed, or when Discord has others; what it adds of its own is no change."""

from __future__ import annotations

import asyncio
import contextlib
import copy
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from aiohttp import web

from kzbot.channel.identity import APPLICATION, ELSEWHERE, HOME
from kzbot.channel.server import LocalChannel
from kzbot.chat.client import ChatClient
from kzbot.chat.redirect import redirect
from kzbot.chat.registered import Difference, difference, digest
from kzbot.chat.sync import AGAIN, told, tree_hash

NAMES = [
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
FOREIGN = [{"name": "ping", "description": "Of another program", "type": 1}]
PATH = f"/api/v10/applications/{APPLICATION}/commands"


class Asked:
    """Counts what Discord is asked of the commands, and answers some of it otherwise."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.instead: Callable[[str], web.Response | None] = lambda method: None

    async def before(self, request: web.Request) -> web.Response | None:
        if request.path != PATH:
            return None
        self.seen.append(request.method)
        return self.instead(request.method)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
async def channel(asked: Asked, sent: list[Any]) -> AsyncIterator[LocalChannel]:
    opened = LocalChannel(0, on_payload=lambda *body: sent.append(body), faults=asked)
    await opened.start()
    yield opened
    await opened.close()


@contextlib.asynccontextmanager
async def connected(channel: LocalChannel, services: Any) -> AsyncIterator[ChatClient]:
    """A bot that takes the channel for Discord itself, whose list of commands outlives a start."""
    redirect(channel.base_url)
    ready = asyncio.Event()
    client = ChatClient(services, lambda _: ready.set())
    running = asyncio.create_task(client.start("made.up.token"))
    try:
        async with asyncio.timeout(60):
            await ready.wait()
        yield client
    finally:
        await client.close()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def services(made: ModuleType, tmp_path: Path) -> AsyncIterator[Any]:
    opened = await made.made_services(tmp_path, {})
    yield opened
    await opened.log.close()


async def looked_at(client: ChatClient) -> None:
    """Returns once a look that is under way is over."""
    assert client._syncing is not None
    await client._syncing
    await client.registrar.look()


def names(channel: LocalChannel) -> list[str]:
    return [one["name"] for one in channel.commands.get("global")]


async def test_commands_are_synced_once_until_they_change(
    channel: LocalChannel, made: Any, sent: list[Any], tmp_path: Any, discord_rules: Any
) -> None:
    redirect(channel.base_url)
    hashes = []
    for environ in ({}, {}, {"KZBOT_DISCORD__MODERATOR_PERMISSION": "administrator"}):
        changed = await made.made_services(tmp_path, environ)
        async with connected(channel, changed) as client:
            await looked_at(client)
            hashes.append(tree_hash(client.tree))
        await changed.log.close()
    puts = [body for body in sent if body[1] == "PUT commands"]
    assert len(puts) == 2
    assert hashes[0] == hashes[1] != hashes[2]
    assert [fault for body in sent for fault in discord_rules(*body)] == []
    assert [one["name"] for one in puts[0][2]] == NAMES


async def test_a_stand_in_is_told_each_time_and_a_refusal_stops_nothing(
    channel: LocalChannel, services: Any, caplog: pytest.LogCaptureFixture
) -> None:
    redirect(channel.base_url)
    client = ChatClient(services, lambda _: None, sync_always=True)
    await client.login("made.up.token")
    assert client._syncing is not None
    assert await client._syncing
    assert await client.registrar.send_changed()
    client.tree.get_commands()[0].description = "x" * 101  # type: ignore[union-attr]
    assert not await client.registrar.send_changed()
    assert "could not be sent" in caplog.text
    await client.close()


@pytest.mark.parametrize("gone", [(), ("search", "Check quotes")])
async def test_a_restart_brings_back_commands_that_somebody_deleted(
    channel: LocalChannel, services: Any, caplog: pytest.LogCaptureFixture, gone: tuple[str, ...]
) -> None:
    async with connected(channel, services) as client:
        await looked_at(client)
    channel.delete_commands(*gone)
    assert names(channel) == [name for name in NAMES if gone and name not in gone]
    async with connected(channel, services) as client:
        await looked_at(client)
        assert names(channel) == NAMES
    assert ("it lacks: /search, Check quotes;" if gone else "it lacks: /timeline") in f"{caplog.text};".replace(
        ")", ";"
    )


async def test_what_another_program_put_in_their_place_is_replaced(
    channel: LocalChannel, services: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(channel, services) as client:
        await looked_at(client)
        older = [{**one, "description": "As it was"} for one in told(client.tree) if one["name"] == "who"]
    channel.commands.put("global", FOREIGN + older)
    async with connected(channel, services) as client:
        await looked_at(client)
    assert names(channel) == NAMES
    assert "it has otherwise: /who; it has beside them: /ping" in caplog.text


async def test_the_running_bot_looks_again_when_it_is_invited(channel: LocalChannel, services: Any) -> None:
    async with connected(channel, services) as client:
        await looked_at(client)
        await channel.leave(HOME)
        channel.delete_commands()
        await channel.join(HOME)
        await channel.wait_for_bot(60)
        await channel.join(ELSEWHERE)
        assert names(channel) == NAMES


async def test_the_running_bot_looks_again_in_a_new_session(channel: LocalChannel, services: Any) -> None:
    async with connected(channel, services) as client:
        await looked_at(client)
        channel.delete_commands()
        channel.gateway.forget()
        await channel.gateway.close_all(4000)
        await channel.wait_for_bot(60)
    assert names(channel) == NAMES


async def test_the_start_does_not_wait_for_the_look(channel: LocalChannel, services: Any, asked: Asked) -> None:
    async with connected(channel, services) as client:
        await looked_at(client)
    held = asyncio.Event()
    before = asked.before

    async def hold(request: web.Request) -> web.Response | None:
        if request.path == PATH:
            await held.wait()
        return await before(request)

    asked.before = hold  # type: ignore[method-assign]
    async with connected(channel, services):
        assert (await channel.command("help")).message is not None
    held.set()


async def test_two_programs_of_one_application_do_not_fight_without_end(
    channel: LocalChannel, services: Any, asked: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(channel, services) as client:
        await looked_at(client)
        asked.seen.clear()
        for _ in range(AGAIN + 3):
            channel.commands.put("global", FOREIGN)
            await client.registrar.look()
        assert asked.seen.count("PUT") == AGAIN
        assert names(channel) == ["ping"]
    assert "reset the token" in caplog.text
    asked.seen.clear()
    async with connected(channel, services) as client:
        await looked_at(client)
    assert "PUT" not in asked.seen, "also a start counts"


async def test_the_next_day_they_are_sent_again(channel: LocalChannel, made: ModuleType, tmp_path: Path) -> None:
    day = [21]
    services = await made.made_services(tmp_path, {}, clock=lambda: datetime(2026, 11, day[0], 23, 59, tzinfo=UTC))
    async with connected(channel, services) as client:
        await looked_at(client)
        for _ in range(AGAIN + 1):
            channel.delete_commands()
            await client.registrar.look()
        assert names(channel) == []
        day[0] = 22
        await client.registrar.look()
        assert names(channel) == NAMES
    await services.log.close()


async def test_what_discord_writes_otherwise_than_it_is_told_is_not_sent_again_for_that(
    channel: LocalChannel, services: Any, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where Discord would spell a description otherwise by a rule that nobody knows of."""
    get = channel.commands.get

    def otherwise(scope: str, **more: Any) -> list[dict[str, Any]]:
        return [{**one, "description": one["description"].upper()} for one in get(scope, **more)]

    monkeypatch.setattr(channel.commands, "get", otherwise)
    async with connected(channel, services) as client:
        await looked_at(client)
        assert await client.registrar.look() is False
        assert asked.seen.count("PUT") == 1
        channel.delete_commands("who")
        assert await client.registrar.look() is True


async def test_a_discord_that_does_not_say_leaves_all_as_it_is(
    channel: LocalChannel, services: Any, asked: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    asked.instead = lambda method: (
        web.json_response({"code": 0, "message": "no"}, status=403) if method == "GET" else None
    )
    async with connected(channel, services) as client:
        await looked_at(client)
        assert (await channel.command("help")).message is not None
    assert asked.seen.count("PUT") == 1
    assert "could not be asked which commands it has" in caplog.text


async def test_a_refused_first_sending_is_made_up_for_once_the_bot_is_in(
    channel: LocalChannel, services: Any, asked: Asked
) -> None:
    refusals = iter([web.json_response({"code": 0, "message": "no"}, status=403)])
    asked.instead = lambda method: next(refusals, None) if method == "PUT" else None
    async with connected(channel, services):
        await channel.wait_for_bot(60)
    assert names(channel) == NAMES


ONE: dict[str, Any] = {
    "name": "find",
    "description": "Finds",
    "type": 1,
    "nsfw": False,
    "dm_permission": True,
    "default_member_permissions": None,
    "contexts": [0, 1],
    "integration_types": [0],
    "options": [
        {
            "type": 1,
            "name": "all",
            "description": "All",
            "options": [
                {"type": 3, "name": "word", "description": "A word", "required": True, "autocomplete": True},
                {"type": 4, "name": "least", "description": "From", "required": False, "min_value": 0},
                {"type": 3, "name": "kind", "description": "Kind", "choices": [{"name": "A", "value": "a"}]},
            ],
        }
    ],
}


def test_what_discord_adds_or_leaves_out_is_no_difference() -> None:
    there = copy.deepcopy(ONE)
    there |= {"id": "1", "application_id": "2", "version": "3", "name_localizations": None, "handler": 1}
    there |= {"description_localizations": {}, "contexts": [1, 0], "dm_permission": False, "brand_new": [1]}
    del there["nsfw"]
    inner = there["options"][0]["options"]
    inner[0] |= {"name_localizations": None, "choices": [], "min_length": None}
    inner[1] = {"type": 4, "name": "least", "description": "From", "min_value": 0.0, "autocomplete": False}
    inner[2]["choices"][0]["name_localized"] = "A"
    menu = {"name": "Check", "type": 3, "nsfw": False, "default_member_permissions": 32}
    shown = {
        "name": "Check",
        "type": 3,
        "id": "9",
        "description": "",
        "default_member_permissions": "32",
        "options": [],
    }
    assert not difference([ONE, menu], [shown, there])
    assert digest([ONE, menu]) == digest([shown, there])


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(description="Seeks"),
        lambda one: one.update(default_member_permissions="0"),
        lambda one: one.update(nsfw=True),
        lambda one: one.update(contexts=[0]),
        lambda one: one.update(name_localizations={"ru": "найди"}),
        lambda one: one["options"][0].update(name="some"),
        lambda one: one["options"][0]["options"].reverse(),
        lambda one: one["options"][0]["options"][0].update(required=False),
        lambda one: one["options"][0]["options"][0].update(autocomplete=False),
        lambda one: one["options"][0]["options"][1].pop("min_value"),
        lambda one: one["options"][0]["options"][2]["choices"][0].update(value="b"),
        lambda one: one["options"].clear(),
    ],
)
def test_what_people_would_notice_is_a_difference(change: Callable[[Any], Any]) -> None:
    there = copy.deepcopy(ONE)
    change(there)
    assert difference([ONE], [there]) == Difference(other=("/find",))
    assert digest([ONE]) != digest([there])


def test_a_menu_and_a_command_of_one_name_are_two() -> None:
    menu = {"name": "find", "type": 3}
    assert difference([ONE, menu], [ONE]) == Difference(missing=("find",))
    assert difference([ONE], [ONE, menu]) == Difference(foreign=("find",))
