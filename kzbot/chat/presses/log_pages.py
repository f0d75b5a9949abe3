"""The buttons of `/log questions`: turning pages, and taking all of them away."""

from dataclasses import replace as changed

from kzbot.chat.cards.questions import Place, questions_view
from kzbot.chat.desk import Desk
from kzbot.chat.exporting import attached, exported, exported_view, form_named
from kzbot.chat.handle import EXPORT, LOG, Handle, template
from kzbot.chat.narrowing import filters_of
from kzbot.chat.presses.guarded import Spoken
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.replies import defer, in_time, replace, send
from kzbot.querylog.filters import Filters
from kzbot.querylog.rows import QueryRow


class TurnLogPage(ModeratorPress, template=template(LOG)):
    """Newest, Previous, Next and Oldest; who presses must be a moderator still."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        services = desk.services
        filters = await _of_card(interaction, desk, row)
        place = Place(handle.page, handle.number)
        shown = questions_view(services.phrases, services.log.listing, handle, filters, place)
        await replace(interaction, await in_time(interaction, shown, private=True, update=True))


class ExportQuestions(ModeratorPress, template=template(EXPORT)):
    """The select of forms: all questions that pass the filters of the card, in a message of its own."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await defer(interaction, private=True)
        filters = await _of_card(interaction, desk, row)
        made = await exported(interaction, desk, filters, form_named(self.chosen))
        view = exported_view(interaction, desk, filters, made, handle.row)
        await send(interaction, view, private=True, files=attached(made))


async def _of_card(interaction: Spoken, desk: Desk, row: QueryRow) -> Filters:
    """What the card's list was narrowed by; the question that made it is not in it."""
    filters = await filters_of(interaction.client, desk, row.options, row.asked_at)
    return changed(filters, besides=row.number)
