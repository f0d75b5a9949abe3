"""Presses that ask a question: a choice, the suggested mend, the same once more."""

from collections.abc import Mapping

from kzbot.answers.commands import known_command
from kzbot.answers.model import Option
from kzbot.chat.asking import ask_and_send
from kzbot.chat.desk import Desk
from kzbot.chat.handle import AGAIN, CHOICE, CHOICES, SUGGESTION, Handle, template
from kzbot.chat.presses.guarded import Press, Spoken, asked_by, own, shown_privately, tell_changed
from kzbot.chat.replies import in_time
from kzbot.querylog.alike import asked_with
from kzbot.querylog.rows import QueryRow


class Choose(Press, template=template(CHOICE)):
    """A button for one of the choices."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _choose(interaction, desk, handle, row, handle.number)


class ChooseOfMany(Press, template=template(CHOICES)):
    """A select of the choices."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _choose(interaction, desk, handle, row, int(self.chosen))


class AskSuggested(Press, template=template(SUGGESTION)):
    """The question that was probably meant."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        asked = await in_time(interaction, desk.reopen(row, 0), private=True, update=own(interaction, desk, row))
        if asked is None or asked.answer.suggestion is None:
            await tell_changed(interaction, desk, handle)
            return
        await _ask(interaction, desk, row, asked.answer.suggestion.options)


class AskAgain(Press, template=template(AGAIN)):
    """The same question of the corpus as it is now; public only where it was, and asked by the one who asked it."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        public = not row.private and asked_by(interaction, desk, row)
        options = desk.lent.options_of(row) or {}
        kept = None if options is row.options else row.options
        await ask_and_send(interaction, desk, asked_with(row.command), options, private=not public, kept=kept)


async def _choose(interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, at: int) -> None:
    asked = await in_time(interaction, desk.reopen(row, 0), private=True, update=own(interaction, desk, row))
    if asked is None or at >= len(asked.answer.choices):
        await tell_changed(interaction, desk, handle)
        return
    options = known_command(asked_with(row.command)).options
    about = next(option.name for option in options if option.completes)
    await _ask(interaction, desk, row, {**row.options, about: asked.answer.choices[at]})


async def _ask(interaction: Spoken, desk: Desk, row: QueryRow, options: Mapping[str, Option]) -> None:
    """In the place of the card for who asked; for others as a private answer of their own."""
    update = own(interaction, desk, row)
    private = shown_privately(interaction) or not update
    await ask_and_send(interaction, desk, asked_with(row.command), options, private=private, update=update)
