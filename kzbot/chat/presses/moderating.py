"""The base of what only moderators may press, on their own cards and on those that the bot posted by itself.

Every card has a row of the query log. One that nobody asked for gets a row of the bot's own (`Desk.note_own`), so that its
buttons are checked like any other's; and who presses is checked anew each time, because a card in a channel is seen by all
who see the channel, and who was a moderator may be none any more.
"""

from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.desk import Desk
from kzbot.chat.handle import Handle
from kzbot.chat.moderation import admitted, refusal
from kzbot.chat.presses.guarded import Press, Spoken
from kzbot.chat.replies import send
from kzbot.errors import QuestionError
from kzbot.querylog.rows import QueryRow


class ModeratorPress(Press, template=r"kz1:never"):
    """A press that only a moderator in the home server may make; others are told so, and the try is in the log."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if await admitted(interaction, desk, row.command, row.options):
            try:
                await self.moderate(interaction, desk, handle, row)
            except QuestionError as error:
                said = refusal(desk.services.phrases, error, row.number)
                await send(interaction, notice(said, Tone.NOTHING), private=True)

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        """What the press does for a moderator; `row` is the one that the button was made for."""
        raise AssertionError(f"{type(self).__name__} has no moderate")
