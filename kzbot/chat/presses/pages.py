"""Turning pages and jumping: the asker turns the card itself, others get that page as a private copy of their own."""

from kzbot.chat.cards.render import render
from kzbot.chat.desk import Desk
from kzbot.chat.handle import JUMP, PAGE, SHOW, Handle, Part, template
from kzbot.chat.presses.guarded import Press, Spoken, asked_by, own, shown_privately, tell, tell_changed
from kzbot.chat.replies import in_time, replace, send
from kzbot.querylog.rows import QueryRow


class TurnPage(Press, template=template(PAGE)):
    """Previous and Next, and the ways between the parts of a timeline; `number` is the part."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await show_page(interaction, desk, handle, row, handle.page, Part.of(handle.number))


class JumpToPage(Press, template=template(JUMP)):
    """The select of years or pages; its values are `POSITION:PAGE`, or `POSITION:PAGE:PART`."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        _, page, part = [*(int(one) if one.isdecimal() else 0 for one in self.chosen.split(":")), 0, 0, 0][:3]
        await show_page(interaction, desk, handle, row, page, Part.of(part))


class ShowInChannel(Press, template=template(SHOW)):
    """Puts a private answer's page into the channel; only who asked may."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if not asked_by(interaction, desk, row):
            await tell(interaction, desk, "chat.press.unknown")
            return
        asked = await in_time(interaction, desk.reopen(row, handle.page, Part.of(handle.number)), private=False)
        if asked is None:
            await tell_changed(interaction, desk, handle)
            return
        await send(interaction, render(desk.services.phrases, asked.public()), private=False)


async def show_page(interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, page: int, part: Part) -> None:
    """A page of an earlier answer, in place where this person may change the card."""
    update = own(interaction, desk, row)
    asked = await in_time(interaction, desk.reopen(row, page, part), private=True, update=update)
    if asked is None:
        await tell_changed(interaction, desk, handle)
        return
    if not shown_privately(interaction) or not asked_by(interaction, desk, row):
        asked = asked.public()
    view = render(desk.services.phrases, asked)
    if update:
        await replace(interaction, view)
    else:
        await send(interaction, view, private=True)
