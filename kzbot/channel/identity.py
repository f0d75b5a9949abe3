"""Who and where: the fixed application, servers, channels and people of the local channel."""

from __future__ import annotations

import time
from dataclasses import dataclass

APPLICATION = 1_100_000_000_000_000_001
BOT_USER = APPLICATION  # Discord gives an application and its bot user the same id
GUILD = 1_100_000_000_000_000_100
CHANNEL = 1_100_000_000_000_000_101
MODERATOR_ROLE = 1_100_000_000_000_000_102
BOT_ROLE = 1_100_000_000_000_000_103
MODERATORS_CHANNEL = 1_100_000_000_000_000_104
NEWS_CHANNEL = 1_100_000_000_000_000_105
OTHER_GUILD = 1_100_000_000_000_000_200
OTHER_CHANNEL = 1_100_000_000_000_000_201
OWNER_USER = 1_100_000_000_000_000_300
MEMBER_USER = 1_100_000_000_000_000_301
MODERATOR_USER = 1_100_000_000_000_000_302

# Bits of https://discord.com/developers/docs/topics/permissions
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_HISTORY = 1 << 16
USE_COMMANDS = 1 << 31

MEMBER_PERMISSIONS = VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY | USE_COMMANDS
MODERATOR_PERMISSIONS = MEMBER_PERMISSIONS | MANAGE_GUILD | MANAGE_MESSAGES
BOT_PERMISSIONS = MEMBER_PERMISSIONS | EMBED_LINKS | ATTACH_FILES

DISCORD_EPOCH_MS = 1_420_070_400_000


@dataclass(frozen=True)
class Person:
    """A person who types in the channel; `key` is what the page's switch calls them."""

    key: str
    id: int
    name: str
    permissions: int
    roles: tuple[int, ...] = ()


@dataclass(frozen=True)
class Place:
    """A channel and its server; a direct message has no server. With `only`, it is hidden from all but that role."""

    name: str
    channel: int
    guild: int | None
    topic: str = ""
    only: int | None = None

    def open_to(self, person: Person) -> bool:
        """Whether the person sees the channel, and so may act in it."""
        return self.only is None or self.only in person.roles


MEMBER = Person("member", MEMBER_USER, "Member", MEMBER_PERMISSIONS)
MODERATOR = Person("moderator", MODERATOR_USER, "Moderator", MODERATOR_PERMISSIONS, (MODERATOR_ROLE,))
PEOPLE: dict[str, Person] = {person.key: person for person in (MEMBER, MODERATOR)}

HOME = Place("general", CHANNEL, GUILD, "Questions and answers")
MODERATORS = Place("moderators", MODERATORS_CHANNEL, GUILD, "Only moderators see this channel", MODERATOR_ROLE)
NEWS = Place("news", NEWS_CHANNEL, GUILD, "What is new")
ELSEWHERE = Place("lobby", OTHER_CHANNEL, OTHER_GUILD)
DIRECT = Place("direct", 1_100_000_000_000_000_400, None)
PLACES: dict[int, Place] = {place.channel: place for place in (HOME, MODERATORS, NEWS, ELSEWHERE, DIRECT)}
SHOWN = (HOME, MODERATORS, NEWS)
"""The channels of the page, in the order of its list."""


class Snowflakes:
    """Ids that grow and carry their time, as Discord's do."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        now = int(time.time() * 1000) - DISCORD_EPOCH_MS
        self._last = max(self._last + 1, now << 22)
        return str(self._last)
