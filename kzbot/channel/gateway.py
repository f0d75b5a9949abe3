"""The gateway: one websocket that the bot listens on (HELLO, IDENTIFY, READY, RESUME, heartbeats, events).

Source: Discord's gateway documentation, API v10; events are sent as uncompressed JSON text.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from kzbot.channel.objects import application, bot_user, guild
from kzbot.channel.servers import Servers

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACKNOWLEDGED = 0, 1, 2, 6, 7, 9, 10, 11
HEARTBEAT_MS = 41_250
_ACKNOWLEDGED_AFTER = 0.05
"""Seconds, about those of a network. discord.py notes the moment of a heartbeat in a thread of its own, after it is sent: an
answer that is there before counts from the heartbeat before, and is told as a connection that cannot keep up."""
REPLAYED = 500  # events kept for a bot that resumes


class Session:
    """What one IDENTIFY began: numbered events, replayed to a bot that resumes."""

    def __init__(self, identity: str) -> None:
        self.id = identity
        self.sequence = 0
        self.events: deque[tuple[int, str]] = deque(maxlen=REPLAYED)
        self.socket: web.WebSocketResponse | None = None

    async def dispatch(self, event: str, data: Any) -> None:
        """Numbers the event, keeps it for a replay, and sends it where a socket is open."""
        self.sequence += 1
        text = json.dumps({"op": DISPATCH, "s": self.sequence, "t": event, "d": data})
        self.events.append((self.sequence, text))
        await send(self.socket, text)

    def forget(self, user: int) -> None:
        """Keeps no event of this person for a replay."""
        kind, mark = '"t": "INTERACTION_CREATE"', f'"id": "{user}"'
        kept = (one for one in self.events if kind not in one[1] or mark not in one[1])
        self.events = deque(kept, maxlen=REPLAYED)

    async def replay(self, seen: int) -> None:
        for number, text in list(self.events):
            if number > seen:
                await send(self.socket, text)


class Gateway:
    """Serves the bot's socket; events go to the session that identified last.

    `rights` are the bot's permissions by channel where they are not all of its role.
    `refuse_with` (tests) closes the next IDENTIFY or RESUME with that code.
    """

    def __init__(self, servers: Servers) -> None:
        self.servers = servers
        self._session: Session | None = None
        self._sockets: set[web.WebSocketResponse] = set()
        self.base_url = ""
        self.rights: dict[int, int] = {}
        self.refuse_with: int | None = None
        self.identified = 0
        self.resumed = 0
        self.changed: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        return f"ws{self.base_url.removeprefix('http')}/gateway"

    @property
    def guilds(self) -> list[int]:
        """The servers that the bot is in."""
        return self.servers.inside

    @property
    def connected(self) -> bool:
        return self._session is not None and self._session.socket is not None

    async def dispatch(self, event: str, data: Any) -> None:
        if self._session is not None:
            await self._session.dispatch(event, data)

    def forget_user(self, user: int) -> None:
        """Keeps no event of this person for a bot that resumes."""
        if self._session is not None:
            self._session.forget(user)

    async def join(self, guild_id: int) -> None:
        """The bot is in that server from now on, and is told so."""
        if self.servers.enter(guild_id):
            joined = guild(guild_id, self.rights)
            del joined["unavailable"]  # it is there for servers that the bot was in before
            await self.dispatch("GUILD_CREATE", joined)

    async def leave(self, guild_id: int, *, removed: bool = False) -> None:
        """The bot is in that server no more, by itself or `removed` by somebody, and is told so."""
        if self.servers.leave(guild_id, removed=removed):
            await self.dispatch("GUILD_DELETE", {"id": str(guild_id)})

    async def close_all(self, code: int = 4000) -> None:
        """Drops every open socket with that close code."""
        for socket in list(self._sockets):
            await socket.close(code=code)

    def forget(self) -> None:
        """Makes the session unknown, so that the next RESUME is told to identify anew."""
        self._session = None

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=1 << 20, timeout=1.0)
        await socket.prepare(request)
        self._sockets.add(socket)
        session: Session | None = None
        try:
            await send(socket, json.dumps({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT_MS}}))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    session = await self._take(socket, json.loads(message.data)) or session
        finally:
            self._sockets.discard(socket)
            if session is not None and session.socket is socket:
                session.socket = None
                self.changed()
        return socket

    async def _take(self, socket: web.WebSocketResponse, message: dict[str, Any]) -> Session | None:
        operation, data = message.get("op"), message.get("d")
        if operation == HEARTBEAT:
            await asyncio.sleep(_ACKNOWLEDGED_AFTER)
            await send(socket, json.dumps({"op": ACKNOWLEDGED, "d": None}))
        elif operation in (IDENTIFY, RESUME) and self.refuse_with is not None:
            await socket.close(code=self.refuse_with)
        elif operation == IDENTIFY:
            return await self._identify(socket)
        elif operation == RESUME and isinstance(data, dict):
            return await self._resume(socket, data)
        return None

    async def _identify(self, socket: web.WebSocketResponse) -> Session:
        session = self._session = Session(secrets.token_hex(16))
        session.socket = socket
        self.identified += 1
        ready = {
            "v": 10,
            "user": bot_user(),
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "guilds": [{"id": str(one), "unavailable": True} for one in self.guilds],
            "application": {key: application()[key] for key in ("id", "flags")},
            "shard": [0, 1],
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "geo_ordered_rtc_regions": [],
        }
        await session.dispatch("READY", ready)
        for one in self.guilds:
            await session.dispatch("GUILD_CREATE", guild(one, self.rights))
        self.changed()
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        session = self._session
        if session is None or session.id != data.get("session_id"):
            await send(socket, json.dumps({"op": INVALID, "d": False}))
            return None
        session.socket = socket
        self.resumed += 1
        await session.replay(int(data.get("seq") or 0))
        await session.dispatch("RESUMED", {})
        self.changed()
        return session


async def send(socket: web.WebSocketResponse | None, text: str) -> None:
    """Sends where the socket is open; a peer that left meanwhile is no error here."""
    if socket is not None and not socket.closed:
        with contextlib.suppress(ConnectionError, RuntimeError):
            await socket.send_str(text)
