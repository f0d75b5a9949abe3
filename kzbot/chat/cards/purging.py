"""Cards of `/log purge`: what would go, and what went."""

from dataclasses import replace

from discord import ui

from kzbot.answers.commands import title_of
from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Card, Tone, build, notice
from kzbot.chat.cards.plans.plan import NO_LABELS
from kzbot.chat.cards.unanswered.words import when
from kzbot.chat.escape import inline
from kzbot.chat.handle import KEEP, PURGE, Handle
from kzbot.chat.narrowing import ServerNames, shown
from kzbot.output.log_words import filter_words
from kzbot.phrases import Phrases
from kzbot.querylog.erasing.scope import Outline
from kzbot.querylog.filters import Filters

SEARCHING = ("log questions", "log export", "log purge")
"""Commands with which words are looked for in the log."""
_LISTED = 12
_COMMAND = 60


def purge_view(
    phrases: Phrases, filters: Filters, outline: Outline, handle: Handle, servers: ServerNames, lead: str = ""
) -> ui.LayoutView:
    """How many questions would go, of which commands, from when to when, and that this cannot be undone. Within a running
    event loop."""
    say = phrases.say
    holding = " · ".join(filter_words(phrases, filters, replace(shown(phrases), server=servers.named)))
    foot = say("chat.foot.number", number=handle.row)
    if not outline.total or outline.first is None or outline.last is None:
        said = f"{say('chat.purge.nothing')}\n{say('chat.log.filtered', filters=holding)}\n-# {foot}"
        return notice(said, Tone.NOTHING)
    first, last = map(when, (outline.first, outline.last))
    listed = outline.commands[:_LISTED]
    lines = [
        f"## {say('chat.purge.heading', count=outline.total)}",
        *([lead] if lead else []),
        say("chat.log.filtered", filters=holding),
        say("chat.purge.between", first=first, last=last),
        *(say("chat.purge.command", command=inline(title_of(name), _COMMAND), count=count) for name, count in listed),
    ]
    if rest := sum(count for _, count in outline.commands[_LISTED:]):
        lines.append(say("chat.purge.others", count=rest))
    if filters.search.strip():
        lines.append(say("chat.purge.folded"))
    if searches := _searches(filters, outline):
        lines.append(say("chat.purge.searches", count=searches))
    if outline.elsewhere:
        lines.append(say("chat.purge.elsewhere", count=outline.elsewhere))
    lines.append(say("chat.purge.warning"))
    row = (
        button(say("chat.purge.erase"), handle.to(PURGE)),
        button(say("chat.purge.keep"), handle.to(KEEP)),
    )
    return build(Card("\n".join(lines), Tone.EVIDENCE, foot=(foot,), rows=(row,)), NO_LABELS)


def _searches(filters: Filters, outline: Outline) -> int:
    """How many of them were asked of the log itself, where questions go because of their words: those typed them, too."""
    return sum(count for name, count in outline.commands if name in SEARCHING) if filters.search.strip() else 0
