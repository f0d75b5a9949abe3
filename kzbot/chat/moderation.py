"""Moderators' commands: only in the home server, only by moderators, always answered privately, always in the log."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import discord
from discord import ui

from kzbot.answers.model import Option
from kzbot.chat.asking import asker_of
from kzbot.chat.cards.frame import Row, Tone, notice
from kzbot.chat.desk import AnswerFailedError, Desk
from kzbot.chat.escape import inline
from kzbot.chat.permissions import Standing, home_server, is_moderator, standing
from kzbot.chat.replies import Filed, defer, in_time, send
from kzbot.errors import QuestionError
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.rows import Actor, Deed, UseResult
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
    noted: bool = False,
    again: Callable[[int], Row] | None = None,
) -> None:
    """Does the work for a moderator, notes it, and shows its result privately; `show(result, number in the log)`.

    `slow`: tell Discord at once that it takes longer. `about`: the state of the corpus that the card's buttons are about.
    `noted`: the work is a deed that stands in the ledger by itself; else the ledger keeps that the command was used.
    `again`: what can be pressed under a refusal, by its number in the log. A QuestionError of the work is told as what is wrong with
    the command, and the ledger keeps that it was refused. Raises AnswerFailedError where the work broke down; that is kept, too.
    """
    with desk.at_work():
        if not await admitted(interaction, desk, command, options):
            return
        if slow:
            await defer(interaction, private=True)

        async def done() -> ui.LayoutView | Filed:
            try:
                result, number = await _done(interaction, desk, command, options, work, about)
            except AnswerFailedError as failed:
                await used(interaction, desk, command, {} if noted else options, failed.number, "failed")
                raise
            except _RefusedError as refused:
                await used(interaction, desk, command, {} if noted else options, refused.number, "refused")
                rows = [again(refused.number)] if again is not None else []
                return notice(refusal(desk.services.phrases, refused.reason, refused.number), Tone.NOTHING, rows)
            if not noted:
                await used(interaction, desk, command, options, number)
            return await show(result, number)

        made = await in_time(interaction, done(), private=True)
        given = made if isinstance(made, Filed) else Filed(made)
        await send(interaction, given.view, private=True, files=given.files)


async def used(
    interaction: Spoken,
    desk: Desk,
    command: str,
    options: Mapping[str, Option],
    number: int,
    result: UseResult = "done",
) -> None:
    """Keeps in the ledger that a moderator used a command; `number`: its row in the log."""
    details = {"command": command, "options": dict(options), **({"result": result} if result != "done" else {})}
    deed = Deed(at=desk.services.clock(), actor=actor_of(interaction), action="look", about=number, details=details)
    await desk.services.log.ledger.note(deed)


def refusal(phrases: Phrases, error: QuestionError, number: int) -> str:
    """What is wrong with how a command was given, as markdown, with its number in the log."""
    said = inline(phrases.say(error.key, **error.values), 1500)
    return f"{said}\n-# {phrases.say('chat.foot.number', number=number)}"


class _RefusedError(Exception):
    """The command was given wrongly; `number` is its row in the log."""

    def __init__(self, reason: QuestionError, number: int) -> None:
        super().__init__(reason.key)
        self.reason = reason
        self.number = number


async def _done(
    interaction: Spoken,
    desk: Desk,
    command: str,
    options: Mapping[str, Option],
    work: Callable[[], Awaitable[Result]],
    about: Callable[[Result], str | None] | None,
) -> tuple[Result, int]:
    """The result, and the number of its row in the log, which says how it went."""
    started = time.perf_counter()
    try:
        result = await work()
    except QuestionError as error:
        number = await desk.note(asker_of(interaction), command, options, "bad_request", took=_since(started))
        raise _RefusedError(error, number) from error
    except Exception as error:
        number = await desk.note(asker_of(interaction), command, options, "failed", took=_since(started))
        raise AnswerFailedError(number) from error
    state, took = about(result) if about else None, _since(started)
    number = await desk.note(asker_of(interaction), command, options, "answered", took=took, generation=state)
    return result, number


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
