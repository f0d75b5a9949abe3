"""From a command to its card: may it be asked here, the answer, the log, the reply."""

from collections.abc import Mapping
from typing import Any

import discord

from kzbot.answers.model import Option
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cards.render import render
from kzbot.chat.desk import Asker, Desk
from kzbot.chat.permissions import may_ask, private_by_default
from kzbot.chat.replies import in_time, replace, send

Spoken = discord.Interaction[Any]


def asker_of(interaction: Spoken) -> Asker:
    """Who asks and where, by Discord's ids."""
    return Asker(interaction.user.id, interaction.channel_id, interaction.guild_id)


async def answer(
    interaction: Spoken,
    desk: Desk,
    command: str,
    given: Mapping[str, object],
    private: bool | None,
    kept: Mapping[str, Option] | None = None,
) -> None:
    """Answers a command: the options that were given, the private option or the channel's default.

    `kept`: see `Desk.ask`.
    """
    with desk.at_work():
        await _answer(interaction, desk, command, given, private, kept)


async def _answer(
    interaction: Spoken,
    desk: Desk,
    command: str,
    given: Mapping[str, object],
    private: bool | None,
    kept: Mapping[str, Option] | None,
) -> None:
    settings = desk.services.settings.discord
    asked = {name: value for name, value in given.items() if value is not None}
    if not may_ask(interaction, settings):
        await refuse_elsewhere(interaction, desk, command)
        return
    if interaction.guild_id is None:
        private = False
    elif private is None:
        private = private_by_default(interaction, settings)
    await ask_and_send(interaction, desk, command, asked, private=private, kept=kept)


async def ask_and_send(
    interaction: Spoken,
    desk: Desk,
    command: str,
    options: Mapping[str, object],
    *,
    private: bool,
    update: bool = False,
    kept: Mapping[str, Option] | None = None,
) -> None:
    """Asks and shows; with `update` in the place of the card that was pressed. `kept`: see `Desk.ask`."""
    with desk.under_way.of(interaction.user.id):
        work = desk.ask(asker_of(interaction), command, options, private=private, kept=kept)
        asked = await in_time(interaction, work, private=private, update=update)
        view = render(desk.services.phrases, asked)
        if update:
            await replace(interaction, view)
        else:
            await send(interaction, view, private=private)


async def refuse_elsewhere(interaction: Spoken, desk: Desk, command: str) -> None:
    """Says that this server is not answered, and notes it."""
    number = await desk.note(asker_of(interaction), command, {}, "denied")
    said = desk.services.phrases.say("chat.denied.elsewhere", number=number)
    await send(interaction, notice(said, Tone.NOTHING), private=True)
