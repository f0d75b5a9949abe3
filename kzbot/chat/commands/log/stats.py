"""`/log stats`: the log in figures, for moderators."""

from typing import Any

import discord
from discord import app_commands

from kzbot.answers.days import read_days
from kzbot.answers.model import Option
from kzbot.chat.cards.stats import USUAL, Figures, Period, figures_of, read_period, stats_shown
from kzbot.chat.desk import Desk
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import moderate
from kzbot.chat.narrowing import options_of
from kzbot.chat.replies import Filed

STATS = "log stats"


def add_stats(group: app_commands.Group, desk: Desk) -> None:
    """Adds the command to its group."""
    say = desk.services.phrases.say

    @group.command(name="stats", description=say("chat.commands.log.stats"))
    @app_commands.describe(
        since=say("chat.commands.log.stats_since"),
        until=say("chat.commands.log.stats_until"),
        dark=say("chat.commands.log.dark"),
    )
    async def stats(
        interaction: discord.Interaction[Any],
        since: str | None = None,
        until: str | None = None,
        dark: bool = False,
    ) -> None:
        options = options_of(desk.services.log.people, since=since, until=until)
        if dark:
            options["dark"] = True

        async def look() -> Figures:
            return await figures_of(desk, _period(desk, options), dark=dark)

        async def show(made: Figures, number: int) -> Filed:
            return stats_shown(desk.services.phrases, handle_for(number, STATS, None), made)

        await moderate(interaction, desk, STATS, options, look, show)


def _period(desk: Desk, options: dict[str, Option]) -> Period:
    """The days that were typed, up to today; the usual ones where none were. QuestionError where they cannot be read."""
    today = desk.services.clock().date()
    if "since" not in options and "until" not in options:
        usual = read_period(USUAL, today)
        assert usual is not None
        return usual
    first, last = read_days(str(options.get("since", "")), str(options.get("until", "")), today)
    return Period(None, first, last)
