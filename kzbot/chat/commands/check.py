"""`/check quote` and "Check quotes" in a message's menu: whether quotations stand in the corpus."""

from typing import Any

import discord
from discord import app_commands

from kzbot.chat.asking import answer, asker_of, refuse_elsewhere
from kzbot.chat.autocomplete import suggestions
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.desk import Desk
from kzbot.chat.permissions import may_ask
from kzbot.chat.replies import send
from kzbot.querylog.messages import traces


def check_commands(desk: Desk) -> app_commands.Group:
    """The group with its command."""
    say = desk.services.phrases.say
    group = app_commands.Group(name="check", description=say("chat.commands.check.what"))

    @group.command(name="quote", description=say("chat.commands.check.what"))
    @app_commands.describe(
        quote=say("chat.commands.check.quote"),
        source=say("chat.commands.check.source"),
        private=say("chat.commands.private"),
    )
    async def quote(
        interaction: discord.Interaction[Any],
        quote: str,
        source: str | None = None,
        private: bool | None = None,
    ) -> None:
        await answer(interaction, desk, "check", {"quote": quote, "source": source}, private)

    quote.autocomplete("source")(suggestions(desk, "check", "source"))
    return group


def check_menu(desk: Desk) -> app_commands.ContextMenu:
    """The entry in the menu of a message. Its answer is for who asked alone: they may show it in the channel."""

    async def check_quotes(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        text = _text(message)
        if text.strip():
            await answer(interaction, desk, "check", {"quote": text}, True, traces(message.id, text))
        else:
            await _tell_nothing_to_check(interaction, desk, message)

    return app_commands.ContextMenu(name=desk.services.phrases.say("chat.commands.check.menu"), callback=check_quotes)


def _text(message: discord.Message) -> str:
    """What the message says, or what it forwards."""
    return message.content or "\n".join(one.content for one in message.message_snapshots)


async def _tell_nothing_to_check(interaction: discord.Interaction[Any], desk: Desk, message: discord.Message) -> None:
    """That the message has no words that could be checked, and what can be done; noted in the log like a question."""
    with desk.at_work():
        if not may_ask(interaction, desk.services.settings.discord):
            await refuse_elsewhere(interaction, desk, "check")
            return
        await desk.note(asker_of(interaction), "check", traces(message.id, ""), "bad_request")
        key = "card" if message.author.id == interaction.application_id else "no_text"
        await send(interaction, notice(desk.services.phrases.say(f"chat.check.{key}"), Tone.NOTHING), private=True)
