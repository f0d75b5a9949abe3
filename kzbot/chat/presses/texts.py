"""The whole text of an article or of a passage, page by page, to whoever asks for it alone."""

from kzbot.chat.cards.frame import build
from kzbot.chat.cards.render import labels
from kzbot.chat.cards.source import text_card
from kzbot.chat.cards.words import title
from kzbot.chat.desk import Desk
from kzbot.chat.handle import TEXT, WHOLE, Handle, template
from kzbot.chat.presses.guarded import Press, Spoken, tell_changed
from kzbot.chat.replies import in_time, replace, send
from kzbot.querylog.rows import QueryRow


class ReadText(Press, template=template(TEXT)):
    """The pages of an article; `number` is 0 where they are opened, 1 where they are turned."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        asked = await in_time(interaction, desk.reopen(row, 0), private=True, update=_turning(handle))
        if asked is None or asked.answer.source is None or not asked.answer.items:
            await tell_changed(interaction, desk, handle)
            return
        heading = title(desk.services.phrases, asked.answer.items[0])
        await _show(interaction, desk, handle, heading, asked.answer.source.text)


class ReadWhole(Press, template=template(WHOLE)):
    """The pages of one item; `number` is twice its place in the list, plus 1 where they are turned."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        item = await in_time(interaction, desk.item(row, handle.number // 2), private=True, update=_turning(handle))
        if item is None:
            await tell_changed(interaction, desk, handle)
            return
        await _show(interaction, desk, handle, title(desk.services.phrases, item), item.excerpt)


def _turning(handle: Handle) -> bool:
    return handle.number % 2 == 1


async def _show(interaction: Spoken, desk: Desk, handle: Handle, heading: str, text: str) -> None:
    phrases = desk.services.phrases
    turning = handle.to(handle.kind, 0, handle.number | 1)
    view = build(text_card(phrases, turning, handle.kind, heading, text, handle.page), labels(phrases))
    if _turning(handle):
        await replace(interaction, view)
    else:
        await send(interaction, view, private=True)
