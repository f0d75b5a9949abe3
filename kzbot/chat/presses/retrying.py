"""“Try again” under a correction that was refused: its form once more, filled with what was typed.

What was typed is read from the row of the log that tells of the refusal, so that it outlives a restart of the bot, and goes
with that row when it is erased.
"""

from collections.abc import Mapping, Sequence

from kzbot.answers.corrections.checking import LONGEST
from kzbot.chat.correcting import DATE, NAME
from kzbot.chat.desk import Desk
from kzbot.chat.handle import RETRY, Handle, template
from kzbot.chat.presses.correction_forms import Fields, date_fields, spelling_fields, take_date, take_spelling
from kzbot.chat.presses.guarded import Spoken, tell
from kzbot.chat.presses.modals import Form, modal
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.operations.nearest import about, names_near
from kzbot.querylog.rows import QueryRow

_OFFERED = 10


class TryAgain(ModeratorPress, template=template(RETRY)):
    """Opens the form; `row` tells of the refusal, `number` is that of a question which the spelling was to mend, or 0."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if row.command not in (DATE, NAME):
            await tell(interaction, desk, "chat.press.unknown")
            return
        doubt = _doubt(row)
        if doubt is not None and await _closed(desk, doubt):
            await tell(interaction, desk, "chat.doubts.closed_already")
            return
        kind = "date" if row.command == DATE else "name"
        say = desk.services.phrases.say
        title = say(f"chat.doubts.form_{kind}", number=doubt) if doubt else say(f"chat.corrections.form_{kind}")
        fields = _date_fields(desk, row) if kind == "date" else await _spelling_fields(desk, row, handle.number)
        await interaction.response.send_modal(modal(title, handle, fields))


class TriedAgain(Form):
    """Takes the form like the one that was refused."""

    kind = RETRY
    moderators = True

    async def filled(
        self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, values: Mapping[str, Sequence[str]]
    ) -> None:
        doubt = _doubt(row)
        if doubt is not None and await _closed(desk, doubt):
            await tell(interaction, desk, "chat.doubts.closed_already")
        elif row.command == DATE:
            await take_date(interaction, desk, _typed(row, "article"), values, doubt)
        elif row.command == NAME:
            group = await desk.services.log.review.group_of(handle.number)
            await take_spelling(interaction, desk, await _one_name(desk, row, values), doubt, group)


def _date_fields(desk: Desk, row: QueryRow) -> Fields:
    article = _typed(row, "article") if _doubt(row) is None else None
    return date_fields(desk.services.phrases, _typed(row, "words"), _typed(row, "means"), article)


async def _spelling_fields(desk: Desk, row: QueryRow, question: int) -> Fields:
    """The name that was meant where the book has it, those nearest to what was typed and to the question, and the spelling."""
    spelling = _typed(row, "spelling")
    group = await desk.services.log.review.group_of(question)
    asked = about(group.latest) if group is not None else ""
    name, written = await _names(desk, row)
    async with desk.services.shelf.current() as generation:
        meant = [generation.names[name]] if name in generation.names else []
        typed = names_near(generation, written, _OFFERED // 2)
        others = (one for words in (spelling, asked) for one in names_near(generation, words, _OFFERED))
        near = list(dict.fromkeys([*meant, *typed, *others]))[:_OFFERED]
    said = desk.services.phrases.say("chat.doubts.spelling_about")
    return spelling_fields(desk.services.phrases, near, spelling, said, chosen=name, other=written)


async def _names(desk: Desk, row: QueryRow) -> tuple[str, str]:
    """What the form is filled with: the name of the book that was chosen, and the one that was typed."""
    name, other = _typed(row, "name"), _typed(row, "other")
    async with desk.services.shelf.current() as generation:
        known = name in generation.names and len(name) <= LONGEST
    return (name, other) if known else ("", other or name)


async def _one_name(desk: Desk, row: QueryRow, values: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Without the one of two names that stands there from before, where the other one is new."""
    given = {option: next(iter(values.get(option, ())), "").strip() for option in ("name", "other")}
    former = dict(zip(given, await _names(desk, row), strict=True))
    unchanged = [option for option in given if given[option] == former[option]]
    return {**values, unchanged[0]: ()} if all(given.values()) and len(unchanged) == 1 else values


async def _closed(desk: Desk, doubt: int) -> bool:
    report = await desk.services.log.ledger.report(doubt)
    return report is None or report.state != "open"


def _doubt(row: QueryRow) -> int | None:
    """The doubt that the correction was to answer."""
    number = row.options.get("doubt")
    return number if isinstance(number, int) else None


def _typed(row: QueryRow, option: str) -> str:
    return str(row.options.get(option, ""))
