"""What `/privacy` and its buttons do: for everybody, wherever the bot is reached, always seen by that person only."""

import asyncio
from typing import Any

import discord

from kzbot.chat.asking import asker_of
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cards.privacy import deleted_view, deleting_view, exported_view, held_view
from kzbot.chat.desk import Asker, Desk
from kzbot.chat.handle import handle_for
from kzbot.chat.moderation import actor_of
from kzbot.chat.permissions import home_server
from kzbot.chat.redirect import is_local
from kzbot.chat.replies import defer, in_time, send
from kzbot.operations.privacy.export import Exported, export
from kzbot.operations.privacy.holdings import Holdings, holdings
from kzbot.querylog.erasing.scope import Erased, Scope

SHOW, EXPORT, DELETE = "privacy show", "privacy export", "privacy delete"
NOBODY = Asker(None, None, None)
"""Who asked for a deletion is not kept."""
Spoken = discord.Interaction[Any]


async def show(interaction: Spoken, desk: Desk) -> None:
    """Shows what is kept, this question among it."""
    number = await desk.note(asker_of(interaction), SHOW, {}, "answered")
    services = desk.services
    held = await in_time(interaction, held_of(interaction, desk), private=True)
    home = home_server(interaction.client, services.settings.discord) is not None
    handle = handle_for(number, SHOW, None)
    view = held_view(services.phrases, services.settings, held, handle, local=is_local(), home=home)
    await send(interaction, view, private=True)


async def hand_over(interaction: Spoken, desk: Desk) -> None:
    """Sends all of it as files."""
    await desk.note(asker_of(interaction), EXPORT, {}, "answered")
    phrases = desk.services.phrases
    await defer(interaction, private=True)
    exported = await _exported(interaction, desk)
    messages = exported.messages(interaction.filesize_limit)
    if not messages:
        await send(interaction, notice(phrases.say("chat.privacy.exported.nothing"), Tone.NOTHING), private=True)
    for part, files in enumerate(messages, 1):
        view, sent = exported_view(phrases, exported, files, part, len(messages))
        await send(interaction, view, private=True, files=sent)


async def ask_to_delete(interaction: Spoken, desk: Desk) -> None:
    """Says what would go and what stays, and asks once."""
    number = await desk.note(NOBODY, DELETE, {}, "answered")
    services = desk.services
    held, erased = await in_time(interaction, _going(interaction, desk), private=True)
    handle = handle_for(number, DELETE, None)
    view = deleting_view(services.phrases, services.settings, erased, held, handle, local=is_local())
    await send(interaction, view, private=True)


async def delete(interaction: Spoken, desk: Desk) -> None:
    """Deletes for good what was kept until now, and says what that was; what is asked meanwhile stays, but a question that is
    being answered is answered first, and goes."""
    services = desk.services
    held, erased = await in_time(interaction, _erased(interaction, desk), private=True)
    await send(interaction, deleted_view(services.phrases, erased, held, local=is_local()), private=True)


async def held_of(interaction: Spoken, desk: Desk) -> Holdings:
    """What is kept of who asks."""
    sent = await desk.services.importer.sent_by(interaction.user.id)
    return await holdings(desk.services.log, interaction.user.id, sent)


async def _going(interaction: Spoken, desk: Desk) -> tuple[Holdings, Erased]:
    held = await held_of(interaction, desk)
    return held, await desk.services.eraser.count(Scope.person(interaction.user.id))


async def _erased(interaction: Spoken, desk: Desk) -> tuple[Holdings, Erased]:
    await desk.under_way.over(interaction.user.id)
    until = desk.services.clock()
    held, going = await _going(interaction, desk)
    erased = await desk.services.eraser.erase(Scope.person(interaction.user.id), actor_of(interaction), until)
    return held, erased if erased.total else going


async def _exported(interaction: Spoken, desk: Desk) -> Exported:
    services, user = desk.services, interaction.user.id
    sent = await services.importer.sent_by(user)
    limit, now = interaction.filesize_limit, services.clock()
    return await asyncio.to_thread(export, services.log, services.log.people, services.phrases, user, sent, limit, now)
