"""`/timeline`: dated statements in order."""

from typing import Any

import discord
from discord import app_commands

from kzbot.chat.asking import answer
from kzbot.chat.autocomplete import add_suggestions
from kzbot.chat.desk import Desk


def timeline_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """The command, with its words and suggestions."""
    say = desk.services.phrases.say

    @app_commands.command(name="timeline", description=say("chat.commands.timeline.what"))
    @app_commands.rename(start="from", end="to")
    @app_commands.describe(
        topic=say("chat.commands.timeline.topic"),
        start=say("chat.commands.from"),
        end=say("chat.commands.to"),
        articles=say("chat.commands.timeline.articles"),
        private=say("chat.commands.private"),
    )
    async def timeline(
        interaction: discord.Interaction[Any],
        topic: str | None = None,
        start: str | None = None,
        end: str | None = None,
        articles: bool = False,
        private: bool | None = None,
    ) -> None:
        given = {"topic": topic, "from": start, "to": end, "articles": articles or None}
        await answer(interaction, desk, "timeline", given, private)

    add_suggestions(timeline, desk, {"from": "start", "to": "end"})
    return timeline
