"""Turning the pages of `/log questions`."""

from kzbot.chat.cards.questions import questions_view
from kzbot.chat.desk import Desk
from kzbot.chat.handle import LOG, Handle, template
from kzbot.chat.presses.guarded import Spoken
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.replies import replace
from kzbot.querylog.rows import QueryRow


class TurnLogPage(ModeratorPress, template=template(LOG)):
    """Previous and Next; who presses must be a moderator still."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await replace(interaction, await questions_view(desk, handle, row.options, handle.page))
