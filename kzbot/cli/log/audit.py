"""`python bot.py log audit`: what moderators, the terminal and the bot did."""

import asyncio
import json
import sys
from dataclasses import asdict

from rich.table import Table

from kzbot.cli.log.narrowed import Given, deed_filters_of, reading
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, one_line
from kzbot.output.log_words import PLAIN, deed_filter_words, deed_words
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.deeds import DeedFilters
from kzbot.querylog.ledger.reader import LedgerReader
from kzbot.querylog.ledger.rows import DeedRow
from kzbot.querylog.reader import QueryReader


def show_audit(prepared: Prepared, limit: int, given: Given, *, as_json: bool) -> None:
    """Prints the latest `limit` deeds that pass what was given; QueryLogError where there is no log, BadParameter where
    something given means nothing."""

    async def read(reader: QueryReader) -> tuple[DeedFilters, list[DeedRow], int]:
        filters = await deed_filters_of(prepared, reader, given)
        return filters, *await LedgerReader(reader).deeds(limit, 0, filters)

    filters, rows, total = asyncio.run(reading(prepared, read))
    phrases, out = prepared.phrases, console()
    if holding := deed_filter_words(phrases, filters):
        said = phrases.say("cli.log.filtered", filters=" · ".join(holding))
        console(errors=True).print(one_line(said))
    if as_json:
        for row in rows:
            sys.stdout.write(json.dumps({**asdict(row), "at": row.at.isoformat()}) + "\n")
        return
    if not rows:
        out.print(phrases.say("cli.log.audit.none"))
        return
    if out.is_terminal:
        out.print(_table(phrases, rows))
    else:
        for row in rows:
            sys.stdout.write("\t".join(_cells(phrases, row)) + "\n")
    if total > len(rows):
        out.print(phrases.say("cli.log.audit.more", count=total, shown=phrases.number(len(rows))))


def _table(phrases: Phrases, rows: list[DeedRow]) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in (phrases.say("cli.log.number"), phrases.say("cli.log.audit.at"), phrases.say("cli.log.audit.who")):
        table.add_column(head, no_wrap=True)
    table.add_column(phrases.say("cli.log.audit.did"), overflow="fold")
    for row in rows:
        table.add_row(*_cells(phrases, row))
    return table


def _cells(phrases: Phrases, row: DeedRow) -> tuple[str, ...]:
    """Number, local time, who, what."""
    nobody = phrases.say("chat.log.nobody") if row.actor.place == "discord" else ""
    who = PLAIN.user(row.actor.user) if row.actor.user is not None else nobody
    return (
        str(row.number),
        f"{row.at.astimezone():%Y-%m-%d %H:%M:%S}",
        who or phrases.say(f"output.deeds.actor.{row.actor.place}"),
        one_line(deed_words(phrases, row)),
    )
