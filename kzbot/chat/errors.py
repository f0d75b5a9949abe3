"""What a person is told when something fails: one handler for commands and buttons."""

import logging
from typing import Any

import discord
from discord import app_commands

from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.desk import AnswerFailedError
from kzbot.chat.escape import inline
from kzbot.chat.replies import send
from kzbot.chat.services import Services
from kzbot.errors import KzbotError

_log = logging.getLogger(__name__)


def unwrapped(error: BaseException) -> BaseException:
    """The error inside of what discord.py wraps around it."""
    while isinstance(error, app_commands.CommandInvokeError) and error.original is not None:
        error = error.original
    return error


async def report(
    interaction: discord.Interaction[Any], services: Services, error: BaseException, row: int | None = None
) -> None:
    """Logs the error and tells who asked, privately, with the number of the question in the log.

    It never raises: what cannot be told is logged.
    """
    error = unwrapped(error)
    if interaction.type is discord.InteractionType.autocomplete:
        _log.error("Suggestions failed", exc_info=error)
        return
    number = error.number if isinstance(error, AnswerFailedError) else row
    _log.error("An interaction failed (question %s)", number, exc_info=error, extra={"question": number})
    try:
        await send(interaction, notice(_said(services, error, number), Tone.TROUBLE), private=True)
    except Exception:  # noqa: BLE001 - the last place that can report it
        _log.exception("The failure of question %s could not be told", number)


def _said(services: Services, error: BaseException, number: int | None) -> str:
    say = services.phrases.say
    cause = error.__cause__ if isinstance(error, AnswerFailedError) else error
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return say("chat.error.stale_command")
    if isinstance(cause, KzbotError):
        return say("chat.error.reason", reason=inline(str(cause), 600))
    return say("chat.error.failed") if number is None else say("chat.error.failed_number", number=number)
