"""The whole text of an article or of a passage, page by page, to whoever asks for it alone."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from kzbot.chat.cards.frame import build
from kzbot.chat.cards.render import labels
from kzbot.chat.cards.source import text_card, text_heading
from kzbot.chat.cards.words import title
from kzbot.chat.desk import Desk
from kzbot.chat.handle import TEXT, WHOLE, Handle, template
from kzbot.chat.presses.guarded import Press, Spoken, tell_changed
from kzbot.chat.replies import in_time, replace, send
from kzbot.chat.text_pages import text_pages
from kzbot.querylog.rows import QueryRow


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be read in pages: `heading` is markdown, `cuts` are the offsets of its pages."""

    heading: str
    text: str
    cuts: list[tuple[int, int]]


class ReadText(Press, template=template(TEXT)):
    """The pages of an article; `number` is 0 where they are opened, 1 where they are turned."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _show(interaction, desk, handle, _article(desk, row))


class ReadWhole(Press, template=template(WHOLE)):
    """The pages of one item; `number` is twice its place in the list, plus 1 where they are turned."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _show(interaction, desk, handle, _item(desk, row, handle.number // 2))


async def _article(desk: Desk, row: QueryRow) -> Text | None:
    asked = await desk.reopen(row, 0)
    if asked is None or asked.answer.source is None:
        return None
    return await _cut(text_heading(desk.services.phrases, asked.answer), asked.answer.source.text)


async def _item(desk: Desk, row: QueryRow, at: int) -> Text | None:
    item = await desk.item(row, at)
    return None if item is None else await _cut(title(desk.services.phrases, item), item.excerpt)


async def _cut(heading: str, text: str) -> Text:
    """In a thread: an article may have millions of characters."""
    return Text(heading, text, await asyncio.to_thread(text_pages, text))


async def _show(interaction: Spoken, desk: Desk, handle: Handle, work: Coroutine[Any, Any, Text | None]) -> None:
    """Opened as a private message of its own, turned in place."""
    turned = handle.number % 2 == 1
    found = await in_time(interaction, work, private=True, update=turned)
    if found is None:
        await tell_changed(interaction, desk, handle)
        return
    phrases, turning = desk.services.phrases, handle.to(handle.kind, 0, handle.number | 1)
    view = build(text_card(phrases, turning, found.heading, found.text, found.cuts, handle.page), labels(phrases))
    if turned:
        await replace(interaction, view)
    else:
        await send(interaction, view, private=True)
