"""Reading dated statements: a passage with one of its date marks, in the order of a timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kzbot.index.generation import Generation
from kzbot.index.passages import MARK_COLUMNS, PASSAGE_COLUMNS, mark_row, passage_row
from kzbot.index.rows import MarkRow, PassageRow
from kzbot.index.years import Listing, Stretch, YearRow, stretch, years_of

ORDER = "COALESCE({0}earliest, {0}latest), COALESCE({0}latest, '9999-12-31'), {1}"
_IN_TIME = ORDER.format("m.", "m.basis = 'published', a.id, p.start, m.start")
_COLUMNS = f"{MARK_COLUMNS}, {PASSAGE_COLUMNS}"
_TABLES = (
    "marks m JOIN passages p ON p.number = m.passage JOIN articles a ON a.number = p.article"
    " LEFT JOIN events v ON v.mark = m.number"
)


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


@dataclass(frozen=True, slots=True)
class Scope:
    """Which statements are asked for: about any of `names` (ids; None: whatever), matching `match` (an FTS5
    expression; None: whatever), about any of the `carried` names (roots; None: whatever), overlapping the days `first` to
    `last` (ISO; None: open)."""

    names: tuple[str, ...] | None = None
    match: str | None = None
    first: str | None = None
    last: str | None = None
    carried: tuple[str, ...] | None = None

    @property
    def whole(self) -> bool:
        """Whether statements about anything are asked for."""
        return self.names is None and self.match is None and self.carried is None

    def passages(self) -> tuple[str, list[object]]:
        """The condition on `p`, with its parameters."""
        where, parameters = ["1"], list[object]()
        if self.names is not None:
            where.append(
                f"p.number IN (SELECT passage FROM mentions WHERE name IN ({','.join('?' * len(self.names))}))"
            )
            parameters += self.names
        if self.match is not None:
            where.append("p.number IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?)")
            parameters.append(self.match)
        if self.carried is not None:
            where.append(
                "p.number IN (SELECT c.passage FROM carried_names n CROSS JOIN carried_mentions c ON c.name = n.name"
                f" WHERE n.root IN ({','.join('?' * len(self.carried))}))"
            )
            parameters += self.carried
        return " AND ".join(where), parameters

    def marks(self) -> tuple[str, list[object]]:
        """The condition that the mark `m` dates what is asked for, with its parameters.

        The articles' own dates count with a topic only. A mark in a relative clause is its head's; see `marks` in the schema.
        """
        if self.names is not None:
            table, names = "mentions t", self.names
            of = f"t.name IN ({','.join('?' * len(names))})"
        elif self.carried is not None:
            table, names = "carried_mentions t JOIN carried_names n ON n.name = t.name", self.carried
            of = f"n.root IN ({','.join('?' * len(names))})"
        else:
            return ("m.timeline = 1" if self.match is None else "m.timeline IN (1, 2, 3)"), []
        named = f"SELECT 1 FROM {table} WHERE t.passage = m.passage AND {of}"
        condition = (
            f'(m.timeline = 1 AND (m.about_start IS NULL OR EXISTS ({named} AND t."end" >= m.about_start'
            f" AND t.start < m.about_end)) OR m.timeline > 1 AND EXISTS ({named}"
            " AND (t.standing = 'subject' OR m.timeline < 4 AND t.standing = 'object'"
            " OR m.timeline = 2 AND t.standing = 'oblique')))"
        )
        return condition, [*names, *names]

    def days(self, table: str, prefix: str = "") -> tuple[str, list[object]]:
        """The condition that the days of `table` overlap the asked ones, with its parameters."""
        where, parameters = ["1"], list[object]()
        if self.first is not None:
            where.append(f"({table}.{prefix}latest IS NULL OR {table}.{prefix}latest >= ?)")
            parameters.append(self.first)
        if self.last is not None:
            where.append(f"({table}.{prefix}earliest IS NULL OR {table}.{prefix}earliest <= ?)")
            parameters.append(self.last)
        return " AND ".join(where), parameters


def _dated(scope: Scope) -> Listing:
    where, parameters = _condition(scope)
    return Listing(("dated", scope), f"FROM {_TABLES} WHERE {where}", parameters, "COALESCE(m.earliest, m.latest)")


def _entries(scope: Scope) -> Listing:
    """As `_dated`, of each event only the statement that dates it best."""
    every = _dated(scope)
    others, parameters = _others(scope)
    source = f"{every.source} AND NOT EXISTS ({others} AND o.rank < v.rank)"
    return Listing(("entries", scope), source, (*every.parameters, *parameters), every.day)


def _condition(scope: Scope) -> tuple[str, tuple[object, ...]]:
    """The condition on `m` and `p` that a statement is in scope, the first of equal dates of its passage; parameters."""
    about, about_parameters = scope.passages()
    meant, meant_parameters = scope.marks()
    days, day_parameters = scope.days("m")
    where = (
        f"{meant} AND {about} AND {days} AND NOT EXISTS (SELECT 1 FROM marks e WHERE"
        " e.passage = m.passage AND e.edtf = m.edtf AND e.timeline = 1 AND e.number < m.number)"
    )
    return where, (*meant_parameters, *about_parameters, *day_parameters)


def _others(scope: Scope) -> tuple[str, tuple[object, ...]]:
    """The statements `o` in scope that share the event of `v`, itself among them; parameters."""
    where, parameters = _condition(scope)
    tables = "events o JOIN marks m ON m.number = o.mark JOIN passages p ON p.number = m.passage"
    return f"SELECT 1 FROM {tables} WHERE o.event = v.event AND {where}", parameters


def _published(scope: Scope) -> Listing:
    about, about_parameters = scope.passages()
    days, day_parameters = scope.days("a", "published_")
    source = (
        f"FROM articles a WHERE a.published IS NOT NULL AND {days}"
        f" AND a.number IN (SELECT p.article FROM passages p WHERE {about})"
    )
    day = "COALESCE(a.published_earliest, a.published_latest)"
    return Listing(("published", scope), source, (*day_parameters, *about_parameters), day)


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
        f"SELECT {_COLUMNS}, CASE WHEN EXISTS ({others} AND o.mark <> v.mark) THEN v.event END"
        f" {of.source} AND {some.where} ORDER BY {_IN_TIME} LIMIT ? OFFSET ?",
        (*other_parameters, *of.parameters, *some.parameters, -1 if count is None else count, some.offset),
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
        sql = f"SELECT {_COLUMNS}, v.event {within} ORDER BY {_IN_TIME}"
        for row in await generation.rows(sql, (*every.parameters, *some)):
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
    about, about_parameters = scope.passages()
    meant, meant_parameters = scope.marks()
    source = (
        f"FROM passages p JOIN articles a ON a.number = p.article WHERE {about} AND NOT EXISTS"
        f" (SELECT 1 FROM marks m WHERE m.passage = p.number AND {meant})"
    )
    parameters = about_parameters + meant_parameters
    order = "a.published_earliest IS NULL, a.published_earliest, a.published_latest, a.id, p.start, p.number"
    sql = f"SELECT {PASSAGE_COLUMNS} {source} ORDER BY {order} LIMIT ? OFFSET ?"
    found: list[PassageRow] = []
    if count != 0:
        rows = await generation.rows(sql, (*parameters, -1 if count is None else count, offset))
        found = [passage_row(row) for row in rows]
    if count is None and offset == 0:
        return found, len(found)
    return found, await _count(generation, ("undated", scope), source, parameters)


async def published(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` by their own date, and how many there are; those without a date are left out."""
    of = _published(scope)
    some = await stretch(generation, of, offset, count)
    order = ORDER.format("a.published_", "a.id")
    rows = await generation.rows(
        f"SELECT a.number {of.source} AND {some.where} ORDER BY {order} LIMIT ? OFFSET ?",
        (*of.parameters, *some.parameters, -1 if count is None else count, some.offset),
    )
    return [int(row[0]) for row in rows], some.total


async def without_date(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` whose own date is not known, in order of id; and how many in all."""
    about, parameters = scope.passages()
    source = (
        f"FROM articles a WHERE a.published IS NULL AND a.number IN (SELECT p.article FROM passages p WHERE {about})"
    )
    sql = f"SELECT a.number {source} ORDER BY a.id LIMIT ? OFFSET ?"
    rows = await generation.rows(sql, (*parameters, -1 if count is None else count, offset)) if count != 0 else []
    total = await _count(generation, ("without date", scope), source, parameters)
    return [int(row[0]) for row in rows], total


async def _count(generation: Generation, key: tuple[str, Scope], source: str, parameters: Sequence[object]) -> int:
    async def read() -> int:
        return int((await generation.rows(f"SELECT count(*) {source}", parameters))[0][0])

    return await generation.once(key, read)


async def days_covered(generation: Generation) -> tuple[str | None, str | None]:
    """The first and the last day that any dated statement may mean (ISO), None where there is none."""
    rows = await generation.rows("SELECT min(earliest), max(latest) FROM marks WHERE timeline = 1")
    return rows[0][0], rows[0][1]


async def count_within(generation: Generation, first: str, last: str) -> int:
    """How many dates of statements lie wholly within these days (ISO)."""
    sql = "SELECT count(*) FROM marks WHERE timeline = 1 AND earliest BETWEEN ? AND ? AND latest <= ?"
    return int((await generation.rows(sql, (first, last, last)))[0][0])
