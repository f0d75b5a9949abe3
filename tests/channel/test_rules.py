"""Discord's rules, kept by the channel, so that a bot's mistake shows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from kzbot.channel.gateway import Gateway
from kzbot.channel.identity import APPLICATION, CHANNEL
from kzbot.channel.server import LocalChannel
from kzbot.errors import ChannelError

Judge = Callable[[str, str, Any, tuple[str, ...]], list[str]]
Answer = tuple[int, dict[str, Any]]


class HandBot:
    """A bot that answers by hand: it takes the interactions and sends whatever a test wants."""

    def __init__(self, channel: LocalChannel, session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse):
        self.channel = channel
        self._session = session
        self._socket = socket

    async def event(self, name: str) -> dict[str, Any]:
        while True:
            message = json.loads((await self._socket.receive(timeout=60)).data)
            if message.get("t") == name:
                return dict(message["d"])

    async def asked(self) -> tuple[asyncio.Task[Any], dict[str, Any]]:
        task = asyncio.create_task(self.channel.command("try"))
        return task, await self.event("INTERACTION_CREATE")

    async def send(self, method: str, path: str, body: Any = None) -> Answer:
        async with self._session.request(method, f"{self.channel.base_url}/api/v10{path}", json=body) as response:
            return response.status, (await response.json() if response.status != 204 else {})

    async def answer(self, interaction: dict[str, Any], body: dict[str, Any]) -> Answer:
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback?with_response=1"
        return await self.send("POST", path, body)


@pytest.fixture
async def hand_bot(open_channel: Callable[..., Awaitable[LocalChannel]]) -> Any:
    channel = await open_channel()
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{channel.base_url}/gateway") as socket:
        await socket.send_json({"op": 2, "d": {"token": "a.b.c"}})
        bot = HandBot(channel, session, socket)
        await bot.send("PUT", f"/applications/{APPLICATION}/commands", [{"name": "try", "description": "Try"}])
        await channel.wait_for_bot()
        yield bot


def text(content: str, **more: Any) -> dict[str, Any]:
    return {"type": 4, "data": {"content": content, "allowed_mentions": {"parse": []}, **more}}


async def test_a_second_answer_is_refused(hand_bot: HandBot) -> None:
    task, asked = await hand_bot.asked()
    status, body = await hand_bot.answer(asked, text("one"))
    assert (status, body["resource"]["message"]["content"]) == (200, "one")
    assert (await task).message["content"] == "one"
    status, body = await hand_bot.answer(asked, text("two"))
    assert (status, body["code"]) == (400, 40060)


async def test_a_late_answer_is_an_unknown_interaction(hand_bot: HandBot) -> None:
    hand_bot.channel.interactions.window = 0.1
    task, asked = await hand_bot.asked()
    with pytest.raises(ChannelError):
        await task
    assert (await hand_bot.answer(asked, text("late")))[1]["code"] == 10062


async def test_a_token_expires(hand_bot: HandBot) -> None:
    task, asked = await hand_bot.asked()
    await hand_bot.answer(asked, text("one"))
    await task
    path = f"/webhooks/{APPLICATION}/{asked['token']}"
    assert (await hand_bot.send("POST", path, {"content": "more"}))[0] == 200
    hand_bot.channel.interactions.token_seconds = 0
    status, body = await hand_bot.send("PATCH", f"{path}/messages/@original", {"content": "x"})
    assert (status, body["code"]) == (401, 50027)


async def test_who_is_answered_beside_the_card_that_was_pressed_is_not_waited_for_any_more(hand_bot: HandBot) -> None:
    """Else that card would be kept for a quarter of an hour when its person is forgotten."""
    channel = hand_bot.channel
    _, shown = await hand_bot.send(
        "POST", f"/channels/{CHANNEL}/messages", {"content": "x", "components": [row(button())]}
    )
    task = asyncio.create_task(channel.press(shown["id"], "go"))
    asked = await hand_bot.event("INTERACTION_CREATE")
    await hand_bot.answer(asked, {"type": 6})
    await task
    assert channel.interactions.under_way() == {shown["id"]}
    await hand_bot.send("POST", f"/webhooks/{APPLICATION}/{asked['token']}", {"content": "no", "flags": 64})
    assert channel.interactions.under_way() == set()


CARD = {"type": 17, "components": [{"type": 10, "content": "x"}]}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def button(**values: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "Go", "custom_id": "go", **values}


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"content": "x" * 2001}, "content"),
        ({"components": [CARD]}, "components.0.type"),
        ({"components": [CARD], "flags": 32768, "content": "x"}, "flags"),
        ({"components": [CARD] * 21, "flags": 32768}, "components"),
        ({"components": [{"type": 10, "content": "x" * 2001}] * 2, "flags": 32768}, "components"),
        ({"components": [{"type": 10, "content": " "}], "flags": 32768}, "components.0.content"),
        (
            {"components": [{"type": 9, "components": [{"type": 10, "content": "x"}]}], "flags": 32768},
            "components.0.accessory",
        ),
        ({"components": [row(button(), button())]}, "components"),
        ({"components": [row(button(label="x" * 81))]}, "components.0.components.0.label"),
        ({"components": [row(button(custom_id="x" * 101))]}, "components.0.components.0.custom_id"),
        (
            {"components": [row(button(style=5, custom_id=None, url="https://x.y/" + "z" * 501))]},
            "components.0.components.0.url",
        ),
        ({"components": [row(button(style=5, custom_id=None, url="javascript:x"))]}, "components.0.components.0.url"),
        ({"components": [row({"type": 3, "custom_id": "s", "options": []})]}, "components.0.components.0.options"),
        ({"components": [{"type": 13, "file": {"url": "attachment://no.txt"}}], "flags": 32768}, "components.0"),
    ],
)
async def test_a_message_over_a_limit_is_refused_where_the_fault_stands(
    hand_bot: HandBot, data: dict[str, Any], path: str
) -> None:
    task, asked = await hand_bot.asked()
    status, body = await hand_bot.answer(asked, {"type": 4, "data": data})
    assert (status, body["code"]) == (400, 50035)
    level = body["errors"]
    for step in path.split("."):
        level = level[step]
    assert level["_errors"]
    await hand_bot.answer(asked, text("a refused answer may be mended"))
    assert (await task).type == 4


async def test_an_empty_message_is_refused(hand_bot: HandBot) -> None:
    status, body = await hand_bot.send("POST", f"/channels/{CHANNEL}/messages", {"content": ""})
    assert (status, body["code"]) == (400, 50006)


async def test_a_plain_message_cannot_become_a_card_with_its_words_left_in(hand_bot: HandBot) -> None:
    _, message = await hand_bot.send("POST", f"/channels/{CHANNEL}/messages", {"content": "words"})
    path = f"/channels/{CHANNEL}/messages/{message['id']}"
    status, _ = await hand_bot.send("PATCH", path, {"components": [CARD], "flags": 32768})
    assert status == 400
    assert (await hand_bot.send("GET", path))[1]["content"] == "words"


@pytest.mark.parametrize("choice", [{"name": "x" * 101, "value": "x"}, {"name": "x", "value": "x" * 101}])
async def test_choices_have_limits(hand_bot: HandBot, choice: dict[str, str]) -> None:
    options = [{"type": 3, "name": "word", "description": "A word", "autocomplete": True}]
    commands = [{"name": "try", "description": "Try", "options": options}]
    await hand_bot.send("PUT", f"/applications/{APPLICATION}/commands", commands)
    task = asyncio.create_task(hand_bot.channel.autocomplete("try", "word", "x"))
    asked = await hand_bot.event("INTERACTION_CREATE")
    assert (await hand_bot.answer(asked, {"type": 8, "data": {"choices": [choice]}}))[0] == 400
    assert (await hand_bot.answer(asked, {"type": 8, "data": {"choices": [{"name": "a", "value": "b"}] * 26}}))[
        0
    ] == 400
    await hand_bot.answer(asked, {"type": 8, "data": {"choices": []}})
    assert await task == []


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Upper", "description": "x"},
        {"name": "x", "description": ""},
        {"name": "x", "description": "y" * 101},
        {"name": "Check it", "type": 3, "description": "a menu has none"},
        {"name": "x" * 33, "type": 3},
        {"name": "Check it", "type": 3, "options": [{"type": 3, "name": "a", "description": "a"}]},
        {"name": "Check it", "type": 9},
        {
            "name": "x",
            "description": "y",
            "options": [
                {"type": 3, "name": "a", "description": "a"},
                {"type": 3, "name": "b", "description": "b", "required": True},
            ],
        },
    ],
)
async def test_commands_have_limits(hand_bot: HandBot, command: dict[str, Any]) -> None:
    status, body = await hand_bot.send("PUT", f"/applications/{APPLICATION}/commands", [command])
    assert (status, body["code"]) == (400, 50035)


async def test_menus_have_names_of_their_own_and_are_at_most_15(hand_bot: HandBot) -> None:
    path = f"/applications/{APPLICATION}/commands"
    slash = {"name": "try", "description": "Try"}
    menus = [{"name": f"Check no. {number}", "type": 3} for number in range(16)]
    assert (await hand_bot.send("PUT", path, [slash, *menus[:15]]))[0] == 200
    assert [one["name"] for one in hand_bot.channel.commands.menus()] == [one["name"] for one in menus[:15]]
    assert [one["name"] for one in hand_bot.channel.commands.all()] == ["try"]
    assert (await hand_bot.send("PUT", path, [slash, *menus]))[1]["code"] == 30032


async def test_what_the_small_bot_sends_passes_discords_specification(
    channel: LocalChannel, sent: list[Any], discord_rules: Judge
) -> None:
    first = await channel.command("timeline", {"topic": "x", "private": True})
    await channel.press(first.message_id, "t:page:1:n")
    await channel.autocomplete("timeline", "topic", "s")
    await (await channel.command("slow")).filled()
    await channel.command("picture")
    await channel.command("report")
    dialog = await channel.press((await channel.command("desk")).message_id, "t:fill")
    await channel.submit(dialog.id, {"kind": ["news"]})
    await channel.command("add", files={"file1": ("a.txt", b"x")})
    schemas = {schema for schema, *_ in sent}
    assert {"ApplicationCommandUpdateRequest", "ModalInteractionCallbackRequest"} <= schemas
    assert [fault for payload in sent for fault in discord_rules(*payload)] == []


async def test_foreign_hosts_and_origins_are_refused(open_channel: Callable[..., Awaitable[LocalChannel]]) -> None:
    channel = await open_channel()
    async with aiohttp.ClientSession() as session:

        async def status(path: str, **headers: str) -> int:
            async with session.get(channel.base_url + path, headers=headers) as response:
                return response.status

        for path in ("/", "/api/v10/users/@me", "/socket", "/gateway", "/page/app.js"):
            assert await status(path, Host="evil.example") == 421
            assert await status(path, Host=f"127.0.0.1.evil.example:{channel.port}") == 421
            assert await status(path, Host="localhost:1; script-src *") == 421
            assert await status(path, Origin="https://evil.example") == 403
            assert await status(path, Origin="null") == 403
        assert await status("/", Host=f"localhost:{channel.port}", Origin=f"http://localhost:{channel.port}") == 200
        assert await status("/page/..%2fserver.py") == 404


async def test_a_taken_port_gives_way_to_the_next(open_channel: Callable[..., Awaitable[LocalChannel]]) -> None:
    first = await open_channel()
    second = LocalChannel(first.port)
    await second.start()
    try:
        assert first.port < second.port <= first.port + 20
    finally:
        await second.close()


async def test_faults_come_from_the_tests_hook(open_channel: Callable[..., Awaitable[LocalChannel]]) -> None:
    class Busy:
        async def before(self, request: web.Request) -> web.Response | None:
            return web.Response(status=503) if request.path.startswith("/api/") else None

    channel = await open_channel(faults=Busy())
    async with aiohttp.ClientSession() as session, session.get(f"{channel.base_url}/api/v10/users/@me") as response:
        assert response.status == 503


async def test_the_gateway_can_refuse_a_token(hand_bot: HandBot) -> None:
    gateway: Gateway = hand_bot.channel.gateway
    gateway.refuse_with = 4004
    async with aiohttp.ClientSession() as session, session.ws_connect(gateway.url) as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 2, "d": {"token": "bad"}})
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == 4004


async def test_commands_are_shown_as_discord_shows_them(hand_bot: HandBot, rules_at_hand: Judge | None) -> None:
    path = f"/applications/{APPLICATION}/commands"
    option = {"type": 3, "name": "word", "description": "A word", "required": False, "min_length": None, "choices": []}
    find = {
        "name": "find",
        "description": "Finds",
        "options": [option],
        "default_member_permissions": 32,
        "nsfw": False,
    }
    menu = {"name": "Check", "type": 3, "contexts": [0], "name_localizations": {"ru": "Проверить"}}
    put: Any = (await hand_bot.send("PUT", path, [find, menu]))[1]
    shown: Any
    translated: Any
    shown, translated = [(await hand_bot.send("GET", path + more))[1] for more in ("", "?with_localizations=true")]
    assert put == translated
    assert shown[0]["options"] == [{"type": 3, "name": "word", "description": "A word"}]
    assert shown[0]["default_member_permissions"] == "32" and shown[1]["default_member_permissions"] is None
    assert [one["dm_permission"] for one in shown] == [True, False]
    assert "name_localizations" not in shown[1] and translated[1]["name_localizations"] == {"ru": "Проверить"}
    for one in [*shown, *translated]:
        if rules_at_hand is None:
            break
        faults = rules_at_hand("ApplicationCommandResponse", "shown", one, ())  # what is said of messages does not hold
        assert [fault for fault in faults if "ApplicationCommandResponse" in fault] == []


async def test_commands_of_others_are_not_shown(hand_bot: HandBot) -> None:
    status, body = await hand_bot.send("GET", "/applications/1/commands")
    assert (status, body["code"]) == (403, 20012)
    status, body = await hand_bot.send("GET", f"/applications/{APPLICATION}/guilds/1/commands")
    assert (status, body["code"]) == (403, 50001)


async def test_commands_that_somebody_deletes_are_gone(hand_bot: HandBot) -> None:
    path = f"/applications/{APPLICATION}/commands"
    await hand_bot.send("PUT", path, [{"name": name, "description": "Try"} for name in ("one", "two")])
    hand_bot.channel.delete_commands("one")
    shown: Any = (await hand_bot.send("GET", path))[1]
    assert [one["name"] for one in shown] == ["two"]
    hand_bot.channel.delete_commands()
    assert not (await hand_bot.send("GET", path))[1]
