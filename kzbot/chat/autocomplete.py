"""Suggestions while a person types; nothing of it is logged."""

import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from kzbot.answers.commands import known_command
from kzbot.answers.model import Choice
from kzbot.chat.desk import Desk
from kzbot.chat.fit import CHOICE, CHOICES
from kzbot.chat.permissions import may_ask
from kzbot.logs import wrote
from kzbot.settings import DiscordSettings

_log = logging.getLogger(__name__)

Suggest = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]
Work = Callable[[discord.Interaction[Any], str, Any], Awaitable[Sequence[Choice]]]
"""What fits what was typed so far: of an interaction, the text, and a generation."""
May = Callable[[discord.Interaction[Any], DiscordSettings], bool]


def add_suggestions(
    command: app_commands.Command[Any, ..., Any], desk: Desk, parameters: Mapping[str, str] | None = None
) -> None:
    """Suggestions for every option of the command that has them; `parameters` names Python's where it is another."""
    for option in known_command(command.name).options:
        if option.completes:
            command.autocomplete((parameters or {}).get(option.name, option.name))(
                suggestions(desk, command.name, option.name)
            )


def suggestions(desk: Desk, command: str, option: str) -> Suggest:
    """What is suggested for an option of a question's command."""

    async def complete(interaction: discord.Interaction[Any], typed: str, generation: Any) -> Sequence[Choice]:
        services = desk.services
        return await services.complete(command, option, typed, generation, services.clock().date())

    return suggested(desk, complete, may_ask)


def suggested(desk: Desk, work: Work, may: May) -> Suggest:
    """What `work` finds in the current generation, for those who may see it."""

    async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        services = desk.services
        if not may(interaction, services.settings.discord):
            return []
        wrote((typed,))
        try:
            async with services.shelf.current() as generation:
                found = await work(interaction, typed, generation)
        except Exception:  # noqa: BLE001 - a person who types sees no suggestions rather than a failure
            _log.exception("No suggestions for /%s", getattr(interaction.command, "qualified_name", "?"))
            return []
        return [
            app_commands.Choice(name=_label(one.label, one.value), value=one.value)
            for one in found[:CHOICES]
            if 0 < len(one.value) <= CHOICE
        ]

    return suggest


def _label(label: str, value: str) -> str:
    return label if len(label) <= CHOICE and label else (label or value)[: CHOICE - 1] + "…"
