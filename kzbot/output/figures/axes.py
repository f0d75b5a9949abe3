"""Round numbers beside bars, and the days below some of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from kzbot.output.figures import words
from kzbot.output.figures.bins import Bin, Unit
from kzbot.phrases import Phrases

Label = tuple[int, str]
"""The place of a bar, and its name."""
_PARTS = 4
_GAP = 20
_YEARLY = 24
_STEPS = {
    "day": (1, 2, 7, 14, 28, 56),
    "week": (1, 2, 4, 8, 13, 26),
    "month": (1, 2, 3, 6, 12),
    "year": (1, 2, 5, 10, 20, 50),
}
"""Of how many bars one is named; of months that are named by their years alone, of how many years one."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Where an axis of numbers ends, and its labelled values with 0."""

    top: int
    labels: tuple[tuple[int, str], ...]


def ticks(phrases: Phrases, most: int) -> Ticks:
    """Steps of 1, 2 or 5 with zeros, at most four of them, up to the highest bar or a little more."""
    wanted = max(most, 1)
    step = next(step for zeros in count() for digit in (1, 2, 5) if (step := digit * 10**zeros) * _PARTS >= wanted)
    values = range(0, -(-wanted // step) * step + 1, step)
    return Ticks(values[-1], tuple((value, words.compact(phrases, value)) for value in values))


def labels(
    phrases: Phrases, bins: Sequence[Bin], unit: Unit, width: Callable[[str], float], room: float
) -> list[Label]:
    """The last bar and every so many before it, as many as can be named in `room` pixels without touching.

    Months of many years are named by their Januaries, by the year.
    """
    if unit == "month" and len(bins) > _YEARLY:
        named = [(at, f"{one.first:%Y}") for at, one in enumerate(bins) if one.first.month == 1]
    else:
        named = [(at, _name(phrases, one, unit, len(bins))) for at, one in enumerate(bins)]
    each = room / len(bins)
    for step in _STEPS[unit]:
        chosen = named[::-1][::step][::-1]
        ends = [_ends(at * each + each / 2, width(label), room) for at, label in chosen]
        if all(one[1] + _GAP <= other[0] for one, other in pairwise(ends)):
            return chosen
    return named[-1:]


def _ends(middle: float, width: float, room: float) -> tuple[float, float]:
    left = min(max(middle - width / 2, 0.0), max(room - width, 0.0))
    return left, left + width


def _name(phrases: Phrases, one: Bin, unit: Unit, among: int) -> str:
    first = one.first
    months = phrases.locale.months["format"]["abbreviated"]
    month = str(months[first.month]).rstrip(".")
    if unit == "year":
        return phrases.say("dates.year", year=first.year)
    if unit == "month" or (unit == "week" and among > 52):
        return phrases.say("dates.month", month=month, year=first.year)
    return phrases.say("dates.day_alone", day=first.day, month=month)
