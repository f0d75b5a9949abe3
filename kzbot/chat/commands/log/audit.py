"""`/log audit`: what moderators, the terminal and the bot did, for moderators."""

from typing import Any

import discord
from discord import app_commands, ui

from kzbot.chat.cards.audit import audit_view
from kzbot.chat.desk import Desk
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import moderate
from kzbot.chat.narrowing import ServerNames, deed_filters_of, options_of
from kzbot.operations.log_filters import ACTIONS
from kzbot.output.log_words import action_words
from kzbot.querylog.ledger.deeds import DeedFilters

AUDIT = "log audit"


def add_audit(group: app_commands.Group, desk: Desk) -> None:
    """Adds the command to its group."""
    say, services = desk.services.phrases.say, desk.services
    described = {name: say(f"chat.commands.log.{name}") for name in ("since", "until", "action")}
    kinds = [app_commands.Choice(name=action_words(services.phrases, one), value=one) for one in ACTIONS]

    @group.command(name="audit", description=say("chat.commands.log.audit"))
    @app_commands.describe(**described, user=say("chat.commands.log.audit_user"))
    @app_commands.choices(action=kinds)
    async def audit(
        interaction: discord.Interaction[Any],
        since: str | None = None,
        until: str | None = None,
        user: discord.User | None = None,
        action: str | None = None,
    ) -> None:
        options = options_of(services.log.people, user=user, since=since, until=until, action=action)

        async def read() -> DeedFilters:
            return await deed_filters_of(desk, options, services.clock())

        async def show(filters: DeedFilters, number: int) -> ui.LayoutView:
            servers = ServerNames(interaction.client)
            return await audit_view(desk, handle_for(number, AUDIT, None), filters, 0, servers)

        await moderate(interaction, desk, AUDIT, options, read, show)
