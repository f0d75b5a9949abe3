"""The direct message to who wished to be told: what can be answered now, and a button that asks it."""

import discord
from discord import ui

from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline
from kzbot.chat.handle import AGAIN, handle_for
from kzbot.operations.telling import RefusedError, UnsentError
from kzbot.phrases import Phrases
from kzbot.querylog.review.rows import DueRow

_QUESTION = 600
_OURS = 500


async def tell_askers(client: discord.Client, desk: Desk) -> None:
    """Tells for ever who wished it; ends when it is cancelled."""

    async def send(due: DueRow) -> None:
        await _send(client, desk.services.phrases, due)

    await desk.teller.follow(send)


def told_view(phrases: Phrases, due: DueRow) -> ui.LayoutView:
    """The message. Needs a running event loop."""
    say, row = phrases.say, due.question
    question = inline(typed(Question(row.command, row.options)), _QUESTION)
    lines = [
        f"## {say('chat.telling.heading')}",
        say("chat.telling.said", when=f"<t:{int(due.wish.at.timestamp())}:f>", question=question),
        say("chat.telling.how"),
    ]
    again = handle_for(row.number, row.command, row.generation).to(AGAIN)
    return notice("\n".join(lines), Tone.EVIDENCE, [(button(say("chat.telling.ask"), again, primary=True),)])


async def _send(client: discord.Client, phrases: Phrases, due: DueRow) -> None:
    """One message, to one person alone. See `Send` for what it raises: as long as it is not begun it can be sent later; Discord's
    refusal ends it; where Discord breaks down over it, nobody knows whether it stands."""
    try:
        room = await client.create_dm(discord.Object(due.wish.user))
    except discord.HTTPException as error:
        raise (UnsentError if error.status >= _OURS else RefusedError)(error.text or str(error)) from error
    except Exception as error:
        raise UnsentError(str(error)) from error
    try:
        await room.send(view=told_view(phrases, due), allowed_mentions=discord.AllowedMentions.none())
    except discord.HTTPException as error:
        if error.status >= _OURS:
            raise
        raise RefusedError(error.text or str(error)) from error
