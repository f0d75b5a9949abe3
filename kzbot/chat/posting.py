"""Cards that the bot posts by itself: where they may stand, how they are found again, and what is logged where they cannot be."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import discord
from discord import ui

from kzbot.chat.desk import Desk
from kzbot.chat.handle import Handle
from kzbot.chat.permissions import home_server
from kzbot.querylog.ledger.rows import Post

_log = logging.getLogger(__name__)

Room = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel
"""What a message can be posted in; a forum takes threads only."""
MODERATORS, NEWS = "moderators_channel", "digest_channel"
"""The settings (in their section discord) that name the channels."""


class Posts:
    """Posts for one client. What cannot be posted is logged in words, once for each channel and reason, and holds nobody up."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk
        self._complained: set[tuple[int, str]] = set()

    async def room(self, setting: str) -> Room | None:
        """The channel that this setting names; None where it names none, or one that cannot be posted in.

        It must be in the home server, and moderators' cards are shown nowhere else.
        """
        id_ = getattr(self._desk.services.settings.discord, setting)
        if id_ is None:
            return None
        try:
            found = self._client.get_channel(id_) or await self._client.fetch_channel(id_)
        except discord.HTTPException as error:
            self._complain(id_, setting, f"Discord does not show it to the bot ({error.text or error})")
            return None
        if not isinstance(found, Room):
            self._complain(id_, setting, "it is no channel for messages")
            return None
        if found.guild.id != home_server(self._client, self._desk.services.settings.discord):
            self._complain(id_, setting, "it is not in the home server")
            return None
        return found

    async def post(
        self,
        setting: str,
        purpose: str,
        about: str,
        show: Callable[[Handle], ui.LayoutView],
        *,
        command: str,
        generation: str | None = None,
    ) -> bool:
        """Posts a card with a row of its own in the log, and keeps where; whether it is there now.

        `purpose` and `about` say what it holds, for `find`; `command` and `generation` stand in the row, against which its
        buttons are checked. `show` makes the card from the handle of that row.
        """
        room = await self.room(setting)
        if room is None:
            return False
        handle = await self._desk.note_own(room.id, command, {}, generation)
        message = await self.send(setting, room, show(handle))
        if message is None:
            return False
        await self.keep(purpose, about, room, message.id)
        return True

    async def send(self, setting: str, room: Room, view: ui.LayoutView) -> discord.Message | None:
        """The message, None where Discord refuses it; it pings nobody."""
        try:
            return await room.send(view=view, allowed_mentions=discord.AllowedMentions.none())
        except discord.HTTPException as error:
            self._complain(room.id, setting, f"Discord refuses a message there ({error.text or error})")
            return None

    async def keep(self, purpose: str, about: str, room: Room, message: int) -> None:
        """Keeps where something was posted."""
        post = Post(at=datetime.now(UTC), purpose=purpose, about=about, channel=room.id, message=message)
        await self._desk.services.log.ledger.posted(post)

    async def edit(self, post: Post | None, kind: str, show: Callable[[Handle], ui.LayoutView]) -> bool:
        """Puts another card in the place of a post, if that still has a button of this kind; whether it did.

        `show` makes the card from that button's handle. A post that is gone, or that cannot be read, is left alone.
        """
        if post is None:
            return False
        try:
            channel = self._client.get_channel(post.channel) or await self._client.fetch_channel(post.channel)
            if not isinstance(channel, Room):
                return False
            message = await channel.fetch_message(post.message)
            handles = [handle for handle in handles_of(message.components) if handle.kind == kind]
            if not handles:
                return False
            await message.edit(view=show(handles[0]), allowed_mentions=discord.AllowedMentions.none())
        except discord.HTTPException as error:
            _log.info("A card that was posted before could not be brought up to date: %s", error)
            return False
        return True

    def _complain(self, channel: int, setting: str, reason: str) -> None:
        if (channel, reason) not in self._complained:
            self._complained.add((channel, reason))
            _log.warning(
                "Nothing can be posted in the channel %s (discord.%s): %s; let the bot see that channel and send messages in"
                " it, or name another one",
                channel,
                setting,
                reason,
            )


def handles_of(components: Iterable[Any]) -> list[Handle]:
    """What the buttons and selects of a message remember, in order."""
    found: list[Handle] = []
    for one in components:
        handle = Handle.parse(getattr(one, "custom_id", None) or "")
        if handle is not None:
            found.append(handle)
        found += handles_of(getattr(one, "children", None) or ())
        accessory = getattr(one, "accessory", None)
        found += handles_of((accessory,) if accessory is not None else ())
    return found
