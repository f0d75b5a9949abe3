"""Reading dated statements: a passage with one of its date marks, in the order of a timeline."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kzbot.index.generation import Generation
from kzbot.index.order import Events, Order, YearRow, ordered, with_events
from kzbot.index.passages import MARK_COLUMNS, PASSAGE_COLUMNS, by_number, mark_row, passage_row
from kzbot.index.rows import MarkRow, PassageRow
from kzbot.index.scope import Scope

ORDER = "COALESCE({0}earliest, {0}latest), COALESCE({0}latest, '9999-12-31'), {1}"
_IN_TIME = ORDER.format("m.", "m.basis = 'published', a.id, p.start, m.start")
_YEAR = "CAST(substr(COALESCE({0}earliest, {0}latest), 1, 4) AS INTEGER)"
_COLUMNS = f"{MARK_COLUMNS}, {PASSAGE_COLUMNS}"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Statement:
    """A passage, and which of its date marks puts it on the timeline.

    `event`: what it shares with other statements of the scope that tell of the same. `others`: these, where it stands for
    all of them.
    """

    passage: PassageRow
    mark: MarkRow
    event: str | None = None
    others: tuple["Statement", ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of a timeline; `total` counts all statements, `entries` each event once."""

    statements: list[Statement]
    total: int
    entries: int


async def years(generation: Generation, scope: Scope, *, by_event: bool = False) -> tuple[YearRow, ...]:
    """The years of all that `dated` lists, in its order; a statement stands under the year of its earliest day, where
    that is open of its latest."""
    order = await _dated(generation, scope)
    return order.entries.years if by_event else order.every.years


async def published_years(generation: Generation, scope: Scope) -> tuple[YearRow, ...]:
    """The years of all that `published` lists, in its order."""
    return (await _published(generation, scope)).years


async def dated(
    generation: Generation, scope: Scope, offset: int, count: int | None, *, by_event: bool = False
) -> Dated:
    """Dated statements of `scope` in timeline order (answer contract, Lists), and how many there are in all.

    A passage stands once for each of its dates, under the first of the marks that give it and count. `by_event`: the statements
    of one event are one entry, in the place of the one that dates it best; `offset` and `count` count entries.
    """
    order = await _dated(generation, scope)
    entries = order.entries if by_event else order.every
    wanted = entries.stretch(offset, count)
    events = {number: order.event[number] for number in wanted if number in order.event}
    others = [other for event in events.values() for other in order.told[event]] if by_event else []
    found = await _statements(generation, {*wanted, *others}, order)
    statements = [found[number] for number in wanted]
    if by_event:
        statements = [
            replace(one, others=tuple(found[other] for other in order.told[one.event] if other != one.mark.number))
            if one.event
            else one
            for one in statements
        ]
    return Dated(statements, len(order.every.numbers), len(entries.numbers))


async def _dated(generation: Generation, scope: Scope) -> Events:
    async def read() -> Events:
        # With min() the other columns are those of its row: https://www.sqlite.org/lang_select.html#bareagg
        about, about_parameters = scope.about()
        days, day_parameters = scope.days("m")
        sql = (
            f"{about} SELECT min(m.number), {_YEAR.format('m.')}, v.event, v.rank FROM {scope.marked}"
            " JOIN articles a ON a.number = p.article LEFT JOIN events v ON v.mark = m.number"
            f" WHERE ({scope.dates}) AND {days} GROUP BY m.passage, m.edtf ORDER BY {_IN_TIME}"
        )
        rows = await generation.rows(sql, (*about_parameters, *day_parameters))
        return await asyncio.to_thread(with_events, rows)

    return await generation.once(("dated", scope), read)


async def _statements(generation: Generation, numbers: Iterable[int], order: Events) -> dict[int, Statement]:
    """The statements of these marks, by the number of the mark."""
    found: dict[int, Statement] = {}
    wanted = sorted(numbers)
    for first in range(0, len(wanted), _BATCH):
        some = wanted[first : first + _BATCH]
        sql = (
            f"SELECT {_COLUMNS} FROM marks m JOIN passages p ON p.number = m.passage"
            f" WHERE m.number IN ({','.join('?' * len(some))})"
        )
        for row in await generation.rows(sql, some):
            mark = mark_row(row[:14])
            found[mark.number] = Statement(passage_row(row[14:]), mark, order.event.get(mark.number))
    return found


async def undated(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[PassageRow], int]:
    """Passages of `scope`, which names a topic, without a date of their own, by their article's date, then by the text;
    and how many in all."""

    async def read() -> Order:
        about, parameters = scope.about()
        sql = (
            f"{about} SELECT p.number, NULL FROM {scope.passages} JOIN articles a ON a.number = p.article"
            " WHERE b.named = 1 AND NOT EXISTS"
            f" (SELECT 1 FROM marks m WHERE m.passage = p.number AND ({scope.dates})) ORDER BY"
            " a.published_earliest IS NULL, a.published_earliest, a.published_latest, a.id, p.start, p.number"
        )
        return ordered(await generation.rows(sql, parameters))

    order = await generation.once(("undated", scope), read)
    wanted = order.stretch(offset, count)
    found = await by_number(generation, wanted)
    return [found[number] for number in wanted], len(order.numbers)


async def published(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` by their own date, and how many there are; those without a date are left out."""
    order = await _published(generation, scope)
    return list(order.stretch(offset, count)), len(order.numbers)


async def _published(generation: Generation, scope: Scope) -> Order:
    async def read() -> Order:
        about, about_parameters = scope.about()
        days, day_parameters = scope.days("a", "published_")
        sql = (
            f"{about} SELECT a.number, {_YEAR.format('a.published_')} FROM articles a WHERE a.published IS NOT NULL"
            f" AND {_speaks(scope)} AND {days} ORDER BY {ORDER.format('a.published_', 'a.id')}"
        )
        return ordered(await generation.rows(sql, (*about_parameters, *day_parameters)))

    return await generation.once(("published", scope), read)


async def without_date(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` whose own date is not known, in order of id; and how many in all."""

    async def read() -> Order:
        about, parameters = scope.about()
        where = f"a.published IS NULL AND {_speaks(scope)}"
        return ordered(
            await generation.rows(
                f"{about} SELECT a.number, NULL FROM articles a WHERE {where} ORDER BY a.id", parameters
            )
        )

    order = await generation.once(("without date", scope), read)
    return list(order.stretch(offset, count)), len(order.numbers)


def _speaks(scope: Scope) -> str:
    """The condition that article `a` has a passage of `scope`."""
    return f"a.number IN (SELECT p.article FROM {scope.passages})"


async def days_covered(generation: Generation) -> tuple[str | None, str | None]:
    """The first and the last day that any dated statement may mean (ISO), None where there is none."""
    rows = await generation.rows("SELECT min(earliest), max(latest) FROM marks WHERE timeline = 1")
    return rows[0][0], rows[0][1]


async def count_within(generation: Generation, first: str, last: str) -> int:
    """How many dates of statements lie wholly within these days (ISO)."""
    sql = "SELECT count(*) FROM marks WHERE timeline = 1 AND earliest BETWEEN ? AND ? AND latest <= ?"
    return int((await generation.rows(sql, (first, last, last)))[0][0])
