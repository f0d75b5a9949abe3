"""Reading the full-text index: document frequencies, and passages by BM25."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kzbot.index.articles import quoted
from kzbot.index.generation import Generation
from kzbot.index.passages import PASSAGE_COLUMNS, passage_row
from kzbot.index.rows import PassageRow
from kzbot.index.scope import Scope

TEXT_WEIGHT, TITLE_WEIGHT = 1.0, 0.4


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which passages are looked through: those of articles whose own date overlaps `first` to `last` (ISO; None: open; an
    article without one is left out), and of these `publishers` (as the articles write them; None: any); none that mentions
    one of the names `without` (ids), or that `matching` (an FTS5 expression) matches."""

    first: str | None = None
    last: str | None = None
    publishers: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    matching: str | None = None

    def articles(self, table: str) -> tuple[list[str], list[object]]:
        """The conditions on an article, with their parameters."""
        days, parameters = Scope(first=self.first, last=self.last).days(table, "published_")
        where = [f"{table}.published IS NOT NULL", days] if parameters else []
        if self.publishers is not None:
            where.append(f"{table}.publisher IN ({_marks(self.publishers)})")
            parameters += self.publishers
        return where, parameters

    def passages(self, number: str) -> tuple[list[str], list[object]]:
        """The conditions on a passage, whose number is `number`, with their parameters."""
        if not self.without:
            return [], []
        mentions = f"SELECT passage FROM mentions WHERE name IN ({_marks(self.without)})"
        return [f"{number} NOT IN ({mentions})"], list(self.without)


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


async def best(generation: Generation, match: str, narrowed: Narrowed, count: int) -> list[PassageRow]:
    """The `count` best passages by BM25 for an FTS5 expression, best first."""
    bm25 = f"bm25(passages_fts, {TEXT_WEIGHT}, {TITLE_WEIGHT})"
    # Under a filter the index still leads, and each row that matches is looked up: never MATCH with rowid IN (...).
    filtered = " CROSS JOIN passages q ON q.number = passages_fts.rowid CROSS JOIN articles b ON b.number = q.article"
    of_article, of_article_parameters = narrowed.articles("b")
    of_passage, of_passage_parameters = narrowed.passages("passages_fts.rowid")
    where = " AND ".join([*of_article, *of_passage, "passages_fts MATCH ?"])
    match = f"({match}) NOT ({narrowed.matching})" if narrowed.matching else match
    # ORDER BY bm25() and not rank: measured 1.4 to 1.6 times faster. Rows are joined after the best are known.
    sql = (
        f"SELECT {PASSAGE_COLUMNS} FROM (SELECT passages_fts.rowid AS number, {bm25} AS bm25 FROM passages_fts"
        f"{filtered if of_article else ''} WHERE {where} ORDER BY {bm25} LIMIT ?) AS best"
        " JOIN passages p ON p.number = best.number JOIN articles a ON a.number = p.article"
        " ORDER BY best.bm25, a.id, p.start"
    )
    parameters = (*of_article_parameters, *of_passage_parameters, match, count)
    return [passage_row(row) for row in await generation.rows(sql, parameters)]


async def with_words(generation: Generation, words: Sequence[str], count: int) -> list[PassageRow]:
    """Passages whose own text holds all of these words in any form, at most `count`, in order of article and text."""
    match = "text : (" + " AND ".join(map(quoted, words)) + ")"
    sql = (
        f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.number IN (SELECT rowid FROM passages_fts WHERE passages_fts"
        " MATCH ? LIMIT ?) ORDER BY p.number"
    )
    return [passage_row(row) for row in await generation.rows(sql, (match, count))]


async def referring(generation: Generation, names: Sequence[str], narrowed: Narrowed, count: int) -> list[PassageRow]:
    """Passages that speak of one of the names (ids) without naming it ("the exercise"), at most `count`."""
    narrowing, parameters = _narrowing(narrowed)
    sql = (
        f"SELECT {PASSAGE_COLUMNS} FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN (SELECT"
        f" passage FROM mentions WHERE name IN ({_marks(names)}) AND by = 'reference'){narrowing}"
        " ORDER BY p.number LIMIT ?"
    )
    return [passage_row(row) for row in await generation.rows(sql, (*names, *parameters, count))]


async def within(generation: Generation, first: str, last: str, narrowed: Narrowed, count: int) -> list[PassageRow]:
    """Passages with a date wholly within these days (ISO), the earliest first, at most `count`."""
    narrowing, parameters = _narrowing(narrowed)
    sql = (
        f"SELECT DISTINCT {PASSAGE_COLUMNS} FROM marks m CROSS JOIN passages p ON p.number = m.passage CROSS JOIN articles a"
        " ON a.number = p.article WHERE m.timeline = 1 AND m.earliest BETWEEN ? AND ? AND m.latest <= ?"
        f"{narrowing} ORDER BY m.earliest, p.number LIMIT ?"
    )
    return [passage_row(row) for row in await generation.rows(sql, (first, last, last, *parameters, count))]


def _narrowing(narrowed: Narrowed) -> tuple[str, list[object]]:
    """What follows a condition on passages `p` and articles `a`, with its parameters."""
    of_article, parameters = narrowed.articles("a")
    of_passage, more = narrowed.passages("p.number")
    return "".join(f" AND {one}" for one in (*of_article, *of_passage)), [*parameters, *more]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
