"""Days put together to weeks, months or years, so that a long stretch of time is few bars."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kzbot.querylog.rows import QueryStatus
from kzbot.querylog.statistics import Statistics

Unit = Literal["day", "week", "month", "year"]
MOST = 100
_WEEK = 7
_LONG_MONTH = 39
"""Days: a quarter more than a month has, so that ten years are months, and not years."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions from `first` to `last`, both included and both within the period, by state."""

    first: date
    last: date
    statuses: Mapping[QueryStatus, int]

    @property
    def questions(self) -> int:
        """How many they are."""
        return sum(self.statuses.values())


def unit_of(statistics: Statistics, most: int = MOST) -> Unit:
    """What a bar stands for: a day, a week from Monday, a month, a year, whichever first makes about `most` bars or fewer."""
    if statistics.length <= most:
        return "day"
    if statistics.length <= most * _WEEK:
        return "week"
    return "month" if statistics.length <= most * _LONG_MONTH else "year"


def bins_of(statistics: Statistics, most: int = MOST) -> tuple[Bin, ...]:
    """All bars of the period in order, with those that nothing was asked in; none where there is no period.

    Of more than `most` years the last ones.
    """
    if statistics.first is None or statistics.last is None:
        return ()
    unit = unit_of(statistics, most)
    found: dict[date, Counter[QueryStatus]] = {}
    for day in statistics.days:
        found.setdefault(_begin(day.day, unit), Counter()).update(day.statuses)
    bins: list[Bin] = []
    begin, end = _begin(statistics.first, unit), statistics.last
    if unit == "year":
        begin = max(begin, date(max(end.year - most + 1, 1), 1, 1))
    while begin <= end:
        after = _next(begin, unit)
        last = end if after is None else min(after - timedelta(days=1), end)
        bins.append(Bin(max(begin, statistics.first), last, found.get(begin, Counter())))
        if after is None:
            break
        begin = after
    return tuple(bins)


def _begin(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _next(begin: date, unit: Unit) -> date | None:
    """The beginning of what follows; None after the last day that there is."""
    try:
        if unit == "year":
            return begin.replace(year=begin.year + 1)
        if unit == "month":
            return (begin + timedelta(days=31)).replace(day=1)
        return begin + timedelta(days=1 if unit == "day" else _WEEK - begin.weekday())
    except (ValueError, OverflowError):
        return None
