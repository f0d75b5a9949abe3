"""Cards of `/log audit`: who did what and when, and all that is kept of one deed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import discord
from discord import ui

from kzbot.chat.audited import Known, known_of
from kzbot.chat.cards.buttons import turning
from kzbot.chat.cards.frame import Card, Labels, Row, build
from kzbot.chat.cards.listing import list_foot
from kzbot.chat.cards.people import who
from kzbot.chat.cards.unanswered.words import when
from kzbot.chat.desk import Desk
from kzbot.chat.escape import plain
from kzbot.chat.fit import CHOICE
from kzbot.chat.handle import AUDIT, DEED, Handle
from kzbot.chat.narrowing import WORDS, ServerNames, shown, unnamed
from kzbot.chat.paging import pages_for
from kzbot.operations.deeds import with_questions
from kzbot.output.log_words import Shown, deed_details, deed_filter_words, deed_words
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.deeds import DeedFilters
from kzbot.querylog.ledger.rows import Actor, DeedRow

PER_PAGE = 10


async def audit_view(
    desk: Desk, handle: Handle, filters: DeedFilters, page: int, servers: ServerNames
) -> ui.LayoutView:
    """A page of what was done, the latest first; the last page where there is no such. Needs a running event loop."""
    phrases, ledger, say = desk.services.phrases, desk.services.log.ledger, desk.services.phrases.say
    rows, total = await ledger.deeds(PER_PAGE, page * PER_PAGE, filters)
    pages = max(1, pages_for(total, PER_PAGE))
    if page >= pages:
        page = pages - 1
        rows, total = await ledger.deeds(PER_PAGE, page * PER_PAGE, filters)
    holding = deed_filter_words(phrases, filters, shown(phrases))
    lines = [f"## {say('chat.log.audit.heading')}"]
    if holding:
        lines.append(say("chat.log.filtered", filters=" · ".join(holding)))
    if not rows:
        lines.append(say("chat.log.audit.none" if holding else "chat.log.audit.empty"))
    rows = await with_questions(desk.services.log.review, rows)
    known = await known_of(desk, rows)
    lines += [_line(phrases, row, known, servers) for row in rows]
    counted = (say("chat.log.audit.total", count=total), say("chat.log.utc"))
    foot = list_foot(phrases, page, pages, total, *counted, number=handle.row)
    small = (foot, say("chat.log.audit.denied"))
    turn = turning(phrases, handle, AUDIT, page, pages)
    shown_rows = tuple(row for row in (turn, _showing(phrases, handle, rows, known, servers)) if row)
    return build(Card("\n".join(lines), foot=small, rows=shown_rows), Labels("", ""))


async def deed_view(desk: Desk, deed: DeedRow, handle: Handle, servers: ServerNames) -> ui.LayoutView:
    """All that is kept of one. Needs a running event loop."""
    phrases, known = desk.services.phrases, await known_of(desk, [deed])
    lines = [
        f"## {phrases.say('chat.log.audit.heading_one', number=deed.number)}",
        _line(phrases, deed, known, servers),
    ]
    lines += [f"- {line}" for line in deed_details(phrases, deed, _shown(phrases, known, servers.with_ids, 600))]
    foot = phrases.say("chat.foot.number", number=handle.row)
    return build(Card("\n".join(lines), foot=(foot,)), Labels("", ""))


def doer(phrases: Phrases, actor: Actor) -> str:
    """Who did it, as markdown: a person by name without a ping, somebody at the terminal, the bot."""
    if actor.place == "discord" or actor.user is not None:
        return who(phrases, actor.user)
    return phrases.say(f"output.deeds.actor.{actor.place}")


def _line(phrases: Phrases, deed: DeedRow, known: Known, servers: ServerNames) -> str:
    return phrases.say(
        "chat.log.audit.line",
        number=deed.number,
        who=doer(phrases, deed.actor),
        did=deed_words(phrases, deed, _shown(phrases, known, servers.named)),
        when=when(deed.at),
    )


def _shown(phrases: Phrases, known: Known, server: Callable[[int], str], longest: float = WORDS) -> Shown:
    return replace(shown(phrases, longest), names=known.names, titles=known.titles, server=server)


def _showing(phrases: Phrases, handle: Handle, rows: Sequence[DeedRow], known: Known, servers: ServerNames) -> Row:
    """A select of the page's deeds."""
    if not rows:
        return ()
    nameless = replace(unnamed(phrases), names=known.names, titles=known.titles, server=servers.plain)
    options = [
        discord.SelectOption(
            label=plain(f"{row.number}. {deed_words(phrases, row, nameless)}", CHOICE), value=str(row.number)
        )
        for row in rows
    ]
    placeholder = phrases.say("chat.log.audit.show")
    return (ui.Select(custom_id=str(handle.to(DEED)), placeholder=placeholder, options=options),)
