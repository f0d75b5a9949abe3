"""`python bot.py corrections`: what moderators corrected in the chat and still holds, for people or to be taken over by hand."""

import asyncio
import sys
from contextlib import suppress

from kzbot.cli.keeping import said_person
from kzbot.cli.opened import opened
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import moment, one_line
from kzbot.errors import GenerationError
from kzbot.operations.corrections.taking_over import Held, as_yaml, held, unknown
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.reader import holding_in
from kzbot.querylog.log import FILE_NAME


def list_corrections(prepared: Prepared, *, as_lines: bool) -> None:
    """Prints them, the oldest first; with `as_lines` as YAML for metadata and name book. QueryLogError where kzbot.db cannot
    be read."""
    found, phrases = asyncio.run(_held(prepared)), prepared.phrases
    if not found:
        sys.stdout.write(f"{'# ' if as_lines else ''}{phrases.say('cli.corrections.none')}\n")
        return
    if as_lines:
        head = "".join(f"# {line}\n" for line in phrases.say("chat.corrections.yaml_head").splitlines())
        sys.stdout.buffer.write((head + as_yaml(found)).encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    for one in found:
        sys.stdout.write(f"{one_line(_said(phrases, one))}\n")


async def _held(prepared: Prepared) -> list[Held]:
    """What holds, as the served generation knows it; where there is none, without that."""
    data = prepared.settings.data.folder
    rows = [row for row in await asyncio.to_thread(holding_in, data / FILE_NAME) if row.kind != "withdrawal"]
    if not rows:
        return []
    with suppress(GenerationError):
        async with opened(prepared, None, data) as generation:
            return await held(generation, rows)
    return unknown(rows)


def _said(phrases: Phrases, one: Held) -> str:
    say, row = phrases.say, one.row
    if row.kind == "spelling":
        said = say("cli.corrections.spelling", words=row.words or "", name=one.about or row.name or "")
    elif row.edtf is None:
        said = say("cli.corrections.no_date", words=row.words or "", article=one.file or row.article or "")
    else:
        said = say("cli.corrections.date", words=row.words or "", article=one.file or row.article or "", edtf=row.edtf)
    notes = [
        moment(row.at),
        *([said_person(phrases, row.actor.user)] if row.actor.user is not None else []),
    ]
    if one.redundant:
        notes.append(say("chat.corrections.redundant"))
    elif one.idle:
        notes.append(say("chat.corrections.idle", reason=one.idle))
    return say("cli.corrections.line", number=row.number, said=said, notes=", ".join(notes))
