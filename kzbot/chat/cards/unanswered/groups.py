"""The list of `/log unanswered`: groups of alike questions, the most wanted first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import discord
from discord import ui

from kzbot.answers.days import read_days
from kzbot.answers.model import Option, Question
from kzbot.answers.question import typed
from kzbot.chat.cards.buttons import turning
from kzbot.chat.cards.frame import Card, Entry, Labels, Row, Tone, build
from kzbot.chat.cards.listing import list_foot
from kzbot.chat.cards.unanswered.words import asked_words, group_lines, near_line, review_lines
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline, plain
from kzbot.chat.fit import CHOICE
from kzbot.chat.handle import GROUP, MARK, UNANSWERED, Handle
from kzbot.chat.paging import pages_for
from kzbot.operations.nearest import Nearest, nearest
from kzbot.operations.typing_errors import clusters, neighbours
from kzbot.phrases import Phrases
from kzbot.querylog.review.rows import SHOWN, WANTS, Group, GroupFilters, Shown
from kzbot.querylog.rows import QueryRow

PER_PAGE = 6
DISMISSED, TOLD = 0, 1
"""What `MARK` makes of groups; its page is twice that of the list, plus one of these."""
NEXT = ","
"""Between the numbers of questions of groups that are dismissed together."""
_SHORT = 80


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of groups with what the corpus says of each now, which of them are typed almost alike, and how many there are."""

    filters: GroupFilters
    page: int
    total: int
    groups: tuple[Group, ...]
    now: tuple[Nearest, ...]
    alike: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def filters_of(options: Mapping[str, Option], today: date) -> GroupFilters:
    """Which groups a command's options ask for; QuestionError where the day cannot be read."""
    shown: Shown = next((one for one in SHOWN if one == options.get("show")), "open")
    want = next((one for one in WANTS if one == options.get("status")), None)
    given = options.get("since")
    since, _ = read_days(str(given) if given is not None else None, None, today)
    return GroupFilters(shown=shown, since=since, want=want)


async def listed_groups(desk: Desk, options: Mapping[str, Option], today: date, page: int) -> Listed:
    """The page, the last one where there is none such."""
    filters = filters_of(options, today)
    review = desk.services.log.review
    groups, total = await review.groups(PER_PAGE, page * PER_PAGE, filters)
    if page and not groups:
        page = max(pages_for(total, PER_PAGE) - 1, 0)
        groups, total = await review.groups(PER_PAGE, page * PER_PAGE, filters)
    now = await now_of(desk, [one.latest for one in groups])
    return Listed(filters, page, total, tuple(groups), tuple(now), neighbours([one.alike for one in groups]))


async def now_of(desk: Desk, rows: Sequence[QueryRow]) -> list[Nearest]:
    """What the corpus that is served says of these questions now."""
    services = desk.services
    if services.shelf.id is None:
        return [Nearest() for _ in rows]
    async with services.shelf.current() as generation:
        return await nearest(rows, generation, services.answer, services.clock().date())


def groups_view(phrases: Phrases, handle: Handle, listed: Listed) -> ui.LayoutView:
    """The card. Needs a running event loop."""
    say = phrases.say
    pages = max(1, pages_for(listed.total, PER_PAGE))
    lines = [f"## {say(f'chat.unanswered.heading.{listed.filters.shown}')}"]
    if listed.filters.since is not None:
        lines.append(say("chat.unanswered.since", date=phrases.date(listed.filters.since.isoformat())))
    if listed.filters.want is not None:
        lines.append(say("chat.unanswered.only", want=say(f"chat.unanswered.want.{listed.filters.want}")))
    if not listed.groups:
        lines.append(say("chat.unanswered.none"))
    first = listed.page * PER_PAGE + 1
    entries = tuple(_entry(phrases, listed, at, first) for at in range(len(listed.groups)))
    counted = say("chat.unanswered.total", count=listed.total)
    foot = list_foot(phrases, listed.page, pages, listed.total, counted, number=handle.row)
    turn = turning(phrases, handle, UNANSWERED, listed.page, pages)
    chosen = (_opening(phrases, handle, listed, first), _together(phrases, handle, listed, first))
    rows = tuple(row for row in (*chosen, turn) if row)
    return build(Card("\n".join(lines), Tone.PARTIAL, entries, (foot,), rows), Labels("", ""))


def _entry(phrases: Phrases, listed: Listed, at: int, first: int) -> Entry:
    group = listed.groups[at]
    head = phrases.say("chat.unanswered.entry", number=first + at, question=asked_words(group.latest))
    small = [*group_lines(phrases, group), near_line(phrases, group, listed.now[at]), *review_lines(phrases, group)]
    others = listed.alike.get(at, ())
    if others:
        named = [f"{first + other}. {typed_of(listed.groups[other].latest)}" for other in others]
        small.append(phrases.say("chat.unanswered.alike", others=inline("; ".join(named), _SHORT * 2)))
    return Entry(f"**{head}**", small=tuple(small))


def _opening(phrases: Phrases, handle: Handle, listed: Listed, first: int) -> Row:
    if not listed.groups:
        return ()
    options = [
        discord.SelectOption(
            label=plain(f"{first + at}. {typed_of(group.latest)}", CHOICE), value=str(group.latest.number)
        )
        for at, group in enumerate(listed.groups)
    ]
    custom_id = str(handle.to(GROUP, listed.page))
    return (ui.Select(custom_id=custom_id, placeholder=phrases.say("chat.unanswered.open"), options=options),)


def _together(phrases: Phrases, handle: Handle, listed: Listed, first: int) -> Row:
    """A select of those typed almost alike, each to be dismissed with the others that are named in it: whether they are one
    question only a person can tell."""
    options = []
    for some in clusters(listed.alike):
        waiting = [at for at in some if not listed.groups[at].closed]
        if len(waiting) > 1:
            numbers = " + ".join(str(first + at) for at in waiting)
            value = NEXT.join(str(listed.groups[at].latest.number) for at in waiting)
            label = f"{numbers}: {typed_of(listed.groups[waiting[0]].latest)}"
            options.append(discord.SelectOption(label=plain(label, CHOICE), value=value))
    if not options:
        return ()
    custom_id = str(handle.to(MARK, 2 * listed.page + DISMISSED))
    return (ui.Select(custom_id=custom_id, placeholder=phrases.say("chat.unanswered.together"), options=options),)


def typed_of(row: QueryRow) -> str:
    """A question as it was typed, in short and not escaped."""
    return plain(typed(Question(row.command, row.options)), _SHORT)
