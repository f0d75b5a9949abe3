"""Taking a timeline away as a picture or a file, sent to whoever asks for it alone."""

import asyncio
import math
from dataclasses import dataclass

from kzbot.answers.timelines.tellings import folded, place
from kzbot.chat.asked import Asked
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cards.taken import taken_view
from kzbot.chat.desk import Desk
from kzbot.chat.forms import Form, Taken, form_named, make
from kzbot.chat.handle import TAKE, Handle, template
from kzbot.chat.paging import pages_for
from kzbot.chat.presses.guarded import Press, Spoken, asked_by, tell, tell_changed
from kzbot.chat.replies import defer, in_time, send
from kzbot.querylog.rows import QueryRow

QUICK = 1 << 20
"""Bytes; a larger file may not be up within the three seconds that a first answer has."""
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole answer and its file; `taken` is None where nothing can be drawn, or put into a calendar."""

    asked: Asked
    taken: Taken | None


class TakeAway(Press, template=template(TAKE)):
    """The select of forms; `number` is 1 on a card that others see too. The list of a private one is its asker's."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        form = form_named(self.chosen)
        if form is None:
            await tell(interaction, desk, "chat.press.old")
            return
        if row.private and not handle.number and not asked_by(interaction, desk, row):
            await tell(interaction, desk, "chat.press.unknown")
            return
        whole = await in_time(interaction, _made(desk, row, form, handle.page), private=True)
        if whole is None:
            await tell_changed(interaction, desk, handle)
        elif whole.taken is None:
            await tell(interaction, desk, "chat.take.no_days" if form == "ics" else "chat.take.no_dates")
        else:
            await _hand_over(interaction, desk, whole.asked, whole.taken)


async def _made(desk: Desk, row: QueryRow, form: Form, page: int) -> Whole | None:
    """The file, made in a thread from the state that was answered from; None where that is no longer kept."""
    found = await desk.whole(row)
    if found is None:
        return None
    question, asked = found
    listed = folded(asked.answer)
    last = max(pages_for(listed.listed, desk.per_page) - 1, 0)
    first = place(asked.answer, listed, min(page, last) * desk.per_page)
    return Whole(asked, await asyncio.to_thread(make, asked.answer, form, desk.services.phrases, question, first))


async def _hand_over(interaction: Spoken, desk: Desk, asked: Asked, taken: Taken) -> None:
    phrases, size, limit = desk.services.phrases, len(taken.data), interaction.filesize_limit
    if size > limit:
        said = phrases.say("chat.take.too_large", size=megabytes(size), limit=megabytes(limit))
        await send(interaction, notice(said, Tone.NOTHING), private=True)
        return
    if size > QUICK:
        await defer(interaction, private=True)
    view, file = taken_view(phrases, asked, taken)
    await send(interaction, view, private=True, files=(file,))


def megabytes(count: int) -> str:
    """With one digit, rounded up, so that what is too large never looks as if it fitted."""
    return f"{math.ceil(count / _MEGABYTE * 10) / 10:.1f}"
