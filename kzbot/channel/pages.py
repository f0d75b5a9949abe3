"""The web page of the channel: its files, the attachments, and one websocket a tab."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from kzbot.channel.actions import Actions
from kzbot.channel.commands import Commands
from kzbot.channel.gateway import Gateway, send
from kzbot.channel.identity import HOME, MEMBER, PEOPLE, Person
from kzbot.channel.interactions import Reply
from kzbot.channel.messages import TYPES, Message, Messages, content_type
from kzbot.channel.objects import BOT_NAME
from kzbot.errors import ChannelError

FOLDER = Path(__file__).parent / "page"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws://{host}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
Command = dict[str, Any]


@dataclass(eq=False)
class Tab:
    """An open page and who acts in it."""

    socket: web.WebSocketResponse
    person: Person = MEMBER

    async def tell(self, kind: str, **values: Any) -> None:
        await send(self.socket, json.dumps({"t": kind, **values}))


class Pages:
    """Serves the page and keeps every open tab up to date; a private reply goes to its own person's tabs only."""

    def __init__(self, gateway: Gateway, commands: Commands, messages: Messages, actions: Actions) -> None:
        self._gateway = gateway
        self._commands = commands
        self._messages = messages
        self._actions = actions
        self._tabs: set[Tab] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.examples: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.index),
            web.get("/page/{name}", self.asset),
            web.get("/socket", self.socket),
            web.get("/cdn/attachments/{id}/{name}", self.attachment),
        ]

    async def index(self, request: web.Request) -> web.StreamResponse:
        return _asset("index.html", request)

    async def asset(self, request: web.Request) -> web.StreamResponse:
        return _asset(request.match_info["name"], request)

    async def attachment(self, request: web.Request) -> web.StreamResponse:
        """Pictures are shown; everything else is only ever downloaded."""
        content = self._messages.file(request.match_info["id"])
        if content is None:
            raise web.HTTPNotFound
        kind = content_type(request.match_info["name"])
        headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
        if kind not in TYPES.values():
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=content, content_type=kind, headers=headers)

    # ---- telling the tabs

    def message_changed(self, message: Message, gone: bool) -> None:
        for tab in self._tabs:
            if message.place == HOME and message.seen_by(tab.person):
                self._later(tab, "gone", id=message.id) if gone else self._later(tab, "message", **message.view())

    def commands_changed(self) -> None:
        for tab in self._tabs:
            self._later(tab, "commands", commands=self._commands.all(), menus=self._commands.menus())

    def bot_changed(self) -> None:
        for tab in self._tabs:
            self._later(tab, "bot", connected=self._gateway.connected)

    def examples_changed(self) -> None:
        for tab in self._tabs:
            self._later(tab, "examples", examples=self.examples)

    def _later(self, tab: Tab, kind: str, **values: Any) -> None:
        self._start(tab.tell(kind, **values))

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ---- one tab

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=1 << 18, heartbeat=30.0, timeout=1.0)
        await socket.prepare(request)
        tab = Tab(socket, PEOPLE.get(request.query.get("as", ""), MEMBER))
        await self._greet(tab)
        self._tabs.add(tab)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._start(self._take(tab, message.data))
        finally:
            self._tabs.discard(tab)
        return socket

    async def close(self) -> None:
        for tab in list(self._tabs):
            await tab.socket.close(code=1001)
        for task in list(self._tasks):
            task.cancel()

    async def _greet(self, tab: Tab) -> None:
        await tab.tell(
            "hello",
            bot=BOT_NAME,
            connected=self._gateway.connected,
            person=tab.person.key,
            permissions=str(tab.person.permissions),
            commands=self._commands.all(),
            menus=self._commands.menus(),
            examples=self.examples,
            messages=[message.view() for message in self._messages.visible(tab.person)],
        )

    async def _take(self, tab: Tab, text: str) -> None:
        """One thing that a tab asked for; what goes wrong is told to that tab in words."""
        about: Command = {}
        try:
            about = dict(json.loads(text))
            await self._handlers()[about["t"]](tab, about)
        except ChannelError as error:
            await tab.tell("failed", why=str(error), about=about)
        except (KeyError, TypeError, ValueError, AttributeError):
            await tab.tell("failed", why="The page sent something that the channel does not know.", about={})

    def _handlers(self) -> dict[str, Callable[[Tab, Command], Any]]:
        return {
            "command": self._command,
            "complete": self._complete,
            "menu": self._menu,
            "press": self._press,
            "choose": self._choose,
            "submit": self._submit,
            "say": self._say,
            "dismiss": self._dismiss,
        }

    async def _command(self, tab: Tab, about: Command) -> None:
        self._present()
        text = str(about["text"])[:8000]
        await self._done(
            tab, about, await self._actions.command(about["name"], about["options"], by=tab.person, text=text)
        )

    async def _complete(self, tab: Tab, about: Command) -> None:
        name, option, words = about["name"], about["option"], about["typed"]
        choices = await self._actions.autocomplete(name, option, words, about["options"], by=tab.person)
        await tab.tell("choices", n=about["n"], choices=choices)

    async def _menu(self, tab: Tab, about: Command) -> None:
        self._present()
        await self._done(tab, about, await self._actions.menu(about["name"], about["message"], by=tab.person))

    async def _press(self, tab: Tab, about: Command) -> None:
        self._present()
        await self._done(tab, about, await self._actions.press(about["message"], about["id"], by=tab.person))

    async def _choose(self, tab: Tab, about: Command) -> None:
        self._present()
        reply = await self._actions.choose(about["message"], about["id"], about["values"], by=tab.person)
        await self._done(tab, about, reply)

    async def _submit(self, tab: Tab, about: Command) -> None:
        self._present()
        await self._actions.submit(about["modal"], about["values"], by=tab.person, message_id=about.get("message"))

    async def _say(self, tab: Tab, about: Command) -> None:
        self._actions.say(about["text"], by=tab.person)

    async def _dismiss(self, tab: Tab, about: Command) -> None:
        self._actions.dismiss(about["message"], by=tab.person)

    async def _done(self, tab: Tab, about: Command, reply: Reply) -> None:
        if reply.modal is not None:
            await tab.tell("modal", modal=reply.modal, message=about.get("message"))
        await tab.tell("done", n=about.get("n"), message=about.get("message"))

    def _present(self) -> None:
        if not self._gateway.connected:
            raise ChannelError(f"{BOT_NAME} is not connected to this channel at the moment.")


def _asset(name: str, request: web.Request) -> web.FileResponse:
    """A file of the page by its bare name; nothing else of the disk can be reached."""
    if name not in {path.name for path in FOLDER.iterdir()}:
        raise web.HTTPNotFound
    policy = POLICY.format(host=request.host)
    return web.FileResponse(FOLDER / name, headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"})
