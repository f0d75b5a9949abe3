"""The web page of the channels: one websocket a tab."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from kzbot.channel.actions import Actions
from kzbot.channel.commands import Commands
from kzbot.channel.dialogs import FormError
from kzbot.channel.gateway import Gateway, send
from kzbot.channel.identity import (
    ACTED_AS,
    GUILD,
    HOME,
    KNOWN,
    MEMBER,
    PLACES,
    SERVER_NAMES,
    Person,
    Place,
    members_of,
    shown_to,
)
from kzbot.channel.interactions import Reply
from kzbot.channel.messages import Message, Messages
from kzbot.channel.objects import BOT_NAME
from kzbot.channel.refusal import Refusal
from kzbot.errors import ChannelError

Command = dict[str, Any]


@dataclass(eq=False)
class Tab:
    """An open page, who acts in it, and the channel that it shows."""

    socket: web.WebSocketResponse
    person: Person = MEMBER
    place: Place = HOME

    async def tell(self, kind: str, **values: Any) -> None:
        await send(self.socket, json.dumps({"t": kind, **values}))


class Pages:
    """Keeps every open tab up to date; what only some people see goes to their tabs only."""

    def __init__(self, gateway: Gateway, commands: Commands, messages: Messages, actions: Actions) -> None:
        self._gateway = gateway
        self._commands = commands
        self._messages = messages
        self._actions = actions
        self._tabs: set[Tab] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.examples: list[str] = []
        self.grace: int | None = None

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/socket", self.socket)]

    # ---- telling the tabs

    def message_changed(self, message: Message, gone: bool) -> None:
        for tab in self._tabs:
            if message.place not in shown_to(tab.person) or not message.seen_by(tab.person):
                continue
            if message.place == tab.place:
                self._later(tab, "gone", id=message.id) if gone else self._later(tab, "message", **message.view())
            elif not gone:
                self._later(tab, "newest", place=str(message.place.channel), id=message.id)

    def commands_changed(self) -> None:
        for tab in self._tabs:
            self._later(tab, "commands", commands=self._commands.all(), menus=self._commands.menus())

    def bot_changed(self) -> None:
        for tab in self._tabs:
            self._later(tab, "bot", connected=self._gateway.connected)

    def examples_changed(self) -> None:
        for tab in self._tabs:
            self._later(tab, "examples", examples=self.examples)

    def servers_changed(self) -> None:
        for tab in self._tabs:
            self._later(tab, "server", server=self._server(tab.person))

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
        tab = Tab(socket, ACTED_AS.get(request.query.get("as", ""), MEMBER))
        tab.place = shown_to(tab.person)[0]
        with contextlib.suppress(ChannelError):
            tab.place = _place(tab, {"in": request.query.get("in", "")})
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
            people=[{"id": str(one.id), "name": one.name} for one in members_of(tab.person.servers[0])],
            names={str(one.id): one.name for one in KNOWN} | {str(one.channel): one.name for one in PLACES.values()},
            server=self._server(tab.person),
            places=[self._about(place, tab.person) for place in shown_to(tab.person)],
            **self._content(tab),
        )

    def _server(self, person: Person) -> Command | None:
        """The server that the person looks at, and whether the bot is in it; of the home server nothing has to be said."""
        server, servers = person.servers[0], self._gateway.servers
        if server == GUILD:
            return None
        left = servers.left.get(server)
        return {
            "name": SERVER_NAMES[server],
            "bot": server in servers.inside,
            "shared": servers.shared_with(person),
            "left": left and left.told(),
            "days": self.grace,
        }

    def _about(self, place: Place, person: Person) -> Command:
        newest = self._messages.visible(person, place)[-1:]
        return {
            "id": str(place.channel),
            "name": place.name,
            "topic": place.topic,
            "direct": place.guild is None,
            "newest": newest[0].id if newest else "0",
        }

    def _content(self, tab: Tab) -> Command:
        shown = [message.view() for message in self._messages.visible(tab.person, tab.place)]
        return {"place": str(tab.place.channel), "messages": shown}

    async def _take(self, tab: Tab, text: str) -> None:
        """One thing that a tab asked for; what goes wrong is told to that tab in words."""
        about: Command = {}
        try:
            about = dict(json.loads(text))
            await self._handlers()[about["t"]](tab, about)
        except ChannelError as error:
            faults = error.faults if isinstance(error, FormError) else {}
            await tab.tell("failed", why=str(error), about=about, faults=faults)
        except (KeyError, TypeError, ValueError, AttributeError):
            await tab.tell("failed", why="The page sent something that the channel does not know.", about={})

    def _handlers(self) -> dict[str, Callable[[Tab, Command], Any]]:
        return {
            "go": self._go,
            "command": self._command,
            "complete": self._complete,
            "menu": self._menu,
            "press": self._press,
            "choose": self._choose,
            "submit": self._submit,
            "say": self._say,
            "dismiss": self._dismiss,
            "invite": self._invite,
            "remove": self._remove,
        }

    async def _go(self, tab: Tab, about: Command) -> None:
        tab.place = _place(tab, about)
        await tab.tell("place", **self._content(tab))

    async def _command(self, tab: Tab, about: Command) -> None:
        name, options, text = about["name"], dict(about["options"]), str(about["text"])[:8000]
        where = _place(tab, about)
        self._offered(tab, where)
        await self._done(tab, about, await self._actions.command(name, options, by=tab.person, where=where, text=text))

    async def _complete(self, tab: Tab, about: Command) -> None:
        name, option, words = about["name"], about["option"], about["typed"]
        where = _place(tab, about)
        self._offered(tab, where)
        choices = await self._actions.autocomplete(name, option, words, about["options"], by=tab.person, where=where)
        await tab.tell("choices", n=about["n"], choices=choices)

    async def _menu(self, tab: Tab, about: Command) -> None:
        self._offered(tab, self._place_of(about))
        await self._done(tab, about, await self._actions.menu(about["name"], about["message"], by=tab.person))

    async def _press(self, tab: Tab, about: Command) -> None:
        self._present(self._place_of(about))
        await self._done(tab, about, await self._actions.press(about["message"], about["id"], by=tab.person))

    async def _choose(self, tab: Tab, about: Command) -> None:
        self._present(self._place_of(about))
        reply = await self._actions.choose(about["message"], about["id"], about["values"], by=tab.person)
        await self._done(tab, about, reply)

    async def _submit(self, tab: Tab, about: Command) -> None:
        self._present()
        await self._actions.submit(str(about["dialog"]), dict(about["values"]), by=tab.person)
        await tab.tell("submitted", dialog=about["dialog"])

    async def _say(self, tab: Tab, about: Command) -> None:
        self._actions.say(about["text"], by=tab.person, where=_place(tab, about))

    async def _dismiss(self, tab: Tab, about: Command) -> None:
        self._actions.dismiss(about["message"], by=tab.person)

    async def _invite(self, tab: Tab, about: Command) -> None:
        await self._gateway.join(_other_server(tab))

    async def _remove(self, tab: Tab, about: Command) -> None:
        await self._gateway.leave(_other_server(tab), removed=True)

    async def _done(self, tab: Tab, about: Command, reply: Reply) -> None:
        if reply.modal is not None:
            await tab.tell("modal", modal=reply.modal, dialog=reply.id)
        await tab.tell("done", n=about.get("n"), message=about.get("message"))

    def _present(self, where: Place | None = None) -> None:
        """Raises ChannelError where the bot is not connected, or not in the server of that channel."""
        if not self._gateway.connected:
            raise ChannelError(f"{BOT_NAME} is not connected to this channel at the moment.")
        if where is not None and where.guild not in (None, *self._gateway.guilds):
            raise ChannelError(f"{BOT_NAME} is not in this server.")

    def _offered(self, tab: Tab, where: Place | None) -> None:
        """Raises ChannelError where the bot's commands are not: in direct messages they need a server that is shared.

        Source: discord/discord-api-docs, issue 8061 (such a command ends as "Unknown Integration").
        """
        self._present(where)
        if where is not None and where.guild is None and not self._gateway.servers.shared_with(tab.person):
            raise ChannelError(f"You share no server with {BOT_NAME}, so its commands do not work here.")

    def _place_of(self, about: Command) -> Place | None:
        """Where the message is that somebody acts on; None where there is none, which the action itself says."""
        try:
            return self._messages.get(about["message"]).place
        except Refusal:
            return None


def _other_server(tab: Tab) -> int:
    """The server whose owner this page stands for. Raises ChannelError for the home server, where the bot stays."""
    server = tab.person.servers[0]
    if server == GUILD:
        raise ChannelError(f"{BOT_NAME} belongs to this server, and is neither invited nor removed here.")
    return server


def _place(tab: Tab, about: Command) -> Place:
    """The channel that the page names, else the one that it shows. Raises ChannelError where the person may not see it."""
    wanted = str(about.get("in") or tab.place.channel)
    place = next((one for one in shown_to(tab.person) if str(one.channel) == wanted), None)
    if place is None:
        raise ChannelError("This channel is not open to you.")
    return place
