"""Which stretch of an answer a page shows, and where one can jump to."""

from collections.abc import Sequence
from dataclasses import dataclass

from kzbot.answers.model import Answer, Evidence, Window
from kzbot.chat.fit import CHOICES

FACTS_WITHIN = 200
"""An exercise's card numbers the excerpts of its participants among so many mentions."""
INDEXED = 2000
"""A timeline of at most so many statements offers its years; a longer one its pages."""

TELLING = 1_000_000
"""What is added to the place of an entry for its second telling, and again for each one more."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A page to jump to: a year or a page number, and how many statements it has where that is known."""

    label: str
    page: int
    count: int | None = None


def window(command: str, page: int, per_page: int) -> Window:
    """What must be asked for to show this page."""
    if command == "exercise":
        return Window(0, max(FACTS_WITHIN, (page + 1) * per_page))
    if command == "source":
        return Window(0, per_page)
    return Window(page * per_page, per_page, by_event=command == "timeline")


def list_pages(answer: Answer, per_page: int) -> int:
    """How many pages the items fill, undated statements on pages of their own after the dated; at least one."""
    return max(1, pages_for(answer.listed, per_page) + pages_for(answer.undated_in_all, per_page))


def pages_for(count: int, per_page: int) -> int:
    """Pages that `count` items fill."""
    return -(-count // per_page)


def undated_on(answer: Answer, page: int, per_page: int) -> tuple[Evidence, ...]:
    """The undated statements on this page."""
    at = (page - pages_for(answer.listed, per_page)) * per_page
    first = at - answer.undated_offset
    return answer.undated[first : first + per_page] if at >= 0 else ()


def year_jumps(items: Sequence[Evidence], per_page: int) -> tuple[Jump, ...]:
    """The years of a whole timeline with the page that each begins on; neighbouring years together where over 25."""
    first: dict[int, int] = {}
    counts: dict[int, int] = {}
    for at, item in enumerate(items):
        day = _first_day(item)
        if day is not None:
            first.setdefault(day, at // per_page)
            counts[day] = counts.get(day, 0) + 1
    years = list(first)
    size = max(1, -(-len(years) // CHOICES))
    groups = [years[at : at + size] for at in range(0, len(years), size)]
    return tuple(Jump(_span(group), first[group[0]], sum(counts[year] for year in group)) for group in groups)


def _first_day(item: Evidence) -> int | None:
    if not item.dates:
        return None
    day = item.dates[0].mark.earliest or item.dates[0].mark.latest
    return day.year if day else None


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{min(years)}–{max(years)}"


def page_jumps(pages: int) -> tuple[Jump, ...]:
    """Pages by number, evenly spread where there are over 25; none where Previous and Next are enough."""
    if pages < 4:
        return ()
    step = -(-pages // CHOICES)
    return tuple(Jump(str(page + 1), page) for page in range(0, pages, step))
