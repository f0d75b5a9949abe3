"""What moderators press on `/log unanswered`: pages, a group, and the one step that mends it."""

from collections.abc import Mapping, Sequence
from typing import Literal

from discord import ui

from kzbot.answers.corrections.checking import LONGEST
from kzbot.chat.cards.unanswered.group import group_view
from kzbot.chat.cards.unanswered.groups import NEXT, TOLD, groups_view, listed_groups
from kzbot.chat.desk import Desk
from kzbot.chat.escape import plain
from kzbot.chat.handle import GROUP, MARK, SOURCE, SPELL, UNANSWERED, UNMARK, Handle, template
from kzbot.chat.moderation import actor_of
from kzbot.chat.presses.correction_forms import Fields, spelling_fields, take_spelling
from kzbot.chat.presses.guarded import Spoken, tell
from kzbot.chat.presses.modals import Form, modal
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.replies import in_time, replace
from kzbot.operations.nearest import about, names_near
from kzbot.operations.reviewing import REMARK, mark, note_source
from kzbot.querylog.review.rows import Group
from kzbot.querylog.rows import QueryRow

_OFFERED = 10


class TurnUnanswered(ModeratorPress, template=template(UNANSWERED)):
    """Previous and Next of the list, and the way back to it."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _show_list(interaction, desk, handle, row)


class OpenGroup(ModeratorPress, template=template(GROUP)):
    """The select of groups; its value is the number of a question of the group."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        group = await _group(interaction, desk, int(self.chosen) if self.chosen.isdecimal() else handle.number)
        if group is not None:
            await _show(interaction, desk, handle, group)


class AddSpelling(ModeratorPress, template=template(SPELL)):
    """Opens the form for a spelling; `number` is that of a question of the group."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        group = await _group(interaction, desk, handle.number)
        if group is not None:
            title = desk.services.phrases.say("chat.corrections.form_name")
            await interaction.response.send_modal(modal(title, handle, await _spelling_fields(desk, group)))


class SpellingForm(Form):
    """Takes the form: the spelling is laid over the name book, as `/corpus correct name` does."""

    kind = SPELL
    moderators = True

    async def filled(
        self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, values: Mapping[str, Sequence[str]]
    ) -> None:
        group = await _group(interaction, desk, handle.number)
        if group is not None:
            await take_spelling(interaction, desk, values, group=group)


class NoteSource(ModeratorPress, template=template(SOURCE)):
    """Opens the form for a missing source."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if await _group(interaction, desk, handle.number) is None:
            return
        say = desk.services.phrases.say
        remark: ui.TextInput[ui.Modal] = ui.TextInput(custom_id="remark", required=False, max_length=REMARK)
        label: ui.Label[ui.Modal] = ui.Label(
            text=say("chat.unanswered.remark"), description=say("chat.unanswered.remark_about"), component=remark
        )
        await interaction.response.send_modal(modal(say("chat.unanswered.form_source"), handle, [label]))


class SourceForm(Form):
    """Takes the form: the note stands with the group."""

    kind = SOURCE
    moderators = True

    async def filled(
        self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, values: Mapping[str, Sequence[str]]
    ) -> None:
        group = await _group(interaction, desk, handle.number)
        if group is None:
            return
        remark, now = "".join(values.get("remark", ())), desk.services.clock()
        await note_source(desk.services.log.review, group, remark, actor_of(interaction), now)
        await _again(interaction, desk, handle, group.alike)


class MarkGroup(ModeratorPress, template=template(MARK)):
    """Dismisses a group, or asks for its askers to be told; `page` says which (see `TOLD`). As a select: dismisses those that
    are named in what was chosen."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if self.chosen:
            await _dismiss_together(interaction, desk, self.chosen.split(NEXT))
            await _show_list(interaction, desk, handle.to(UNANSWERED, handle.page // 2), row)
            return
        group = await _group(interaction, desk, handle.number)
        if group is None:
            return
        kind: Literal["tell", "dismissed"] = "tell" if handle.page % 2 == TOLD else "dismissed"
        await mark(desk.services.log.review, group, kind, actor_of(interaction), desk.services.clock())
        if kind == "tell":
            desk.teller.wake()
        await _again(interaction, desk, handle.to(handle.kind, handle.page // 2), group.alike)


class UnmarkGroup(ModeratorPress, template=template(UNMARK)):
    """Takes a review back; `number` is the review's."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        review = desk.services.log.review
        found = await review.review(handle.number)
        if found is None or found.alike is None:
            await tell(interaction, desk, "chat.unanswered.gone")
        elif not await review.undo(handle.number, actor_of(interaction), desk.services.clock()):
            await tell(interaction, desk, "chat.unanswered.undone")
        else:
            await _again(interaction, desk, handle, found.alike)


async def _dismiss_together(interaction: Spoken, desk: Desk, questions: Sequence[str]) -> None:
    """Dismisses the groups of these questions that are still kept."""
    review, actor = desk.services.log.review, actor_of(interaction)
    for number in questions:
        group = await review.group_of(int(number)) if number.isdecimal() else None
        if group is not None:
            await mark(review, group, "dismissed", actor, desk.services.clock())


async def _show_list(interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
    work = listed_groups(desk, row.options, row.asked_at.date(), handle.page)
    listed = await in_time(interaction, work, private=True, update=True)
    await replace(interaction, groups_view(desk.services.phrases, handle, listed))


async def _group(interaction: Spoken, desk: Desk, query: int) -> Group | None:
    """The group of a question; None where it is kept no more, and then that is said."""
    group = await desk.services.log.review.group_of(query)
    if group is None:
        await tell(interaction, desk, "chat.unanswered.gone")
    return group


async def _again(interaction: Spoken, desk: Desk, handle: Handle, alike: str) -> None:
    """The card of a group as it is now."""
    group = await desk.services.log.review.group(alike)
    if group is None:
        await tell(interaction, desk, "chat.unanswered.gone")
    else:
        await _show(interaction, desk, handle, group)


async def _show(interaction: Spoken, desk: Desk, handle: Handle, group: Group) -> None:
    view = await in_time(interaction, group_view(desk, handle, group), private=True, update=True)
    await replace(interaction, view)


async def _spelling_fields(desk: Desk, group: Group) -> Fields:
    """The nearest names of the book, room for another one, and the words as they were asked."""
    phrases, words = desk.services.phrases, about(group.latest)
    async with desk.services.shelf.current() as generation:
        near = names_near(generation, words, _OFFERED)
    return spelling_fields(phrases, near, plain(words, LONGEST), phrases.say("chat.unanswered.spelling_about"))
