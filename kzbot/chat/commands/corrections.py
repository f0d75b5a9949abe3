"""`/corpus doubts`, `/corpus corrections`, `/corpus correct`: what readers doubt, and what moderators say instead."""

from typing import Any

import discord
from discord import app_commands, ui

from kzbot.answers.corrections.checking import meaning_choices, name_choices, word_choices
from kzbot.answers.model import Choice
from kzbot.chat.autocomplete import suggested
from kzbot.chat.cards.corrections.doubts import STATES, doubts_view
from kzbot.chat.cards.corrections.held import corrections_view
from kzbot.chat.correcting import correct_date, correct_name
from kzbot.chat.desk import Desk
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import moderate
from kzbot.chat.permissions import is_moderator
from kzbot.chat.presses.correcting import LIST
from kzbot.querylog.ledger.rows import ReportState

HELD = "corpus corrections"


def add_corrections(group: app_commands.Group, desk: Desk) -> None:
    """Adds them to the group of the corpus."""
    say = desk.services.phrases.say
    _add_lists(group, desk)
    correct = app_commands.Group(name="correct", description=say("chat.commands.corpus.correct"), parent=group)
    _add_date(correct, desk)
    _add_name(correct, desk)


def _add_lists(group: app_commands.Group, desk: Desk) -> None:
    say = desk.services.phrases.say

    @group.command(name="doubts", description=say("chat.commands.corpus.doubts"))
    @app_commands.describe(state=say("chat.commands.corpus.doubts_state"))
    @app_commands.choices(state=[app_commands.Choice(name=say(f"chat.doubts.{one}_only"), value=one) for one in STATES])
    async def doubts(interaction: discord.Interaction[Any], state: str | None = None) -> None:
        shown: ReportState = next((one for one in STATES if one == state), "open")

        async def show(_: None, number: int) -> ui.LayoutView:
            return await doubts_view(desk, handle_for(number, LIST, None), shown, 0)

        await moderate(interaction, desk, LIST, {"state": state} if state else {}, _look, show)

    @group.command(name="corrections", description=say("chat.commands.corpus.corrections"))
    async def corrections(interaction: discord.Interaction[Any]) -> None:
        async def show(_: None, number: int) -> ui.LayoutView:
            return await corrections_view(desk, handle_for(number, HELD, None), 0)

        await moderate(interaction, desk, HELD, {}, _look, show)


async def _look() -> None:
    """The rows are read when they are shown, so that a page is never older than its card."""


def _add_date(group: app_commands.Group, desk: Desk) -> None:
    phrases, say, services = desk.services.phrases, desk.services.phrases.say, desk.services

    @group.command(name="date", description=say("chat.commands.corpus.correct_date"))
    @app_commands.describe(
        article=say("chat.commands.corpus.article"),
        words=say("chat.commands.corpus.words"),
        means=say("chat.commands.corpus.means"),
    )
    async def date(interaction: discord.Interaction[Any], article: str, words: str, means: str) -> None:
        await correct_date(interaction, desk, article, words, means)

    async def of_article(interaction: discord.Interaction[Any], typed: str, generation: Any) -> tuple[Choice, ...]:
        return await services.complete("source", "what", typed, generation, services.clock().date())

    async def of_words(interaction: discord.Interaction[Any], typed: str, generation: Any) -> tuple[Choice, ...]:
        return await word_choices(
            generation, str(getattr(interaction.namespace, "article", None) or ""), typed, phrases
        )

    async def of_meaning(interaction: discord.Interaction[Any], typed: str, generation: Any) -> tuple[Choice, ...]:
        return meaning_choices(typed, phrases)

    for option, work in (("article", of_article), ("words", of_words), ("means", of_meaning)):
        date.autocomplete(option)(suggested(desk, work, is_moderator))


def _add_name(group: app_commands.Group, desk: Desk) -> None:
    say = desk.services.phrases.say

    @group.command(name="name", description=say("chat.commands.corpus.correct_name"))
    @app_commands.describe(name=say("chat.commands.corpus.name"), spelling=say("chat.commands.corpus.spelling"))
    async def name(interaction: discord.Interaction[Any], name: str, spelling: str) -> None:
        await correct_name(interaction, desk, name, spelling)

    async def of_name(interaction: discord.Interaction[Any], typed: str, generation: Any) -> tuple[Choice, ...]:
        return name_choices(generation, typed)

    name.autocomplete("name")(suggested(desk, of_name, is_moderator))
