"""`/log unanswered`: what was not answered well, for moderators."""

from typing import Any

import discord
from discord import app_commands, ui

from kzbot.chat.cards.unanswered.groups import Listed, groups_view, listed_groups
from kzbot.chat.desk import Desk
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import moderate
from kzbot.chat.narrowing import options_of
from kzbot.querylog.review.rows import SHOWN, WANTS

COMMAND = "log unanswered"


def add_unanswered(group: app_commands.Group, desk: Desk) -> None:
    """Adds the command to its group."""
    phrases, say = desk.services.phrases, desk.services.phrases.say

    @group.command(name="unanswered", description=say("chat.commands.log.unanswered"))
    @app_commands.describe(
        show=say("chat.commands.log.shown"),
        status=say("chat.commands.log.want"),
        since=say("chat.commands.log.asked_since"),
    )
    @app_commands.choices(
        show=[app_commands.Choice(name=say(f"chat.unanswered.shown.{one}"), value=one) for one in SHOWN],
        status=[app_commands.Choice(name=say(f"chat.unanswered.want.{one}"), value=one) for one in WANTS],
    )
    async def unanswered(
        interaction: discord.Interaction[Any],
        show: str | None = None,
        status: str | None = None,
        since: str | None = None,
    ) -> None:
        options = options_of(desk.services.log.people, show=show, status=status, since=since)

        async def look() -> Listed:
            return await listed_groups(desk, options, desk.services.clock().date(), 0)

        async def card(found: Listed, number: int) -> ui.LayoutView:
            return groups_view(phrases, handle_for(number, COMMAND, None), found)

        await moderate(interaction, desk, COMMAND, options, look, card)
