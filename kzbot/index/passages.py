"""Reading passages of a generation, with their marks and mentions."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from kzbot.index.generation import Generation
from kzbot.index.rows import MarkRow, MentionRow, PassageRow
from kzbot.language.dates.mark import DateMark

PASSAGE_COLUMNS = 'p.number, p.article, p.start, p."end", p.text, p.kind, p.in_title, p.paragraph, p.address'
MARK_COLUMNS = (
    'm.number, m.passage, m.edtf, m.value, m.earliest, m.latest, m.words, m.start, m."end", m.basis, m.anchor,'
    " m.modifier, m.planned, m.timeline"
)


def passage_row(row: Sequence[object]) -> PassageRow:
    """One row of PASSAGE_COLUMNS."""
    number, article, start, end, text, kind, in_title, paragraph, address = row
    return PassageRow(number, article, start, end, text, kind, bool(in_title), paragraph, address)  # type: ignore[arg-type]


def mark_row(row: Sequence[object]) -> MarkRow:
    """One row of MARK_COLUMNS."""
    number, passage, edtf, value, earliest, latest, words, start, end, basis, anchor, modifier, planned, timeline = row
    mark = DateMark(
        edtf=edtf,  # type: ignore[arg-type]
        value=value,  # type: ignore[arg-type]
        earliest=date.fromisoformat(str(earliest)) if earliest else None,
        latest=date.fromisoformat(str(latest)) if latest else None,
        words=words,  # type: ignore[arg-type]
        start=start,  # type: ignore[arg-type]
        end=end,  # type: ignore[arg-type]
        basis=basis,  # type: ignore[arg-type]
        anchor=anchor,  # type: ignore[arg-type]
        modifier=modifier,  # type: ignore[arg-type]
        planned=bool(planned),
        edition=timeline == 0,
        dropped=timeline == -1,
        compared=timeline == -2,
    )
    return MarkRow(number, passage, mark)  # type: ignore[arg-type]


async def by_address(generation: Generation, address: str) -> PassageRow | None:
    """The passage with this address, else None."""
    rows = await generation.rows(f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.address = ?", (address,))
    return passage_row(rows[0]) if rows else None


async def by_number(generation: Generation, numbers: Iterable[int]) -> dict[int, PassageRow]:
    """The passages with these numbers, by number."""
    found: dict[int, PassageRow] = {}
    for some in batches(numbers):
        sql = f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.number IN ({','.join('?' * len(some))})"
        found |= {row[0]: passage_row(row) for row in await generation.rows(sql, some)}
    return found


async def of_article(generation: Generation, article: int, limit: int = -1) -> list[PassageRow]:
    """The passages of one article in order of the text, a heading that only the metadata holds first."""
    sql = f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.article = ? ORDER BY p.in_title DESC, p.start, p.number LIMIT ?"
    return [passage_row(row) for row in await generation.rows(sql, (article, limit))]


async def touching(generation: Generation, stretches: Sequence[tuple[int, bool, int, int]]) -> list[list[PassageRow]]:
    """The passages that each stretch touches, in order of the text; a stretch is an article, whether of its title, start, end."""
    found: list[list[PassageRow]] = [[] for _ in stretches]
    sql = (
        f"SELECT CAST(j.key AS INTEGER), {PASSAGE_COLUMNS} FROM json_each(?) j CROSS JOIN passages p ON p.article = j.value ->> 0"
        ' WHERE p.in_title = j.value ->> 1 AND p.start < j.value ->> 3 AND p."end" > j.value ->> 2 ORDER BY p.start, p.number'
    )
    given = [[article, int(in_title), start, end] for article, in_title, start, end in stretches]
    for place, *row in await generation.rows(sql, (json.dumps(given),)):
        found[place].append(passage_row(row))
    return found


async def openings(generation: Generation, articles: Iterable[int], count: int) -> dict[int, list[PassageRow]]:
    """The first `count` passages of each of these articles, as `of_article` has them, by article."""
    found: dict[int, list[PassageRow]] = {}
    for some in batches(articles):
        sql = (
            f"SELECT {PASSAGE_COLUMNS} FROM (SELECT *, row_number() OVER (PARTITION BY article ORDER BY in_title DESC, start,"
            f" number) AS place FROM passages WHERE article IN ({','.join('?' * len(some))})) p WHERE p.place <= ?"
            " ORDER BY p.article, p.place"
        )
        for row in await generation.rows(sql, (*some, count)):
            passage = passage_row(row)
            found.setdefault(passage.article, []).append(passage)
    return found


async def with_names(generation: Generation, names: Iterable[str]) -> list[PassageRow]:
    """The passages that mention any of these names (ids), in order of article and text."""
    ids = list(names)
    sql = (
        f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.number IN (SELECT passage FROM mentions WHERE name IN"
        f" ({','.join('?' * len(ids))})) ORDER BY p.article, p.start, p.number"
    )
    return [passage_row(row) for row in await generation.rows(sql, ids)]


async def marks_of(generation: Generation, passages: Iterable[int]) -> dict[int, list[MarkRow]]:
    """All date marks that these passages hold, by passage, in order of the text; not their article's own date."""
    found: dict[int, list[MarkRow]] = {}
    for some in batches(passages):
        sql = (
            f"SELECT {MARK_COLUMNS} FROM marks m WHERE m.passage IN ({','.join('?' * len(some))})"
            " AND m.basis <> 'published' ORDER BY m.start"
        )
        for row in await generation.rows(sql, some):
            mark = mark_row(row)
            found.setdefault(mark.passage, []).append(mark)
    return found


async def mentions_of(generation: Generation, passages: Iterable[int]) -> dict[int, list[MentionRow]]:
    """All mentions in these passages, by passage, in order of the text."""
    found: dict[int, list[MentionRow]] = {}
    for some in batches(passages):
        sql = (
            'SELECT name, passage, start, "end", words, by, edition FROM mentions WHERE passage IN'
            f' ({",".join("?" * len(some))}) ORDER BY start, "end"'
        )
        for row in await generation.rows(sql, some):
            mention = MentionRow(*row)
            found.setdefault(mention.passage, []).append(mention)
    return found


def batches(numbers: Iterable[int]) -> list[list[int]]:
    """The numbers in order, each once, in lists that one statement takes."""
    ordered = sorted(set(numbers))
    return [ordered[first : first + 500] for first in range(0, len(ordered), 500)]
