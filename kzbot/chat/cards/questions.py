"""The card of `/log questions`: who asked what, when, and how it was answered."""

from collections.abc import Mapping

from discord import ui

from kzbot.answers.model import Option, Question
from kzbot.answers.question import typed
from kzbot.chat.cards.buttons import turning
from kzbot.chat.cards.frame import Card, Labels, build
from kzbot.chat.cards.people import who
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline
from kzbot.chat.handle import LOG, Handle
from kzbot.chat.paging import pages_for
from kzbot.phrases import Phrases
from kzbot.querylog.filters import Filters
from kzbot.querylog.messages import HASH, message_of
from kzbot.querylog.rows import QueryRow

PER_PAGE = 10
_QUESTION = 150
_HASH = 12


async def questions_view(desk: Desk, handle: Handle, options: Mapping[str, Option], page: int) -> ui.LayoutView:
    """A page of the latest questions, or of those that fit the search."""
    phrases = desk.services.phrases
    search = str(options["search"]) if "search" in options else None
    rows, total = await desk.services.log.recent(PER_PAGE, page * PER_PAGE, Filters(search=search or ""))
    pages = max(1, pages_for(total, PER_PAGE))
    heading = phrases.say("chat.log.heading")
    if search is not None:
        heading = phrases.say("chat.log.heading_search", search=inline(search, 80))
    lines = [f"## {heading}", *(_line(phrases, row) for row in rows)]
    if not rows:
        lines.append(phrases.say("chat.log.none"))
    foot = " · ".join(
        [
            phrases.say("chat.foot.page", page=min(page, pages - 1) + 1, pages=pages),
            phrases.say("chat.log.total", count=total),
        ]
    )
    row = turning(phrases, handle, LOG, min(page, pages - 1), pages)
    return build(Card("\n".join(lines), foot=(foot,), rows=(row,) if row else ()), Labels("", ""))


def _line(phrases: Phrases, row: QueryRow) -> str:
    """One question: Discord shows its moment in the reader's own time, and who asked by name without a ping."""
    facts = [phrases.say(f"chat.log.status.{row.status}")]
    if row.items:
        facts.append(phrases.say("chat.foot.items", count=row.items))
    facts.append(phrases.say("chat.log.took", took=f"{row.took_ms:.0f}"))
    if row.private:
        facts.append(phrases.say("chat.log.private"))
    return phrases.say(
        "chat.log.line",
        number=row.number,
        when=f"<t:{int(row.asked_at.timestamp())}:f>",
        who=who(phrases, row.user),
        question=inline(_asked(phrases, row), _QUESTION),
        facts=" · ".join(facts),
    )


def _asked(phrases: Phrases, row: QueryRow) -> str:
    message = message_of(row.command, row.options)
    if message is None:
        return typed(Question(row.command, row.options))
    return phrases.say("chat.log.message", message=message, hash=str(row.options.get(HASH))[:_HASH])
