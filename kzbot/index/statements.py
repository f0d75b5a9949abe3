"""Reading dated statements: a passage with one of its date marks, in the order of a timeline."""

from dataclasses import dataclass

from kzbot.index.generation import Generation
from kzbot.index.passages import MARK_COLUMNS, PASSAGE_COLUMNS, mark_row, passage_row
from kzbot.index.rows import MarkRow, PassageRow
from kzbot.index.scope import Scope

ORDER = "COALESCE({0}earliest, {0}latest), COALESCE({0}latest, '9999-12-31'), {1}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A passage, and which of its date marks puts it on the timeline."""

    passage: PassageRow
    mark: MarkRow


async def dated(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[Statement], int]:
    """Dated statements of `scope` in timeline order (answer contract, Lists), and how many there are in all.

    A passage stands once for each of its dates; marks of editions put nothing on a timeline.
    """
    about, about_parameters = scope.about()
    days, day_parameters = scope.days("m")
    source = (
        f"FROM {scope.marked} JOIN articles a ON a.number = p.article"
        f" WHERE ({scope.dates}) AND {days} AND NOT EXISTS (SELECT 1 FROM marks e WHERE"
        " e.passage = m.passage AND e.edtf = m.edtf AND e.timeline = 1 AND e.number < m.number)"
    )
    parameters = about_parameters + day_parameters
    order = ORDER.format("m.", "m.basis = 'published', a.id, p.start, m.start")
    sql = f"{about} SELECT {MARK_COLUMNS}, {PASSAGE_COLUMNS} {source} ORDER BY {order} LIMIT ? OFFSET ?"
    rows = await generation.rows(sql, (*parameters, -1 if count is None else count, offset))
    found = [Statement(passage_row(row[14:]), mark_row(row[:14])) for row in rows]
    if count is None and offset == 0:
        return found, len(found)
    total = await generation.rows(f"{about} SELECT count(*) {source}", parameters)
    return found, int(total[0][0])


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
    return found, int((await generation.rows(f"{about} SELECT count(*) {source}", parameters))[0][0])


async def published(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` by their own date, and how many there are; those without a date are left out."""
    about, about_parameters = scope.about()
    days, day_parameters = scope.days("a", "published_")
    source = f"FROM articles a WHERE a.published IS NOT NULL AND {_speaks(scope)} AND {days}"
    parameters = about_parameters + day_parameters
    order = ORDER.format("a.published_", "a.id")
    rows = await generation.rows(
        f"{about} SELECT a.number {source} ORDER BY {order} LIMIT ? OFFSET ?",
        (*parameters, -1 if count is None else count, offset),
    )
    total = await generation.rows(f"{about} SELECT count(*) {source}", parameters)
    return [int(row[0]) for row in rows], int(total[0][0])


async def without_date(generation: Generation, scope: Scope, offset: int, count: int | None) -> tuple[list[int], int]:
    """Numbers of the articles of `scope` whose own date is not known, in order of id; and how many in all."""
    about, parameters = scope.about()
    source = f"FROM articles a WHERE a.published IS NULL AND {_speaks(scope)}"
    sql = f"{about} SELECT a.number {source} ORDER BY a.id LIMIT ? OFFSET ?"
    rows = await generation.rows(sql, (*parameters, -1 if count is None else count, offset)) if count != 0 else []
    total = await generation.rows(f"{about} SELECT count(*) {source}", parameters)
    return [int(row[0]) for row in rows], int(total[0][0])


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
