"""Reading the index of quotations: the articles that hold phrases, whatever passages they run over."""

import json
from collections.abc import Iterable, Sequence

from kzbot.index.generation import Generation

_AT_ONCE = 200


async def holding(generation: Generation, phrases: Sequence[str], count: int) -> list[list[int]]:
    """For each FTS5 expression the numbers of the articles that fit, at most `count` each, in order."""
    found: list[list[int]] = [[] for _ in phrases]
    one = "SELECT * FROM (SELECT ? AS place, rowid FROM quotable WHERE quotable MATCH ? LIMIT ?)"
    for first in range(0, len(phrases), _AT_ONCE):
        some = phrases[first : first + _AT_ONCE]
        given = [value for place, each in enumerate(some, first) for value in (place, each, count)]
        for place, number in await generation.rows(" UNION ALL ".join([one] * len(some)), given):
            found[place].append(number)
    return found


async def holding_literally(generation: Generation, phrase: str, words: str, count: int) -> list[int]:
    """The articles that fit an FTS5 expression and whose text holds these words to the letter, at most `count`."""
    sql = (
        "SELECT a.number FROM quotable CROSS JOIN articles a ON a.number = quotable.rowid"
        " WHERE quotable MATCH ? AND instr(a.text, ?) LIMIT ?"
    )
    return [row[0] for row in await generation.rows(sql, (phrase, words, count))]


async def holding_of(generation: Generation, phrase: str, publishers: Sequence[str], count: int) -> list[int]:
    """The articles of these publishers that fit an FTS5 expression, at most `count`."""
    sql = (
        "SELECT a.number FROM quotable CROSS JOIN articles a ON a.number = quotable.rowid"
        f" WHERE quotable MATCH ? AND a.publisher IN ({','.join('?' * len(publishers))}) LIMIT ?"
    )
    return [row[0] for row in await generation.rows(sql, (phrase, *publishers, count))]


async def publishers(generation: Generation) -> list[str]:
    """The publishers of the corpus, each once."""
    rows = await generation.rows("SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL")
    return [str(name) for (name,) in rows]


async def named_by(generation: Generation, keys: Iterable[str], count: int) -> dict[str, list[int]]:
    """The articles that each key of `named_as` leads to, at most `count`; keys that lead nowhere are left out."""
    sql = (
        "SELECT value, (SELECT group_concat(article) FROM (SELECT article FROM named_as WHERE key = value LIMIT ?))"
        " FROM json_each(?)"
    )
    rows = await generation.rows(sql, (count, json.dumps(sorted(set(keys)))))
    return {key: [int(number) for number in numbers.split(",")] for key, numbers in rows if numbers}


async def with_ids(generation: Generation, ids: Iterable[str]) -> dict[str, int]:
    """The numbers of the articles with these ids."""
    sql = "SELECT id, number FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    return dict(await generation.rows(sql, (json.dumps(sorted(set(ids))),)))
