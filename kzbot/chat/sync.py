"""Tells Discord which commands there are: only when they changed, or when Discord has others; each telling counts
against a daily limit."""

import asyncio
import contextlib
import hashlib
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from kzbot.chat.registered import Difference, difference, digest
from kzbot.querylog.log import QueryLog

_log = logging.getLogger(__name__)

AGAIN = 5
"""How often a day (UTC) commands are sent again that somebody else took or replaced: two programs with one application
would overwrite each other without end."""

_LOOK_EVERY = 6 * 60 * 60.0
"""Seconds from a look at Discord's commands to the next, where nothing gives cause for one before."""

Payload = dict[str, Any]


def told(tree: app_commands.CommandTree[Any]) -> list[Payload]:
    """All that Discord is told about the commands."""
    return [command.to_dict(tree) for command in tree.get_commands()]


def tree_hash(tree: app_commands.CommandTree[Any]) -> str:
    """A hash of all that Discord is told about the commands."""
    return hashlib.sha256(json.dumps(told(tree), sort_keys=True).encode()).hexdigest()


def synced_key(application: int | None) -> str:
    """Where the log keeps what this application's commands were when Discord took them: `tree_hash`, and a digest of
    what Discord made of them."""
    return f"commands:{application}"


def again_key(application: int | None) -> str:
    """Where the log keeps how often they were sent again, as "2026-11-22 3"."""
    return f"commands_again:{application}"


class Registrar:
    """Keeps Discord's list of the commands like the tree's, one request at a time.

    `always` (a stand-in that may have forgotten them) sends them at each start. What Discord refuses is reported in
    the process's log and tried again at the next look; the commands that Discord has go on working.
    """

    def __init__(
        self,
        tree: app_commands.CommandTree[Any],
        log: QueryLog,
        clock: Callable[[], datetime],
        *,
        always: bool = False,
    ) -> None:
        self._tree = tree
        self._log = log
        self._clock = clock
        self._always = always
        self._one_at_a_time = asyncio.Lock()
        self._cause = asyncio.Event()

    async def send_changed(self) -> bool:
        """Sends the commands where they are not those that this application sent last; whether they were sent."""
        async with self._one_at_a_time:
            if not self._always and await self._last() == tree_hash(self._tree):
                return False
            return await self._send()

    async def look(self) -> bool:
        """Asks Discord what it has, and sends the commands again where it has others; whether they were sent."""
        async with self._one_at_a_time:
            ours, hashed = told(self._tree), tree_hash(self._tree)
            try:
                there = await self._registered()
            except (discord.HTTPException, OSError) as error:
                _log.warning("Discord could not be asked which commands it has; it is asked again later: %s", error)
                return False
            found = difference(ours, there)
            if not found or hashed != tree_hash(self._tree):  # the latter are new ones, about to be sent
                return False
            if await self._log.state(self._synced) == f"{hashed} {digest(there)}":
                return False  # that is what Discord made of them when they were sent: sending changes nothing
            return await self._may_send_again(found) and await self._send()

    def look_soon(self) -> None:
        """Has `keep` look anew, as the bot's list of servers or its session is another."""
        self._cause.set()

    async def keep(self, *, now: bool) -> None:
        """Looks now if so, whenever there is cause, and every few hours; until it is cancelled."""
        while True:
            self._cause.clear()
            if now:
                try:
                    await self.look()
                except Exception:  # noqa: BLE001 - a task of its own: nobody else would report it
                    _log.exception("The commands that Discord has could not be looked at")
            now = True
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._cause.wait()

    @property
    def _synced(self) -> str:
        return synced_key(self._tree.client.application_id)

    async def _last(self) -> str | None:
        """The `tree_hash` of what was sent last."""
        kept = await self._log.state(self._synced)
        return kept.partition(" ")[0] if kept else None

    async def _registered(self) -> list[Payload]:
        route = Route("GET", "/applications/{application_id}/commands", application_id=self._tree.client.application_id)
        found: list[Payload] = await self._tree.client.http.request(route, params={"with_localizations": "true"})
        return found

    async def _send(self) -> bool:
        client, sent = self._tree.client, tree_hash(self._tree)
        assert client.application_id is not None
        try:
            made: list[Any] = await client.http.bulk_upsert_global_commands(client.application_id, told(self._tree))
        except (discord.HTTPException, OSError) as error:
            _log.warning("The commands could not be sent to Discord; they are tried again later: %s", error)
            return False
        if not self._always:
            await self._log.set_state(self._synced, f"{sent} {digest(made)}")
        return True

    async def _may_send_again(self, found: Difference) -> bool:
        """Reports what Discord has otherwise, and counts; False where that was often enough for today."""
        key, today = again_key(self._tree.client.application_id), self._clock().astimezone(UTC).date().isoformat()
        day, _, count = (await self._log.state(key) or "").partition(" ")
        already = int(count) if day == today and count.isdecimal() else 0
        what = _described(found)
        if already >= AGAIN:
            _log.error(
                "Discord has other commands than this bot (%s), and they were sent again %s times today: another program"
                " seems to use the same application. Stop it, or reset the token in Discord's developer portal and give"
                " it to this bot alone.",
                what,
                already,
            )
            return False
        _log.warning("Discord has other commands than this bot (%s); they are sent again", what)
        await self._log.set_state(key, f"{today} {already + 1}")
        return True


def _described(found: Difference) -> str:
    parts = (("it lacks", found.missing), ("it has otherwise", found.other), ("it has beside them", found.foreign))
    return "; ".join(f"{words}: {', '.join(names)}" for words, names in parts if names)
