"""Whatever moderators have is denied to all others, in words and in the log: every command, suggestion, button and form there is.

Commands are those that were registered, buttons and forms those that the bot answers, so that a new one cannot be forgotten:
one that is for everybody has to be named here.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from kzbot.channel.identity import (
    DIRECT,
    ELSEWHERE,
    HOME,
    MEMBER,
    MODERATOR,
    PLACES,
    STRANGER,
    Person,
    Place,
    direct_with,
)
from kzbot.channel.interactions import COMPONENT, MODAL
from kzbot.channel.messages import Message
from kzbot.channel.server import LocalChannel
from kzbot.chat.handle import DOUBT, KINDS, LOG, handle_for
from kzbot.chat.presses.all import FORMS, PRESSES
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.services import Services

FOR_ALL = {"timeline", "exercise", "who", "source", "search", "new", "help", "privacy", "check", "Check this quote"}
FORMS_FOR_ALL = {DOUBT}
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ATTACHMENT = 1, 2, 3, 4, 5, 6, 7, 11
BUTTON, SELECT = 2, 3
OTHERS = [
    (MEMBER, HOME, "Only moderators can do that"),
    (MEMBER, DIRECT, "work in the home server only"),
    (MODERATOR, DIRECT, "work in the home server only"),
    (MODERATOR, ELSEWHERE, "work in the home server only"),
    (STRANGER, ELSEWHERE, "work in the home server only"),
    (STRANGER, direct_with(STRANGER), "work in the home server only"),
]
NOT_ADMITTED = pytest.mark.parametrize(("by", "where", "says"), OTHERS)


def moderators_commands(channel: LocalChannel) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every command that is not for all, by its whole name, with its options."""
    for one in channel.commands.all():
        if one["name"] not in FOR_ALL:
            yield from _leaves(one["name"], one.get("options") or [])


def _leaves(name: str, options: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    within = [one for one in options if one["type"] in (SUBCOMMAND, GROUP)]
    if not within:
        yield name, options
    for one in within:
        yield from _leaves(f"{name} {one['name']}", one.get("options") or [])


async def a_bot(start: Any, channel: LocalChannel) -> Services:
    services: Services = await start({"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild)})
    await channel.join(ELSEWHERE)
    return services


async def assert_denied(services: Services, seen: Any, command: str, by: Person, says: str) -> None:
    row = await services.log.query(seen.row)
    assert seen.private and says in seen.text, command
    assert row is not None and (row.command, row.status, row.user) == (command, "denied", by.id)


@pytest.mark.usefixtures("judged")
@NOT_ADMITTED
async def test_every_command_of_moderators_is_denied(
    channel: LocalChannel, start: Any, look: Any, by: Person, where: Place, says: str
) -> None:
    services = await a_bot(start, channel)
    found = dict(moderators_commands(channel))
    assert {"corpus add", "corpus reload", "corpus correct date", "log questions"} <= set(found)
    for name, options in found.items():
        given = {one["name"]: value for one in options if (value := something(one, where)) is not None}
        files = {one["name"]: ("a.txt", b"Words.") for one in options if one["type"] == ATTACHMENT}
        reply = await channel.command(name, given, by=by, where=where, files=files)
        await assert_denied(services, look(reply.message), name, by, says)
        for one in options:
            if one.get("autocomplete"):
                assert await channel.autocomplete(name, one["name"], "", by=by, where=where) == [], (name, one["name"])
    assert await services.log.ledger.deeds(1) == ([], 0)


def something(option: dict[str, Any], where: Place) -> Any:
    """What a person could choose for an option there; None where there is nothing, and for files."""
    here = next((place.name for place in PLACES.values() if place.guild and place.guild == where.guild), None)
    some = {STRING: "x", INTEGER: 1, BOOLEAN: True, USER: str(MODERATOR.id), CHANNEL: here, ATTACHMENT: None}
    return next((choice["value"] for choice in option.get("choices", ())), some[option["type"]])


async def test_discord_hides_them_from_members(channel: LocalChannel, bot: Services) -> None:
    """A check of Discord's own, on top: who sees a command in the list at all."""
    hidden = {one["name"] for one in channel.commands.all() if one.get("default_member_permissions")}
    assert hidden == {name.split(" ")[0] for name, _ in moderators_commands(channel)}


def test_every_button_with_a_capital_letter_is_a_moderators_but_that_of_a_doubt() -> None:
    kinds = {kind for kind in KINDS if kind == LOG or (not kind.islower() and kind != DOUBT)}
    moderated = {press for press in PRESSES if issubclass(press, ModeratorPress)}
    pattern = {kind: [p for p in PRESSES if p.__discord_ui_compiled_template__.fullmatch(made(kind))] for kind in KINDS}
    assert all(len(found) == 1 for found in pattern.values()), "each kind has one press"
    assert {pattern[kind][0] for kind in kinds} == moderated
    assert {kind for kind, form in FORMS.items() if not form.moderators} == FORMS_FOR_ALL


def made(kind: str) -> str:
    return str(handle_for(1, "corpus history", None).to(kind))


@pytest.mark.usefixtures("judged")
@NOT_ADMITTED
async def test_every_button_select_and_form_of_moderators_is_denied(
    channel: LocalChannel, start: Any, look: Any, by: Person, where: Place, says: str
) -> None:
    """As Discord would never let it through: on a card of a moderator, forged, by whoever."""
    services = await a_bot(start, channel)
    seen = look((await channel.command("corpus history", {}, by=MODERATOR)).message)
    public = look((await channel.command("timeline", {})).message)
    handle, command = handle_for(seen.row, "corpus history", None), "corpus history"
    looked = await services.log.ledger.deeds(9)
    for kind in (one for one in KINDS if one == LOG or (not one.islower() and one != DOUBT)):
        custom_id = str(handle.to(kind, 0, 1))
        pressed = Message(copy.deepcopy(channel.messages.get(public.id).body), where)
        for part, more in (
            ({"type": BUTTON, "style": 2, "label": "x"}, {}),
            ({"type": SELECT, "options": [{"label": "x", "value": "1"}]}, {"values": ["1"]}),
        ):
            drawn = {**part, "id": 2, "custom_id": custom_id}
            pressed.body["components"] = [{"type": 1, "id": 1, "components": [drawn]}]
            data = {"custom_id": custom_id, "component_type": part["type"], "id": 2, **more}
            reply = await channel.interactions.ask(COMPONENT, data, by, where, source=pressed)
            await assert_denied(services, look(reply.message), command, by, says)
        if kind in FORMS:
            form = {"custom_id": custom_id, "components": []}
            reply = await channel.interactions.ask(MODAL, form, by, where, source=pressed)
            await assert_denied(services, look(reply.message), command, by, says)
    assert await services.log.ledger.deeds(9) == looked
