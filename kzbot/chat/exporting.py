"""Questions of the log as a file in the chat: made in small steps, and never larger than Discord takes."""

import io
from dataclasses import dataclass

import discord
from discord import ui

from kzbot.chat.cards.frame import Tone, framed, notice
from kzbot.chat.desk import Desk
from kzbot.chat.moderation import Spoken, actor_of
from kzbot.chat.narrowing import shown
from kzbot.chat.presses.taking import megabytes
from kzbot.output.log_words import filter_words
from kzbot.output.questions_file import FORMS, Form, LogChangedError, Piece, file_name, pieces
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import Deed
from kzbot.querylog.noted import noted_options

_TIMES = 3


@dataclass(frozen=True, slots=True)
class Exported:
    """A file with so many questions; `data` is None where they are more than fit (`fitting` did), or where the log changed all
    the time. `left_out`: so many more rows are damaged."""

    name: str
    data: bytes | None
    questions: int
    fitting: int = 0
    left_out: int = 0


async def exported(interaction: Spoken, desk: Desk, filters: Filters, form: Form) -> Exported:
    """The file, as far as Discord takes it; that it was made stands in the ledger."""
    services, at, limit = desk.services, desk.services.clock(), interaction.filesize_limit
    name = file_name(form, at)
    for _ in range(_TIMES):
        data, last = bytearray(), Piece(b"", 0, 0)
        try:
            async for piece in pieces(services.log.listing, filters, form, services.phrases, at):
                if len(data) + len(piece.data) > limit:
                    return Exported(name, None, piece.total, last.written)
                data += piece.data
                last = piece
        except LogChangedError:
            continue
        options = noted_options(filters, services.log.people.mode)
        details = {"form": form, "options": options, "questions": last.written}
        await services.log.ledger.note(Deed(at=at, actor=actor_of(interaction), action="export", details=details))
        return Exported(name, bytes(data), last.written, left_out=last.left_out)
    return Exported(name, None, 0)


def attached(made: Exported) -> tuple[discord.File, ...]:
    """The file that goes with the card."""
    return () if made.data is None or not made.questions else (discord.File(io.BytesIO(made.data), made.name),)


def exported_view(interaction: Spoken, desk: Desk, filters: Filters, made: Exported, number: int) -> ui.LayoutView:
    """What the file holds, or why there is none; where no question fits there is none. Needs a running event loop."""
    phrases = desk.services.phrases
    say = phrases.say
    if made.data is None:
        limit = megabytes(interaction.filesize_limit)
        if not made.questions:
            return notice(say("chat.log.export.changed"), Tone.NOTHING)
        return notice(
            say("chat.log.export.too_large", count=made.questions, limit=limit, fitting=phrases.number(made.fitting)),
            Tone.NOTHING,
        )
    lines = [f"### {say('chat.log.export.done', count=made.questions)}"] if made.questions else [say("chat.log.none")]
    if holding := filter_words(phrases, filters, shown(phrases)):
        lines.append(say("chat.log.filtered", filters=" · ".join(holding)))
    if made.left_out:
        lines.append(say("output.log.left_out", count=made.left_out))
    if not made.questions:
        return notice("\n".join(lines), Tone.NOTHING)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=Tone.EVIDENCE.value)
    container.add_item(ui.TextDisplay("\n".join(lines)))
    container.add_item(ui.File(f"attachment://{made.name}"))
    container.add_item(ui.TextDisplay(f"-# {say('chat.foot.number', number=number)}"))
    return framed(container)


def form_named(value: str) -> Form:
    """The form that was chosen, CSV for what is not offered."""
    return next((form for form in FORMS if form == value), "csv")
