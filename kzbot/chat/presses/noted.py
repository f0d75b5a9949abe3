"""Rows of the query log for cards that a press makes."""

from kzbot.chat.asking import asker_of
from kzbot.chat.desk import Desk
from kzbot.chat.handle import Handle, handle_for
from kzbot.chat.presses.guarded import Spoken


async def noted(interaction: Spoken, desk: Desk, command: str, generation: str | None) -> Handle:
    """The handle of a new row for a card about this state of the corpus."""
    number = await desk.note(asker_of(interaction), command, {}, "answered", generation=generation)
    return handle_for(number, command, generation)
