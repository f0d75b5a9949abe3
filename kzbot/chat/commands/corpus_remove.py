"""`/corpus remove` and `/corpus restore`: an article is withdrawn by a row, and brought back, for moderators."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from kzbot.chat.cards.removing import removed_view
from kzbot.chat.desk import Desk
from kzbot.chat.escape import plain
from kzbot.chat.fit import CHOICE, CHOICES
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import actor_of, moderate
from kzbot.chat.permissions import is_moderator
from kzbot.chat.progress import Progress

if TYPE_CHECKING:
    from kzbot.operations.removing import Removed

_log = logging.getLogger(__name__)

REMOVE, RESTORE = "corpus remove", "corpus restore"
Spoken = discord.Interaction[Any]


def add_removing(group: app_commands.Group, desk: Desk) -> None:
    """Adds both commands to their group."""
    say = desk.services.phrases.say

    @group.command(name="remove", description=say("chat.removing.command.remove"))
    @app_commands.describe(article=say("chat.removing.command.article"))
    async def remove(interaction: Spoken, article: str) -> None:
        await _change(interaction, desk, article, back=False)

    @group.command(name="restore", description=say("chat.removing.command.restore"))
    @app_commands.describe(article=say("chat.removing.command.withdrawn"))
    async def restore(interaction: Spoken, article: str) -> None:
        await _change(interaction, desk, article, back=True)

    @remove.autocomplete("article")
    async def served(interaction: Spoken, typed: str) -> list[app_commands.Choice[str]]:
        return await _suggested(interaction, desk, typed, back=False)

    @restore.autocomplete("article")
    async def withdrawn(interaction: Spoken, typed: str) -> list[app_commands.Choice[str]]:
        return await _suggested(interaction, desk, typed, back=True)


async def _change(interaction: Spoken, desk: Desk, article: str, *, back: bool) -> None:
    command = RESTORE if back else REMOVE

    async def work() -> "Removed":
        progress, remover = Progress(interaction, desk.services.phrases), desk.services.remover
        change = remover.restore if back else remover.remove
        try:
            return await change(article.strip(), actor_of(interaction), progress.told)
        finally:
            await progress.end()

    async def show(done: "Removed", number: int) -> ui.LayoutView:
        return removed_view(desk.services.phrases, done, handle_for(number, command, _about(done)), back=back)

    await moderate(interaction, desk, command, {"article": article}, work, show, slow=True, about=_about, noted=True)


def _about(done: "Removed") -> str | None:
    """The candidate that the buttons of a plan are about."""
    return done.outcome.plan.candidate if done.outcome and done.outcome.plan else None


async def _suggested(interaction: Spoken, desk: Desk, typed: str, *, back: bool) -> list[app_commands.Choice[str]]:
    """Articles that are served, or withdrawn ones; nothing for who is no moderator."""
    services = desk.services
    if not is_moderator(interaction, services.settings.discord):
        return []
    try:
        found = await (services.remover.withdrawn(typed) if back else services.remover.removable(typed))
    except Exception:  # noqa: BLE001 - a person who types sees no suggestions rather than a failure
        _log.exception("No articles to suggest")
        return []
    return _choices(found)


def _choices(found: Sequence[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=plain(f"{title} ({id_})" if title != id_ else id_, CHOICE) or id_, value=id_)
        for id_, title in found[:CHOICES]
        if 0 < len(id_) <= CHOICE
    ]
