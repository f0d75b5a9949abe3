"""`python bot.py restore`: the log from a copy, or an article that was taken out."""

import asyncio
import sys
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from kzbot.cli.backup import about, list_backups
from kzbot.cli.long_work import interruption, worked
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, moment, one_line
from kzbot.errors import GenerationError, KzbotError, QueryLogError
from kzbot.index.generation import Generation
from kzbot.index.held import withdrawn_titles
from kzbot.index.store import GenerationStore
from kzbot.operations.backups import Backups
from kzbot.operations.restoring import PREPARING, Coming, Restored, Restorer, cleaner, is_log
from kzbot.querylog.ledger.reader import holding_in
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.restore import Lost

_NEAR = 3


def restore_what(prepared: Prepared, what: str | None, *, yes: bool) -> int:
    """Restores the log where `what` is a copy of it, else the article with that id; without it lists both.

    The exit status. DataFolderError where another process holds the data folder.
    """
    if what is None:
        _list(prepared)
        return 0
    data = prepared.settings.data.folder
    file = Backups(data).named(what)
    if file is None and is_log(Path(what).expanduser()):
        file = Path(what).expanduser()
    if file is not None:
        return _restore_log(prepared, file, yes=yes)
    if what not in _withdrawn(prepared):
        _refuse_what_is_no_log(prepared, what)
        with GenerationStore(data).lock():
            _refuse_what_is_neither(prepared, what)
    from kzbot.cli.bring import take_out  # noqa: PLC0415 - articles need much that the log does not

    return take_out(prepared, what, back=True)


def _refuse_what_is_no_log(prepared: Prepared, what: str) -> None:
    """Raises QueryLogError for what can only be meant as a copy of the log, and is none."""
    path = Path(what).expanduser()
    if path.is_file():
        raise QueryLogError(f"{one_line(what)}: this file is no log of kzbot; `restore` alone lists the backups.")
    if what.endswith(".db") or what.startswith("kzbot-") or path.is_absolute():
        near = _near(prepared, what, [file.name for file in Backups(prepared.settings.data.folder).all()])
        raise QueryLogError(
            f"{one_line(what)}: there is no such backup and no such file; {near}`restore` alone lists them."
        )


def _refuse_what_is_neither(prepared: Prepared, what: str) -> None:
    """Raises KzbotError, with what comes nearest, for what can neither be meant as a backup nor as an article that was taken out;
    not where the log, which knows those, cannot be read."""
    try:
        titles = {id_: id_ for id_ in _taken_out(prepared)}
    except QueryLogError:
        return
    if titles:
        titles |= {id_: title for id_, title in asyncio.run(_titles(prepared)).items() if id_ in titles}
    if any(id_.startswith(what) or title.casefold() == what.casefold() for id_, title in titles.items()):
        return
    files = [file.name for file in Backups(prepared.settings.data.folder).all()]
    near = _near(prepared, what, [*files, *titles, *titles.values()])
    raise KzbotError(prepared.phrases.say("cli.restore.neither", what=one_line(what), near=near))


def _near(prepared: Prepared, what: str, names: list[str]) -> str:
    """The names that begin so or are much like it, as a part of a sentence; nothing where none is."""
    sought = {name.casefold(): name for name in reversed(names)}
    begun = [name for key, name in sought.items() if what and key.startswith(what.casefold())][:_NEAR]
    near = [sought[key] for key in get_close_matches(what.casefold(), sought, n=_NEAR, cutoff=0.6)]
    found = [one_line(name) for name in dict.fromkeys([*begun, *near])][:_NEAR]
    return prepared.phrases.say("cli.restore.near", names=", ".join(found)) + " " if found else ""


def _restore_log(prepared: Prepared, file: Path, *, yes: bool) -> int:
    data = prepared.settings.data.folder
    kept = prepared.settings.log
    restorer = Restorer(data, Backups(data), cleaner(data, kept.days, kept.audit_days))
    say, out = prepared.phrases.say, console()
    with interruption(prepared.phrases, "cli.restore.interrupted"), GenerationStore(data).lock():
        coming = worked(prepared, PREPARING, partial(restorer.prepare, file))
        try:
            for line in _coming(prepared, coming):
                out.print(line)
            if not yes and not _agreed(prepared):
                out.print(say("cli.restore.not_restored"))
                return 1
            out.print(say("cli.restore.at_work"))
            restoring, stages = partial(restorer.restore, coming, datetime.now(UTC)), restorer.stages(coming)
            done = worked(prepared, stages, restoring)
        finally:
            restorer.drop(coming)
    for line in _restored(prepared, coming, done):
        out.print(line)
    return 0


def _coming(prepared: Prepared, coming: Coming) -> list[str]:
    """What the copy holds, and what would be lost."""
    phrases, say = prepared.phrases, prepared.phrases.say
    lines = [say("cli.restore.copy", file=one_line(str(coming.source)), about=about(phrases, coming.held))]
    if coming.lost is None:
        return [*lines, say("cli.restore.unreadable")]
    if not (coming.lost.questions or coming.lost.deeds or coming.lost.overlays):
        return [*lines, say("cli.restore.nothing_lost")]
    return [*lines, say("cli.restore.lost"), *_lost(prepared, coming.lost)]


def _lost(prepared: Prepared, lost: Lost) -> list[str]:
    say = prepared.phrases.say
    lines = []
    if lost.questions and lost.first is not None and lost.last is not None:
        asked = say("cli.backup.questions", count=lost.questions)
        between = say("cli.backup.between", asked=asked, first=moment(lost.first), last=moment(lost.last))
        lines.append(say("cli.restore.lost_line", what=between))
    if lost.deeds:
        lines.append(say("cli.restore.lost_line", what=say("cli.backup.deeds", count=lost.deeds)))
    if lost.overlays:
        lines.append(say("cli.restore.lost_line", what=say("cli.restore.overlays", count=lost.overlays)))
    return lines


def _restored(prepared: Prepared, coming: Coming, done: Restored) -> list[str]:
    phrases, say = prepared.phrases, prepared.phrases.say
    lines = [say("cli.restore.log_done", about=about(phrases, done.held))]
    if done.saved is not None:
        key = "cli.restore.saved" if done.readable else "cli.restore.aside"
        lines.append(say(key, file=one_line(str(done.saved))))
    if gone := coming.held.questions - done.held.questions:
        lines.append(say("cli.restore.cleaned", count=gone))
    if coming.lost is None or coming.lost.laid_over:
        lines.append(say("cli.restore.laid_over"))
    return lines


def _agreed(prepared: Prepared) -> bool:
    """Whether a person says yes, where there is one."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    console().print(prepared.phrases.say("cli.restore.ask"))
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _list(prepared: Prepared) -> None:
    """Backups of the log, and articles that were taken out."""
    say, out = prepared.phrases.say, console()
    out.print(say("cli.restore.backups"))
    list_backups(prepared, as_json=False)
    withdrawn = _withdrawn(prepared)
    titles = asyncio.run(_titles(prepared)) if withdrawn else {}
    out.print(say("cli.restore.articles" if withdrawn else "cli.restore.no_articles"))
    for id_ in withdrawn:
        out.print(say("cli.restore.article", id=one_line(id_), title=one_line(titles.get(id_, id_))))


def _withdrawn(prepared: Prepared) -> list[str]:
    """The ids of the articles that were taken out, none where the log cannot be read."""
    try:
        return _taken_out(prepared)
    except QueryLogError:
        return []


def _taken_out(prepared: Prepared) -> list[str]:
    """The same; QueryLogError where the log cannot be read."""
    rows = holding_in(prepared.settings.data.folder / FILE_NAME)
    return list(dict.fromkeys(row.article for row in rows if row.kind == "withdrawal" and row.article))


async def _titles(prepared: Prepared) -> dict[str, str]:
    store = GenerationStore(prepared.settings.data.folder)
    applied = store.applied()
    if applied is None:
        return {}
    try:
        generation = await Generation.open(store.path(applied))
    except GenerationError:
        return {}
    try:
        return await withdrawn_titles(generation)
    finally:
        await generation.close()
