"""`/corpus status` and `/corpus reload`: the state of the articles, and taking changed files in, for moderators."""

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from kzbot.chat.cards.corpus import reload_card, status_card
from kzbot.chat.cards.frame import Labels, Tone, build, notice
from kzbot.chat.commands.corrections import add_corrections
from kzbot.chat.commands.hidden import moderators_group
from kzbot.chat.desk import Desk
from kzbot.chat.moderation import moderate

if TYPE_CHECKING:
    from kzbot.operations.reload import ReloadReport
    from kzbot.operations.status import CorpusStatus

_NO_LABELS = Labels("", "")
_BETWEEN = 2.0
"""Seconds between two notes of progress."""


def corpus_commands(desk: Desk) -> app_commands.Group:
    """The group with its two commands."""
    say = desk.services.phrases.say
    group = moderators_group(desk, "corpus", say("chat.commands.corpus.what"))

    @group.command(name="status", description=say("chat.commands.corpus.status"))
    async def status(interaction: discord.Interaction[Any]) -> None:
        async def show(found: "CorpusStatus", number: int) -> ui.LayoutView:
            return build(status_card(desk.services.phrases, found, number), _NO_LABELS)

        await moderate(interaction, desk, "corpus status", {}, desk.services.status, show)

    @group.command(name="reload", description=say("chat.commands.corpus.reload"))
    @app_commands.describe(force=say("chat.commands.corpus.force"))
    async def reload(interaction: discord.Interaction[Any], force: bool = False) -> None:
        async def show(report: "ReloadReport", number: int) -> ui.LayoutView:
            return build(reload_card(desk.services.phrases, report, number), _NO_LABELS)

        async def work() -> "ReloadReport":
            return await _reload(interaction, desk, force)

        options = {"force": True} if force else {}
        await moderate(interaction, desk, "corpus reload", options, work, show, slow=True)

    add_corrections(group, desk)
    return group


async def _reload(interaction: discord.Interaction[Any], desk: Desk, force: bool) -> "ReloadReport":
    """Reloads, telling how far it is, and lets answers be made from the new generation."""
    services = desk.services
    progress = _Progress(interaction, desk)
    try:
        report = await services.reload(force=force, progress=progress.told)
    finally:
        await progress.end()
    if report.generation is not None and report.generation != services.shelf.id:
        await services.shelf.swap(report.generation)
    return report


class _Progress:
    """Edits the promised answer as the reload goes on, at most every two seconds; the result comes after the last edit."""

    def __init__(self, interaction: discord.Interaction[Any], desk: Desk) -> None:
        self._interaction = interaction
        self._desk = desk
        self._last = time.monotonic()
        self._edit: asyncio.Task[None] | None = None

    def told(self, progress: Any) -> None:
        """Called by the reload."""
        if time.monotonic() - self._last < _BETWEEN or (self._edit is not None and not self._edit.done()):
            return
        self._last = time.monotonic()
        say = self._desk.services.phrases.say
        said = say(f"chat.corpus.progress.{progress.stage}")
        if progress.total:
            said = say("chat.corpus.progress.counted", stage=said, done=progress.done, total=progress.total)
        self._edit = asyncio.ensure_future(self._show(said))

    async def _show(self, said: str) -> None:
        with contextlib.suppress(discord.HTTPException):
            await self._interaction.edit_original_response(view=notice(said, Tone.NOTHING))

    async def end(self) -> None:
        """Waits for an edit under way."""
        if self._edit is not None:
            await asyncio.wait({self._edit})
