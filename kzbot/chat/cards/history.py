"""Cards of `/corpus history`: who applied what and when, and going back to a state that is kept."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord
from discord import ui

from kzbot.chat.cards.buttons import button, turning
from kzbot.chat.cards.frame import Card, Row, Tone, build
from kzbot.chat.cards.listing import list_foot
from kzbot.chat.cards.people import who
from kzbot.chat.cards.plans.plan import NO_LABELS, SELECT
from kzbot.chat.cards.plans.sections import article_line
from kzbot.chat.escape import inline, plain
from kzbot.chat.fit import CHOICE
from kzbot.chat.handle import HISTORY, RECALL, RETURN, Handle
from kzbot.chat.paging import pages_for
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from kzbot.operations.planning.plan import Plan
    from kzbot.querylog.ledger.rows import Actor, ApplicationRow

PER_PAGE = 8
_NAMED = 60
_FIRST = 6
_COUNTED = ("added", "changed", "removed")


def history_view(
    phrases: Phrases,
    rows: Sequence["ApplicationRow"],
    total: int,
    page: int,
    handle: Handle,
    *,
    served: str | None,
    kept: Sequence[str],
) -> ui.LayoutView:
    """A page of the history, and the select of kept states where there is another than the served one. Needs an event loop."""
    say = phrases.say
    pages = max(1, pages_for(total, PER_PAGE))
    lines = [f"## {say('chat.history.heading')}", *(_line(phrases, row, served, kept) for row in rows)]
    if not rows:
        lines.append(say("chat.history.none"))
    counted = say("chat.history.total", count=total)
    foot = list_foot(phrases, min(page, pages - 1), pages, total, counted, number=handle.row)
    turn = turning(phrases, handle, HISTORY, min(page, pages - 1), pages)
    states = _states(phrases, rows, handle, [one for one in reversed(kept) if one != served])
    shown = tuple(row for row in (turn, states) if row)
    return build(Card("\n".join(lines), foot=(foot,), rows=shown), NO_LABELS)


def return_view(phrases: Phrases, plan: "Plan", handle: Handle) -> ui.LayoutView:
    """What going back to a kept state (`plan.candidate`) would change, and the button that does it. Needs an event loop."""
    say = phrases.say
    lines = [
        f"## {say('chat.history.return_heading')}",
        say("chat.history.return_to", when=_moment(plan.candidate), id=inline(plan.candidate, _NAMED)),
        say("chat.plan.articles", before=phrases.number(plan.before), count=plan.after),
        " · ".join(say(f"chat.corpus.reload.{key}", count=plan.count(key)) for key in _COUNTED),
    ]
    if not any(plan.count(key) for key in _COUNTED):
        lines.append(say("chat.history.would.nothing"))
    for name, listed in (("removed", plan.removed), ("added", plan.added)):
        if listed:
            lines.append(f"**{say(f'chat.history.would.{name}')}**")
            lines += [article_line(phrases, one) for one in listed[:_FIRST]]
            if plan.count(name) > _FIRST:
                lines.append(f"- {say('chat.plan.more', count=plan.count(name) - _FIRST)}")
    row = (button(say("chat.history.return"), handle.to(RETURN), primary=True),)
    return build(
        Card("\n".join(lines), Tone.PARTIAL, foot=(say("chat.foot.number", number=handle.row),), rows=(row,)), NO_LABELS
    )


def _line(phrases: Phrases, row: "ApplicationRow", served: str | None, kept: Sequence[str]) -> str:
    """One application: in which way, what it led to; who, by name without a ping; when, in the reader's own time."""
    say = phrases.say
    facts = [actor_words(phrases, row.actor), f"<t:{int(row.at.timestamp())}:f>"]
    counts = _counts(phrases, row.summary)
    if counts:
        facts.append(counts)
    facts.append(inline(row.generation, _NAMED))
    state = "served" if row.generation == served else "kept" if row.generation in kept else "gone"
    return say(
        "chat.history.line",
        number=row.number,
        way=_way(phrases, row.way),
        state=say(f"chat.history.state.{state}"),
        articles=say("chat.foot.articles", count=row.articles),
        facts=" · ".join(facts),
    )


def actor_words(phrases: Phrases, actor: "Actor") -> str:
    """Who did something, as markdown: a member's name without a ping, or their code; the terminal; the bot itself."""
    return who(phrases, actor.user) if actor.user is not None else phrases.say(f"chat.history.actor.{actor.place}")


def _way(phrases: Phrases, way: str) -> str:
    key = f"chat.history.way.{way}"
    return phrases.say(key) if phrases.has(key) else inline(way, _NAMED)


def _counts(phrases: Phrases, summary: Mapping[str, int]) -> str:
    said = [phrases.say(f"chat.corpus.reload.{key}", count=summary[key]) for key in _COUNTED if summary.get(key)]
    return ", ".join(said)


def _states(phrases: Phrases, rows: Sequence["ApplicationRow"], handle: Handle, kept: Sequence[str]) -> Row:
    """The select of states to go back to, the newest first; nothing where there is none."""
    if not kept:
        return ()
    articles = {row.generation: row.articles for row in rows}
    options = [
        discord.SelectOption(
            label=plain(phrases.say("chat.history.state_of", when=_moment(one)), CHOICE),
            value=one,
            description=phrases.say("chat.foot.articles", count=articles[one]) if one in articles else None,
        )
        for one in kept
    ]
    custom_id = str(handle.to(RECALL, 0, SELECT))
    return (ui.Select(custom_id=custom_id, placeholder=phrases.say("chat.history.choose"), options=options),)


def _moment(generation: str) -> str:
    """When a state was built, from its id: date and time in UTC."""
    try:
        return (
            datetime.strptime(generation.split("-", maxsplit=1)[0], "%Y%m%dT%H%M%SZ")
            .replace(tzinfo=UTC)
            .strftime("%Y-%m-%d %H:%M")
        )
    except ValueError:
        return generation
