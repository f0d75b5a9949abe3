"""What moderators press on doubts and corrections: correct, dismiss, take back, turn pages, take away."""

from collections.abc import Mapping, Sequence

from kzbot.answers.corrections.checking import names_like
from kzbot.answers.corrections.meaning import read_meaning
from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.corrections.doubts import STATES, doubt_view, doubts_view, known_of, passage_of
from kzbot.chat.cards.corrections.held import corrections_view, yaml_view
from kzbot.chat.cards.frame import Row
from kzbot.chat.correcting import undo
from kzbot.chat.desk import Desk
from kzbot.chat.doubt_posts import refresh_doubt
from kzbot.chat.handle import CORRECT, CORRECTIONS, DISMISS, DOUBTS, REOPEN, UNDO, YAML, Handle, template
from kzbot.chat.moderation import actor_of
from kzbot.chat.presses.correction_forms import Fields, date_fields, spelling_fields, take_date, take_spelling
from kzbot.chat.presses.guarded import Spoken, tell
from kzbot.chat.presses.modals import Form, modal
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.replies import replace, send
from kzbot.errors import QuestionError
from kzbot.querylog.ledger.rows import ReportRow, ReportState
from kzbot.querylog.rows import QueryRow

LIST = "corpus doubts"
_OTHER = 10
"""Names offered in the form."""


class TurnDoubts(ModeratorPress, template=template(DOUBTS)):
    """Previous and Next of the list of doubts."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await replace(interaction, await doubts_view(desk, handle, state_of(row), handle.page))


class CorrectDoubt(ModeratorPress, template=template(CORRECT)):
    """Opens the form for a doubt; `number` is the doubt's."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        report = await desk.services.log.ledger.report(handle.number)
        if report is None or report.state != "open":
            await tell(interaction, desk, "chat.doubts.closed_already")
            return
        fields = await (_date_fields(desk, report) if report.kind == "date" else _name_fields(desk, report))
        title = desk.services.phrases.say(f"chat.doubts.form_{report.kind}", number=report.number)
        await interaction.response.send_modal(modal(title, handle, fields))


class CorrectionForm(Form):
    """Takes the form: one step corrects, builds and applies."""

    kind = CORRECT
    moderators = True

    async def filled(
        self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, values: Mapping[str, Sequence[str]]
    ) -> None:
        report = await desk.services.log.ledger.report(handle.number)
        if report is None or report.state != "open":
            await tell(interaction, desk, "chat.doubts.closed_already")
            return
        if report.kind == "date":
            await take_date(interaction, desk, report.article, values, report.number)
        else:
            await take_spelling(interaction, desk, values, report.number)


class DismissDoubt(ModeratorPress, template=template(DISMISS)):
    """Closes a doubt without a correction."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _move(interaction, desk, handle, row, "dismissed")


class ReopenDoubt(ModeratorPress, template=template(REOPEN)):
    """Takes a dismissal back."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _move(interaction, desk, handle, row, "open")


class UndoCorrection(ModeratorPress, template=template(UNDO)):
    """Takes a correction back; `number` is the correction's."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await undo(interaction, desk, handle.number)


class TurnCorrections(ModeratorPress, template=template(CORRECTIONS)):
    """Previous and Next of the list of corrections."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await replace(interaction, await corrections_view(desk, handle, handle.page))


class CorrectionsAsYaml(ModeratorPress, template=template(YAML)):
    """All corrections as lines for the files that they are about."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        view, files = await yaml_view(desk)
        await send(interaction, view, private=True, files=files)


def state_of(row: QueryRow) -> ReportState:
    """Which doubts a list is of."""
    return next((one for one in STATES if one == row.options.get("state")), "open")


async def _move(interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, to: ReportState) -> None:
    """Puts a doubt into another state and shows its card anew, with the way back; one that is mended stays so."""
    ledger, say = desk.services.log.ledger, desk.services.phrases.say
    report = await ledger.report(handle.number)
    if report is None or report.state == "mended":
        await tell(interaction, desk, "chat.doubts.closed_already")
        return
    await ledger.close_report(report.number, to, actor_of(interaction), desk.services.clock())
    if row.command != LIST:
        report = await ledger.report(report.number) or report
        await replace(interaction, doubt_view(desk.services.phrases, handle, await known_of(desk, report)))
        return
    kind, key = (REOPEN, "reopen") if to == "dismissed" else (DISMISS, "dismiss")
    back: Row = (button(say(f"chat.doubts.{key}", number=report.number), handle.to(kind, handle.page, report.number)),)
    done = say(f"chat.doubts.now_{to}", number=report.number)
    shown = state_of(row)
    await replace(
        interaction, await doubts_view(desk, handle, shown, handle.page, (done,), () if to == shown else back)
    )
    await refresh_doubt(interaction, desk, report.number)


async def _date_fields(desk: Desk, report: ReportRow) -> Fields:
    """The words as the article prints them, and what they mean: what was said, where that is a date, else what is read now."""
    return date_fields(desk.services.phrases, report.words, await _meaning(desk, report))


async def _meaning(desk: Desk, report: ReportRow) -> str | None:
    if report.said:
        try:
            said = read_meaning(report.said, desk.services.phrases.say("answers.corrections.no_date"))
            return desk.services.phrases.say("answers.corrections.no_date") if said is None else said
        except QuestionError:
            pass
    item = await passage_of(desk, report)
    dates = item.dates if item is not None else ()
    return next((o.mark.edtf for o in dates if " ".join((o.mark.words or "").split()) == report.words), None)


async def _name_fields(desk: Desk, report: ReportRow) -> Fields:
    """The nearest names of the book, room for another one, and the spelling."""
    phrases = desk.services.phrases
    async with desk.services.shelf.current() as generation:
        near = list(
            dict.fromkeys([*names_like(generation, report.said, 3), *names_like(generation, report.words, _OTHER)])
        )
    return spelling_fields(phrases, near, report.words, phrases.say("chat.doubts.spelling_about"))
