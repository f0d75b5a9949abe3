"""Which stretch of an answer a page shows, and where one can jump to."""

from collections.abc import Sequence
from dataclasses import dataclass

from kzbot.answers.commands import known_command
from kzbot.answers.model import Answer, Evidence, Window, Year
from kzbot.answers.timelines.overview import Span, spans, within
from kzbot.chat.fit import CHECKS, CHOICES
from kzbot.chat.handle import Part

MOST_ALONE = 5
"""So many pages the facts of a profile may fill by themselves, before those of its mentions."""

TELLING = 1_000_000
"""What is added to the place of an entry for its second telling, and again for each one more."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A page to jump to: years or a page number, and how many statements it has where that is known."""

    label: str | Span
    page: int
    count: int | None = None
    part: Part = Part.LIST


def by_event(command: str) -> bool:
    """Whether items that share an event are one entry of this command's cards."""
    return command in ("timeline", "search")


def window(command: str, page: int, per_page: int, part: Part = Part.LIST) -> Window:
    """What must be asked for to show this page."""
    if known_command(command).profile:
        # How many pages the facts fill is known when they are written: the mentions of all that it may be are read.
        return Window(max(0, page - MOST_ALONE) * per_page, (min(page, MOST_ALONE) + 1) * per_page)
    if command in ("source", "check"):
        return Window(0, per_page)
    first = 0 if part is Part.OVERVIEW else page * per_page
    return Window(first, per_page, undated=part is Part.UNDATED, by_event=by_event(command))


def opening(answer: Answer, per_page: int) -> Part:
    """The part that an answer opens with: its overview only where the list is longer than a page."""
    return Part.OVERVIEW if overviewed(answer, per_page) else known_part(answer, Part.LIST)


def overviewed(answer: Answer, per_page: int) -> bool:
    """Whether the answer opens with an overview, which pages of its list lead back to."""
    return answer.overview is not None and answer.overview.leads and answer.listed > per_page


def known_part(answer: Answer, part: Part) -> Part:
    """This part where the answer has it, else the one that it has: undated statements alone are shown at once."""
    if not answer.listed and answer.undated_in_all:
        return Part.UNDATED
    if part is Part.UNDATED and not answer.undated_in_all:
        return Part.LIST
    return Part.LIST if part is Part.OVERVIEW and answer.overview is None else part


def checks_on(per_page: int) -> int:
    """How many quotations a page checks; each is shown beside its source, and takes the room of more than one entry."""
    return min(per_page, CHECKS)


def list_pages(answer: Answer, part: Part, per_page: int) -> int:
    """How many pages this part of an answer fills; at least one."""
    if answer.checks:
        return pages_for(len(answer.checks), checks_on(per_page))
    if part is Part.OVERVIEW:
        return 1
    return max(1, pages_for(answer.undated_in_all if part is Part.UNDATED else answer.listed, per_page))


def last_page(answer: Answer, part: Part, per_page: int) -> int:
    """The last page that this part of an answer may have, from 0; see `MOST_ALONE` for profiles."""
    if known_command(answer.command).profile:
        return MOST_ALONE - 1 + max(1, pages_for(answer.total, per_page))
    return list_pages(answer, part, per_page) - 1


def pages_for(count: int, per_page: int) -> int:
    """Pages that `count` items fill."""
    return -(-count // per_page)


def undated_on(answer: Answer, page: int, per_page: int) -> tuple[Evidence, ...]:
    """The undated statements on this page of theirs."""
    first = max(0, page * per_page - answer.undated_offset)
    return answer.undated[first : first + per_page]


def opened(page: int) -> tuple[int, int] | None:
    """The years that a page of the overview shows one by one, as first year and how many; None for all of them."""
    first, power = divmod(page, 10)
    return (first, 10**power) if power else None


def page_of(span: Span) -> int:
    """The page of the overview that shows these years: the first year, and the power of ten that they are."""
    return span.first * 10 + len(str(span.step)) - 1


def overview_spans(years: Sequence[Year], page: int) -> tuple[Span, ...]:
    """What a page of the overview counts."""
    chosen = opened(page)
    return spans(within(years, *chosen) if chosen else years)


def overview_jumps(years: Sequence[Year], page: int, per_page: int) -> tuple[Jump, ...]:
    """Where a page of the overview leads: to a year of the list, or to the years of a decade that fills some pages."""
    return tuple(
        Jump(span, page_of(span), span.count, Part.OVERVIEW)
        if span.count > per_page and len(within(years, span.first, span.step)) > 1
        else _jump(span, per_page)
        for span in overview_spans(years, page)
    )


def list_jumps(years: Sequence[Year], page: int, per_page: int) -> tuple[Jump, ...]:
    """The years of a timeline with the page that each begins on; of a long one its decades, and in the place of the one
    that the page begins in, its years."""
    found = spans(years)
    here = max((span for span in found if span.offset <= page * per_page), key=lambda span: span.offset, default=None)
    if here is not None and here.step > 1:
        inner = spans(within(years, here.first, here.step))
        if len(found) - 1 + len(inner) <= CHOICES:
            at = found.index(here)
            found = (*found[:at], *inner, *found[at + 1 :])
    return tuple(_jump(span, per_page) for span in found)


def _jump(span: Span, per_page: int) -> Jump:
    return Jump(span, span.offset // per_page, span.count)


def page_jumps(pages: int, part: Part = Part.LIST) -> tuple[Jump, ...]:
    """Pages by number, evenly spread where there are over 25; none where Previous and Next are enough."""
    if pages < 4:
        return ()
    step = -(-pages // CHOICES)
    return tuple(Jump(str(page + 1), page, part=part) for page in range(0, pages, step))
