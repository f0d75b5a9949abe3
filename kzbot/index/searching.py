"""Reading the full-text index: document frequencies, and passages by BM25."""

from collections.abc import Iterable, Sequence

from kzbot.index.articles import quoted
from kzbot.index.generation import Generation
from kzbot.index.passages import PASSAGE_COLUMNS, passage_row
from kzbot.index.rows import PassageRow
from kzbot.index.scope import Scope

TEXT_WEIGHT, TITLE_WEIGHT = 1.0, 0.4


async def frequencies(generation: Generation, stems: Iterable[str]) -> dict[str, int]:
    """In how many passages (their title included) each stem stands; stems as the index's tokenizer makes them."""
    wanted = sorted(set(stems))
    if not wanted:
        return {}
    sql = f"SELECT term, doc FROM temp.terms WHERE term IN ({','.join('?' * len(wanted))})"
    found = dict(await generation.rows(sql, wanted))
    return {stem: int(found.get(stem, 0)) for stem in wanted}


async def holding(generation: Generation, word: str) -> int:
    """How many passages hold this word, in any form of it, in their own text."""
    sql = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
    return int((await generation.rows(sql, (f"text : {quoted(word)}",)))[0][0])


async def best(generation: Generation, match: str, scope: Scope, count: int) -> list[PassageRow]:
    """The `count` best passages by BM25 for an FTS5 expression, best first.

    `scope.first`, `scope.last` filter by the article's own date; an article without one is left out under a filter.
    """
    bm25 = f"bm25(passages_fts, {TEXT_WEIGHT}, {TITLE_WEIGHT})"
    # Under a filter the index still leads, and each row that matches is looked up: never MATCH with rowid IN (...).
    filtered = " CROSS JOIN passages q ON q.number = passages_fts.rowid CROSS JOIN articles b ON b.number = q.article"
    days, parameters = _filter(scope, "b")
    # ORDER BY bm25() and not rank: measured 1.4 to 1.6 times faster. Rows are joined after the best are known.
    sql = (
        f"SELECT {PASSAGE_COLUMNS} FROM (SELECT passages_fts.rowid AS number, {bm25} AS bm25 FROM passages_fts"
        f"{filtered if parameters else ''} WHERE {days} AND passages_fts MATCH ? ORDER BY {bm25} LIMIT ?) AS best"
        " JOIN passages p ON p.number = best.number JOIN articles a ON a.number = p.article"
        " ORDER BY best.bm25, a.id, p.start"
    )
    return [passage_row(row) for row in await generation.rows(sql, (*parameters, match, count))]


async def with_words(generation: Generation, words: Sequence[str], count: int) -> list[PassageRow]:
    """Passages whose own text holds all of these words in any form, at most `count`, in order of article and text."""
    match = "text : (" + " AND ".join(map(quoted, words)) + ")"
    sql = (
        f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.number IN (SELECT rowid FROM passages_fts WHERE passages_fts"
        " MATCH ? LIMIT ?) ORDER BY p.number"
    )
    return [passage_row(row) for row in await generation.rows(sql, (match, count))]


async def referring(generation: Generation, names: Sequence[str], scope: Scope, count: int) -> list[PassageRow]:
    """Passages that speak of one of the names (ids) without naming it ("the exercise"), at most `count`; see `best`."""
    days, parameters = _filter(scope, "a")
    sql = (
        f"SELECT {PASSAGE_COLUMNS} FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN (SELECT"
        f" passage FROM mentions WHERE name IN ({','.join('?' * len(names))}) AND by = 'reference') AND {days} LIMIT ?"
    )
    return [passage_row(row) for row in await generation.rows(sql, (*names, *parameters, count))]


async def within(generation: Generation, first: str, last: str, scope: Scope, count: int) -> list[PassageRow]:
    """Passages with a date wholly within these days (ISO), the earliest first, at most `count`; see `best`."""
    days, parameters = _filter(scope, "a")
    sql = (
        f"SELECT DISTINCT {PASSAGE_COLUMNS} FROM marks m CROSS JOIN passages p ON p.number = m.passage CROSS JOIN articles a"
        " ON a.number = p.article WHERE m.timeline = 1 AND m.earliest BETWEEN ? AND ? AND m.latest <= ?"
        f" AND {days} ORDER BY m.earliest LIMIT ?"
    )
    return [passage_row(row) for row in await generation.rows(sql, (first, last, last, *parameters, count))]


def _filter(scope: Scope, table: str) -> tuple[str, list[object]]:
    days, parameters = scope.days(table, "published_")
    return (f"{table}.published IS NOT NULL AND {days}" if parameters else "1"), parameters
