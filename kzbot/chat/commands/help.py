"""`/help`: what can be asked, with questions that this corpus answers; always private, never logged."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from kzbot.answers.commands import STATIC
from kzbot.chat.asking import refuse_elsewhere
from kzbot.chat.cards.frame import notice
from kzbot.chat.commands.profile import profile_words
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline
from kzbot.chat.permissions import is_moderator, may_ask
from kzbot.chat.replies import send

_MODERATORS = ("corpus", "log")
"""The groups of commands that are theirs."""


def help_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """The command, with its words."""
    say = desk.services.phrases.say

    @app_commands.command(name="help", description=say("chat.commands.help.what"))
    async def help_(interaction: discord.Interaction[Any]) -> None:
        if not may_ask(interaction, desk.services.settings.discord):
            await refuse_elsewhere(interaction, desk, "help")
            return
        async with desk.services.shelf.current() as generation:
            examples = await desk.services.examples(generation)
            profiles = await desk.services.profiles(generation)
        lines = [f"## {say('chat.help.heading')}", say("chat.help.promise"), *_commands(desk, profiles)]
        if examples:
            lines += [say("chat.help.examples"), *(f"- {inline(one, 200)}" for one in examples)]
        lines += [say("chat.help.private"), say("chat.help.doubt", button=say("chat.doubt.button"))]
        buttons = {name: say(f"chat.rating.{name}") for name in ("useful", "not_useful", "tell")}
        lines.append(say("chat.help.rating", **buttons))
        if is_moderator(interaction, desk.services.settings.discord):
            lines += [say("chat.help.moderators"), *_moderators(interaction)]
        lines += [say("chat.help.privacy"), say(f"chat.help.kept.{desk.services.settings.log.user_ids}")]
        await send(interaction, notice("\n".join(lines)), private=True)

    return help_


def _commands(desk: Desk, profiles: Sequence[str]) -> list[str]:
    phrases = desk.services.phrases
    said = [(one.title, phrases.say(f"chat.commands.{one.name}.what")) for one in STATIC]
    said[1:1] = [(name, profile_words(phrases, name, "what")) for name in profiles]
    menu = phrases.say("chat.help.menu", name=phrases.say("chat.commands.check.menu"))
    return [*(f"- **/{name}** {what}" for name, what in said), f"- {menu}"]


def _moderators(interaction: discord.Interaction[Any]) -> list[str]:
    """Every command of the groups that are theirs, as Discord was told it."""
    groups = [one for one in interaction.client.tree.get_commands() if one.name in _MODERATORS]
    commands = [one for group in groups if isinstance(group, app_commands.Group) for one in group.walk_commands()]
    return [
        f"- **/{one.qualified_name}** {one.description}" for one in commands if isinstance(one, app_commands.Command)
    ]
