"""`/privacy`: what is kept about whoever asks, as a card, as a file, or no more. Also where questions are not answered."""

from typing import Any

import discord
from discord import app_commands

from kzbot.chat import privacy
from kzbot.chat.desk import Desk


def privacy_commands(desk: Desk) -> app_commands.Group:
    """The group with its commands."""
    say = desk.services.phrases.say
    group = app_commands.Group(name="privacy", description=say("chat.commands.privacy.what"))

    @group.command(name="show", description=say("chat.commands.privacy.show"))
    async def show(interaction: discord.Interaction[Any]) -> None:
        with desk.at_work():
            await privacy.show(interaction, desk)

    @group.command(name="export", description=say("chat.commands.privacy.export"))
    async def export(interaction: discord.Interaction[Any]) -> None:
        with desk.at_work():
            await privacy.hand_over(interaction, desk)

    @group.command(name="delete", description=say("chat.commands.privacy.delete"))
    async def delete(interaction: discord.Interaction[Any]) -> None:
        with desk.at_work():
            await privacy.ask_to_delete(interaction, desk)

    return group
