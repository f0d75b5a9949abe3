"""The overview of a timeline: its years, its newest entries, and how many years are told together."""

from collections.abc import Sequence
from dataclasses import dataclass

from kzbot.answers.model import Evidence, Overview, Placed, Year

LONG = 50
"""A timeline of more entries begins with its overview, also about a topic."""
NEWEST = 3
LOOKED_AT = (12, 120)
"""Of so many entries at the end of a timeline the newest are taken: of the more where the few are but announcements."""
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


def overview(years: Sequence[Year], newest: Sequence[Placed], *, topic: bool, total: int) -> Overview:
    """The overview of a timeline of `total` entries."""
    return Overview(tuple(years), tuple(newest), begins(topic, total))


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


def newest_of(items: Sequence[Evidence], offset: int) -> tuple[Placed, ...]:
    """The newest of the last items of a timeline (`offset`: the place of the first of them), the newest first.

    What is only announced comes behind what is reported; one passage, and one event, is among them once.
    """
    placed = [Placed(offset + at, item) for at, item in enumerate(items) if item.dates]
    placed.sort(key=lambda one: (one.item.dates[0].mark.planned, -one.at))
    chosen: dict[object, Placed] = {}
    for one in placed:
        item = one.item
        if not any(other.item.event == item.event is not None for other in chosen.values()):
            chosen.setdefault((item.article, item.where, item.start), one)
    return tuple(list(chosen.values())[:NEWEST])


def enough(newest: Sequence[Placed]) -> bool:
    """Whether these newest are as many as are shown, and all of them reported."""
    return len(newest) == NEWEST and not any(one.item.dates[0].mark.planned for one in newest)


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
