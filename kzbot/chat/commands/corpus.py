"""`/corpus status`, `reload` and `history`: the state of the articles, what a reload would do, and who did what, for moderators."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from kzbot.chat.cards.history import PER_PAGE, history_view
from kzbot.chat.cards.plans.report import outcome_view
from kzbot.chat.cards.status import Doubtful, status_view
from kzbot.chat.commands.corpus_add import add_adding
from kzbot.chat.commands.corpus_remove import add_removing
from kzbot.chat.commands.corrections import add_corrections
from kzbot.chat.commands.hidden import moderators_group
from kzbot.chat.desk import Desk
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import actor_of, moderate
from kzbot.chat.presses.status import about, doubtful
from kzbot.chat.progress import Progress

if TYPE_CHECKING:
    from kzbot.operations.outcome import Outcome
    from kzbot.querylog.ledger.rows import ApplicationRow

STATUS = "corpus status"
RELOAD = "corpus reload"
HISTORY = "corpus history"


def corpus_commands(desk: Desk) -> app_commands.Group:
    """The group with its commands."""
    say = desk.services.phrases.say
    group = moderators_group(desk, "corpus", say("chat.commands.corpus.what"))

    @group.command(name="status", description=say("chat.commands.corpus.status"))
    async def status(interaction: discord.Interaction[Any]) -> None:
        async def show(held: Doubtful, number: int) -> ui.LayoutView:
            return status_view(desk.services.phrases, held, handle_for(number, STATUS, about(held)))

        await moderate(interaction, desk, STATUS, {}, lambda: doubtful(desk), show, about=about)

    @group.command(name="reload", description=say("chat.commands.corpus.reload"))
    async def reload(interaction: discord.Interaction[Any]) -> None:
        async def show(outcome: "Outcome", number: int) -> ui.LayoutView:
            return outcome_view(desk.services.phrases, outcome, handle_for(number, RELOAD, _candidate(outcome)))

        async def work() -> "Outcome":
            return await _plan(interaction, desk)

        await moderate(interaction, desk, RELOAD, {}, work, show, slow=True, about=_candidate)

    @group.command(name="history", description=say("chat.commands.corpus.history"))
    async def history(interaction: discord.Interaction[Any]) -> None:
        async def look() -> "tuple[list[ApplicationRow], int]":
            return await desk.services.keeper.history(PER_PAGE)

        async def show(found: "tuple[list[ApplicationRow], int]", number: int) -> ui.LayoutView:
            handle, kept = handle_for(number, HISTORY, None), desk.services.keeper.kept()
            return history_view(desk.services.phrases, *found, 0, handle, served=desk.services.shelf.id, kept=kept)

        await moderate(interaction, desk, HISTORY, {}, look, show)

    add_adding(group, desk)
    add_removing(group, desk)
    add_corrections(group, desk)
    return group


def _candidate(outcome: "Outcome") -> str | None:
    """The candidate that the card's buttons are about."""
    return outcome.plan.candidate if outcome.plan else None


async def _plan(interaction: discord.Interaction[Any], desk: Desk) -> "Outcome":
    """Plans, telling how far it is; where the settings say so and the plan only adds, it is applied."""
    keeper, progress = desk.services.keeper, Progress(interaction, desk.services.phrases)
    try:
        outcome = await keeper.reload(actor_of(interaction), progress=progress.told)
    finally:
        await progress.end()
    if outcome.kind != "applied":
        keeper.tell(outcome, actor_of(interaction), "reload")
    return outcome
