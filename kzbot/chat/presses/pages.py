"""Turning pages and jumping: the asker turns the card itself, others get that page as a private copy of their own."""

from kzbot.chat.cards.render import render
from kzbot.chat.desk import Desk
from kzbot.chat.handle import JUMP, PAGE, SHOW, Handle, template
from kzbot.chat.presses.guarded import Press, Spoken, own, shown_privately, tell, tell_changed
from kzbot.chat.replies import in_time, replace, send
from kzbot.querylog.rows import QueryRow


class TurnPage(Press, template=template(PAGE)):
    """Previous and Next."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await show_page(interaction, desk, handle, row, handle.page)


class JumpToPage(Press, template=template(JUMP)):
    """The select of years or pages; its values are `POSITION:PAGE`."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        page = self.chosen.rpartition(":")[2]
        await show_page(interaction, desk, handle, row, int(page) if page.isdecimal() else 0)


class ShowInChannel(Press, template=template(SHOW)):
    """Puts a private answer's page into the channel; only who asked may."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if interaction.user.id != row.user:
            await tell(interaction, desk, "chat.press.unknown")
            return
        asked = await in_time(interaction, desk.reopen(row, handle.page), private=False)
        if asked is None:
            await tell_changed(interaction, desk, handle)
            return
        await send(interaction, render(desk.services.phrases, asked.public()), private=False)


async def show_page(interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, page: int) -> None:
    """A page of an earlier answer, in place where this person may change the card."""
    update = own(interaction, row)
    asked = await in_time(interaction, desk.reopen(row, page), private=True, update=update)
    if asked is None:
        await tell_changed(interaction, desk, handle)
        return
    if not shown_privately(interaction) or interaction.user.id != row.user:
        asked = asked.public()
    view = render(desk.services.phrases, asked)
    if update:
        await replace(interaction, view)
    else:
        await send(interaction, view, private=True)
