"""The local channel: a Discord stand-in on 127.0.0.1 (REST, gateway) with a web page to type in."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from kzbot.channel.actions import Actions
from kzbot.channel.archive import Archive
from kzbot.channel.commands import GLOBAL, Commands
from kzbot.channel.files import Files
from kzbot.channel.gateway import Gateway
from kzbot.channel.guard import Faults, injected, loopback_only
from kzbot.channel.identity import BOT_PERMISSIONS, HOME, KNOWN, Person, Place, Snowflakes
from kzbot.channel.interactions import Interactions
from kzbot.channel.messages import Message, Messages
from kzbot.channel.objects import channel, guild
from kzbot.channel.pages import Pages
from kzbot.channel.rest import OnPayload, Rest
from kzbot.channel.servers import Servers
from kzbot.channel.uploads import Uploads
from kzbot.errors import ChannelError

ADDRESS = "127.0.0.1"
BACKLOG = 2048  # 200 callbacks at once would wait a second behind a backlog of 128
TRIED_PORTS = 20
REQUEST_BYTES = 26 << 20


class LocalChannel(Actions):
    """One channel, its bot and its people; what a person does is a method (see Actions).

    `port` 0 takes any free port; otherwise the next free one up to 20 above is taken. `store` is a folder where the
    last 200 messages of each channel, the commands and the servers of the bot outlive the process. `on_payload(schema, where, body, file names)` sees each
    body that the bot sends, before it is judged.
    """

    def __init__(
        self,
        port: int = 8765,
        *,
        store: Path | None = None,
        on_payload: OnPayload | None = None,
        faults: Faults | None = None,
    ) -> None:
        ids = Snowflakes()
        self._wanted = port
        self._archive = Archive(store)
        self._runner: web.AppRunner | None = None
        self._ready = asyncio.Event()
        self._talk = asyncio.Event()
        self.servers = Servers(self._archive)
        self.gateway = Gateway(self.servers)
        self.commands = Commands(self._archive, ids)
        self.messages = Messages(self._archive, ids)
        self.interactions = Interactions(self.gateway, self.messages, ids)
        self.uploads = Uploads(ids)
        super().__init__(self.commands, self.messages, self.interactions, self.uploads)
        self._pages = Pages(self.gateway, self.commands, self.messages, self)
        self._files = Files(self.messages, self.uploads)
        self._rest = Rest(self.gateway, self.commands, self.messages, self.interactions, on_payload)
        self._faults = faults
        self.messages.changed = self._message_changed
        self.gateway.changed = self._bot_changed
        self.servers.changed = self._pages.servers_changed
        self._rest.commands_changed = self._commands_changed
        self.port = 0

    @property
    def base_url(self) -> str:
        return f"http://{ADDRESS}:{self.port}"

    async def start(self) -> None:
        """Listens. Raises ChannelError when no port is free or the store cannot be used."""
        application = web.Application(
            middlewares=[loopback_only(), injected(self._faults)], client_max_size=REQUEST_BYTES
        )
        application.add_routes([*self._rest.routes(), web.get("/gateway", self.gateway.handle), *self._pages.routes()])
        application.add_routes(self._files.routes())
        listening = _listen(self._wanted)
        self.port = int(listening.getsockname()[1])
        self.gateway.base_url = self.messages.base_url = self.uploads.base_url = self.base_url
        await self.load()
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.SockSite(self._runner, listening, backlog=BACKLOG).start()

    async def close(self) -> None:
        """Closes every socket and waits until all that is kept is written."""
        await self._pages.close()
        await self.gateway.close_all(1001)
        if self._runner is not None:
            await self._runner.cleanup()
        await asyncio.to_thread(self._archive.close)

    def set_examples(self, questions: list[str]) -> None:
        """Questions that stand in the empty channel to click, as they would be typed."""
        self._pages.examples = list(questions)
        self._pages.examples_changed()

    def set_grace(self, days: int) -> None:
        """How many days after it left a server the bot erases what was asked there; pages say so."""
        self._pages.grace = days

    async def wait_for_bot(self, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - the limit belongs to the promise
        """Waits until the bot is connected and its commands are known. Raises ChannelError."""
        try:
            async with asyncio.timeout(timeout):
                await self._ready.wait()
        except TimeoutError as error:
            missing = "it has registered no commands" if self.gateway.connected else "it is not connected"
            raise ChannelError(f"The bot was not ready within {timeout:g} s: {missing}.") from error

    async def wait_for_message(self, words: str, where: Place = HOME, timeout: float = 10.0) -> Message:  # noqa: ASYNC109
        """The newest message of a channel that holds these words, once there is one. Raises ChannelError."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    for message in reversed(self.messages.in_place(where)):
                        if any(words in text for text in message.texts):
                            return message
                    self._talk.clear()
                    await self._talk.wait()
        except TimeoutError as error:
            raise ChannelError(f"Nothing in #{where.name} said {words!r} within {timeout:g} s.") from error

    async def join(self, place: Place) -> None:
        """Adds the bot to the server of that place, as an invite would."""
        if place.guild is not None:
            await self.gateway.join(place.guild)

    async def leave(self, place: Place) -> None:
        """Takes the bot out of the server of that place, as being kicked would."""
        if place.guild is not None:
            await self.gateway.leave(place.guild, removed=True)

    async def outage(self, place: Place, *, over: bool = False) -> None:
        """Makes the server of that place unavailable to the bot, which stays in it; or available again."""
        if place.guild is None:
            return
        if over:
            await self.gateway.dispatch("GUILD_CREATE", guild(place.guild, self.gateway.rights))
        else:
            await self.gateway.dispatch("GUILD_DELETE", {"id": str(place.guild), "unavailable": True})

    def close_direct(self, person: Person, *, closed: bool = True) -> None:
        """Has this person take no direct messages that the bot begins (50007), or take them again."""
        (self._rest.closed.add if closed else self._rest.closed.discard)(person.id)

    def delete_commands(self, *names: str) -> None:
        """Takes these commands of the bot away, or all, as somebody with its application's token could."""
        self.commands.delete(GLOBAL, names)
        self._commands_changed()

    async def load(self) -> None:
        """Takes up what an earlier process kept."""
        await asyncio.to_thread(self.messages.load)

    def kept(self) -> list[Message]:
        """Every message of every channel, those of one channel in order."""
        return self.messages.kept()

    def users(self) -> set[int]:
        """Everybody whom the channel knows, or knew when a message was written."""
        return self.messages.users() | {person.id for person in KNOWN}

    async def forget(self, user: int, until: datetime | None = None) -> None:
        """Forgets a person: what they wrote, asked for or alone saw, their direct messages, and the files they picked;
        with `until` only messages up to then, and of moments that have not come, from before the clock went back.

        It goes from memory, from open pages and from disk; returns when not a byte of it is left. Only a reply that
        the bot has promised them and not given yet stays, and is given.
        """

        now = datetime.now(UTC)

        def theirs(one: Message) -> bool:
            return user in one.users and (until is None or not until < one.at <= now)

        gone = await self.messages.forget(theirs, self.interactions.under_way())
        self.interactions.forget(user, gone)
        self.uploads.forget(user)
        self.gateway.forget_user(user)

    async def forget_messages(self, which: Callable[[Message], bool]) -> None:
        """Forgets the messages of which that is true, likewise."""
        gone = await self.messages.forget(which, self.interactions.under_way())
        self.interactions.forget(0, gone)

    async def permit(self, place: Place, permissions: int) -> None:
        """Leaves the bot these permissions in a channel, of those that it has elsewhere; it is told so."""
        self.gateway.rights[place.channel] = permissions & BOT_PERMISSIONS
        await self.gateway.dispatch("CHANNEL_UPDATE", channel(place, self.gateway.rights[place.channel]))

    async def drop_pages(self) -> None:
        """Closes the connection of every open page; each comes back by itself."""
        await self._pages.close()

    def _message_changed(self, message: Message, gone: bool) -> None:
        self._talk.set()
        self._pages.message_changed(message, gone)

    def _bot_changed(self) -> None:
        self._pages.bot_changed()
        self._judge()

    def _commands_changed(self) -> None:
        self._pages.commands_changed()
        self._judge()

    def _judge(self) -> None:
        if self.gateway.connected and self.commands.all():
            self._ready.set()
        else:
            self._ready.clear()


def _listen(wanted: int) -> socket.socket:
    for port in range(wanted, wanted + TRIED_PORTS + 1) if wanted else [0]:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((ADDRESS, port))
            listening.listen(BACKLOG)
        except OSError as error:
            listening.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise ChannelError(f"The local channel cannot listen on {ADDRESS}:{port}: {error.strerror}.") from error
        else:
            return listening
    raise ChannelError(
        f"The ports {wanted} to {wanted + TRIED_PORTS} of this machine are all in use; set channel.port to another."
    )
