"""`python bot.py log audit`: what moderators, the terminal and the bot did."""

import asyncio
import json
import sys
from dataclasses import asdict, replace

from kzbot.cli.keeping import said_actor
from kzbot.cli.log.known import known_names
from kzbot.cli.log.narrowed import Given, deed_filters_of, reading
from kzbot.cli.log.rows import print_rows, said_moment
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, one_line
from kzbot.errors import KzbotError
from kzbot.operations.deeds import with_questions, with_subject
from kzbot.output.log_words import PLAIN, Shown, deed_details, deed_filter_words, deed_words, names_of
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.deeds import DeedFilters
from kzbot.querylog.ledger.reader import LedgerReader
from kzbot.querylog.ledger.rows import Actor, DeedRow
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.review.reader import ReviewReader
from kzbot.querylog.rows import portable


def show_audit(prepared: Prepared, limit: int, given: Given, *, as_json: bool) -> None:
    """Prints the latest `limit` deeds that pass what was given; QueryLogError where there is no log, BadParameter where
    something given means nothing."""

    async def read(reader: QueryReader) -> tuple[DeedFilters, list[DeedRow], int, Shown]:
        filters = await deed_filters_of(prepared, reader, given)
        rows, total = await LedgerReader(reader).deeds(limit, 0, filters)
        if not as_json:
            rows = await with_questions(ReviewReader(reader), rows)
        return filters, rows, total, replace(PLAIN, names=await known_names(prepared, names_of(rows)))

    filters, rows, total, shown = asyncio.run(reading(prepared, read))
    phrases, out = prepared.phrases, console()
    holding = deed_filter_words(phrases, filters)
    if holding:
        said = phrases.say("cli.log.filtered", filters=" · ".join(holding))
        console(errors=True).print(one_line(said))
    if as_json:
        for row in rows:
            _print_json(row)
        return
    if not rows:
        out.print(phrases.say("cli.log.audit.none" if holding else "cli.log.audit.empty"))
        return
    heads = [phrases.say("cli.log.number"), *(phrases.say(f"cli.log.audit.{name}") for name in ("at", "who", "did"))]
    print_rows(out, heads, [_cells(phrases, row, shown) for row in rows])
    if total > len(rows):
        out.print(phrases.say("cli.log.audit.more", count=total, shown=phrases.number(len(rows))))


def show_deed(prepared: Prepared, number: int, *, as_json: bool) -> None:
    """Prints all that is kept of the deed with this number; QueryLogError where there is no log, KzbotError where the log keeps
    no such deed."""

    async def read(reader: QueryReader) -> tuple[DeedRow | None, Shown]:
        ledger = LedgerReader(reader)
        if (deed := await ledger.deed(number)) is None:
            return None, PLAIN
        deed = await with_subject(ledger, ReviewReader(reader), deed)
        return deed, replace(PLAIN, names=await known_names(prepared, names_of([deed])))

    deed, shown = asyncio.run(reading(prepared, read))
    phrases, out = prepared.phrases, console()
    if deed is None:
        raise KzbotError(phrases.say("cli.log.audit.no_such", number=number))
    if as_json:
        _print_json(deed)
        return
    when, did = f"{said_moment(deed.at)} UTC", one_line(deed_words(phrases, deed, shown))
    out.print(phrases.say("cli.log.audit.deed", number=deed.number, when=when, who=_doer(phrases, deed.actor), did=did))
    for line in deed_details(phrases, deed, shown):
        out.print(phrases.say("cli.log.audit.detail", detail=one_line(line)))


def _print_json(row: DeedRow) -> None:
    sys.stdout.write(json.dumps(portable({**asdict(row), "at": row.at.isoformat()})) + "\n")


def _doer(phrases: Phrases, actor: Actor) -> str:
    """Who did it, as the beginning of a sentence."""
    if actor.place == "discord" or actor.user is not None:
        return said_actor(phrases, actor)
    return phrases.say(f"output.deeds.actor.{actor.place}")


def _cells(phrases: Phrases, row: DeedRow, shown: Shown) -> tuple[str, ...]:
    """Number, moment in UTC, who, what."""
    nobody = phrases.say("chat.log.nobody") if row.actor.place == "discord" else ""
    who = PLAIN.user(row.actor.user) if row.actor.user is not None else nobody
    return (
        str(row.number),
        said_moment(row.at),
        who or phrases.say(f"output.deeds.actor.{row.actor.place}"),
        one_line(deed_words(phrases, row, shown)),
    )
