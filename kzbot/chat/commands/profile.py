"""Profile commands: what the corpus says of one name; there is one for each profile that the kinds of names have."""

from typing import Any

import discord
from discord import app_commands

from kzbot.chat.asking import answer
from kzbot.chat.autocomplete import add_suggestions
from kzbot.chat.desk import Desk
from kzbot.phrases import Phrases


def profile_command(desk: Desk, profile: str) -> app_commands.Command[Any, ..., None]:
    """The command that shows names of this profile, with its words and suggestions."""
    phrases = desk.services.phrases

    @app_commands.command(name=profile, description=profile_words(phrases, profile, "what"))
    @app_commands.describe(name=profile_words(phrases, profile, "name"), private=phrases.say("chat.commands.private"))
    async def show(interaction: discord.Interaction[Any], name: str, private: bool | None = None) -> None:
        await answer(interaction, desk, profile, {"name": name}, private)

    add_suggestions(show, desk)
    return show


def profile_words(phrases: Phrases, profile: str, about: str) -> str:
    """What is said of the command (`about`: what) or of its option (name): its own words, where the phrases have some."""
    own = f"chat.commands.{profile}.{about}"
    if phrases.has(own):
        return phrases.say(own)
    return phrases.say(f"chat.commands.profile.{about}", kind=profile.replace("-", " ").replace("_", " "))
