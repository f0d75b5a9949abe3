"""The part of a form in which a name of the name book is chosen from the nearest ones, or written."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import discord
from discord import ui

from kzbot.answers.corrections.checking import LONGEST
from kzbot.chat.desk import Desk
from kzbot.chat.escape import plain
from kzbot.chat.fit import CHOICE
from kzbot.chat.presses.guarded import Spoken, tell
from kzbot.phrases import Phrases


class Known(Protocol):
    """A name of the name book."""

    @property
    def id(self) -> str: ...
    @property
    def canonical(self) -> str: ...
    @property
    def kind(self) -> str: ...


def name_fields(phrases: Phrases, near: Sequence[Known]) -> list[ui.Item[ui.Modal]]:
    """A select of these names, if there are any, and room for another one. Needs a running event loop."""
    say = phrases.say
    options = [
        discord.SelectOption(label=plain(one.canonical, CHOICE), value=one.id, description=plain(one.kind, CHOICE))
        for one in near
        if len(one.id) <= CHOICE
    ]
    other: ui.TextInput[ui.Modal] = ui.TextInput(custom_id="other", required=not options, max_length=LONGEST)
    if not options:
        return [ui.Label(text=say("chat.doubts.name"), component=other)]
    select: ui.Select[ui.Modal] = ui.Select(custom_id="name", options=options, min_values=0, required=False)
    return [
        ui.Label(text=say("chat.doubts.name"), description=say("chat.doubts.name_about"), component=select),
        ui.Label(text=say("chat.doubts.other"), component=other),
    ]


async def name_given(interaction: Spoken, desk: Desk, given: Mapping[str, str]) -> str | None:
    """The one name that the form came back with; None where it is none or two, and then that is said."""
    chosen, other = given.get("name", ""), given.get("other", "").strip()
    if bool(chosen) != bool(other):
        return chosen or other
    await tell(interaction, desk, f"chat.doubts.{'name_twice' if chosen else 'name_missing'}")
    return None
