"""The message that carries a file: what it is of, the file or the picture itself, and its small print."""

import io

import discord
from discord import ui

from kzbot.chat.asked import Asked
from kzbot.chat.cards.foot import counts
from kzbot.chat.cards.frame import Tone, framed
from kzbot.chat.cards.lists import heading
from kzbot.chat.forms import Taken
from kzbot.phrases import Phrases


def taken_view(phrases: Phrases, asked: Asked, taken: Taken) -> tuple[ui.LayoutView, discord.File]:
    """The view and the file that goes with it; needs a running event loop."""
    file = discord.File(io.BytesIO(taken.data), taken.name, description=taken.alt)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=Tone.EVIDENCE.value)
    container.add_item(ui.TextDisplay(f"### {heading(phrases, asked.answer)}"))
    if taken.alt is None:
        container.add_item(ui.File(file))
    else:
        container.add_item(ui.MediaGallery(discord.MediaGalleryItem(file, description=taken.alt)))
    container.add_item(ui.TextDisplay(f"-# {counts(phrases, asked)}"))
    return framed(container), file
