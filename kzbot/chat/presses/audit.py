"""The buttons of `/log audit`: turning pages, and one deed with all that is kept of it."""

from kzbot.chat.cards.audit import audit_view, deed_view
from kzbot.chat.desk import Desk
from kzbot.chat.handle import AUDIT, DEED, Handle, template
from kzbot.chat.narrowing import ServerNames, deed_filters_of
from kzbot.chat.presses.guarded import Spoken, tell
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.replies import replace, send
from kzbot.operations.deeds import with_subject
from kzbot.querylog.rows import QueryRow


class TurnAudit(ModeratorPress, template=template(AUDIT)):
    """Previous and Next."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        filters = await deed_filters_of(desk, row.options, row.asked_at)
        await replace(
            interaction, await audit_view(desk, handle, filters, handle.page, ServerNames(interaction.client))
        )


class ShowDeed(ModeratorPress, template=template(DEED)):
    """The select of the page's deeds."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        number = int(self.chosen) if self.chosen.isdecimal() else 0
        log = desk.services.log
        deed = await log.ledger.deed(number)
        if deed is None:
            await tell(interaction, desk, "chat.log.audit.gone")
            return
        view = await deed_view(
            desk, await with_subject(log.ledger, log.review, deed), handle, ServerNames(interaction.client)
        )
        await send(interaction, view, private=True)
