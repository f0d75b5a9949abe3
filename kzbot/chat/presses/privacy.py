"""The buttons of `/privacy`: each acts for who presses it, whoever the card was made for."""

from datetime import timedelta

from kzbot.chat import privacy
from kzbot.chat.cards.privacy import MINUTES
from kzbot.chat.desk import Desk
from kzbot.chat.handle import DELETE_MINE, EXPORT_MINE, FORGET, Handle, template
from kzbot.chat.presses.guarded import Press, Spoken, tell
from kzbot.querylog.rows import QueryRow


class ExportMine(Press, template=template(EXPORT_MINE)):
    """Everything that is kept, as a file."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await privacy.hand_over(interaction, desk)


class AskToDelete(Press, template=template(DELETE_MINE)):
    """What would go, and a button that lets it go."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await privacy.ask_to_delete(interaction, desk)


class DeleteForGood(Press, template=template(FORGET)):
    """Deletes, where it was asked a short while ago."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if row.command != privacy.DELETE or desk.services.clock() - row.asked_at > timedelta(minutes=MINUTES):
            await tell(interaction, desk, "chat.privacy.deleting.late")
        else:
            await privacy.delete(interaction, desk)
