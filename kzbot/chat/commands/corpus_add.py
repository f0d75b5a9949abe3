"""`/corpus add`: articles from attached files, or from an address, for moderators."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from kzbot.answers.model import Option
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cards.incoming import COMMAND, NAME, incoming_view
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline
from kzbot.chat.moderation import moderate

if TYPE_CHECKING:
    from kzbot.operations.importing.incoming import Received
    from kzbot.operations.importing.reading import Arrived

_PATIENCE = 60
"""Seconds that an attachment may take to arrive."""
Spoken = discord.Interaction[Any]


def add_adding(group: app_commands.Group, desk: Desk) -> None:
    """Adds the command to its group."""
    say = desk.services.phrases.say
    described = {f"file{number}": say("chat.incoming.command.file") for number in range(1, 6)}

    @group.command(name="add", description=say("chat.incoming.command.add"))
    @app_commands.describe(**described, address=say("chat.incoming.command.address"))
    async def add(
        interaction: Spoken,
        file1: discord.Attachment | None = None,
        file2: discord.Attachment | None = None,
        file3: discord.Attachment | None = None,
        file4: discord.Attachment | None = None,
        file5: discord.Attachment | None = None,
        address: str | None = None,
    ) -> None:
        files = [file for file in (file1, file2, file3, file4, file5) if file is not None]
        options: dict[str, Option] = {f"file{at + 1}": _name(file) for at, file in enumerate(files)}
        if address is not None and address.strip():
            options["address"] = address.strip()
        if not options:
            await _show_waiting(interaction, desk)
            return

        async def work() -> "list[Received]":
            return await _received(interaction, desk, files, str(options.get("address", "")))

        async def show(received: "list[Received]", number: int) -> ui.LayoutView:
            batch = await desk.services.importer.keep(str(number), interaction.user.id, received)
            return incoming_view(desk.services.phrases, batch)

        await moderate(interaction, desk, COMMAND, options, work, show, slow=True)


async def _show_waiting(interaction: Spoken, desk: Desk) -> None:
    """Where nothing was attached: the card of what this moderator sent last and nobody added, or how to attach files."""

    async def nothing() -> None:
        """What waits is read when it is shown."""

    async def show(_: None, number: int) -> ui.LayoutView:
        batch = await desk.services.importer.waiting(interaction.user.id)
        if batch is None:
            return notice(desk.services.phrases.say("chat.incoming.attach"), Tone.NOTHING)
        return incoming_view(desk.services.phrases, batch)

    await moderate(interaction, desk, COMMAND, {}, nothing, show)


async def _received(
    interaction: Spoken, desk: Desk, files: Sequence[discord.Attachment], address: str
) -> "list[Received]":
    """Fetches and reads everything, telling what is being read."""
    importer, telling = desk.services.importer, _Telling(interaction, desk)
    try:
        arrived = []
        for file in files:
            telling.told(_name(file))
            arrived.append(await fetched(file, importer.most))
        if address:
            telling.told(address)
            arrived.append(await importer.page(address))
        return await importer.read(arrived, telling.told)
    finally:
        await telling.end()


async def fetched(file: discord.Attachment, most: int) -> "Arrived":
    """An attachment's bytes from Discord's own store, or why not."""
    from kzbot.operations.importing.reading import Arrived, too_large  # noqa: PLC0415 - a start does not wait for it

    name = _name(file)
    if file.size > most:
        return Arrived(name, reason=too_large(most))
    if not file.url.startswith(f"{discord.asset.Asset.BASE}/"):
        return Arrived(name, reason="it does not lie where Discord keeps attachments; attach it anew.")
    try:
        async with asyncio.timeout(_PATIENCE):
            return Arrived(name, await file.read())
    except TimeoutError:
        return Arrived(name, reason=f"Discord does not give it out within {_PATIENCE} seconds; attach it anew.")
    except discord.HTTPException as error:
        return Arrived(name, reason=f"Discord does not give it out (status {error.status}); attach it anew.")


def _name(file: discord.Attachment) -> str:
    """The name that its sender gave it, with the suffix that Discord kept of it."""
    suffix = file.filename.rpartition(".")[2]
    return f"{file.title}.{suffix}" if file.title and "." in file.filename else file.filename


class _Telling:
    """Says in the place of the promised answer what is being read; one edit at a time, so that some may be left out."""

    def __init__(self, interaction: Spoken, desk: Desk) -> None:
        self._interaction, self._say = interaction, desk.services.phrases.say
        self._edit: asyncio.Task[None] | None = None

    def told(self, name: str) -> None:
        """Reading this one begins."""
        if self._edit is None or self._edit.done():
            self._edit = asyncio.ensure_future(self._show(self._say("chat.incoming.reading", name=inline(name, NAME))))

    async def _show(self, said: str) -> None:
        with contextlib.suppress(discord.HTTPException):
            await self._interaction.edit_original_response(view=notice(said, Tone.NOTHING))

    async def end(self) -> None:
        """Waits for an edit under way."""
        if self._edit is not None:
            await asyncio.wait({self._edit})
