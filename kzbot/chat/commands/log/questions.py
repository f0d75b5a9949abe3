"""`/log questions`: what was asked, for moderators."""

from typing import Any

import discord
from discord import app_commands, ui

from kzbot.chat.cards.questions import questions_view
from kzbot.chat.desk import Desk
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import moderate

QUESTIONS = "log questions"


def add_questions(group: app_commands.Group, desk: Desk) -> None:
    """Adds the command to its group."""
    say = desk.services.phrases.say

    @group.command(name="questions", description=say("chat.commands.log.questions"))
    @app_commands.describe(search=say("chat.commands.log.search"))
    async def questions(interaction: discord.Interaction[Any], search: str | None = None) -> None:
        options = {"search": search} if search is not None and search.strip() else {}

        async def look() -> None:
            """The rows are read when they are shown, so that a page is never older than its card."""

        async def show(_: None, number: int) -> ui.LayoutView:
            return await questions_view(desk, handle_for(number, QUESTIONS, None), options, 0)

        await moderate(interaction, desk, QUESTIONS, options, look, show)
