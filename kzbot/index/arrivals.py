"""Reading when articles and names came into the corpus, the last arrived first."""

import asyncio
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kzbot.index.generation import Generation
from kzbot.index.passages import MARK_COLUMNS, PASSAGE_COLUMNS, batches, mark_row, passage_row
from kzbot.index.statements import Statement


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """An article (its number) with the moment of its arrival (UTC, ISO 8601); `entries`: its dated statements, or 1 where it
    has none, of which `dated` are; `at`: the place of the first of them among those of all articles."""

    article: int
    first_seen: str
    entries: int
    dated: int
    at: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """All articles in the order of their arrival, the last first; those that arrived together the newest first."""

    rows: Sequence[ArrivalRow]
    _starts: Sequence[int]

    @property
    def last(self) -> str | None:
        """When the last article arrived, None without one."""
        return self.rows[0].first_seen if self.rows else None

    @property
    def first(self) -> str | None:
        """When the first article arrived, None without one."""
        return self.rows[-1].first_seen if self.rows else None

    def since(self, moment: str) -> int:
        """How many articles have arrived at `moment` or later: they are the first so many rows."""
        return bisect_left(self.rows, True, key=lambda row: row.first_seen < moment)

    def stretch(self, offset: int, count: int | None, articles: int) -> Sequence[ArrivalRow]:
        """The rows among the first `articles` that have entries from place `offset` on, `count` of them."""
        first = max(bisect_left(self._starts, offset + 1) - 1, 0)
        end = len(self._starts) if count is None else bisect_left(self._starts, offset + count)
        return self.rows[first : min(end, articles)]


@dataclass(frozen=True, slots=True)
class ArrivedName:
    """A name that no article mentions which arrived before this one (its number): of the book, or of the texts."""

    article: int
    name: str
    carried: bool


async def arrivals(generation: Generation) -> Arrivals:
    """All arrivals, read once."""

    async def read() -> Arrivals:
        sql = "SELECT article, first_seen, entries, dated FROM arrivals ORDER BY place"
        return await asyncio.to_thread(_placed, await generation.rows(sql))

    return await generation.once("arrivals", read)


def _placed(found: Iterable[tuple[int, str, int, int]]) -> Arrivals:
    rows, starts, at = list[ArrivalRow](), array("q"), 0
    for article, first_seen, entries, dated in found:
        rows.append(ArrivalRow(article, first_seen, entries, dated, at))
        starts.append(at)
        at += entries
    return Arrivals(rows, starts)


async def dated_statements(generation: Generation, articles: Iterable[int]) -> dict[int, list[Statement]]:
    """The dated statements of each of these articles in order of the text; a passage stands once for each of its dates."""
    found: dict[int, list[Statement]] = {}
    for some in batches(articles):
        sql = (
            f"SELECT {MARK_COLUMNS}, {PASSAGE_COLUMNS} FROM (SELECT min(n.number) AS number FROM passages q"
            f" CROSS JOIN marks n ON n.passage = q.number WHERE q.article IN ({','.join('?' * len(some))}) AND n.timeline = 1"
            " GROUP BY n.passage, n.edtf) f CROSS JOIN marks m ON m.number = f.number"
            " CROSS JOIN passages p ON p.number = m.passage ORDER BY p.article, p.in_title DESC, p.start, m.start, m.number"
        )
        for row in await generation.rows(sql, some):
            passage = passage_row(row[14:])
            found.setdefault(passage.article, []).append(Statement(passage, mark_row(row[:14])))
    return found


async def new_names(generation: Generation, articles: Iterable[int]) -> dict[int, list[ArrivedName]]:
    """The names of each of these articles that no article mentions which arrived before it, in order of the text."""
    found: dict[int, list[ArrivedName]] = {}
    for some in batches(articles):
        held = ",".join("?" * len(some))
        sql = (
            "SELECT article, name, carried FROM ("
            " SELECT p.article, n.canonical AS name, 0 AS carried, min(p.number * 1000000 + m.start) AS place"
            " FROM passages p CROSS JOIN mentions m ON m.passage = p.number CROSS JOIN articles a ON a.number = p.article"
            " CROSS JOIN name_arrivals f ON f.carried = 0 AND f.name = m.name AND f.first_seen = a.first_seen"
            f" CROSS JOIN names n ON n.id = m.name WHERE p.article IN ({held}) AND m.by <> 'reference' GROUP BY 1, m.name"
            " UNION ALL SELECT p.article, r.canonical, 1, min(p.number * 1000000 + c.start)"
            " FROM passages p CROSS JOIN carried_mentions c ON c.passage = p.number CROSS JOIN articles a ON a.number = p.article"
            " CROSS JOIN carried_names k ON k.name = c.name"
            " CROSS JOIN name_arrivals f ON f.carried = 1 AND f.name = k.root AND f.first_seen = a.first_seen"
            f" CROSS JOIN carried_roots r ON r.root = k.root WHERE p.article IN ({held}) AND c.by <> 'reference'"
            " GROUP BY 1, k.root) ORDER BY article, place, carried, name"
        )
        for article, name, carried in await generation.rows(sql, (*some, *some)):
            found.setdefault(article, []).append(ArrivedName(article, name, bool(carried)))
    return found
