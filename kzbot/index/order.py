"""The order of a list, worked out once: with it a page costs no more than its own rows, however long the list is."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class YearRow:
    """How many entries of a list stand under a year (None: neither end of theirs is known), and the place of the first."""

    year: int | None
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class Order:
    """The numbers of all rows of a list in its order, and its years."""

    numbers: Sequence[int]
    years: tuple[YearRow, ...] = ()

    def stretch(self, offset: int, count: int | None) -> Sequence[int]:
        """The numbers from place `offset` on, at most `count`."""
        return self.numbers[offset : None if count is None else offset + count]


@dataclass(frozen=True, slots=True)
class Events:
    """A timeline in order: `every` statement, and its `entries`, of each event only the statement that dates it best.

    `event` tells that of a mark, `told` the marks of an event; both know only events that several statements tell of.
    """

    every: Order
    entries: Order
    event: Mapping[int, str] = field(default_factory=dict)
    told: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def ordered(rows: Iterable[tuple[int, int | None]]) -> Order:
    """The order of these rows, each its number and the year under which it stands; equal years are neighbours."""
    numbers, years = array("q"), list[YearRow]()
    for at, (number, year) in enumerate(rows):
        numbers.append(number)
        if years and years[-1].year == year:
            years[-1] = YearRow(year, years[-1].count + 1, years[-1].offset)
        else:
            years.append(YearRow(year, 1, at))
    return Order(numbers, tuple(years))


def with_events(rows: Sequence[tuple[int, int | None, str | None, int | None]]) -> Events:
    """The order of dated statements: of each the number of its mark, its year, its event and its rank in that."""
    told: dict[str, list[tuple[int, int]]] = {}
    for number, _, event, rank in rows:
        if event is not None:
            told.setdefault(event, []).append((rank or 0, number))
    shared = {event: some for event, some in told.items() if len(some) > 1}
    heads = {event: min(some)[1] for event, some in shared.items()}
    return Events(
        ordered((number, year) for number, year, _, _ in rows),
        ordered((number, year) for number, year, event, _ in rows if heads.get(event or "", number) == number),
        {number: event for event, some in shared.items() for _, number in some},
        {event: tuple(number for _, number in some) for event, some in shared.items()},
    )
