"""`/log questions`: what was asked, for moderators."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands, ui

from kzbot.answers.model import Choice
from kzbot.chat.autocomplete import suggested
from kzbot.chat.cards.questions import Place, questions_view
from kzbot.chat.desk import Desk
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import moderate
from kzbot.chat.narrowing import ChannelOption, filters_of, options_of, status_choices, suggested_commands
from kzbot.chat.permissions import is_moderator
from kzbot.querylog.filters import Filters

QUESTIONS = "log questions"
NARROWING = ("since", "until", "command", "status", "user", "channel", "search")


def add_questions(group: app_commands.Group, desk: Desk) -> None:
    """Adds the command to its group."""
    say, services = desk.services.phrases.say, desk.services

    @group.command(name="questions", description=say("chat.commands.log.questions"))
    @app_commands.describe(**{name: say(f"chat.commands.log.{name}") for name in NARROWING})
    @app_commands.choices(status=status_choices(services.phrases))
    async def questions(
        interaction: discord.Interaction[Any],
        since: str | None = None,
        until: str | None = None,
        command: str | None = None,
        status: str | None = None,
        user: discord.User | None = None,
        channel: ChannelOption | None = None,
        search: str | None = None,
    ) -> None:
        texts = {"since": since, "until": until, "command": command, "status": status, "search": search}
        options = options_of(services.log.people, user=user, channel=channel, **texts)

        async def read() -> Filters:
            return await filters_of(interaction.client, desk, options, services.clock())

        async def show(filters: Filters, number: int) -> ui.LayoutView:
            handle = handle_for(number, QUESTIONS, None)
            others = replace(filters, besides=number)
            return await questions_view(services.phrases, services.log.listing, handle, others, Place())

        await moderate(interaction, desk, QUESTIONS, options, read, show)

    suggest_commands(questions, desk)


def suggest_commands(command: app_commands.Command[Any, ..., Any], desk: Desk) -> None:
    """Suggestions for the option `command`."""

    async def of_commands(interaction: discord.Interaction[Any], typed: str, generation: Any) -> tuple[Choice, ...]:
        return await suggested_commands(interaction, desk, typed)

    command.autocomplete("command")(suggested(desk, of_commands, is_moderator))
