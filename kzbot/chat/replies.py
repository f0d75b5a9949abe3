"""Sending views: once, in time, and without taking a repeated confirmation for a failure."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import discord
from discord import InteractionResponseType, ui
from discord.utils import MISSING

_log = logging.getLogger(__name__)

Spoken = discord.Interaction[Any]
Result = TypeVar("Result")

PATIENCE = 1.5
"""Seconds after which Discord is told that the answer takes longer; it forgets an interaction after three."""
_ALREADY_DONE = 40060
_TOO_LATE = frozenset({10008, 10015, 10062, 50027})
"""Unknown message, webhook or interaction, expired token: there is nobody left to tell."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A view with the files that it shows."""

    view: ui.LayoutView
    files: Sequence[discord.File] = ()


async def in_time(
    interaction: Spoken, work: Coroutine[Any, Any, Result], *, private: bool, update: bool = False
) -> Result:
    """What `work` gives; when that takes long, Discord is told meanwhile.

    `update`: the answer will replace the message that was pressed; else it will be a message of its own.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            await defer(interaction, private=private, update=update)
        return await task
    except asyncio.CancelledError:
        task.cancel()
        raise


async def defer(interaction: Spoken, *, private: bool, update: bool = False) -> None:
    """Tells Discord that the answer takes longer, where it was not told before."""
    if interaction.response.type is not None:
        return
    try:
        if update:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=private, thinking=True)
    except discord.HTTPException as error:
        _forgive(error)


async def send(interaction: Spoken, view: ui.LayoutView, *, private: bool, files: Sequence[discord.File] = ()) -> None:
    """A message of its own: the first answer, the one that was promised by deferring, or one more.

    With files a promise is kept by a further message, whose place Discord gives it: an edit that uploads a picture into
    a gallery is refused.
    """
    kind = interaction.response.type
    try:
        if kind is None:
            await interaction.response.send_message(view=view, ephemeral=private, files=files or MISSING)
        elif kind is InteractionResponseType.deferred_channel_message and not files:
            await interaction.edit_original_response(view=view)
        else:
            await interaction.followup.send(view=view, ephemeral=private, files=files or MISSING)
    except discord.HTTPException as error:
        _forgive(error)


async def replace_filed(interaction: Spoken, shown: Filed) -> None:
    """Puts the view and its files in the place of the card whose button was pressed, and of that card's files.

    Where Discord was told that it takes longer, a private message of its own: an edit that uploads a picture is refused.
    """
    if interaction.response.type is not None:
        await send(interaction, shown.view, private=True, files=shown.files)
        return
    try:
        await interaction.response.edit_message(view=shown.view, attachments=shown.files)
    except discord.HTTPException as error:
        _forgive(error)


async def replace(interaction: Spoken, view: ui.LayoutView) -> None:
    """Puts the view in the place of the card whose button was pressed."""
    try:
        if interaction.response.type is None:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.edit_original_response(view=view)
    except discord.HTTPException as error:
        _forgive(error)


def _forgive(error: discord.HTTPException) -> None:
    """An answer that arrived although it was first reported lost is no error; one that is too late is only noted."""
    if error.code in _TOO_LATE:
        _log.warning("An answer came too late for Discord: %s", error)
    elif error.code != _ALREADY_DONE:
        raise error
