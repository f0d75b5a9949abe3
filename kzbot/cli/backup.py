"""`python bot.py backup`: makes a checked copy of the log, or lists those that there are."""

import json
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from kzbot.cli.long_work import interruption, worked
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, moment, one_line
from kzbot.errors import QueryLogError
from kzbot.operations.backups import Backups
from kzbot.phrases import Phrases
from kzbot.querylog.backup import Held, made_at
from kzbot.querylog.working import Tell


def make_backup(prepared: Prepared, to: Path | None, as_json: bool) -> None:
    """Makes one, and says where it is and what it holds; QueryLogError where none could be made."""
    backups, now = Backups(prepared.settings.data.folder), datetime.now(UTC)
    making = partial(backups.made, now) if to is None else partial(backups.elsewhere, to.expanduser(), now)
    with interruption(prepared.phrases, "cli.backup.interrupted"):
        file, held = worked(prepared, 2, making)
    if as_json:
        _print_json(file, held, None)
        return
    say, out = prepared.phrases.say, console()
    out.print(say("cli.backup.made", file=one_line(str(file))))
    out.print(say("cli.backup.holds", about=about(prepared.phrases, held)))
    out.print(say("cli.backup.lacks"))
    if to is not None:
        out.print(say("cli.backup.elsewhere"))


def list_backups(prepared: Prepared, as_json: bool) -> None:
    """Prints the backups of the data folder, the latest first, each looked through."""
    backups = Backups(prepared.settings.data.folder)
    say, out = prepared.phrases.say, console()
    files = backups.all()[::-1]
    for file in files:
        held, damage = worked(prepared, 1, partial(looked, backups, file))
        if as_json:
            _print_json(file, held, damage)
            continue
        values = {"name": one_line(file.name), "when": moment(made_at(file))}
        if held is not None:
            out.print(say("cli.backup.line", **values, about=about(prepared.phrases, held)))
        else:
            out.print(say("cli.backup.damaged", **values, reason=one_line(damage or "")))
    if not as_json:
        out.print(say("cli.backup.how" if files else "cli.backup.none"))


def looked(backups: Backups, file: Path, tell: Tell) -> tuple[Held | None, str | None]:
    """What a copy holds, or why it cannot be used."""
    try:
        return backups.check(file, tell), None
    except QueryLogError as error:
        return None, str(error)


def about(phrases: Phrases, held: Held) -> str:
    """What a copy holds, in a line: questions, from when to when, deeds, size, schema."""
    asked = phrases.say("cli.backup.questions", count=held.questions)
    if held.first is not None and held.last is not None:
        asked = phrases.say("cli.backup.between", asked=asked, first=moment(held.first), last=moment(held.last))
    deeds = phrases.say("cli.backup.deeds", count=held.deeds)
    kilobytes = phrases.number(-(-held.size // 1024))
    return phrases.say("cli.backup.about", asked=asked, deeds=deeds, kilobytes=kilobytes, schema=held.schema)


def _print_json(file: Path, held: Held | None, damage: str | None) -> None:
    found: dict[str, object] = {"file": str(file), "made": made_at(file).isoformat(), "sound": held is not None}
    if held is not None:
        found |= {
            "questions": held.questions,
            "first": held.first.isoformat() if held.first else None,
            "last": held.last.isoformat() if held.last else None,
            "deeds": held.deeds,
            "bytes": held.size,
            "schema": held.schema,
        }
    else:
        found["damage"] = damage
    sys.stdout.write(json.dumps(found) + "\n")
