"""`python bot.py log`: what was asked, for people as a table, or as JSON lines."""

import asyncio
import json
import sys
from dataclasses import asdict
from typing import Any

from kzbot.cli.log.narrowed import Given, filters_of, reading
from kzbot.cli.log.rows import NOTHING, UNKNOWN, print_rows, said_moment
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, one_line
from kzbot.output.log_words import PLAIN, asked_words, filter_words
from kzbot.phrases import Phrases
from kzbot.querylog.filters import Filters
from kzbot.querylog.listing import PATIENCE, Page
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.rows import UNDATED, ListedRow, portable

_LONGEST = 200
_HEADS = ("number", "asked", "user", "status", "items", "took", "rated", "question")


def show_log(prepared: Prepared, limit: int, given: Given, *, as_json: bool) -> None:
    """Prints the latest `limit` questions that pass what was given; QueryLogError where there is no log, BadParameter where
    something given means nothing."""

    async def read(reader: QueryReader) -> tuple[Filters, Page]:
        filters = await filters_of(prepared, reader, given)
        return filters, await reader.listing.page(filters, limit)

    filters, page = asyncio.run(reading(prepared, read))
    phrases, out, beside = prepared.phrases, console(), console(errors=True)
    holding = filter_words(phrases, filters)
    if holding:
        beside.print(one_line(phrases.say("cli.log.filtered", filters=" · ".join(holding))))
    if page.reached is not None:
        beside.print(phrases.say("cli.log.reached", number=page.reached, seconds=int(PATIENCE)))
    if as_json:
        for row in page.rows:
            sys.stdout.write(json.dumps(portable(_plain(row))) + "\n")
        return
    if not page.rows:
        out.print(phrases.say("cli.log.none" if holding else "cli.log.empty"))
        return
    print_rows(out, [phrases.say(f"cli.log.{name}") for name in _HEADS], [_cells(phrases, row) for row in page.rows])
    if page.older:
        key = "cli.log.more_at_least" if page.more else "cli.log.more"
        out.print(phrases.say(key, count=page.total, shown=phrases.number(len(page.rows))))


def _plain(row: ListedRow) -> dict[str, Any]:
    """A question as JSON; what is damaged is null, and named."""
    asked_at = None if row.asked_at == UNDATED else row.asked_at.isoformat()
    return {**asdict(row), "asked_at": asked_at, **dict.fromkeys(row.damaged)}


def _cells(phrases: Phrases, row: ListedRow) -> tuple[str, ...]:
    """Number, moment in UTC, who, status, items, milliseconds, useful and not useful, question."""
    question = one_line(asked_words(phrases, row))
    if row.damaged:
        return str(row.number), said_moment(row.asked_at), *[UNKNOWN] * 5, question
    return (
        str(row.number),
        said_moment(row.asked_at),
        NOTHING if row.user is None else PLAIN.user(row.user),
        phrases.say("cli.log.privately", status=row.status) if row.private else row.status,
        str(row.items),
        f"{row.took_ms:.1f}",
        f"+{row.useful} -{row.not_useful}" if row.useful or row.not_useful else NOTHING,
        question if len(question) <= _LONGEST else f"{question[:_LONGEST]} …",
    )
