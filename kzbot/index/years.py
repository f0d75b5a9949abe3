"""The years of a list in the order of a timeline: counted once, they tell where a page of it stands."""

from collections.abc import Hashable
from dataclasses import dataclass

from kzbot.index.generation import Generation


@dataclass(frozen=True, slots=True)
class YearRow:
    """How many entries of a list stand under a year (None: neither end of theirs is known), and the place of the first."""

    year: int | None
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Where the rows of a list come from (`before` SELECT, then FROM and WHERE, with their parameters), and the day (an
    expression) by which each stands under its year; the list is in the order of these days. `key` tells it from others."""

    key: Hashable
    before: str
    source: str
    parameters: tuple[object, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """What narrows a list to the years that a stretch of it touches, with its parameters, and the offset within these;
    `total` counts the whole list."""

    where: str
    parameters: tuple[object, ...]
    offset: int
    total: int


async def years_of(generation: Generation, listing: Listing) -> tuple[YearRow, ...]:
    """The years of a list, in its order; read once, as a generation never changes."""

    async def read() -> tuple[YearRow, ...]:
        year = f"CAST(substr({listing.day}, 1, 4) AS INTEGER)"
        sql = f"{listing.before} SELECT {year} AS year, count(*) {listing.source} GROUP BY year ORDER BY year"
        found, offset = [], 0
        for known, count in await generation.rows(sql, listing.parameters):
            found.append(YearRow(known, count, offset))
            offset += count
        return tuple(found)

    return await generation.once(("years", listing.key), read)


async def stretch(generation: Generation, listing: Listing, offset: int, count: int | None) -> Stretch:
    """The years that hold a stretch of a list, so that a page costs no more than its years, however long the list is."""
    rows = await years_of(generation, listing)
    total = rows[-1].offset + rows[-1].count if rows else 0
    end = total if count is None else offset + count
    touched = [row for row in rows if row.offset + row.count > offset and row.offset < end]
    if not touched:
        return Stretch("0", (), 0, total)
    where, parameters = ["1"], list[object]()
    first, last = touched[0].year, touched[-1].year
    if first is not None and last is not None:
        where += [f"{listing.day} >= ?", f"{listing.day} < ?"]
        parameters += [f"{first:04}", f"{last + 1:04}" if last < 9999 else "A"]
    return Stretch(" AND ".join(where), tuple(parameters), offset - touched[0].offset, total)
