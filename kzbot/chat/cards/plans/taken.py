"""The message that carries a plan as a file."""

import io
from typing import TYPE_CHECKING

import discord
from discord import ui

from kzbot.chat.cards.frame import Tone, framed
from kzbot.chat.escape import inline
from kzbot.chat.handle import Handle
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from kzbot.operations.planning.plan import Plan


def plan_file_view(phrases: Phrases, plan: "Plan", data: bytes, handle: Handle) -> tuple[ui.LayoutView, discord.File]:
    """The view and the file that goes with it, which holds `data`; needs a running event loop."""
    file = discord.File(io.BytesIO(data), f"plan-{plan.candidate}.txt")
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=Tone.EVIDENCE.value)
    container.add_item(ui.TextDisplay(f"### {phrases.say('chat.plan.heading')}"))
    container.add_item(ui.File(file))
    foot = [
        phrases.say("chat.plan.candidate", id=inline(plan.candidate, 60)),
        phrases.say("chat.foot.number", number=handle.row),
    ]
    container.add_item(ui.TextDisplay(f"-# {' · '.join(foot)}"))
    return framed(container), file
