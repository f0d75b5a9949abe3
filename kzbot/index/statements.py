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
_COLUMNS = f"{MARK_COLUMNS}, {PASSAGE_COLUMNS}"


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


def _dated(scope: Scope) -> Listing:
    before, given = scope.about()
    where, parameters = _condition(scope)
    source = f"FROM {scope.marked} JOIN articles a ON a.number = p.article LEFT JOIN events v ON v.mark = m.number"
    day = "COALESCE(m.earliest, m.latest)"
    return Listing(("dated", scope), f"{source} WHERE {where}", parameters, day, before, tuple(given))


def _entries(scope: Scope) -> Listing:
    """As `_dated`, of each event only the statement that dates it best."""
    every = _dated(scope)
    others, parameters = _others(scope)
    source = f"{every.source} AND NOT EXISTS ({others} AND o.rank < v.rank)"
    return replace(every, key=("entries", scope), source=source, parameters=(*every.parameters, *parameters))


def _condition(scope: Scope) -> tuple[str, tuple[object, ...]]:
    """The condition on `m` and `p` that a statement is in scope, the first of equal dates of its passage; parameters."""
    days, parameters = scope.days("m")
    where = (
        f"({scope.dates}) AND {days} AND NOT EXISTS (SELECT 1 FROM marks e WHERE"
        " e.passage = m.passage AND e.edtf = m.edtf AND e.timeline = 1 AND e.number < m.number)"
    )
    return where, tuple(parameters)


def _others(scope: Scope) -> tuple[str, tuple[object, ...]]:
    """The statements `o` in scope that share the event of `v`, itself among them; parameters."""
    where, parameters = _condition(scope)
    tables = "events o CROSS JOIN marks m ON m.number = o.mark CROSS JOIN passages p ON p.number = m.passage"
    if not scope.whole:
        tables += " JOIN about b ON b.number = p.number"
    return f"SELECT 1 FROM {tables} WHERE o.event = v.event AND {where}", parameters


def _published(scope: Scope) -> Listing:
    before, given = scope.about()
    days, parameters = scope.days("a", "published_")
    source = f"FROM articles a WHERE a.published IS NOT NULL AND {days} AND {_speaks(scope)}"
    day = "COALESCE(a.published_earliest, a.published_latest)"
    return Listing(("published", scope), source, tuple(parameters), day, before, tuple(given))


def _speaks(scope: Scope) -> str:
    """The condition that article `a` has a passage of `scope`."""
    return f"a.number IN (SELECT p.article FROM {scope.passages})"


async def years(generation: Generation, scope: Scope, *, by_event: bool = False) -> tuple[YearRow, ...]:
    """The years of all that `dated` lists, in its order; a statement stands under the year of its earliest day, where
    that is open of its latest."""
    return await years_of(generation, _entries(scope) if by_event else _dated(scope))


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
    every, of = _dated(scope), _entries(scope) if by_event else _dated(scope)
    whole = count is None and offset == 0
    some = Stretch("1", (), 0, 0) if whole else await stretch(generation, of, offset, count)
    others, other_parameters = _others(scope)
    rows = await generation.rows(
        f"{of.before} SELECT {_COLUMNS}, CASE WHEN EXISTS ({others} AND o.mark <> v.mark) THEN v.event END"
        f" {of.source} AND {some.where} ORDER BY {_IN_TIME} LIMIT ? OFFSET ?",
        (*of.given, *other_parameters, *of.parameters, *some.parameters, -1 if count is None else count, some.offset),
    )
    found = [_statement(row) for row in rows]
    entries = len(found) if whole else some.total
    if not by_event:
        return Dated(found, entries, entries)
    total = sum(row.count for row in await years_of(generation, every))
    return Dated(await _with_others(generation, found, every), total, entries)


async def _with_others(generation: Generation, found: list[Statement], every: Listing) -> list[Statement]:
    """The statements with the others of their events that are in scope."""
    told: dict[str, list[Statement]] = {}
    events = [one.event for one in found if one.event]
    for at in range(0, len(events), 500):
        some = events[at : at + 500]
        within = f"{every.source} AND v.event IN ({','.join('?' * len(some))})"
        sql = f"{every.before} SELECT {_COLUMNS}, v.event {within} ORDER BY {_IN_TIME}"
        for row in await generation.rows(sql, (*every.given, *every.parameters, *some)):
            told.setdefault(row[-1], []).append(_statement(row))
    return [
        replace(one, others=tuple(other for other in told[one.event] if other.mark.number != one.mark.number))
        if one.event
        else one
        for one in found
    ]


def _statement(row: Sequence[object]) -> Statement:
    return Statement(passage_row(row[14:23]), mark_row(row[:14]), row[23])  # type: ignore[arg-type]


async def undated(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[PassageRow], int]:
    """Passages of `scope` without a date of their own, by their article's date, then by the text; and how many in all."""
    before, parameters = scope.about()
    source = (
        f"FROM {scope.passages} JOIN articles a ON a.number = p.article WHERE b.named = 1 AND NOT EXISTS"
        f" (SELECT 1 FROM marks m WHERE m.passage = p.number AND ({scope.dates}))"
    )
    order = "a.published_earliest IS NULL, a.published_earliest, a.published_latest, a.id, p.start, p.number"
    sql = f"{before} SELECT {PASSAGE_COLUMNS} {source} ORDER BY {order} LIMIT ? OFFSET ?"
    found: list[PassageRow] = []
    if count != 0:
        rows = await generation.rows(sql, (*parameters, -1 if count is None else count, offset))
        found = [passage_row(row) for row in rows]
    if count is None and offset == 0:
        return found, len(found)
    return found, await _count(generation, ("undated", scope), f"{before} SELECT count(*) {source}", parameters)


async def published(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` by their own date, and how many there are; those without a date are left out."""
    of = _published(scope)
    some = await stretch(generation, of, offset, count)
    order = ORDER.format("a.published_", "a.id")
    rows = await generation.rows(
        f"{of.before} SELECT a.number {of.source} AND {some.where} ORDER BY {order} LIMIT ? OFFSET ?",
        (*of.given, *of.parameters, *some.parameters, -1 if count is None else count, some.offset),
    )
    return [int(row[0]) for row in rows], some.total


async def without_date(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` whose own date is not known, in order of id; and how many in all."""
    before, parameters = scope.about()
    source = f"FROM articles a WHERE a.published IS NULL AND {_speaks(scope)}"
    sql = f"{before} SELECT a.number {source} ORDER BY a.id LIMIT ? OFFSET ?"
    rows = await generation.rows(sql, (*parameters, -1 if count is None else count, offset)) if count != 0 else []
    total = await _count(generation, ("without date", scope), f"{before} SELECT count(*) {source}", parameters)
    return [int(row[0]) for row in rows], total


async def _count(generation: Generation, key: tuple[str, Scope], sql: str, parameters: Sequence[object]) -> int:
    async def read() -> int:
        return int((await generation.rows(sql, parameters))[0][0])

    return await generation.once(key, read)


async def days_covered(generation: Generation) -> tuple[str | None, str | None]:
    """The first and the last day that any dated statement may mean (ISO), None where there is none."""
    rows = await generation.rows("SELECT min(earliest), max(latest) FROM marks WHERE timeline = 1")
    return rows[0][0], rows[0][1]


async def count_within(generation: Generation, first: str, last: str) -> int:
    """How many dates of statements lie wholly within these days (ISO)."""
    sql = "SELECT count(*) FROM marks WHERE timeline = 1 AND earliest BETWEEN ? AND ? AND latest <= ?"
    return int((await generation.rows(sql, (first, last, last)))[0][0])
