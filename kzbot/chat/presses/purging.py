"""The buttons of `/log purge` and its form, in which the number of questions that go is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from discord import ui

from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cards.purging import purge_view
from kzbot.chat.desk import Desk
from kzbot.chat.handle import KEEP, PURGE, Handle, template
from kzbot.chat.moderation import actor_of
from kzbot.chat.narrowing import ServerNames, purge_filters_of
from kzbot.chat.presses.guarded import Spoken, tell
from kzbot.chat.presses.modals import Form, modal
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.progress import Progress
from kzbot.chat.replies import defer, replace
from kzbot.operations.purging import told
from kzbot.querylog.erasing.scope import Outline, Scope
from kzbot.querylog.filters import Filters
from kzbot.querylog.rows import QueryRow

COMMAND = "log purge"
_TYPED = "typed"
_MOST_TYPED = 20


@dataclass(frozen=True, slots=True)
class _At:
    """How far an erasure is, as `Progress` tells it."""

    stage: str
    done: int
    total: int


class PurgeQuestions(ModeratorPress, template=template(PURGE)):
    """Asks to type how many questions go."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if row.command != COMMAND:
            await tell(interaction, desk, "chat.press.old")
            return
        say = desk.services.phrases.say
        field: ui.TextInput[ui.Modal] = ui.TextInput(custom_id=_TYPED, max_length=_MOST_TYPED)
        items: tuple[ui.Item[Any], ...] = (
            ui.TextDisplay(say("chat.purge.warning")),
            ui.Label(text=say("chat.purge.label"), description=say("chat.purge.how"), component=field),
        )
        await interaction.response.send_modal(modal(say("chat.purge.title"), handle.to(PURGE), items))


class ConfirmPurge(Form):
    """The number that was typed."""

    kind = PURGE
    moderators = True

    async def filled(
        self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, values: Mapping[str, Sequence[str]]
    ) -> None:
        if row.command != COMMAND:
            await tell(interaction, desk, "chat.press.old")
            return
        typed = "".join(next(iter(values.get(_TYPED, ())), "").split()).replace(",", "")
        await defer(interaction, private=True, update=True)
        filters, outline = await _outlined(interaction, desk, row)
        if typed != str(outline.total) or not outline.total:
            lead = desk.services.phrases.say("chat.purge.wrong", count=outline.total)
            servers = ServerNames(interaction.client)
            await replace(interaction, purge_view(desk.services.phrases, filters, outline, handle, servers, lead))
            return
        await _purge(interaction, desk, row, filters)


class KeepQuestions(ModeratorPress, template=template(KEEP)):
    """Nothing is erased."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await replace(interaction, notice(desk.services.phrases.say("chat.purge.kept"), Tone.NOTHING))


async def _purge(interaction: Spoken, desk: Desk, row: QueryRow, filters: Filters) -> None:
    """Erases, and tells how far it is. The command's own row goes, too: it holds the words that were searched for."""
    services = desk.services
    progress = Progress(interaction, services.phrases)
    try:
        erased = await services.eraser.erase(
            Scope.filtered(filters, row.number),
            actor_of(interaction),
            row.asked_at,
            details=told(filters),
            progress=lambda stage, done, total: progress.told(_At(f"erase_{stage}", done, total)),
        )
    finally:
        await progress.end()
    said = services.phrases.say("chat.purge.done", count=max(erased.queries - 1, 0))
    await replace(interaction, notice(said, Tone.EVIDENCE))


async def _outlined(interaction: Spoken, desk: Desk, row: QueryRow) -> tuple[Filters, Outline]:
    """What the card counted, counted anew; the command's own row is not among it."""
    filters = await purge_filters_of(interaction.client, desk, row.options, row.asked_at)
    return filters, await desk.services.eraser.outline(filters, row.asked_at, besides=row.number)
