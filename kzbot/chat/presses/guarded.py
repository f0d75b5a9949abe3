"""The base of everything that can be pressed: parsing, checks and failures inside one guarded callback.

discord.py only logs what goes wrong in a DynamicItem's making and callback, and not even that for its check; a person
would see "This interaction failed". So nothing happens before `callback`, and nothing leaves it.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Protocol, Self, cast

import discord
from discord import ui

from kzbot.chat.admission import let_press_in
from kzbot.chat.asking import refuse_elsewhere
from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.desk import Desk
from kzbot.chat.errors import report
from kzbot.chat.handle import AGAIN, PRIVACY, Handle
from kzbot.chat.permissions import may_ask
from kzbot.chat.replies import send
from kzbot.logs import about, answering, wrote
from kzbot.querylog.rows import QueryRow

Spoken = discord.Interaction[Any]
Act = Callable[[Spoken, Desk, Handle, QueryRow], Awaitable[None]]


class _AtDesk(Protocol):
    """The client that a press reaches its desk through; the client's own module imports the presses."""

    desk: Desk


class Press(ui.DynamicItem[ui.Item[Any]], template=r"kz1:never"):
    """Something that was pressed; a subclass gives the template and `act`.

    `wordless`: it acts without the words of the question, which of a message are kept for a while only.
    """

    wordless: ClassVar[bool] = False

    @classmethod
    async def from_custom_id(cls, interaction: Spoken, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(item)

    async def callback(self, interaction: Spoken) -> None:
        """Acts on the press, or says why not; never raises."""
        await guarded(interaction, self.custom_id, self.act, wordless=self.wordless)

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        """What the press does; `row` is the one that the button was made for."""
        raise AssertionError(f"{type(self).__name__} has no act")

    @property
    def chosen(self) -> str:
        """The value chosen of a select."""
        values = getattr(self.item, "values", None)
        return str(values[0]) if values else ""


async def guarded(interaction: Spoken, custom_id: str, act: Act, *, wordless: bool = False) -> None:
    """Acts on what a custom_id says, where the asker may ask and its row is known; else says why not. Never raises."""
    desk = cast(_AtDesk, interaction.client).desk
    if desk.stopped:
        return
    answering()
    handle = Handle.parse(custom_id)
    try:
        with desk.at_work():
            if not await let_press_in(interaction, desk, handle):
                return
            everywhere = handle is not None and handle.kind in PRIVACY
            if not everywhere and not may_ask(interaction, desk.services.settings.discord):
                await refuse_elsewhere(interaction, desk, "button")
                return
            row = await _known(interaction, desk, handle, wordless=wordless)
            if row is not None:
                about(row.number)
                wrote(row.options.values())
            if handle is not None and row is not None:
                await act(interaction, desk, handle, row)
    except Exception as error:  # noqa: BLE001 - the one guarded place of all presses
        await report(interaction, desk.services, error, handle.row if handle else None)


async def _known(interaction: Spoken, desk: Desk, handle: Handle | None, *, wordless: bool) -> QueryRow | None:
    """The row that the handle was made for; None where there is none, and then that is said."""
    if handle is None:
        await tell(interaction, desk, "chat.press.old")
        return None
    row = await desk.services.log.query(handle.row)
    if row is None or not handle.fits(row):
        await tell(interaction, desk, "chat.press.unknown")
        return None
    if not wordless and desk.lent.options_of(row) is None:
        await tell(interaction, desk, "chat.press.not_kept")
        return None
    return row


async def tell(interaction: Spoken, desk: Desk, key: str) -> None:
    """A private sentence to who pressed."""
    await send(interaction, notice(desk.services.phrases.say(key), Tone.NOTHING), private=True)


async def tell_changed(interaction: Spoken, desk: Desk, handle: Handle) -> None:
    """That the corpus has changed since, with a button that asks the question again."""
    say = desk.services.phrases.say
    again = button(say("chat.press.again"), handle.to(AGAIN), primary=True)
    await send(interaction, notice(say("chat.press.changed"), Tone.NOTHING, [(again,)]), private=True)


def shown_privately(interaction: Spoken) -> bool:
    """Whether the pressed card is seen by one person only."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def asked_by(interaction: Spoken, desk: Desk, row: QueryRow) -> bool:
    """Whether who pressed is who asked; where the log does not hold that, who had the bot send the card, as Discord knows it."""
    if row.user is not None:
        return desk.services.log.people.is_one(interaction.user.id, row.user)
    about = interaction.message.interaction_metadata if interaction.message is not None else None
    return about is not None and about.user.id == interaction.user.id


def own(interaction: Spoken, desk: Desk, row: QueryRow) -> bool:
    """Whether who pressed may change the card: the asker of a public one, whoever sees a private one."""
    return shown_privately(interaction) or asked_by(interaction, desk, row)
