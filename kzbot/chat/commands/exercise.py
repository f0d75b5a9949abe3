"""`/exercise`: what the corpus says of one exercise."""

from typing import Any

import discord
from discord import app_commands

from kzbot.chat.asking import answer
from kzbot.chat.autocomplete import add_suggestions
from kzbot.chat.desk import Desk


def exercise_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """The command, with its words and suggestions."""
    say = desk.services.phrases.say

    @app_commands.command(name="exercise", description=say("chat.commands.exercise.what"))
    @app_commands.describe(name=say("chat.commands.exercise.name"), private=say("chat.commands.private"))
    async def exercise(interaction: discord.Interaction[Any], name: str, private: bool | None = None) -> None:
        await answer(interaction, desk, "exercise", {"name": name}, private)

    add_suggestions(exercise, desk)
    return exercise
