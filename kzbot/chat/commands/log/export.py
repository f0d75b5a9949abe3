"""`/log export`: questions of the log as a file, for moderators."""

from typing import Any

import discord
from discord import app_commands

from kzbot.chat.commands.log.questions import NARROWING, suggest_commands
from kzbot.chat.desk import Desk
from kzbot.chat.exporting import Exported, attached, exported, exported_view, form_named
from kzbot.chat.moderation import moderate
from kzbot.chat.narrowing import ChannelOption, filters_of, options_of, status_choices
from kzbot.chat.replies import Filed
from kzbot.output.questions_file import FORMS
from kzbot.querylog.filters import Filters

EXPORT = "log export"
Made = tuple[Filters, Exported]


def add_export(group: app_commands.Group, desk: Desk) -> None:
    """Adds the command to its group."""
    say, services = desk.services.phrases.say, desk.services
    described = {name: say(f"chat.commands.log.{name}") for name in ("form", *NARROWING)}
    forms = [app_commands.Choice(name=say(f"chat.log.export.{form}"), value=form) for form in FORMS]

    @group.command(name="export", description=say("chat.commands.log.export"))
    @app_commands.describe(**described)
    @app_commands.choices(form=forms, status=status_choices(services.phrases))
    async def export(
        interaction: discord.Interaction[Any],
        form: str,
        since: str | None = None,
        until: str | None = None,
        command: str | None = None,
        status: str | None = None,
        user: discord.User | None = None,
        channel: ChannelOption | None = None,
        search: str | None = None,
    ) -> None:
        texts = {"since": since, "until": until, "command": command, "status": status, "search": search}
        options = options_of(services.log.people, user=user, channel=channel, form=form, **texts)

        async def work() -> Made:
            filters = await filters_of(interaction.client, desk, options, services.clock())
            return filters, await exported(interaction, desk, filters, form_named(form))

        async def show(made: Made, number: int) -> Filed:
            return Filed(exported_view(interaction, desk, *made, number), attached(made[1]))

        await moderate(interaction, desk, EXPORT, options, work, show, slow=True, noted=True)

    suggest_commands(export, desk)
