"""`python bot.py add`, `remove` and `restore`: the same steps as in the chat, asked for at a terminal."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kzbot.cli.bringing import importer_for, remover_for
from kzbot.cli.keeping import keeper_for
from kzbot.cli.log_file import open_log
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import build_progress, console, one_line
from kzbot.errors import GenerationError
from kzbot.index.store import GenerationStore
from kzbot.operations.importing.batch import Batch, Piece, Sent
from kzbot.operations.importing.importer import Added, Importer
from kzbot.operations.importing.reading import Arrived, too_large
from kzbot.operations.importing.unfinished import take_back_unfinished
from kzbot.operations.keeper import Keeper
from kzbot.operations.outcome import Outcome
from kzbot.operations.planning.text import plan_lines
from kzbot.operations.removing import Remover
from kzbot.operations.shelf import Shelf
from kzbot.operations.taking_in import take_in
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.rows import TERMINAL

_LISTED = 20


@dataclass(frozen=True, slots=True)
class Described:
    """What the options say of the one article; None where they say nothing."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    ground: str | None = None

    @property
    def given(self) -> dict[str, str]:
        """What was said, by the fields of the form."""
        fields = ("title", "url", "publisher", "published", "ground")
        return {field: value for field in fields if (value := getattr(self, field)) is not None}


@dataclass(frozen=True, slots=True)
class _Hands:
    importer: Importer
    remover: Remover
    keeper: Keeper


def add_files(prepared: Prepared, files: Sequence[Path], described: Described, *, yes: bool) -> int:
    """Adds articles from files; the exit status: 0 where they are served now."""
    return asyncio.run(_add(prepared, files, described, yes))


def take_out(prepared: Prepared, article: str, *, back: bool, confirm: str | None = None) -> int:
    """Withdraws an article, or brings it back; the exit status: 0 where that is served now. `confirm`: what a plan that is
    dangerous asks for."""
    return asyncio.run(_take_out(prepared, article, back, confirm))


async def _add(prepared: Prepared, files: Sequence[Path], described: Described, yes: bool) -> int:
    phrases, out = prepared.phrases, console()
    async with _hands(prepared) as hands:
        arrived = await asyncio.to_thread(_arrived, files, hands.importer.most)
        key = f"terminal-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        batch = await _described(hands.importer, key, arrived, described)
        for sent in batch.sent:
            for line in _lines(phrases, sent):
                out.print(line)
        if not batch.ready:
            out.print(phrases.say("cli.add.missing" if batch.missing else "cli.add.nothing"))
        elif yes or _agreed(phrases, len(batch.addable)):
            with build_progress(phrases) as progress:
                added = await hands.importer.add(key, TERMINAL, progress)
            return await _finished(phrases, hands.keeper, added)
        else:
            out.print(phrases.say("cli.add.not_added"))
        await hands.importer.cancel(key)
        return 1


async def _described(importer: Importer, key: str, arrived: Sequence[Arrived], described: Described) -> Batch:
    """The batch, with what the options say of the one article in it."""
    batch = await importer.keep(key, None, await importer.read(arrived))
    if not described.given or not batch.addable:
        return batch
    single = [number for number, sent in enumerate(batch.sent) if len(sent.addable) == len(sent.pieces) == 1]
    if len(batch.addable) != 1 or len(single) != 1:
        await importer.cancel(key)
        raise GenerationError(
            "The options describe one article; give one file with one article in it, or leave them out."
        )
    form = batch.sent[single[0]].pieces[0].form
    fields = {field: getattr(form, field) for field in ("title", "url", "publisher", "published", "ground")}
    return await importer.fill_in(key, single[0], **{**fields, **described.given}) or batch


async def _finished(phrases: Phrases, keeper: Keeper, added: Added | None) -> int:
    """Applies the plan that adding made, unless it is dangerous."""
    out = console()
    if added is None:
        out.print(phrases.say("cli.add.nothing"))
        return 1
    for one in added.written:
        out.print(phrases.say("cli.add.added", id=one_line(one.id), title=one_line(one.title)))
    for left in added.left:
        out.print(phrases.say("cli.add.left", title=one_line(left.title), reason=one_line(left.reason)))
    if added.failed is not None:
        out.print(phrases.say("cli.add.failed", reason=one_line(added.failed)))
    if added.outcome is None:
        return 1
    outcome = added.outcome
    if outcome.kind == "planned" and outcome.plan is not None and not outcome.plan.danger:
        outcome = await keeper.apply(outcome.plan.candidate, TERMINAL, way="import")
    return _told(phrases, outcome)


async def _take_out(prepared: Prepared, article: str, back: bool, confirm: str | None) -> int:
    phrases, out = prepared.phrases, console()
    async with _hands(prepared) as hands:
        with build_progress(phrases) as progress:
            change = hands.remover.restore if back else hands.remover.remove
            done = await change(article, TERMINAL, progress)
        outcome = done.outcome
        if outcome is not None and outcome.kind == "planned" and outcome.plan is not None and confirm is not None:
            outcome = await hands.keeper.apply(outcome.plan.candidate, TERMINAL, way="removal", typed=confirm)
    named = {"id": one_line(done.article), "title": one_line(done.title or done.article)}
    if outcome is None:
        out.print(phrases.say(done.reason or "operations.removing.unknown", **named))
        return 1
    out.print(phrases.say("cli.restore.done" if back else "cli.remove.done", **named))
    return _told(phrases, outcome)


def _told(phrases: Phrases, outcome: Outcome) -> int:
    """Says what became of the corpus; the exit status."""
    out = console()
    if outcome.plan is not None and outcome.kind != "applied":
        for line in plan_lines(outcome.plan, phrases, _LISTED):
            out.print(line)
    if outcome.kind in ("applied", "unchanged"):
        out.print(phrases.say(f"cli.index.{outcome.kind}", generation=outcome.generation))
        return 0
    if outcome.kind == "refused" and outcome.reason is not None:
        out.print(one_line(phrases.say(outcome.reason, **outcome.values)))
        return 1
    typed = outcome.plan.confirmation if outcome.plan else None
    out.print(phrases.say("cli.index.waits_typed" if typed else "cli.index.waits", typed=typed))
    return 1


def _arrived(files: Sequence[Path], most: int) -> list[Arrived]:
    """The files with the metadata that lies beside them; blocking."""
    beside = [file.with_suffix(".yaml") for file in files if file.suffix.lower() != ".yaml"]
    every = dict.fromkeys([*files, *(file for file in beside if file.is_file())])
    return [_one(file, most) for file in every]


def _one(file: Path, most: int) -> Arrived:
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        return Arrived(file.name, reason=f"it cannot be read ({error.strerror}); give kzbot the right to read it.")
    return Arrived(file.name, data) if len(data) <= most else Arrived(file.name, reason=too_large(most))


def _lines(phrases: Phrases, sent: Sent) -> list[str]:
    """What was found in a file, for a terminal."""
    say, name = phrases.say, one_line(sent.name)
    if sent.reason is not None:
        return [say("cli.add.left", title=name, reason=one_line(sent.reason))]
    lines = [line for piece in sent.pieces[:_LISTED] for line in _about(phrases, name, piece)]
    if len(sent.pieces) > _LISTED:
        lines.append(say("cli.add.more", count=len(sent.pieces) - _LISTED))
    for one in sent.refused[:_LISTED]:
        lines.append(say("cli.add.line", name=name, line=one.line, reason=one_line(one.reason)))
    return lines


def _about(phrases: Phrases, name: str, piece: Piece) -> list[str]:
    say, known = phrases.say, piece.known
    title = one_line(known.title) if known.title else say("cli.add.no_title")
    date = say(f"cli.add.{known.basis}", date=phrases.date(known.published) if known.published else "")
    said = [part for part in (known.publisher, known.url) if part]
    lines = [say("cli.add.found", name=name, title=title, date=date)]
    lines += [f"  {one_line(part)}" for part in said]
    lines += [say("cli.add.fault", reason=one_line(fault)) for fault in piece.faults]
    if piece.twin is not None:
        lines.append(say(f"cli.add.twin.{piece.twin.kind}", id=one_line(piece.twin.id or name)))
    return lines


def _agreed(phrases: Phrases, count: int) -> bool:
    """Whether a person says yes, where there is one."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    console().print(phrases.say("cli.add.ask", count=count))
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


@asynccontextmanager
async def _hands(prepared: Prepared) -> AsyncIterator[_Hands]:
    """What works on the corpus, while this process holds the data folder; DataFolderError where another one does."""
    data = prepared.settings.data.folder
    store = GenerationStore(data)
    with store.lock():
        served = store.applied()
        if served is None:
            with build_progress(prepared.phrases) as progress:
                served = (await take_in(prepared.sources(), store, progress=progress)).generation
        log = await open_log(prepared)
        await take_back_unfinished(data, log.ledger)
        shelf = await Shelf.open(store.path, served)
        try:
            keeper = keeper_for(prepared, store, log, shelf)
            importer = importer_for(prepared, keeper, log, shelf)
            await importer.tidy()
            yield _Hands(importer, remover_for(keeper, log, shelf), keeper)
        finally:
            await shelf.close()
            await log.close()
