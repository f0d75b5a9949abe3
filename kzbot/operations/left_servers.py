"""Servers that the bot has left: the questions from there go some days later, unless it comes back."""

from collections.abc import Collection
from datetime import datetime, timedelta

from kzbot.querylog.log import QueryLog
from kzbot.querylog.rows import text_of

_KEY = "left:"


class LeftServers:
    """What the log remembers of them; an outage of a server is not leaving it."""

    def __init__(self, log: QueryLog) -> None:
        self._log = log

    async def left(self, server: int, at: datetime) -> None:
        """The bot is in this server no more; the first such moment counts."""
        if await self._log.state(f"{_KEY}{server}") is None:
            await self._log.set_state(f"{_KEY}{server}", text_of(at))

    async def joined(self, server: int) -> None:
        """It is in this server, as if it had never left."""
        if await self._log.state(f"{_KEY}{server}") is not None:
            await self.forget(server)

    async def present(self, servers: Collection[int], at: datetime) -> None:
        """It is in these servers and no other: whichever else the log knows was left while the bot was away."""
        for server in servers:
            await self.joined(server)
        for server in await self._log.servers():
            if server not in servers:
                await self.left(server, at)

    async def due(self, now: datetime, days: int, home: int | None) -> list[int]:
        """Those that were left so many days ago; never the home server."""
        known = await self._log.states(_KEY)
        longest = timedelta(days=days)
        return [
            int(server)
            for server, at in known.items()
            if int(server) != home and now - datetime.fromisoformat(at) >= longest
        ]

    async def forget(self, server: int) -> None:
        """Nothing of it is left to erase."""
        await self._log.drop_state(f"{_KEY}{server}")
