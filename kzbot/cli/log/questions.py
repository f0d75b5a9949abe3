"""`python bot.py log`: what was asked, for people as a table, or as JSON lines."""

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, one_line
from kzbot.phrases import Phrases
from kzbot.querylog.filters import Filters
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.messages import HASH, message_of
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.rows import ListedRow, QueryRow

_LONGEST = 200
_HASH = 12


def show_log(prepared: Prepared, limit: int, search: str | None, as_json: bool) -> None:
    """Prints the latest `limit` questions, those with the words of `search`; QueryLogError where there is no log."""
    rows, total = asyncio.run(_read(prepared, limit, search))
    if as_json:
        for row in rows:
            sys.stdout.write(json.dumps({**asdict(row), "asked_at": row.asked_at.isoformat()}) + "\n")
        return
    phrases, out = prepared.phrases, console()
    if not rows:
        out.print(phrases.say("cli.log.none"))
        return
    if out.is_terminal:
        out.print(_table(phrases, rows))
    else:
        for row in rows:
            sys.stdout.write("\t".join(_cells(phrases, row)) + "\n")
    if total > len(rows):
        out.print(phrases.say("cli.log.more", count=total, shown=len(rows)))


async def _read(prepared: Prepared, limit: int, search: str | None) -> tuple[list[ListedRow], int]:
    reader = await QueryReader.open(prepared.settings.data.folder / FILE_NAME)
    try:
        return await reader.recent(limit, filters=Filters(search=search or ""))
    finally:
        await reader.close()


def _table(phrases: Phrases, rows: Sequence[QueryRow]) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in (
        phrases.say("cli.log.number"),
        phrases.say("cli.log.asked"),
        phrases.say("cli.log.user"),
        phrases.say("cli.log.status"),
        phrases.say("cli.log.items"),
        phrases.say("cli.log.took"),
    ):
        table.add_column(head, no_wrap=True)
    table.add_column(phrases.say("cli.log.question"), overflow="fold")
    for row in rows:
        table.add_row(*_cells(phrases, row))
    return table


def _cells(phrases: Phrases, row: QueryRow) -> tuple[str, ...]:
    """Number, local time, who, status, items, milliseconds, question."""
    question = one_line(_asked(phrases, row))
    return (
        str(row.number),
        f"{row.asked_at.astimezone():%Y-%m-%d %H:%M:%S}",
        "-" if row.user is None else str(row.user),
        phrases.say("cli.log.privately", status=row.status) if row.private else row.status,
        str(row.items),
        f"{row.took_ms:.1f}",
        question if len(question) <= _LONGEST else f"{question[:_LONGEST]} …",
    )


def _asked(phrases: Phrases, row: QueryRow) -> str:
    """The question as it was typed; of a message that was checked from its menu what is kept of it."""
    message = message_of(row.command, row.options)
    if message is None:
        return typed(Question(row.command, row.options))
    return phrases.say("log.message", message=message, hash=str(row.options.get(HASH))[:_HASH])
