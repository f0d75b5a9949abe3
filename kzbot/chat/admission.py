"""Who asks too much for one person is asked to wait a moment, in words, before anything is looked up or written.

It is one limit for a person, over all servers and direct messages, on commands and presses alike: each costs a search or a
page. Moderators at their own commands and buttons are not held up. What is held up is not answered and not in the log, so that a
flood cannot fill it. Suggestions come with every letter that is typed, and cost little; they and forms, in which somebody wrote
something, have a limit of their own, far above what a person comes to.
"""

import logging
import math
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import discord

from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cooldown import Cooldown
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline
from kzbot.chat.handle import Handle, for_moderators
from kzbot.chat.permissions import is_moderator
from kzbot.chat.replies import send
from kzbot.operations.counts import Held

_log = logging.getLogger(__name__)

_QUESTION = 3000
"""What of a question is given back, as `fit.weigh` counts it."""
Spoken = discord.Interaction[Any]


async def let_command_in(interaction: Spoken, desk: Desk) -> bool:
    """Whether a command, an entry of a menu or a wish for suggestions is answered; who must wait is told when to go on."""
    if interaction.type is discord.InteractionType.autocomplete:
        if _seconds(interaction, desk, desk.often, "suggestions"):
            await interaction.response.autocomplete([])
            return False
        return True
    if _is_for_moderators(interaction.command) and is_moderator(interaction, desk.services.settings.discord):
        return True
    data: Any = interaction.data or {}
    said = "menu"
    if data.get("type", 1) == discord.AppCommandType.chat_input.value:
        said = "command"
    return await _let_in(interaction, desk, "command", said, _typed(data) if said == "command" else "")


async def let_press_in(interaction: Spoken, desk: Desk, handle: Handle | None) -> bool:
    """Whether a press or a form is taken; who must wait is told when to go on."""
    moderators = handle is not None and for_moderators(handle.kind)
    if moderators and is_moderator(interaction, desk.services.settings.discord):
        return True
    if interaction.type is discord.InteractionType.modal_submit:
        return await _let_in(interaction, desk, "form", "press")
    return await _let_in(interaction, desk, "press", "press")


async def _let_in(interaction: Spoken, desk: Desk, what: Held, said: str, question: str = "") -> bool:
    cooldown = desk.often if what == "form" else desk.cooldown
    seconds = _seconds(interaction, desk, cooldown, what)
    if not seconds:
        return True
    services = desk.services
    say, at = services.phrases.say, services.clock() + timedelta(seconds=seconds)
    lines = [
        say("chat.cooldown.wait", count=cooldown.limit, when=f"<t:{math.ceil(at.timestamp())}:R>"),
        say(f"chat.cooldown.{said}", question=inline(question, _QUESTION)),
    ]
    await send(interaction, notice("\n".join(lines), Tone.NOTHING), private=True)
    return False


def _seconds(interaction: Spoken, desk: Desk, cooldown: Cooldown, what: Held) -> float:
    """How long this person must wait, 0 for not at all; who must wait is counted, and logged once a minute, but not named."""
    seconds = cooldown.wait(interaction.user.id)
    if seconds:
        desk.services.counts.held_up(what)
        if not desk.held_up.wait(interaction.user.id):
            _log.info("Somebody asks more than %d times a minute, and is asked to wait", cooldown.limit)
    return seconds


def _is_for_moderators(command: object) -> bool:
    root = getattr(command, "root_parent", None)
    return root is not None and bool(root.extras.get("moderators"))


def _typed(data: Mapping[str, Any]) -> str:
    """The command as it was typed, so that it can be sent again."""
    names, options = [str(data.get("name", ""))], data.get("options") or []
    while len(options) == 1 and "options" in options[0]:
        names.append(str(options[0].get("name", "")))
        options = options[0]["options"]
    return typed(Question(" ".join(names), dict(_values(options))))


def _values(options: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Any]]:
    for one in options:
        if isinstance(one.get("value"), str | int | float):
            yield str(one.get("name", "")), one["value"]
