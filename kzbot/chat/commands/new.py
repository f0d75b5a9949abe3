"""`/new`: what arrived last, or since then."""

from typing import Any

import discord
from discord import app_commands

from kzbot.chat.asking import answer
from kzbot.chat.desk import Desk


def new_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """The command, with its words."""
    say = desk.services.phrases.say

    @app_commands.command(name="new", description=say("chat.commands.new.what"))
    @app_commands.describe(since=say("chat.commands.new.since"), private=say("chat.commands.private"))
    async def new(interaction: discord.Interaction[Any], since: str | None = None, private: bool | None = None) -> None:
        await answer(interaction, desk, "new", {"since": since}, private)

    return new
