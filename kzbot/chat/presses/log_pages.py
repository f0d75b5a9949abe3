"""Turning the pages of `/log questions`."""

from kzbot.chat.cards.questions import questions_view
from kzbot.chat.desk import Desk
from kzbot.chat.handle import LOG, Handle, template
from kzbot.chat.moderation import admitted
from kzbot.chat.presses.guarded import Press, Spoken
from kzbot.chat.replies import replace
from kzbot.querylog.rows import QueryRow


class TurnLogPage(Press, template=template(LOG)):
    """Previous and Next; who presses must be a moderator still."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if await admitted(interaction, desk, row.command, row.options):
            await replace(interaction, await questions_view(desk, handle, row.options, handle.page))
