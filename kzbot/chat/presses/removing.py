"""The button that brings a withdrawn article back."""

from kzbot.chat.cards.removing import removed_view
from kzbot.chat.desk import Desk
from kzbot.chat.handle import RESTORE, Handle, template
from kzbot.chat.moderation import actor_of
from kzbot.chat.presses.guarded import Spoken
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.presses.noted import noted
from kzbot.chat.progress import Progress
from kzbot.chat.replies import defer, replace
from kzbot.querylog.rows import QueryRow

COMMAND = "corpus restore"


class Restore(ModeratorPress, template=template(RESTORE)):
    """Undo of a withdrawal; its number in the ledger is the handle's."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await defer(interaction, private=True, update=True)
        progress = Progress(interaction, desk.services.phrases)
        try:
            done = await desk.services.remover.undo(handle.number, actor_of(interaction), progress.told)
        finally:
            await progress.end()
        plan = done.outcome.plan if done.outcome else None
        made = await noted(interaction, desk, COMMAND, plan.candidate if plan else None)
        await replace(interaction, removed_view(desk.services.phrases, done, made, back=True))
