"""`/source`: one article, its card and its text."""

from typing import Any

import discord
from discord import app_commands

from kzbot.chat.asking import answer
from kzbot.chat.autocomplete import add_suggestions
from kzbot.chat.desk import Desk


def source_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """The command, with its words and suggestions."""
    say = desk.services.phrases.say

    @app_commands.command(name="source", description=say("chat.commands.source.what"))
    @app_commands.describe(what=say("chat.commands.source.which"), private=say("chat.commands.private"))
    async def source(
        interaction: discord.Interaction[Any], what: str | None = None, private: bool | None = None
    ) -> None:
        await answer(interaction, desk, "source", {"what": what}, private)

    add_suggestions(source, desk)
    return source
