"""`/search`: the passages that answer best."""

from typing import Any

import discord
from discord import app_commands

from kzbot.chat.asking import answer
from kzbot.chat.autocomplete import add_suggestions
from kzbot.chat.desk import Desk


def search_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """The command, with its words and suggestions."""
    say = desk.services.phrases.say

    @app_commands.command(name="search", description=say("chat.commands.search.what"))
    @app_commands.rename(start="from", end="to")
    @app_commands.describe(
        query=say("chat.commands.search.query"),
        start=say("chat.commands.from"),
        end=say("chat.commands.to"),
        publisher=say("chat.commands.search.publisher"),
        private=say("chat.commands.private"),
    )
    async def search(
        interaction: discord.Interaction[Any],
        query: str,
        start: str | None = None,
        end: str | None = None,
        publisher: str | None = None,
        private: bool | None = None,
    ) -> None:
        given = {"query": query, "from": start, "to": end, "publisher": publisher}
        await answer(interaction, desk, "search", given, private)

    add_suggestions(search, desk, {"from": "start", "to": "end"})
    return search
