"""Days as pixels from left to right, and where the axis is labelled."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

Ends = tuple[date | None, date | None]
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 300, 600, 1200, 2400, 6000, 12000, 24000, 60000)
_SHORTEST = 62
_FAR = 0.4
_FEW = 0.1


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`, both included, between the pixels `left` and `right`."""

    first: date
    last: date
    left: int
    right: int

    def x(self, day: date, *, end: bool = False) -> float:
        """Where `day` begins, or ends; beyond the axis, the nearer of its ends."""
        days = (day - self.first).days + end
        share = days / ((self.last - self.first).days + 1)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def axis_of(ends: Sequence[Ends], left: int, right: int) -> Axis:
    """An axis over the days of all rows; a few that lie far from all others do not stretch it, and end outside.

    `ends` are the first and last days of the rows, None where open; at least one of them is a day.
    """
    known = sorted(day for pair in ends for day in pair if day is not None)
    first, last = _core(known)
    length = (last - first).days
    spare = [
        max(length // (50 if all(pair[side] for pair in ends) else 12), (_SHORTEST - length) // 2) for side in (0, 1)
    ]
    first, last = _moved(first, -spare[0]), _moved(last, spare[1])
    return Axis(first.replace(day=1) if length <= _SHORTEST else first, last, left, right)


def _core(known: Sequence[date]) -> tuple[date, date]:
    """The first and last of the sorted days, without a few that lie far off: as few as make the axis much shorter."""
    whole = (known[-1] - known[0]).days
    for spare in range(1, int(len(known) * _FEW) + 1):
        for low, high in ((spare, 0), (0, spare), (spare, spare)):
            first, last = known[low], known[len(known) - 1 - high]
            if (last - first).days < _FAR * whole:
                return first, last
    return known[0], known[-1]


def ticks(axis: Axis, label: Callable[[str], str], width: Callable[[str], float]) -> list[tuple[float, str]]:
    """Where to label the axis, as pixel and text, as densely as leaves room between the labels.

    `label` says a month or a year, given as EDTF; `width` measures what it said.
    """
    for step in MONTHS:
        if (axis.last.year - axis.first.year) * 12 > 60 * step:
            continue
        found = [(axis.x(day), label(_edtf(day, step))) for day in _starts(axis, step)]
        if all(one[0] + width(one[1]) / 2 + 20 <= other[0] - width(other[1]) / 2 for one, other in pairwise(found)):
            return found
    return []


def _starts(axis: Axis, step: int) -> Iterator[date]:
    """First days of every `step`th month, counted from the year 0."""
    month = -(-(axis.first.year * 12 + axis.first.month - 1) // step) * step
    if axis.first.day > 1 and date(month // 12, month % 12 + 1, 1) < axis.first:
        month += step
    while month < 12 * 10_000 and (day := date(month // 12, month % 12 + 1, 1)) <= axis.last:
        yield day
        month += step


def _edtf(day: date, step: int) -> str:
    return f"{day.year:04d}" if step >= 12 else f"{day.year:04d}-{day.month:02d}"


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max
