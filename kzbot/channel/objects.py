"""Discord's objects for the people and places of the local channel, as the API writes them (v10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kzbot.channel.identity import (
    APPLICATION,
    BOT_PERMISSIONS,
    BOT_ROLE,
    BOT_USER,
    GUILD,
    KNOWN,
    MEMBER_PERMISSIONS,
    MODERATOR_PERMISSIONS,
    MODERATOR_ROLE,
    OWNER_USER,
    PEOPLE,
    PLACES,
    SERVER_NAMES,
    VIEW_CHANNEL,
    Person,
    Place,
)

Payload = dict[str, Any]
BOT_NAME = "kzbot"
JOINED = "2024-01-01T00:00:00+00:00"


def user(identity: int, name: str, *, bot: bool = False) -> Payload:
    return {
        "id": str(identity),
        "username": name,
        "global_name": None,
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "flags": 0,
        "public_flags": 0,
    }


def bot_user() -> Payload:
    return user(BOT_USER, BOT_NAME, bot=True)


def person_user(person: Person) -> Payload:
    return user(person.id, person.name)


def known_users() -> dict[str, Payload]:
    """Every user of the channel by id, for mentions and member look-ups."""
    people = [bot_user(), user(OWNER_USER, "Owner"), *(person_user(person) for person in KNOWN)]
    return {entry["id"]: entry for entry in people}


def member(account: Payload, roles: tuple[int, ...] = ()) -> Payload:
    return {
        "user": account,
        "nick": None,
        "avatar": None,
        "roles": [str(role) for role in roles],
        "joined_at": JOINED,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }


def person_member(person: Person, place: Place) -> Payload:
    """The member as an interaction carries it: with the permissions in this channel."""
    roles = person.roles if place.guild == GUILD else ()
    return {**member(person_user(person), roles), "permissions": str(person.permissions)}


def members() -> dict[str, Payload]:
    """Who is in the home server, by id."""
    roles = {str(person.id): person.roles for person in PEOPLE.values()} | {str(BOT_USER): (BOT_ROLE,)}
    inside = {*roles, str(OWNER_USER)}
    return {key: member(account, roles.get(key, ())) for key, account in known_users().items() if key in inside}


def channel(place: Place, bot: int = BOT_PERMISSIONS) -> Payload:
    """A channel as the bot is given it, where it has the permissions `bot` of those of its role."""
    if place.guild is None:
        return {"id": str(place.channel), "type": 1, "last_message_id": None, "recipients": [], "flags": 0}
    inside = [one for one in PLACES.values() if one.guild == place.guild]
    return {
        "id": str(place.channel),
        "type": 0,
        "guild_id": str(place.guild),
        "name": place.name,
        "topic": place.topic or None,
        "position": inside.index(place),
        "nsfw": False,
        "parent_id": None,
        "permission_overwrites": overwrites(place, bot),
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "flags": 0,
        "permissions": str(bot),
    }


def private_channel(place: Place) -> Payload:
    """Direct messages as they are given to a bot that opens them, with who else is in them."""
    return {**channel(place), "recipients": [known_users()[str(place.person)]]}


def overwrites(place: Place, bot: int) -> list[Payload]:
    """A hidden channel is closed to everyone, and open to its role and to the bot; what the bot may not is taken away."""
    hidden = VIEW_CHANNEL if place.only is not None else 0
    of_bot = {"id": str(BOT_ROLE), "type": 0, "allow": str(hidden & bot), "deny": str(BOT_PERMISSIONS & ~bot)}
    found = [of_bot] if hidden or bot != BOT_PERMISSIONS else []
    for identity, allow, deny in ((place.guild, 0, hidden), (place.only, hidden, 0)):
        if hidden:
            found.append({"id": str(identity), "type": 0, "allow": str(allow), "deny": str(deny)})
    return found


def role(identity: int, name: str, permissions: int, position: int) -> Payload:
    return {
        "id": str(identity),
        "name": name,
        "permissions": str(permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": identity == BOT_ROLE,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def roles(guild_id: int) -> list[Payload]:
    found = [role(guild_id, "@everyone", MEMBER_PERMISSIONS, 0)]
    if guild_id == GUILD:
        found += [
            role(MODERATOR_ROLE, "Moderators", MODERATOR_PERMISSIONS, 2),
            role(BOT_ROLE, BOT_NAME, BOT_PERMISSIONS, 1),
        ]
    return found


def guild(guild_id: int, rights: Mapping[int, int]) -> Payload:
    """A server as GUILD_CREATE and GET /guilds carry it; `rights` are the bot's by channel, where they are not all."""
    everyone = list(members().values())
    return {
        "id": str(guild_id),
        "name": SERVER_NAMES[guild_id],
        "icon": None,
        "owner_id": str(OWNER_USER),
        "features": [],
        "preferred_locale": "en-US",
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "nsfw_level": 0,
        "mfa_level": 0,
        "premium_tier": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "afk_timeout": 300,
        "unavailable": False,
        "large": False,
        "member_count": len(everyone),
        "roles": roles(guild_id),
        "channels": [
            channel(place, rights.get(place.channel, BOT_PERMISSIONS))
            for place in PLACES.values()
            if place.guild == guild_id
        ],
        "members": everyone if guild_id == GUILD else [member(bot_user())],
        **{key: [] for key in ("emojis", "stickers", "presences", "threads", "voice_states")},
        **{key: [] for key in ("stage_instances", "guild_scheduled_events", "soundboard_sounds")},
    }


def application() -> Payload:
    return {
        "id": str(APPLICATION),
        "name": BOT_NAME,
        "description": "",
        "icon": None,
        "bot": bot_user(),
        "bot_public": False,
        "bot_require_code_grant": False,
        "owner": user(OWNER_USER, "Owner"),
        "team": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "integration_types_config": {"0": {}},
    }
