"""Tells how far a build is, in the place of the answer that was promised."""

import asyncio
import contextlib
import time
from typing import Any

import discord

from kzbot.chat.cards.frame import Tone, notice
from kzbot.phrases import Phrases

_BETWEEN = 2.0
"""Seconds between two notes of progress."""


class Progress:
    """Edits the promised answer as the build goes on, at most every two seconds; the result comes after the last edit.

    `shown`: whether it has taken the place of what stood there before.
    """

    def __init__(self, interaction: discord.Interaction[Any], phrases: Phrases) -> None:
        self._interaction = interaction
        self._say = phrases.say
        self._last = time.monotonic()
        self._edit: asyncio.Task[None] | None = None
        self.shown = False

    def told(self, progress: Any) -> None:
        """Called by the build, with its stage and how much of it is done."""
        if time.monotonic() - self._last < _BETWEEN or (self._edit is not None and not self._edit.done()):
            return
        if self._interaction.response.type is None:
            return
        self._last = time.monotonic()
        said = self._say(f"chat.corpus.progress.{progress.stage}")
        if progress.total:
            said = self._say("chat.corpus.progress.counted", stage=said, done=progress.done, total=progress.total)
        self._edit = asyncio.ensure_future(self._show(said))

    async def _show(self, said: str) -> None:
        with contextlib.suppress(discord.HTTPException):
            await self._interaction.edit_original_response(view=notice(said, Tone.NOTHING))
            self.shown = True

    async def end(self) -> None:
        """Waits for an edit under way."""
        if self._edit is not None:
            await asyncio.wait({self._edit})
