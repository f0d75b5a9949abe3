"""The card of `/corpus status`: what is served, everything doubtful in it, list by list, and the plan that waits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import discord
from discord import ui

from kzbot.chat.cards.buttons import button, turning
from kzbot.chat.cards.frame import Card, Row, Tone, build
from kzbot.chat.cards.listing import listing_pages
from kzbot.chat.cards.plans.plan import NO_LABELS, SELECT, answers_lines, count_lines, danger_words, plan_buttons
from kzbot.chat.cards.plans.sections import rejected_line
from kzbot.chat.escape import inline
from kzbot.chat.fit import weigh
from kzbot.chat.handle import READ, STATUS, Handle
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from kzbot.operations.planning.plan import Plan
    from kzbot.operations.status import CorpusStatus

SECTIONS = ("rejected", "undated", "unlinked", "near_duplicates", "unlisted", "withdrawn", "idle")
"""In the order in which they are offered. Cards that were sent hold their places, from 1 on."""
_LINE = 200
_REASON = 300
_NAMED = 60
_NAME = 110
_LISTED = 1400.0
"""Weight of what the first page shows of the lists."""
_FIRST = 3


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What the card is made of: the state, how many doubts of readers are open, and the plan that waits."""

    status: "CorpusStatus"
    doubts: int
    plan: "Plan | None"


def status_view(phrases: Phrases, held: Doubtful, handle: Handle, section: int = 0, page: int = 0) -> ui.LayoutView:
    """The first page (`section` 0), or a page of one of the lists. Needs an event loop."""
    return build(status_card(phrases, held, handle, section, page), NO_LABELS)


def status_card(phrases: Phrases, held: Doubtful, handle: Handle, section: int = 0, page: int = 0) -> Card:
    """See `status_view`; a section that there is not is the first page."""
    say, status = phrases.say, held.status
    foot = " · ".join(
        [
            say("chat.foot.generation", id=inline(status.generation, _NAMED)),
            say("chat.corpus.status.created", when=inline(status.created[:16].replace("T", " "), 30)),
            say("chat.corpus.status.kept", count=len(status.kept)),
            say("chat.foot.number", number=handle.row),
        ]
    )
    rows: tuple[Row, ...] = (_sections(phrases, status, handle), _plan_row(phrases, held, handle))
    tone = Tone.PARTIAL if status.rejected or held.plan or held.doubts else Tone.EVIDENCE
    if not 0 < section <= len(SECTIONS):
        lines = _overview(phrases, held)
        return Card("\n".join(lines), tone, foot=(foot,), rows=tuple(row for row in rows if row))
    name = SECTIONS[section - 1]
    pages = listing_pages(list(_lines(phrases, status, name)))
    at = min(max(page, 0), len(pages) - 1)
    top = [f"## {say('chat.corpus.status.heading')}", _counted(phrases, status, name), *pages[at]]
    if _count(status, name) > sum(map(len, pages)) and at == len(pages) - 1:
        top.append(say("chat.plan.beginning", shown=sum(map(len, pages))))
    if len(pages) > 1:
        foot = f"{say('chat.foot.page', page=at + 1, pages=len(pages))} · {foot}"
    turn = turning(phrases, handle.to(STATUS, 0, section), STATUS, at, len(pages))
    return Card("\n".join(top), tone, foot=(foot,), rows=tuple(row for row in (turn, *rows) if row))


def _overview(phrases: Phrases, held: Doubtful) -> list[str]:
    say, status = phrases.say, held.status
    lines = [
        f"## {say('chat.corpus.status.heading')}",
        say(
            "chat.corpus.status.articles",
            articles=say("chat.foot.articles", count=status.articles),
            folder=inline(status.folder, _LINE),
        ),
        say("chat.corpus.status.held", passages=phrases.number(status.passages), dated=phrases.number(status.dated)),
        say("chat.corpus.status.names", names=phrases.number(status.names)),
    ]
    if status.years:
        lines.append(say("chat.corpus.status.years", years=inline(status.years, _NAMED)))
    lines.append(say("chat.corpus.status.changed" if status.changed else "chat.corpus.status.current"))
    if held.plan is not None:
        lines += _waiting(phrases, held.plan)
    if held.doubts:
        lines.append(say("chat.corpus.status.doubts", count=held.doubts))
    return [*lines, *_beginnings(phrases, status)]


def _waiting(phrases: Phrases, plan: "Plan") -> list[str]:
    """What the plan that waits comes to."""
    lines = [f"**{phrases.say('chat.corpus.status.waiting', id=inline(plan.candidate, _NAMED))}**"]
    if plan.danger:
        lines.append(danger_words(phrases, plan))
    return [*lines, *count_lines(phrases, plan), *answers_lines(phrases, plan)]


def _beginnings(phrases: Phrases, status: "CorpusStatus") -> list[str]:
    """Every list that is not empty by its length and its first lines, as far as the card holds them."""
    lines: list[str] = []
    used = 0.0
    for name in SECTIONS:
        count = _count(status, name)
        if not count:
            if name == "rejected":
                lines.append(phrases.say("chat.corpus.none_rejected"))
            continue
        lines.append(_counted(phrases, status, name))
        for line in islice(_lines(phrases, status, name), _FIRST):
            used += weigh(line) + 1
            if used <= _LISTED:
                lines.append(line)
    return lines


def _counted(phrases: Phrases, status: "CorpusStatus", name: str) -> str:
    return f"**{phrases.say(f'chat.corpus.doubtful.{name}', count=_count(status, name))}**"


def _count(status: "CorpusStatus", name: str) -> int:
    if name == "unlisted":
        return status.unlisted
    if name == "rejected":
        return len({one.file for one in status.rejected})
    return len(getattr(status, name))


def _lines(phrases: Phrases, status: "CorpusStatus", name: str) -> Iterable[str]:
    say = phrases.say
    lines: Mapping[str, Callable[[], Iterable[str]]] = {
        "rejected": lambda: (rejected_line(phrases, one) for one in status.rejected),
        "undated": lambda: (_titled(status, one) for one in status.undated),
        "unlinked": lambda: (_titled(status, one) for one in status.unlinked),
        "near_duplicates": lambda: (
            "- "
            + say(
                "chat.corpus.near_duplicate",
                article=inline(one.article, _NAME),
                of=inline(one.of, _NAME),
                percent=int(one.resemblance * 100),
            )
            for one in status.near_duplicates
        ),
        "unlisted": lambda: (
            f"- **{inline(one.canonical, _NAME)}** · "
            + (f"{inline(one.kind, _NAMED)} · " if one.kind else "")
            + say("chat.plan.mentions", count=one.mentions)
            for one in status.most_unlisted
        ),
        "withdrawn": lambda: (
            f"- **{inline(one.title, _NAME)}** · {inline(one.id, _NAMED)} · {inline(one.file, _NAME)}"
            for one in status.withdrawn
        ),
        "idle": lambda: (
            "- "
            + say(
                f"chat.corpus.idle.{one.what}", target=inline(one.target, _NAME), words=inline(one.words or "", _NAME)
            )
            + f": {inline(one.reason, _REASON)}"
            for one in status.idle
        ),
    }
    return lines[name]()


def _titled(status: "CorpusStatus", article: str) -> str:
    title = status.titles.get(article, article)
    return f"- **{inline(title, _NAME)}**" + (f" · {inline(article, _NAMED)}" if title != article else "")


def _sections(phrases: Phrases, status: "CorpusStatus", handle: Handle) -> Row:
    """The select of lists; nothing where none is longer than what the first page shows."""
    options = [
        discord.SelectOption(
            label=phrases.say(f"chat.corpus.doubtful.{name}", count=_count(status, name)), value=str(at)
        )
        for at, name in enumerate(SECTIONS, 1)
        if _count(status, name)
    ]
    if not options:
        return ()
    options.insert(0, discord.SelectOption(label=phrases.say("chat.plan.overview"), value="0"))
    custom_id = str(handle.to(STATUS, 0, SELECT))
    return (ui.Select(custom_id=custom_id, placeholder=phrases.say("chat.plan.show"), options=options),)


def _plan_row(phrases: Phrases, held: Doubtful, handle: Handle) -> Row:
    """What can be done with the plan that waits."""
    if held.plan is None:
        return ()
    return (button(phrases.say("chat.plan.read"), handle.to(READ)), *plan_buttons(phrases, handle))
