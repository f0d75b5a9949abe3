"""Reading dated statements: a passage with one of its date marks, in the order of a timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kzbot.index.generation import Generation
from kzbot.index.passages import MARK_COLUMNS, PASSAGE_COLUMNS, mark_row, passage_row
from kzbot.index.rows import MarkRow, PassageRow
from kzbot.index.scope import Scope
from kzbot.index.years import Listing, Stretch, YearRow, stretch, years_of

ORDER = "COALESCE({0}earliest, {0}latest), COALESCE({0}latest, '9999-12-31'), {1}"
_IN_TIME = ORDER.format("m.", "m.basis = 'published', a.id, p.start, m.start")
_COLUMNS = f"{MARK_COLUMNS}, {PASSAGE_COLUMNS}, h.event"
_SHARED = """heads (event, rank) AS MATERIALIZED (
    SELECT v.event, min(v.rank) FROM events v JOIN marks m ON m.number = v.mark JOIN passages p ON p.number = m.passage
    {about} WHERE {where} GROUP BY v.event HAVING count(*) > 1
)"""


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


def _dated(scope: Scope, *, by_event: bool = False) -> Listing:
    """All dated statements of `scope`; `by_event`: of those that share an event only the one that dates it best."""
    about, about_parameters = scope.about()
    days, day_parameters = scope.days("m")
    where = (
        f"({scope.dates}) AND {days} AND NOT EXISTS (SELECT 1 FROM marks e WHERE"
        " e.passage = m.passage AND e.edtf = m.edtf AND e.timeline = 1 AND e.number < m.number"
        " AND (e.about_start IS NULL OR e.about_start = m.about_start))"
    )
    within = "" if scope.whole else "JOIN about b ON b.number = p.number"
    shared = _SHARED.format(about=within, where=where)
    source = (
        f"FROM {scope.marked} JOIN articles a ON a.number = p.article"
        f" LEFT JOIN events v ON v.mark = m.number LEFT JOIN heads h ON h.event = v.event WHERE {where}"
    )
    return Listing(
        ("entries" if by_event else "dated", scope),
        f"{about}, {shared}" if about else f"WITH {shared}",
        f"{source} AND (h.event IS NULL OR v.rank = h.rank)" if by_event else source,
        (*about_parameters, *day_parameters, *day_parameters),
        "COALESCE(m.earliest, m.latest)",
    )


def _published(scope: Scope) -> Listing:
    about, about_parameters = scope.about()
    days, day_parameters = scope.days("a", "published_")
    source = f"FROM articles a WHERE a.published IS NOT NULL AND {_speaks(scope)} AND {days}"
    day = "COALESCE(a.published_earliest, a.published_latest)"
    return Listing(("published", scope), about, source, (*about_parameters, *day_parameters), day)


async def years(generation: Generation, scope: Scope, *, by_event: bool = False) -> tuple[YearRow, ...]:
    """The years of all that `dated` lists, in its order; a statement stands under the year of its earliest day, where
    that is open of its latest."""
    return await years_of(generation, _dated(scope, by_event=by_event))


async def published_years(generation: Generation, scope: Scope) -> tuple[YearRow, ...]:
    """The years of all that `published` lists, in its order."""
    return await years_of(generation, _published(scope))


async def dated(
    generation: Generation, scope: Scope, offset: int, count: int | None, *, by_event: bool = False
) -> Dated:
    """Dated statements of `scope` in timeline order (answer contract, Lists), and how many there are in all.

    A passage stands once for each of its dates; marks of editions put nothing on a timeline. `by_event`: the statements
    of one event are one entry, in the place of the one that dates it best; `offset` and `count` count entries.
    """
    of, whole = _dated(scope, by_event=by_event), count is None and offset == 0
    some = Stretch("1", (), 0, 0) if whole else await stretch(generation, of, offset, count)
    sql = f"{of.before} SELECT {_COLUMNS} {of.source} AND {some.where} ORDER BY {_IN_TIME} LIMIT ? OFFSET ?"
    rows = await generation.rows(sql, (*of.parameters, *some.parameters, -1 if count is None else count, some.offset))
    found = [_statement(row) for row in rows]
    entries = len(found) if whole else some.total
    if not by_event:
        return Dated(found, entries, entries)
    total = sum(row.count for row in await years_of(generation, _dated(scope)))
    return Dated(await _with_others(generation, found, scope), total, entries)


async def _with_others(generation: Generation, found: list[Statement], scope: Scope) -> list[Statement]:
    """The statements with the others of their events that are in scope."""
    every, told = _dated(scope), dict[str, list[Statement]]()
    events = [one.event for one in found if one.event]
    for at in range(0, len(events), 500):
        some = events[at : at + 500]
        shared = f"{every.source} AND h.event IN ({','.join('?' * len(some))})"
        rows = await generation.rows(
            f"{every.before} SELECT {_COLUMNS} {shared} ORDER BY {_IN_TIME}", (*every.parameters, *some)
        )
        for other in map(_statement, rows):
            told.setdefault(other.event or "", []).append(other)
    return [
        replace(one, others=tuple(other for other in told[one.event] if other.mark.number != one.mark.number))
        if one.event
        else one
        for one in found
    ]


def _statement(row: Sequence[object]) -> Statement:
    return Statement(passage_row(row[14:-1]), mark_row(row[:14]), row[-1])  # type: ignore[arg-type]


async def undated(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[PassageRow], int]:
    """Passages of `scope` without a date of their own, by their article's date, then by the text; and how many in all."""
    about, parameters = scope.about()
    source = (
        f"FROM {scope.passages} JOIN articles a ON a.number = p.article WHERE b.named = 1 AND NOT EXISTS"
        f" (SELECT 1 FROM marks m WHERE m.passage = p.number AND ({scope.dates}))"
    )
    order = "a.published_earliest IS NULL, a.published_earliest, a.published_latest, a.id, p.start, p.number"
    sql = f"{about} SELECT {PASSAGE_COLUMNS} {source} ORDER BY {order} LIMIT ? OFFSET ?"
    found: list[PassageRow] = []
    if count != 0:
        rows = await generation.rows(sql, (*parameters, -1 if count is None else count, offset))
        found = [passage_row(row) for row in rows]
    if count is None and offset == 0:
        return found, len(found)
    return found, await _count(generation, ("undated", scope), f"{about} SELECT count(*) {source}", parameters)


async def published(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` by their own date, and how many there are; those without a date are left out."""
    of = _published(scope)
    some = await stretch(generation, of, offset, count)
    order = ORDER.format("a.published_", "a.id")
    rows = await generation.rows(
        f"{of.before} SELECT a.number {of.source} AND {some.where} ORDER BY {order} LIMIT ? OFFSET ?",
        (*of.parameters, *some.parameters, -1 if count is None else count, some.offset),
    )
    return [int(row[0]) for row in rows], some.total


async def without_date(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` whose own date is not known, in order of id; and how many in all."""
    about, parameters = scope.about()
    source = f"FROM articles a WHERE a.published IS NULL AND {_speaks(scope)}"
    sql = f"{about} SELECT a.number {source} ORDER BY a.id LIMIT ? OFFSET ?"
    rows = await generation.rows(sql, (*parameters, -1 if count is None else count, offset)) if count != 0 else []
    total = await _count(generation, ("without date", scope), f"{about} SELECT count(*) {source}", parameters)
    return [int(row[0]) for row in rows], total


async def _count(generation: Generation, key: tuple[str, Scope], sql: str, parameters: Sequence[object]) -> int:
    async def read() -> int:
        return int((await generation.rows(sql, parameters))[0][0])

    return await generation.once(key, read)


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
