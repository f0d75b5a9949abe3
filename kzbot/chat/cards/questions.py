"""The card of `/log questions`: who asked what, when and where, how it was answered, and what was thought of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Card, Labels, Row, build
from kzbot.chat.cards.people import who
from kzbot.chat.cards.unanswered.words import when
from kzbot.chat.escape import inline
from kzbot.chat.fit import CARD, weigh
from kzbot.chat.handle import EXPORT, LOG, Handle
from kzbot.chat.narrowing import shown
from kzbot.output.log_words import asked_words, filter_words, narrowed_words
from kzbot.output.questions_file import FORMS
from kzbot.phrases import Phrases
from kzbot.querylog.filters import Filters
from kzbot.querylog.listing import PATIENCE, Listing, Page
from kzbot.querylog.rows import ListedRow

PER_PAGE = 10
_QUESTION, _SHORTEST = 150.0, 40.0
_JOINTS = 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list a page stands. `page` from 0; `number` as a button remembers it: twice a number of the log, and one
    more where what is newer than that number is meant. A page from number 0 upwards is the last one."""

    page: int = 0
    number: int = 0

    @property
    def upwards(self) -> bool:
        """Whether what is newer is meant."""
        return bool(self.number % 2) and self.page > 0


async def page_at(listing: Listing, filters: Filters, place: Place) -> tuple[Page, int]:
    """The page of a place, and its own number from 0."""
    if place.upwards and place.number == 1:
        total, _ = await listing.count(filters)
        page = max(total - 1, 0) // PER_PAGE
        return await listing.page(filters, total - page * PER_PAGE or 1, after=0, passed=page * PER_PAGE), page
    passed, number = place.page * PER_PAGE, place.number // 2
    if place.upwards:
        return await listing.page(filters, PER_PAGE, after=number, passed=passed), place.page
    if place.page and number:
        return await listing.page(filters, PER_PAGE, before=number, passed=passed), place.page
    return await listing.page(filters, PER_PAGE), 0


async def questions_view(
    phrases: Phrases, listing: Listing, handle: Handle, filters: Filters, place: Place
) -> ui.LayoutView:
    """A page of the questions that pass, the latest first. Needs a running event loop."""
    say = phrases.say
    page, at = await page_at(listing, filters, place)
    holding = filter_words(phrases, filters, shown(phrases))
    lines = [f"## {say('chat.log.heading_filtered' if holding else 'chat.log.heading')}"]
    if holding:
        lines.append(say("chat.log.filtered", filters=" · ".join(holding)))
    if not page.rows and page.reached is None:
        lines.append(say("chat.log.none" if holding else "chat.log.empty"))
    if page.reached is not None:
        lines.append(say("chat.log.reached", number=page.reached, seconds=int(PATIENCE)))
    foot = [_position(phrases, page, at), say("chat.log.utc"), say("chat.foot.number", number=handle.row)]
    room = CARD - sum(map(weigh, lines)) - sum(map(weigh, foot)) - _JOINTS
    lines += question_lines(phrases, page.rows, room)
    rows = tuple(row for row in (_turning(phrases, handle, page, at), _taking(phrases, handle, page)) if row)
    return build(Card("\n".join(lines), foot=(" · ".join(part for part in foot if part),), rows=rows), Labels("", ""))


def question_lines(phrases: Phrases, rows: Sequence[ListedRow], room: float) -> list[str]:
    """A piece of two lines for each question; long questions are cut so that all fit into `room`."""
    mentions = shown(phrases)
    named = [("", "") if row.damaged else narrowed_words(row.command, row.options, mentions) for row in rows]
    rest = [_line(phrases, row, ids) for row, (_, ids) in zip(rows, named, strict=True)]
    each = (room - sum(weigh(line) + 1 for line in rest)) / max(len(rows), 1)
    limit = max(min(each, _QUESTION), _SHORTEST)
    said = [
        f"{inline(words if ids else asked_words(phrases, row), limit)}{ids}"
        for row, (words, ids) in zip(rows, named, strict=True)
    ]
    return [_line(phrases, row, question) for row, question in zip(rows, said, strict=True)]


def _line(phrases: Phrases, row: ListedRow, question: str) -> str:
    """Discord shows its moment in the reader's own time, and who asked and where by name without a ping."""
    say = phrases.say
    if row.damaged:
        return say("chat.log.damaged", number=row.number, question=question)
    facts = [say(f"chat.log.status.{row.status}")]
    if row.items:
        facts.append(say("chat.foot.items", count=row.items))
    facts.append(say("chat.log.took", took=f"{row.took_ms:.0f}"))
    if row.useful:
        facts.append(say("chat.log.useful", count=row.useful))
    if row.not_useful:
        facts.append(say("chat.log.not_useful", count=row.not_useful))
    if row.private:
        facts.append(say("chat.log.private"))
    return say(
        "chat.log.line",
        number=row.number,
        when=when(row.asked_at),
        who=who(phrases, row.user),
        where=_where(phrases, row),
        question=question,
        facts=" · ".join(facts),
    )


def _where(phrases: Phrases, row: ListedRow) -> str:
    if row.channel is None:
        return phrases.say("chat.log.nowhere")
    return phrases.say("chat.log.direct") if row.server is None else f"<#{row.channel}>"


def _position(phrases: Phrases, page: Page, at: int) -> str:
    """Which of how many; how many where nobody counted all of them."""
    if not page.rows:
        return ""
    first = at * PER_PAGE + 1
    last = phrases.number(first + len(page.rows) - 1)
    total = phrases.say("chat.log.total_more" if page.more else "chat.log.total", count=page.total)
    return phrases.say("chat.log.position", first=phrases.number(first), last=last, total=total)


def _turning(phrases: Phrases, handle: Handle, page: Page, at: int) -> Row:
    """Newest, Previous, Next, Oldest; nothing where there is one page."""
    older, newer = page.older, at > 0
    if not (older or newer):
        return ()
    numbers = [row.number for row in page.rows]
    above, below = (numbers[0], numbers[-1]) if numbers else (0, 0)
    if page.reached is not None:
        below = page.reached + 1
    last = max(page.total - 1, 0) // PER_PAGE
    turns = [
        button(phrases.say("chat.log.newest"), handle.to(LOG), disabled=not newer),
        button(phrases.say("chat.page.previous"), handle.to(LOG, max(at - 1, 0), 2 * above + 1), disabled=not newer),
        button(phrases.say("chat.page.next"), handle.to(LOG, at + 1, 2 * below), disabled=not older),
    ]
    if not page.more:
        turns.append(button(phrases.say("chat.log.oldest"), handle.to(LOG, max(last, 1), 1), disabled=not older))
    return tuple(turns)


def _taking(phrases: Phrases, handle: Handle, page: Page) -> Row:
    """A select of the forms in which all of them can be taken away."""
    if not page.rows:
        return ()
    options = [
        discord.SelectOption(
            label=phrases.say(f"chat.log.export.{form}"),
            value=form,
            description=phrases.say(f"chat.log.export.about_{form}"),
        )
        for form in FORMS
    ]
    placeholder = phrases.say("chat.log.export.placeholder")
    return (ui.Select(custom_id=str(handle.to(EXPORT)), placeholder=placeholder, options=options),)
