"""Forms that are filled in (Discord's modals): nothing of one is held in memory, so one that is sent in after a restart is
taken like any other. The custom_id is a handle whose kind says what is done with it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import discord
from discord import ui

from kzbot.chat.desk import Desk
from kzbot.chat.escape import plain
from kzbot.chat.handle import Handle
from kzbot.chat.moderation import admitted
from kzbot.chat.presses.guarded import Spoken, guarded
from kzbot.logs import wrote
from kzbot.querylog.rows import QueryRow

TITLE = 45
"""Characters of a form's title; source: Discord's reference of modals."""


class Form:
    """What is done with forms of one kind; a subclass gives the kind and `filled`.

    `moderators`: only a moderator in the home server may send one in.
    """

    kind: ClassVar[str]
    moderators: ClassVar[bool] = False

    async def filled(
        self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, values: Mapping[str, Sequence[str]]
    ) -> None:
        """Acts on a form; `values` by the custom_ids of its fields: a text, or the values chosen."""
        raise AssertionError(f"{type(self).__name__} has no filled")


def modal(title: str, handle: Handle, items: Iterable[ui.Item[Any]]) -> ui.Modal:
    """A form to be sent by `interaction.response.send_modal`, at most five items; it is stopped, so that it is not kept."""
    made = ui.Modal(title=plain(title, TITLE), custom_id=str(handle), timeout=None)
    for item in items:
        made.add_item(item)
    made.stop()
    return made


async def submitted(interaction: Spoken, forms: Mapping[str, Form]) -> None:
    """Takes a form that was sent in; never raises."""
    data: Any = interaction.data or {}

    async def act(interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        form, values = forms[handle.kind], _values(data.get("components", ()))
        wrote(value for some in values.values() for value in some)
        if not form.moderators or await admitted(interaction, desk, row.command, row.options):
            await form.filled(interaction, desk, handle, row, values)

    handle = Handle.parse(str(data.get("custom_id", "")))
    known = handle is not None and handle.kind in forms
    await guarded(interaction, str(handle) if known else "", act)


def is_form(interaction: Spoken) -> bool:
    """Whether this is a form that was sent in."""
    return interaction.type is discord.InteractionType.modal_submit


def _values(components: Iterable[Mapping[str, Any]]) -> dict[str, Sequence[str]]:
    """What the fields hold, by their custom_ids; a label, or a row, holds fields of its own."""
    found: dict[str, Sequence[str]] = {}
    for one in components:
        if "component" in one:
            found.update(_values([one["component"]]))
        elif "components" in one:
            found.update(_values(one["components"]))
        elif "custom_id" in one:
            found[str(one["custom_id"])] = one["values"] if "values" in one else (str(one.get("value") or ""),)
    return found
