"""Doubts in the channel where moderators are told of what happens: posted once, and kept as they are on the list."""

import logging
from functools import partial
from typing import Any, Protocol, cast

import discord

from kzbot.chat.cards.corrections.doubts import doubt_view, known_of
from kzbot.chat.desk import Desk
from kzbot.chat.handle import DISMISS, REOPEN, UNDO
from kzbot.chat.posting import MODERATORS, Posts

_log = logging.getLogger(__name__)
_PURPOSE = "doubt"


class _Posting(Protocol):
    """The client, which has what posts."""

    posts: Posts


async def post_doubt(interaction: discord.Interaction[Any], desk: Desk, number: int) -> None:
    """Posts a doubt, if there is such a channel; the list has it in any case, so it never raises."""
    try:
        report = await desk.services.log.ledger.report(number)
        if report is None or desk.services.settings.discord.moderators_channel is None:
            return
        view = partial(doubt_view, desk.services.phrases, known=await known_of(desk, report))
        posts = cast(_Posting, interaction.client).posts
        await posts.post(MODERATORS, _PURPOSE, str(number), view, command=_PURPOSE)
    except Exception:  # noqa: BLE001 - nobody waits for it, and the list has the doubt
        _log.exception("Doubt %s could not be posted", number)


async def refresh_doubt(interaction: discord.Interaction[Any], desk: Desk, number: int | None) -> None:
    """Shows a doubt's post as the doubt is now, if it was posted; it never raises."""
    try:
        ledger = desk.services.log.ledger
        post = await ledger.post(_PURPOSE, str(number)) if number is not None else None
        report = await ledger.report(number) if number is not None and post is not None else None
        if report is None:
            return
        view = partial(doubt_view, desk.services.phrases, known=await known_of(desk, report))
        posts = cast(_Posting, interaction.client).posts
        for kind in (DISMISS, UNDO, REOPEN):
            if await posts.edit(post, kind, view):
                return
    except Exception:  # noqa: BLE001 - what was done is done; the post only shows it
        _log.exception("The post of doubt %s could not be brought up to date", number)
