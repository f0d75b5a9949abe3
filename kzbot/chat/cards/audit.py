"""Cards of `/log audit`: who did what and when, and all that is kept of one deed."""

from collections.abc import Mapping, Sequence

import discord
from discord import ui

from kzbot.chat.audited import known_names
from kzbot.chat.cards.buttons import turning
from kzbot.chat.cards.frame import Card, Labels, Row, build
from kzbot.chat.cards.people import who
from kzbot.chat.cards.unanswered.words import when
from kzbot.chat.desk import Desk
from kzbot.chat.escape import plain
from kzbot.chat.fit import CHOICE
from kzbot.chat.handle import AUDIT, DEED, Handle
from kzbot.chat.narrowing import shown, unnamed
from kzbot.chat.paging import pages_for
from kzbot.output.log_words import deed_details, deed_filter_words, deed_words
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.deeds import DeedFilters
from kzbot.querylog.ledger.rows import Actor, DeedRow

PER_PAGE = 10


async def audit_view(desk: Desk, handle: Handle, filters: DeedFilters, page: int) -> ui.LayoutView:
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
    names = await known_names(desk, rows)
    lines += [_line(phrases, row, names) for row in rows]
    foot = [
        say("chat.foot.page", page=page + 1, pages=pages),
        say("chat.log.audit.total", count=total),
        say("chat.log.utc"),
        say("chat.foot.number", number=handle.row),
    ]
    small = (" · ".join(foot), say("chat.log.audit.denied"))
    turn = turning(phrases, handle, AUDIT, page, pages)
    shown_rows = tuple(row for row in (turn, _showing(phrases, handle, rows, names)) if row)
    return build(Card("\n".join(lines), foot=small, rows=shown_rows), Labels("", ""))


async def deed_view(desk: Desk, deed: DeedRow, handle: Handle) -> ui.LayoutView:
    """All that is kept of one. Needs a running event loop."""
    phrases, names = desk.services.phrases, await known_names(desk, [deed])
    lines = [f"## {phrases.say('chat.log.audit.heading_one', number=deed.number)}", _line(phrases, deed, names)]
    lines += [f"- {line}" for line in deed_details(phrases, deed, shown(phrases, 600, names))]
    foot = phrases.say("chat.foot.number", number=handle.row)
    return build(Card("\n".join(lines), foot=(foot,)), Labels("", ""))


def doer(phrases: Phrases, actor: Actor) -> str:
    """Who did it, as markdown: a person by name without a ping, somebody at the terminal, the bot."""
    if actor.place == "discord" or actor.user is not None:
        return who(phrases, actor.user)
    return phrases.say(f"output.deeds.actor.{actor.place}")


def _line(phrases: Phrases, deed: DeedRow, names: Mapping[str, str]) -> str:
    return phrases.say(
        "chat.log.audit.line",
        number=deed.number,
        who=doer(phrases, deed.actor),
        did=deed_words(phrases, deed, shown(phrases, names=names)),
        when=when(deed.at),
    )


def _showing(phrases: Phrases, handle: Handle, rows: Sequence[DeedRow], names: Mapping[str, str]) -> Row:
    """A select of the page's deeds."""
    if not rows:
        return ()
    nameless = unnamed(phrases, names)
    options = [
        discord.SelectOption(
            label=plain(f"{row.number}. {deed_words(phrases, row, nameless)}", CHOICE), value=str(row.number)
        )
        for row in rows
    ]
    placeholder = phrases.say("chat.log.audit.show")
    return (ui.Select(custom_id=str(handle.to(DEED)), placeholder=placeholder, options=options),)
