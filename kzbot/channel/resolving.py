"""What an interaction tells of the people and channels that its options name, as Discord does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kzbot.channel.commands import GROUP, SUBCOMMAND
from kzbot.channel.identity import PLACES, Person, Place, members_of
from kzbot.channel.objects import channel, known_users, person_member, user
from kzbot.errors import ChannelError

Payload = dict[str, Any]
USER, CHANNEL = 6, 7
_OF_A_CHANNEL = ("id", "name", "type", "permissions", "parent_id", "flags")
_NOT_OF_A_MEMBER = ("user", "deaf", "mute")


def with_ids(data: Payload, where: Place) -> Payload:
    """The data with what Discord adds to it where options are people or channels; their values become ids.

    A value is an id or a name, with its sign (@Member, #general) or without. Somebody whom nobody in the channel knows has
    left: Discord tells the bot of the person, but not of a member. Raises ChannelError for what cannot be one.
    """
    people: dict[str, Payload] = {}
    members: dict[str, Payload] = {}
    channels: dict[str, Payload] = {}
    for option in _options(data):
        if option["type"] == USER:
            identity = option["value"] = _person(str(option["value"]), where)
            people[identity] = known_users().get(identity) or user(int(identity), f"left-{identity[-4:]}")
            here = next((one for one in members_of(where.guild) if str(one.id) == identity), None)
            if here is not None:
                members[identity] = _member(here, where)
        elif option["type"] == CHANNEL:
            place = _place(str(option["value"]), where)
            option["value"] = str(place.channel)
            whole = channel(place)
            channels[option["value"]] = {name: whole[name] for name in _OF_A_CHANNEL if name in whole}
    found: Mapping[str, Payload] = {"users": people, "members": members, "channels": channels}
    resolved = {**data.get("resolved", {}), **{name: each for name, each in found.items() if each}}
    return {**data, "resolved": resolved} if resolved else data


def _options(data: Payload) -> Iterator[Payload]:
    for option in data.get("options") or []:
        if option["type"] in (SUBCOMMAND, GROUP):
            yield from _options(option)
        else:
            yield option


def _person(text: str, where: Place) -> str:
    named = text.strip().removeprefix("@").casefold()
    for person in members_of(where.guild):
        if named in (person.key, person.name.casefold()):
            return str(person.id)
    if named.isascii() and named.isdigit() and 15 <= len(named) <= 19:
        return named
    raise ChannelError(f"{text[:50]} is nobody here; choose a name, or give an id of about 18 digits.")


def _place(text: str, where: Place) -> Place:
    named = text.strip().removeprefix("#").casefold()
    for place in PLACES.values():
        if place.guild is not None and place.guild == where.guild and named in (str(place.channel), place.name):
            return place
    raise ChannelError(f"{text[:50]} is no channel here; choose a name.")


def _member(person: Person, where: Place) -> Payload:
    whole = person_member(person, where)
    return {name: value for name, value in whole.items() if name not in _NOT_OF_A_MEMBER}
