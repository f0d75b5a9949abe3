"""Moderators' commands: only in the home server, only by moderators, always answered privately, always in the log."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import discord
from discord import ui

from kzbot.answers.model import Option
from kzbot.chat.asking import asker_of
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.desk import AnswerFailedError, Desk
from kzbot.chat.permissions import Standing, home_server, is_moderator, standing
from kzbot.chat.replies import Filed, defer, in_time, send
from kzbot.querylog.ledger.rows import Actor
from kzbot.settings import DiscordSettings

Result = TypeVar("Result")
Spoken = discord.Interaction[Any]


def actor_of(interaction: Spoken) -> Actor:
    """Who does it, for the ledger."""
    return Actor(place="discord", user=interaction.user.id)


async def admitted(interaction: Spoken, desk: Desk, command: str, options: Mapping[str, Option]) -> bool:
    """Whether this is a moderator in the home server; who is not is told so, and the try is in the log as denied."""
    settings = desk.services.settings.discord
    if is_moderator(interaction, settings):
        return True
    number = await desk.note(asker_of(interaction), command, options, "denied")
    said = desk.services.phrases.say(f"chat.denied.{_reason(interaction, settings)}", number=number)
    await send(interaction, notice(said, Tone.NOTHING), private=True)
    return False


def _reason(interaction: Spoken, settings: DiscordSettings) -> str:
    if home_server(interaction.client, settings) is None:
        return "no_home"
    return "not_moderator" if standing(interaction, settings) is Standing.HOME else "not_home"


async def moderate(
    interaction: Spoken,
    desk: Desk,
    command: str,
    options: Mapping[str, Option],
    work: Callable[[], Awaitable[Result]],
    show: Callable[[Result, int], Awaitable[ui.LayoutView | Filed]],
    *,
    slow: bool = False,
    about: Callable[[Result], str | None] | None = None,
) -> None:
    """Does the work for a moderator, notes it, and shows its result privately; `show(result, number in the log)`.

    `slow`: tell Discord at once that it takes longer. `about`: the state of the corpus that the card's buttons are about.
    Raises AnswerFailedError where the work broke down.
    """
    with desk.at_work():
        if not await admitted(interaction, desk, command, options):
            return
        if slow:
            await defer(interaction, private=True)
        noted = _noted(interaction, desk, command, options, work, show, about)
        made = await in_time(interaction, noted, private=True)
        shown = made if isinstance(made, Filed) else Filed(made)
        await send(interaction, shown.view, private=True, files=shown.files)


async def _noted(
    interaction: Spoken,
    desk: Desk,
    command: str,
    options: Mapping[str, Option],
    work: Callable[[], Awaitable[Result]],
    show: Callable[[Result, int], Awaitable[ui.LayoutView | Filed]],
    about: Callable[[Result], str | None] | None,
) -> ui.LayoutView | Filed:
    started = time.perf_counter()
    try:
        result = await work()
    except Exception as error:
        number = await desk.note(asker_of(interaction), command, options, "failed", took=_since(started))
        raise AnswerFailedError(number) from error
    state, took = about(result) if about else None, _since(started)
    number = await desk.note(asker_of(interaction), command, options, "answered", took=took, generation=state)
    return await show(result, number)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
