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
STRANGER_USER = 1_100_000_000_000_000_303
DIRECT_CHANNELS = 1_100_000_000_000_000_400

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
    """A person who types in the channel; `key` is what the page's switch calls them, `servers` where they are members: the
    page shows them the first."""

    key: str
    id: int
    name: str
    permissions: int
    roles: tuple[int, ...] = ()
    servers: tuple[int, ...] = (GUILD, OTHER_GUILD)


@dataclass(frozen=True)
class Place:
    """A channel and its server; direct messages have no server, but a person. With `only`, it is hidden from all but that
    role."""

    name: str
    channel: int
    guild: int | None
    topic: str = ""
    only: int | None = None
    person: int | None = None

    def open_to(self, person: Person) -> bool:
        """Whether the person sees the channel, and so may act in it."""
        if self.guild is None:
            return self.person == person.id
        return self.guild in person.servers and (self.only is None or self.only in person.roles)


MEMBER = Person("member", MEMBER_USER, "Member", MEMBER_PERMISSIONS)
MODERATOR = Person("moderator", MODERATOR_USER, "Moderator", MODERATOR_PERMISSIONS, (MODERATOR_ROLE,))
PEOPLE: dict[str, Person] = {person.key: person for person in (MEMBER, MODERATOR)}
"""Who is in the home server."""
STRANGER = Person("stranger", STRANGER_USER, "Stranger", MEMBER_PERMISSIONS, servers=(OTHER_GUILD,))
KNOWN = (MEMBER, MODERATOR, STRANGER)
ACTED_AS: dict[str, Person] = {person.key: person for person in KNOWN}
"""Who can be acted as in the page, by key."""
SERVER_NAMES = {GUILD: "Local channel", OTHER_GUILD: "Another server"}

HOME = Place("general", CHANNEL, GUILD, "Questions and answers")
MODERATORS = Place("moderators", MODERATORS_CHANNEL, GUILD, "Only moderators see this channel", MODERATOR_ROLE)
NEWS = Place("news", NEWS_CHANNEL, GUILD, "What is new")
ELSEWHERE = Place("lobby", OTHER_CHANNEL, OTHER_GUILD)


def direct_with(person: Person) -> Place:
    """The direct messages between that person and the bot."""
    about = "Only you and the bot see this"
    return Place("Direct message", DIRECT_CHANNELS + person.id - MEMBER_USER, None, about, person=person.id)


DIRECT = direct_with(MEMBER)
"""Direct messages; where somebody else acts in it, their own are meant."""
PLACES: dict[int, Place] = {
    place.channel: place for place in (HOME, MODERATORS, NEWS, ELSEWHERE, *(direct_with(person) for person in KNOWN))
}
SHOWN = (HOME, MODERATORS, NEWS, ELSEWHERE)
"""The channels of the page, in the order of its list; the direct messages of who looks come after them."""


def shown_to(person: Person) -> list[Place]:
    """What stands in the page's list for that person: the open channels of one server, and their direct messages."""
    here = (place for place in SHOWN if place.guild == person.servers[0] and place.open_to(person))
    return [*here, direct_with(person)]


def members_of(server: int | None) -> list[Person]:
    """Who is in that server; in direct messages everybody of the home server is known."""
    return [person for person in KNOWN if (server or GUILD) in person.servers]


class Snowflakes:
    """Ids that grow and carry their time, as Discord's do."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        now = int(time.time() * 1000) - DISCORD_EPOCH_MS
        self._last = max(self._last + 1, now << 22)
        return str(self._last)
