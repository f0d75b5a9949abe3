"""The channels that the bot posts in by itself: that they are there, in the home server, and that it may post in them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from kzbot.cli.checks.check import Check
from kzbot.cli.checks.refused import Refused
from kzbot.phrases import Phrases
from kzbot.settings import DiscordSettings

_SETTINGS = ("moderators_channel", "digest_channel")
_ADMINISTRATOR = 1 << 3
_NEEDED = {"view": 1 << 10, "send": 1 << 11, "history": 1 << 16}
"""Bits of Discord's permissions, by the names of their phrases."""

Get = Callable[[str], Awaitable[Any]]


async def check_rooms(
    get: Get, settings: DiscordSettings, server: Mapping[str, Any], bot: int, phrases: Phrases
) -> list[Check]:
    """A check for each channel that the settings name. `server` is the home server as the bot's own list of servers has it."""
    checks = []
    for name in _SETTINGS:
        id_ = getattr(settings, name)
        if id_ is not None:
            subject = phrases.say(f"cli.doctor.rooms.{name}")
            fault = await _fault(get, id_, server, bot, phrases)
            if fault is None:
                checks.append(Check(subject, "ok", phrases.say("cli.doctor.rooms.well", id=id_)))
            else:
                mend = phrases.say("cli.doctor.rooms.mend", setting=f"discord.{name}")
                checks.append(Check(subject, "wrong", fault, mend))
    return checks


async def _fault(get: Get, id_: int, server: Mapping[str, Any], bot: int, phrases: Phrases) -> str | None:
    """Why nothing can be posted there, None where it can."""
    try:
        channel = await get(f"/channels/{id_}")
        if channel.get("guild_id") != server["id"]:
            return phrases.say("cli.doctor.rooms.elsewhere", id=id_)
        mine = (await get(f"/guilds/{server['id']}/members/{bot}"))["roles"]
        roles = await get(f"/guilds/{server['id']}/roles")
    except Refused as refused:
        if refused.status in (403, 404):
            return phrases.say("cli.doctor.rooms.hidden", id=id_)
        raise
    base = 0
    for role in roles:
        if role["id"] in (server["id"], *mine):
            base |= int(role["permissions"])
    held = _held(base, channel, server["id"], mine, str(bot))
    missing = [phrases.say(f"cli.doctor.rooms.{name}") for name, bit in _NEEDED.items() if not held & bit]
    return phrases.say("cli.doctor.rooms.missing", id=id_, permissions=", ".join(missing)) if missing else None


def _held(base: int, channel: Mapping[str, Any], server: str, roles: list[str], bot: str) -> int:
    """The bot's permissions in a channel; source: Discord's reference of permissions, "Permission Overwrites"."""
    if base & _ADMINISTRATOR:
        return ~0
    overwrites = {one["id"]: one for one in channel.get("permission_overwrites") or ()}
    for ids in ([server], roles, [bot]):
        found = [overwrites[one] for one in ids if one in overwrites]
        for one in found:
            base &= ~int(one["deny"])
        for one in found:
            base |= int(one["allow"])
    return base
