"""`/log purge`: questions are erased for good, for moderators; what would go is shown first."""

from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands, ui

from kzbot.chat.cards.purging import purge_view
from kzbot.chat.commands.log.questions import suggest_commands
from kzbot.chat.desk import Desk
from kzbot.chat.escape import plain
from kzbot.chat.fit import CHOICE, CHOICES
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import moderate, used
from kzbot.chat.narrowing import ChannelOption, ServerNames, options_of, purge_filters_of, status_choices
from kzbot.chat.permissions import is_moderator
from kzbot.chat.presses.purging import COMMAND
from kzbot.errors import QueryLogError
from kzbot.operations.purging import OPTIONS
from kzbot.querylog.erasing.scope import Outline
from kzbot.querylog.filters import Filters

Spoken = discord.Interaction[Any]


@dataclass(frozen=True, slots=True)
class Purge:
    """What would go now."""

    filters: Filters
    outline: Outline


def add_purge(group: app_commands.Group, desk: Desk) -> None:
    """Adds the command to its group."""
    say, services = desk.services.phrases.say, desk.services

    @group.command(name="purge", description=say("chat.commands.log.purge"))
    @app_commands.describe(**{name: say(f"chat.commands.log.{name}") for name in OPTIONS})
    @app_commands.choices(status=status_choices(services.phrases))
    async def purge(
        interaction: Spoken,
        before: str | None = None,
        user: discord.User | None = None,
        channel: ChannelOption | None = None,
        server: str | None = None,
        command: str | None = None,
        status: str | None = None,
        search: str | None = None,
    ) -> None:
        texts = {"before": before, "server": server, "command": command, "status": status, "search": search}
        options = options_of(services.log.people, user=user, channel=channel, **texts)
        began = services.clock()

        async def outlined() -> Purge:
            filters = await purge_filters_of(interaction.client, desk, options, began)
            return Purge(filters, await services.eraser.outline(filters, began))

        async def show(made: Purge, number: int) -> ui.LayoutView:
            said = {name: value for name, value in options.items() if name not in ("search", "user")}
            await used(interaction, desk, COMMAND, said, number)
            handle = handle_for(number, COMMAND, None)
            servers = ServerNames(interaction.client)
            return purge_view(services.phrases, made.filters, made.outline, handle, servers)

        await moderate(interaction, desk, COMMAND, options, outlined, show, slow=True, noted=True)

    @purge.autocomplete("server")
    async def servers(interaction: Spoken, typed: str) -> list[app_commands.Choice[str]]:
        if not is_moderator(interaction, services.settings.discord):
            return []
        return await _servers(interaction, desk, typed)

    suggest_commands(purge, desk)


async def _servers(interaction: Spoken, desk: Desk, typed: str) -> list[app_commands.Choice[str]]:
    """Servers of the log, by name where the bot is still in them."""
    try:
        known = await desk.services.log.servers()
    except QueryLogError:
        return []
    found = []
    for server in known:
        guild = interaction.client.get_guild(server)
        name = plain(f"{guild.name} ({server})" if guild else str(server), CHOICE)
        if typed.casefold() in name.casefold():
            found.append(app_commands.Choice(name=name, value=str(server)))
    return found[:CHOICES]
