"""Lists of questions, the latest first, and how many there are: quick in a log of a million of them.

Lists go by number, which is the order in which questions were kept. Days become numbers first, by the tallies; what else a
list is narrowed by stands in an index in that order, so that a question is read only where it is shown. Words are looked for
in every different question once; where many questions have them, in the questions themselves, a stretch at a time, so that
others who read are not held up for long.
"""

import json
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from kzbot.querylog.filters import Filters, condition, holds
from kzbot.querylog.phrasings import Rows, holding, questions
from kzbot.querylog.rows import COLUMNS, ListedRow, listed_row_of

MOST_COUNTED = 100_000
"""Questions are counted up to this many where that means going through them."""
PATIENCE, COUNTING = 10.0, 0.1
"""Seconds after which words are not looked for any further: to fill a page, and to say how many questions have them."""
_STRETCH = 20_000
_AT_ONCE = 500
_RATED = "(SELECT count(*) FROM ratings WHERE query = queries.number AND useful = {useful})"


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the questions that pass, the latest first.

    `total`: how many pass; `more`: there are more than that, which nobody counted. `older`, `newer`: others lie beyond the last
    and before the first. `reached`: the number down to which words were looked for in time, None where all were.
    """

    rows: tuple[ListedRow, ...]
    total: int
    more: bool = False
    older: bool = False
    newer: bool = False
    reached: int | None = None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The numbers between which questions may pass, both included; `whole_days`: all of them lie on the days asked for."""

    first: int
    last: int
    whole_days: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found by words. `numbers`: all that pass, the latest first; None where so many have the words that they must be
    met on the way. `total`: how many pass, at least, where that is known; `more`: there are more."""

    numbers: list[int] | None = None
    total: int | None = None
    more: bool = False


class Listing:
    """Reads lists through `rows`, which runs one statement."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def page(
        self, filters: Filters, limit: int, *, before: int | None = None, after: int | None = None, passed: int = 0
    ) -> Page:
        """The latest `limit` questions, those older than the number `before`, or the nearest that are newer than `after`.

        `passed`: how many newer ones the reader has seen, for the total of those with words.
        """
        stretch = await self._stretch(filters)
        if stretch is None:
            return Page((), 0)
        upwards = after is not None
        within = replace(
            stretch,
            first=stretch.first if after is None else max(stretch.first, after + 1),
            last=stretch.last if before is None else min(stretch.last, before - 1),
        )
        began = time.monotonic()
        found = await self._found(filters, stretch)
        counting = max(COUNTING - (time.monotonic() - began), COUNTING / 3)
        if found.numbers is None:
            numbers, reached = await self._walk(filters, within, limit + 1, PATIENCE, upwards=upwards)
        else:
            those = [number for number in found.numbers if within.first <= number <= within.last]
            numbers, reached = (those[::-1] if upwards else those)[: limit + 1], None
        shown = sorted(numbers[:limit], reverse=True)
        beyond = len(numbers) > limit or reached is not None
        if found.total is None and not (upwards or beyond):
            found = _Found(total=passed + len(shown))
        total, more = await self._total(filters, stretch, shown, passed, found, counting)
        return Page(
            tuple(await self.rows(shown)),
            total,
            more,
            older=upwards or beyond,
            newer=beyond if upwards else before is not None,
            reached=reached,
        )

    async def _found(self, filters: Filters, stretch: _Stretch) -> _Found:
        """What every different question tells of those with words; nothing where no words are meant."""
        if not filters.search.strip():
            return _Found()
        alone = filters == Filters(search=filters.search, besides=filters.besides)
        held = await holding(self._rows, filters.search, PATIENCE / 2, COUNTING if alone else 0)
        if held is None:
            return _Found()
        if held.numbers is None:
            left_out = await self._left_out(filters) if alone else 0
            return _Found(None, held.questions - left_out, not held.whole) if alone else _Found()
        rest = replace(filters, since=None, until=None) if stretch.whole_days else filters
        numbers = await questions(self._rows, held.numbers, rest, stretch.first, stretch.last)
        return _Found(numbers, len(numbers))

    async def _total(
        self,
        filters: Filters,
        stretch: _Stretch,
        shown: Sequence[int],
        passed: int,
        found: _Found,
        counting: float,
    ) -> tuple[int, bool]:
        if not filters.search.strip():
            return await self.count(filters)
        if found.total is not None:
            return found.total, found.more
        if not shown:
            return passed, False
        rest = replace(stretch, last=min(stretch.last, shown[0]))
        numbers, reached = await self._walk(filters, rest, MOST_COUNTED + 1, counting)
        more = len(numbers) > MOST_COUNTED or reached is not None
        return passed + min(len(numbers), MOST_COUNTED), more

    async def count(self, filters: Filters) -> tuple[int, bool]:
        """How many pass, and whether there are more than that: where it would take long, no more than 100,000 are counted."""
        if filters == replace(_tallied(filters), besides=filters.besides):
            where, values = _days(_tallied(filters))
            rows = await self._rows(f"SELECT ifnull(sum(questions), 0) FROM tallies WHERE {where}", values)
            return int(rows[0][0]) - await self._left_out(filters), False
        stretch = await self._stretch(filters)
        if stretch is None:
            return 0, False
        if filters.search.strip():
            by_words = await self._found(filters, stretch)
            if by_words.total is not None:
                return by_words.total, by_words.more
            numbers, reached = await self._walk(filters, stretch, MOST_COUNTED + 1, COUNTING)
            return min(len(numbers), MOST_COUNTED), len(numbers) > MOST_COUNTED or reached is not None
        sql, values = _legs(filters, stretch)
        counted = f"SELECT count(*) FROM (SELECT 1 FROM ({sql}) LIMIT {MOST_COUNTED + 1})"
        found = int((await self._rows(counted, values))[0][0])
        return min(found, MOST_COUNTED), found > MOST_COUNTED

    async def _left_out(self, filters: Filters) -> int:
        """How many questions would pass if none were left out, beside those that do: one or none."""
        where, values = _each(replace(filters, besides=0))
        rows = await self._rows(
            f"SELECT count(*) FROM queries WHERE number = ? AND {where}", (filters.besides, *values)
        )
        return int(rows[0][0])

    async def numbers(self, filters: Filters) -> "array[int]":
        """The numbers of all that pass, the latest first; eight bytes each."""
        stretch = await self._stretch(filters)
        if stretch is None:
            return array("q")
        by_words = await self._found(filters, stretch)
        if by_words.numbers is not None:
            return array("q", by_words.numbers)
        found, last = array("q"), stretch.last
        while last >= stretch.first:
            first = max(stretch.first, last - _STRETCH + 1)
            found.extend(await self._some(filters, replace(stretch, first=first, last=last), -1))
            last = first - 1
        return found

    async def rows(self, numbers: Sequence[int]) -> list[ListedRow]:
        """These questions, the latest first; one that is gone is left out."""
        useful, not_useful = (_RATED.format(useful=value) for value in (1, 0))
        found = []
        for at in range(0, len(numbers), _AT_ONCE):
            found += await self._rows(
                f"SELECT {COLUMNS}, {useful}, {not_useful} FROM queries"
                " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number DESC",
                (json.dumps(list(numbers[at : at + _AT_ONCE])),),
            )
        return [listed_row_of(row) for row in found]

    async def commands(self) -> list[str]:
        """Every command that stands in the log, by its name."""
        return [row[0] for row in await self._rows("SELECT DISTINCT command FROM tallies ORDER BY command", ())]

    async def hashes(self) -> list[int]:
        """The keyed hashes of people who asked, each once."""
        return [row[0] for row in await self._rows("SELECT DISTINCT user FROM queries WHERE user < 0", ())]

    async def _stretch(self, filters: Filters) -> _Stretch | None:
        """Between which numbers to look, None where no question can pass."""
        where, values = _days(_tallied(filters))
        first, last = (await self._rows(f"SELECT min(first), max(last) FROM tallies WHERE {where}", values))[0]
        if first is None:
            return None
        outside = "SELECT 1 FROM tallies WHERE (day < ? OR day > ?) AND first <= ? AND last >= ? LIMIT 1"
        since = filters.since.isoformat() if filters.since else ""
        until = filters.until.isoformat() if filters.until else "~"
        overlapping = await self._rows(outside, (since, until, last, first))
        return _Stretch(first, last, whole_days=not overlapping)

    async def _walk(
        self, filters: Filters, stretch: _Stretch, limit: int, patience: float, *, upwards: bool = False
    ) -> tuple[list[int], int | None]:
        """Up to `limit` numbers, the latest first or upwards; and how far it came, where the time was up before."""
        if not filters.search.strip():
            return await self._some(filters, stretch, limit, upwards=upwards), None
        found: list[int] = []
        ends = time.monotonic() + patience
        while stretch.first <= stretch.last and len(found) < limit:
            if time.monotonic() > ends:
                return found, stretch.first if upwards else stretch.last
            if upwards:
                part = replace(stretch, last=min(stretch.last, stretch.first + _STRETCH - 1))
                stretch = replace(stretch, first=part.last + 1)
            else:
                part = replace(stretch, first=max(stretch.first, stretch.last - _STRETCH + 1))
                stretch = replace(stretch, last=part.first - 1)
            found += await self._some(filters, part, limit - len(found), upwards=upwards)
        return found, None

    async def _some(self, filters: Filters, stretch: _Stretch, limit: int, *, upwards: bool = False) -> list[int]:
        sql, values = _legs(filters, stretch)
        order = "ASC" if upwards else "DESC"
        return [row[0] for row in await self._rows(f"{sql} ORDER BY number {order} LIMIT ?", (*values, limit))]


def _tallied(filters: Filters) -> Filters:
    """As much of the filters as the tallies know."""
    return Filters(since=filters.since, until=filters.until, commands=filters.commands, statuses=filters.statuses)


def _days(filters: Filters) -> tuple[str, tuple[object, ...]]:
    """The tallies that are meant, as an SQL expression and its parameters."""
    where, values = condition(replace(filters, since=None, until=None))
    for sign, day in ((">=", filters.since), ("<=", filters.until)):
        if day is not None:
            where, values = f"{where} AND day {sign} ?", (*values, day.isoformat())
    return where, values


def _legs(filters: Filters, stretch: _Stretch) -> tuple[str, tuple[object, ...]]:
    """The numbers that pass within a stretch, as a statement to be ordered by number, and its parameters.

    One leg for each value of what has several, because an index is in that order for one value only.
    """
    each = (filters.users or (None,), filters.commands or (None,), filters.statuses or (None,))
    if stretch.whole_days:
        filters = replace(filters, since=None, until=None)
    parts: list[str] = []
    given: list[object] = []
    for user, command, status in product(*each):
        leg = replace(
            filters,
            users=() if user is None else (user,),
            commands=() if command is None else (command,),
            statuses=() if status is None else (status,),
        )
        where, values = _each(leg)
        parts.append(f"SELECT number FROM queries {_index(leg)} WHERE number BETWEEN ? AND ? AND {where}")
        given += (stretch.first, stretch.last, *values)
    return " UNION ALL ".join(parts), tuple(given)


def _index(filters: Filters) -> str:
    """The index to go by, which SQLite, without figures of the table, would not always choose."""
    if filters.users:
        return "INDEXED BY queries_by_user"
    if filters.channel is not None:
        return "INDEXED BY queries_by_channel"
    if filters.commands:
        return "INDEXED BY queries_by_command"
    if filters.statuses:
        return "INDEXED BY queries_by_status"
    return "" if filters.server is not None else "NOT INDEXED"


def _each(filters: Filters) -> tuple[str, tuple[object, ...]]:
    """`condition`, with words looked for in the phrasing of each question that passes so far, and not in all phrasings first."""
    where, values = condition(replace(filters, search=""))
    if not filters.search.strip():
        return where, values
    said, words = holds(filters.search)
    phrased = f"EXISTS (SELECT 1 FROM phrasings WHERE phrasings.number = queries.phrasing AND {said})"
    return f"{where} AND {phrased}", (*values, *words)
