"""Which questions hold some words: every different one is looked at once, however often it was asked."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kzbot.querylog.filters import Filters, condition, holds

MOST = 20_000
"""The most questions that are gathered from their phrasings; words that more have are soon met on the way through all."""
_STRETCH = 50_000

Rows = Callable[[str, Sequence[object]], Awaitable[list[Any]]]


@dataclass(frozen=True, slots=True)
class Holding:
    """The phrasings that hold some words.

    `questions`: how many questions are phrased so; `whole`: all of those were counted. `numbers`: of the phrasings, as JSON lists;
    None where more than `MOST` questions are phrased so.
    """

    questions: int
    whole: bool
    numbers: tuple[str, ...] | None


async def holding(rows: Rows, search: str, patience: float, counting: float) -> Holding | None:
    """The phrasings that hold these words, None where they cannot be looked through in `patience` seconds.

    `counting`: seconds from the beginning after which questions that are more than `MOST` are not counted any further.
    """
    (first, last), began = (await rows(_ENDS, ()))[0], time.monotonic()
    where, values = holds(search)
    sql = f"SELECT ifnull(sum(asked), 0), json_group_array(number) FROM phrasings WHERE number BETWEEN ? AND ? AND {where}"
    questions, numbers = 0, list[str]()
    for start in range(first or 1, (last or 0) + 1, _STRETCH):
        many = questions > MOST
        if time.monotonic() - began > (counting if many else patience):
            return Holding(questions, whole=False, numbers=None) if many else None
        found, these = (await rows(sql, (start, start + _STRETCH - 1, *values)))[0]
        questions += found
        numbers = [*numbers, these] if questions <= MOST else []
    return Holding(questions, whole=True, numbers=None if questions > MOST else tuple(numbers))


_ENDS = "SELECT (SELECT min(number) FROM phrasings), (SELECT max(number) FROM phrasings)"


async def questions(rows: Rows, found: Sequence[str], filters: Filters, first: int, last: int) -> list[int]:
    """The numbers, the latest first, of questions phrased so that pass the filters but for their words, from one number to
    another. `found`: numbers of phrasings, as `Holding` has them."""
    where, values = condition(replace(filters, search=""))
    sql = (
        "SELECT number FROM queries INDEXED BY queries_by_phrasing WHERE typeof(phrasing) = 'integer'"
        f" AND phrasing IN (SELECT value FROM json_each(?)) AND number BETWEEN ? AND ? AND {where}"
    )
    numbers = [row[0] for these in found for row in await rows(sql, (these, first, last, *values))]
    return sorted(numbers, reverse=True)
