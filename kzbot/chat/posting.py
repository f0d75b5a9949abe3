"""What the bot posts by itself: plans that nobody asked for, reports of what it applied, and the digest of what is new."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from kzbot.chat.desk import Desk
from kzbot.querylog.ledger.rows import Actor

if TYPE_CHECKING:
    from kzbot.operations.outcome import Outcome

_log = logging.getLogger(__name__)

PLAN, REPORT, DIGEST = "plan", "report", "digest"
"""What a post is for; it is about a generation: the candidate of a plan, the one that was applied, the one that is new."""
_UNSENT = 0
"""The message of a digest that was begun: it is never begun again, even where the bot ended before it was sent."""
RECENT = 7 * 24 * 3600.0
"""Seconds; an application older than that gets no digest any more when the bot comes back."""
_TEXT = discord.TextChannel | discord.Thread


@dataclass(frozen=True, slots=True)
class _Told:
    outcome: "Outcome"
    actor: Actor
    way: str


class Posting:
    """Follows the keeper for as long as the context lasts, and posts once a client is in; what is told meanwhile waits.

    Whatever cannot be posted is logged in words, once for each channel and reason; nobody is held up by it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._told: asyncio.Queue[_Told] = asyncio.Queue()
        self._complained: set[tuple[int, str]] = set()

    @contextlib.asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Takes what the keeper tells."""
        end = self._desk.services.keeper.follow(self._take)
        try:
            yield
        finally:
            end()
