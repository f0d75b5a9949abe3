"""The buttons of what was sent: fill in its form, leave one out, add all, cancel; for any moderator, also after a restart."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from discord import TextStyle, ui

from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cards.incoming import added_lines, incoming_view
from kzbot.chat.cards.plans.report import outcome_view
from kzbot.chat.desk import Desk
from kzbot.chat.escape import plain
from kzbot.chat.handle import ADD, DROP, FILL, LEAVE, Handle, template
from kzbot.chat.moderation import actor_of
from kzbot.chat.presses.guarded import Spoken, tell
from kzbot.chat.presses.modals import Form, modal
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.presses.noted import noted
from kzbot.chat.progress import Progress
from kzbot.chat.replies import defer, replace, send
from kzbot.querylog.rows import QueryRow

if TYPE_CHECKING:
    from kzbot.operations.outcome import Outcome

FIELDS = ("title", "url", "publisher", "published", "ground")
_LONGEST = {"published": 100}
_LINE = 2000


class FillIn(ModeratorPress, template=template(FILL)):
    """Opens the form of one article, prefilled with what is known of it, or with what was typed and could not be taken."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        batch = await desk.services.importer.batch(str(row.number))
        sent = batch.sent[handle.number] if batch and handle.number < len(batch.sent) else None
        if batch is None or batch.state != "waiting" or sent is None or len(sent.pieces) != 1:
            await tell(interaction, desk, "chat.incoming.gone")
            return
        say = desk.services.phrases.say
        form = sent.pieces[0].form
        items = [
            ui.Label(
                text=say(f"chat.incoming.form.{field}"),
                description=say(f"chat.incoming.form.about_{field}"),
                component=_field(field, getattr(form, field)),
            )
            for field in FIELDS
        ]
        title = say("chat.incoming.form.heading", name=plain(sent.name, 30))
        await interaction.response.send_modal(modal(title, handle, items))


class Filled(Form):
    """The form of one article; the card shows what it says now, or what could not be taken and why."""

    kind = FILL
    moderators = True

    async def filled(
        self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, values: Mapping[str, Sequence[str]]
    ) -> None:
        given = {field: next(iter(values.get(field, ())), "") for field in FIELDS}
        batch = await desk.services.importer.fill_in(str(row.number), handle.number, **given)
        if batch is None:
            await tell(interaction, desk, "chat.incoming.gone")
        else:
            await replace(interaction, incoming_view(desk.services.phrases, batch))


class LeaveOut(ModeratorPress, template=template(LEAVE)):
    """The select that leaves one thing out, or takes it in again."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        number = int(self.chosen) if self.chosen.isdecimal() else 0
        batch = await desk.services.importer.leave_out(str(row.number), number)
        if batch is None:
            await tell(interaction, desk, "chat.incoming.gone")
        else:
            await replace(interaction, incoming_view(desk.services.phrases, batch))


class DropIncoming(ModeratorPress, template=template(DROP)):
    """Lets go of what was sent."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        dropped = await desk.services.importer.cancel(str(row.number))
        if not dropped:
            await tell(interaction, desk, "chat.incoming.gone")
            return
        await replace(interaction, notice(desk.services.phrases.say("chat.incoming.dropped"), Tone.NOTHING))


class AddIncoming(ModeratorPress, template=template(ADD)):
    """Adds all that can be added; what that does to the corpus stands below, as a plan or as the report of one applied."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        phrases, importer = desk.services.phrases, desk.services.importer
        batch = await importer.batch(str(row.number))
        if batch is None or not batch.ready:
            await tell(interaction, desk, "chat.incoming.gone")
            return
        await defer(interaction, private=True, update=True)
        progress = Progress(interaction, phrases)
        try:
            added = await importer.add(str(row.number), actor_of(interaction), progress.told)
        finally:
            await progress.end()
        if added is None:
            await tell(interaction, desk, "chat.incoming.gone")
            return
        said = "\n".join(added_lines(phrases, added))
        await replace(interaction, notice(said, Tone.EVIDENCE if added.written else Tone.NOTHING))
        if added.outcome is not None:
            await send(interaction, await outcome_card(interaction, desk, row.command, added.outcome), private=True)


async def outcome_card(interaction: Spoken, desk: Desk, command: str, outcome: "Outcome") -> ui.LayoutView:
    """A plan with its buttons, or the report of one that was applied, with a row of its own."""
    handle = await noted(interaction, desk, command, outcome.plan.candidate if outcome.plan else None)
    return outcome_view(desk.services.phrases, outcome, handle)


def _field(name: str, value: str) -> "ui.TextInput[ui.Modal]":
    most = _LONGEST.get(name, _LINE)
    return ui.TextInput(
        custom_id=name,
        style=TextStyle.short,
        default=value[:most] or None,
        required=name == "title",
        max_length=most,
    )
