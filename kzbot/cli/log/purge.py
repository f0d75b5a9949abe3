"""`python bot.py log purge`: questions are erased for good, while no bot runs."""

import asyncio
import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kzbot.cli.forgetting import forgets_on_disk
from kzbot.cli.log.narrowed import purge_filters_of, reading
from kzbot.cli.log.rows import said_moment
from kzbot.cli.log_file import open_log
from kzbot.cli.long_work import shown
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, one_line
from kzbot.errors import QueryLogError
from kzbot.index.store import GenerationStore
from kzbot.operations.erasing.eraser import Eraser, Stage
from kzbot.operations.purging import told
from kzbot.output.log_words import PLAIN, filter_words
from kzbot.phrases import Phrases
from kzbot.querylog.erasing.scope import Erased, Outline, Scope
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.rows import UNDATED, portable
from kzbot.querylog.working import Step

_STAGES = 3
"""Rows go, the log is written anew, and then the copies."""


def purge(prepared: Prepared, given: Mapping[str, str | None], *, yes: bool, as_json: bool = False) -> int:
    """Shows what would go and erases it, once its number was typed or `yes` was given. The exit status: 0 where it is done, or
    there is nothing to do; 1 where it was not confirmed.

    typer.BadParameter where an option means nothing; DataFolderError, naming the process, where another one holds the data folder; QueryLogError where there is no log.
    """
    return asyncio.run(
        _purge(prepared, {name: value for name, value in given.items() if value}, yes=yes, as_json=as_json)
    )


async def _purge(prepared: Prepared, given: Mapping[str, str], *, yes: bool, as_json: bool) -> int:
    data, say, out = prepared.settings.data.folder, prepared.phrases.say, console()
    store = GenerationStore(data)
    if not (data / FILE_NAME).is_file():
        raise QueryLogError(f"{data / FILE_NAME}: there is no log of questions yet; it begins when the bot first runs.")
    with store.lock():
        log = await open_log(prepared)
        try:
            now = datetime.now(UTC)
            filters = await reading(prepared, lambda reader: purge_filters_of(prepared, reader, given))
            eraser = Eraser(data, log, store)
            eraser.follow(forgets_on_disk(data, log))
            outline = await eraser.outline(filters, now)
            if as_json:
                erased = await _erase(prepared, eraser, filters, now) if yes and outline.total else None
                sys.stdout.write(json.dumps(portable(_plain(filters, outline, erased))) + "\n")
                return 0 if yes or not outline.total else 1
            for line in _lines(prepared.phrases, filters, outline):
                out.print(line)
            if not outline.total:
                return 0
            if not yes and not _confirmed(prepared.phrases, outline):
                return 1
            erased = await _erase(prepared, eraser, filters, now)
            out.print(say("cli.purge.done", count=erased.queries))
            return 0
        finally:
            await log.close()


async def _erase(prepared: Prepared, eraser: Eraser, filters: Filters, now: datetime) -> Erased:
    """Ctrl+C does not end it: what is gone already cannot be taken back, and the rest is to go, too."""
    with shown(prepared, _STAGES) as tell:

        def progress(stage: Stage, done: int, total: int) -> None:
            tell(Step(stage) if stage == "file" else Step(stage, done, total))

        work = asyncio.ensure_future(
            eraser.erase(Scope.filtered(filters), TERMINAL, now, details=told(filters), progress=progress)
        )
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            sys.stderr.write(f"{prepared.phrases.say('cli.purge.goes_on')}\n")
            return await work


def _plain(filters: Filters, outline: Outline, erased: Erased | None) -> dict[str, Any]:
    """What would go, by which filters, and how many questions went, as JSON; a moment that is damaged is null."""
    first, last = (at.isoformat() if at not in (None, UNDATED) else None for at in (outline.first, outline.last))
    return {
        "filters": told(filters),
        "questions": outline.total,
        "only_in_backups": outline.elsewhere,
        "first": first,
        "last": last,
        "commands": dict(outline.commands),
        "erased": erased.queries if erased is not None else 0,
    }


def _lines(phrases: Phrases, filters: Filters, outline: Outline) -> list[str]:
    said = one_line(", ".join(filter_words(phrases, filters, PLAIN)))
    if outline.first is None or outline.last is None:
        return [phrases.say("cli.purge.nothing", filters=said)]
    first, last = (said_moment(one)[:16] for one in (outline.first, outline.last))
    return [
        phrases.say("cli.purge.heading", count=outline.total, filters=said, first=first, last=last),
        *(phrases.say("cli.purge.command", command=one_line(name), count=count) for name, count in outline.commands),
        *([phrases.say("cli.purge.elsewhere", count=outline.elsewhere)] if outline.elsewhere else []),
        *([phrases.say("cli.purge.folded")] if filters.search.strip() else []),
        phrases.say("cli.purge.warning"),
    ]


def _confirmed(phrases: Phrases, outline: Outline) -> bool:
    """Whether somebody at a terminal typed the number; where nobody can, that is said."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        console().print(phrases.say("cli.purge.unasked"))
        return False
    sys.stdout.write(phrases.say("cli.purge.ask"))
    sys.stdout.flush()
    if sys.stdin.readline().strip().replace(",", "") == str(outline.total):
        return True
    console().print(phrases.say("cli.purge.kept"))
    return False
