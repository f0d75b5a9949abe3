"""The overview of a timeline: its years, its newest entries, and how many years are told together."""

from collections.abc import Sequence
from dataclasses import dataclass

from kzbot.answers.model import Evidence, Year

LONG = 50
"""A timeline of more entries begins with its overview, also about a topic."""
MOST = 25
"""From the first year to the last at most; longer times are told by decade. A select of Discord takes as many choices."""
_STEPS = (1, 10, 100, 1000)


@dataclass(frozen=True, slots=True)
class Span:
    """Years told together: from the first that it may cover, `step` of them; `offset` is the place of its first entry."""

    first: int
    step: int
    count: int
    offset: int

    def holds(self, year: int) -> bool:
        """Whether it covers this year."""
        return self.first <= year < self.first + self.step


def begins(topic: bool, total: int) -> bool:
    """Whether a timeline begins with its overview: one without a topic, and one of more than 50 entries."""
    return total > 0 and (not topic or total > LONG)


def years_of(items: Sequence[Evidence]) -> tuple[Year, ...]:
    """The years of a whole timeline, counted in its items."""
    found: dict[int, Year] = {}
    for at, item in enumerate(items):
        year = year_of(item)
        if year is not None:
            known = found.get(year)
            found[year] = Year(year, known.count + 1 if known else 1, known.offset if known else at)
    return tuple(found.values())


def year_of(item: Evidence) -> int | None:
    """The year that an item stands under: of the earliest day that it may mean, of the latest where that is open."""
    if item.date is None or not item.dates:
        return None
    day = item.dates[0].mark.earliest or item.dates[0].mark.latest
    return day.year if day else None


def spans(years: Sequence[Year]) -> tuple[Span, ...]:
    """The years one by one; by decade where they reach over more than 25 years, by century over 25 decades, and so on."""
    if not years:
        return ()
    first, last = years[0].year, years[-1].year
    return _by(years, next(step for step in _STEPS if last // step - first // step < MOST))


def within(years: Sequence[Year], first: int, step: int) -> tuple[Year, ...]:
    """The years of a span."""
    return tuple(year for year in years if first <= year.year < first + step)


def _by(years: Sequence[Year], step: int) -> tuple[Span, ...]:
    found: dict[int, Span] = {}
    for year in years:
        first = year.year // step * step
        known = found.get(first)
        count, offset = (known.count, known.offset) if known else (0, year.offset)
        found[first] = Span(first, step, count + year.count, offset)
    return tuple(found.values())
