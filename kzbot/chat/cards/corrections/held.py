"""`/corpus corrections`: all that hold, each with who made it and a way to take it back."""

import io
from collections.abc import Sequence

import discord
from discord import ui

from kzbot.chat.cards.buttons import button, turning
from kzbot.chat.cards.corrections.made import overlay_line
from kzbot.chat.cards.frame import Card, Labels, Row, Tone, build, framed
from kzbot.chat.cards.listing import list_foot
from kzbot.chat.cards.people import who
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline
from kzbot.chat.handle import CORRECTIONS, UNDO, YAML, Handle
from kzbot.chat.paging import pages_for
from kzbot.operations.corrections.taking_over import Held, as_yaml, held
from kzbot.phrases import Phrases

PER_PAGE = 5
FILE = "corrections.yaml"
_ALL = 100_000


async def corrections_view(desk: Desk, handle: Handle, page: int) -> ui.LayoutView:
    """A page of the corrections that hold, the latest first; the last page where there is no such."""
    phrases, say, ledger = desk.services.phrases, desk.services.phrases.say, desk.services.log.ledger
    rows, total = await ledger.corrections(PER_PAGE, page * PER_PAGE)
    pages = max(1, pages_for(total, PER_PAGE))
    if page >= pages:
        page = pages - 1
        rows, total = await ledger.corrections(PER_PAGE, page * PER_PAGE)
    async with desk.services.shelf.current() as generation:
        found = await held(generation, rows)
    lines = [f"## {say('chat.corrections.heading')}", *(_line(phrases, one) for one in found)]
    if not found:
        lines.append(say("chat.corrections.none"))
    undoing: Row = tuple(
        button(say("chat.corrections.undo", number=one.row.number), handle.to(UNDO, page, one.row.number))
        for one in found
    )
    taking: Row = (button(say("chat.corrections.yaml"), handle.to(YAML)),) if found else ()
    turn = (*turning(phrases, handle, CORRECTIONS, page, pages), *taking)
    counted = say("chat.corrections.total", count=total)
    foot = list_foot(phrases, page, pages, total, counted, number=handle.row)
    return build(
        Card("\n".join(lines), foot=(foot,), rows=tuple(row for row in (undoing, turn) if row)), Labels("", "")
    )


async def yaml_view(desk: Desk) -> tuple[ui.LayoutView, Sequence[discord.File]]:
    """All of them as lines to be taken over by hand, in a file."""
    say, ledger = desk.services.phrases.say, desk.services.log.ledger
    rows, total = await ledger.corrections(_ALL)
    async with desk.services.shelf.current() as generation:
        found = await held(generation, rows)
    head = "".join(f"# {line}\n" for line in say("chat.corrections.yaml_head").splitlines())
    data = (head + as_yaml(found)).encode("utf-8", "replace")
    file = discord.File(io.BytesIO(data), FILE)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=Tone.EVIDENCE.value)
    container.add_item(ui.TextDisplay(say("chat.corrections.yaml_said", count=total)))
    container.add_item(ui.File(file))
    return framed(container), (file,)


def _line(phrases: Phrases, one: Held) -> str:
    """One correction: what it says; who made it and when; what is to be known of it."""
    say = phrases.say
    facts = [who(phrases, one.row.actor.user), f"<t:{int(one.row.at.timestamp())}:f>"]
    if one.row.report is not None:
        facts.append(say("chat.corrections.doubt", number=one.row.report))
    if one.redundant:
        facts.append(say("chat.corrections.redundant"))
    elif one.idle:
        facts.append(say("chat.corrections.idle", reason=inline(one.idle, 150)))
    return f"**{one.row.number}.** {overlay_line(phrases, one.row, one.about or '')}\n-# {' · '.join(facts)}"
