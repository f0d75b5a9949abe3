"""`python bot.py log review`: the one step that mends a group of questions without a good answer, as `/log unanswered` has it."""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import typer

from kzbot.cli.keeping import holding
from kzbot.cli.log.beside import spelled_beside, unspelled_beside
from kzbot.cli.log.known import served
from kzbot.cli.log.unanswered import plain_group, question_words
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import build_progress, console, one_line
from kzbot.errors import DataFolderError, KzbotError, QuestionError
from kzbot.operations.corrections.correcting import Corrected, Corrector, Tell
from kzbot.operations.corrections.spelling import spelling_record
from kzbot.operations.health import is_running
from kzbot.operations.reviewing import mark, note_source, note_spelling
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.review.beside import review_beside
from kzbot.querylog.review.reader import ReviewReader
from kzbot.querylog.review.review import Review
from kzbot.querylog.review.rows import Group, ReviewKind
from kzbot.querylog.rows import portable, storable

Step = Literal["source", "spelling", "tell", "dismiss", "undo"]
UNDOABLE: dict[str, ReviewKind] = {"source": "source", "spelling": "spelling", "tell": "tell", "dismiss": "dismissed"}
"""What `--undo` takes, and the review that it takes back."""
_OF_THE_NAME = ("no_name", "no_name_near", "names_fit")


@dataclass(frozen=True, slots=True)
class Reviewing:
    """One step for the group of question `number`. `text`: the remark, the spelling, or what is undone; `name`: of the spelling."""

    number: int
    step: Step
    text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Done:
    """A correction that was laid or taken back, with what the name book calls its name; `beside`: by the running bot."""

    made: Corrected
    name: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of a step: in a word, and in lines for people."""

    outcome: str
    lines: list[str]


def review(prepared: Prepared, steps: Sequence[Reviewing], *, as_json: bool = False) -> None:
    """Takes the step for the group of each, once for each group, and says what came of it and how it is taken back.

    typer.BadParameter where the name or the spelling means nothing; KzbotError where the log has no such question or group,
    there is nobody to tell or nothing to undo, or a spelling is to be laid or lifted while another process than the bot holds the data folder.
    """
    asyncio.run(_reviewed(prepared, steps, as_json=as_json))


async def _reviewed(prepared: Prepared, steps: Sequence[Reviewing], *, as_json: bool) -> None:
    """Nothing is done where one of them is in no group."""
    path, alike = prepared.settings.data.folder / FILE_NAME, set[str]()
    async with review_beside(path) as reviews:
        groups = [await _group(prepared, reviews, how.number) for how in steps]
    for how, group in zip(steps, groups, strict=True):
        if group.alike in alike:
            continue
        alike.add(group.alike)
        came = await _taken(prepared, how)
        if not as_json:
            for line in came.lines:
                console().print(one_line(line))
            continue
        async with review_beside(path) as reviews:
            now = await reviews.group_of(how.number)
        step = {"step": how.step, "undone": how.text if how.step == "undo" else None, "outcome": came.outcome}
        made = {**step, "group": None if now is None else plain_group(now)}
        sys.stdout.write(json.dumps(portable(made), ensure_ascii=False) + "\n")


async def _taken(prepared: Prepared, how: Reviewing) -> _Came:
    async with review_beside(prepared.settings.data.folder / FILE_NAME) as reviews:
        group = await _group(prepared, reviews, how.number)
        if how.step == "source":
            await note_source(reviews, group, how.text, TERMINAL, _now())
        elif how.step == "dismiss" and not await mark(reviews, group, "dismissed", TERMINAL, _now()):
            return _Came("already", [_said(prepared, "cli.review.dismissed_already", group)])
        elif how.step == "tell":
            return await _tell(prepared, reviews, group, how.number)
        elif how.step == "undo" and how.text != "spelling":
            return await _undo(prepared, reviews, group, how)
        if how.step in ("source", "dismiss"):
            said = [_said(prepared, f"cli.review.{how.step}", group), _back(prepared, how.number, how.step)]
            return _Came("done", said)
    if how.step == "undo":
        return await _unspell(prepared, group)
    return await _spell(prepared, group, how)


async def _group(prepared: Prepared, reviews: ReviewReader, number: int) -> Group:
    group = await reviews.group_of(number)
    if group is not None:
        return group
    say, row = prepared.phrases.say, await reviews.question(number)
    if row is None:
        raise KzbotError(say("cli.review.no_question", number=number))
    status = say(f"chat.log.status.{row.status}")
    raise KzbotError(one_line(say("cli.review.no_group", number=number, question=question_words(row), status=status)))


async def _tell(prepared: Prepared, reviews: Review, group: Group, number: int) -> _Came:
    """Asks for it; the bot does it, now or when it next runs."""
    wishes, data = group.wishes.get("open", 0), prepared.settings.data.folder
    if not wishes:
        raise KzbotError(one_line(_said(prepared, "cli.review.nobody", group)))
    new = await mark(reviews, group, "tell", TERMINAL, _now())
    when = "running" if is_running(data) else "stopped"
    said = prepared.phrases.say(
        f"cli.review.{'tell' if new else 'tell_already'}", count=wishes, question=question_words(group.latest)
    )
    lines = [said, prepared.phrases.say(f"cli.review.tell_{when}"), _back(prepared, number, "tell")]
    return _Came("done" if new else "already", lines)


async def _undo(prepared: Prepared, reviews: Review, group: Group, how: Reviewing) -> _Came:
    found = group.review(UNDOABLE[how.text])
    if found is None or (found.kind == "dismissed" and not group.closed):
        raise KzbotError(one_line(_said(prepared, f"cli.review.nothing.{how.text}", group)))
    if not await reviews.undo(found.number, TERMINAL, _now()):
        raise KzbotError(one_line(_said(prepared, f"cli.review.nothing.{how.text}", group)))
    return _Came("done", [_said(prepared, f"cli.review.undone.{how.text}", group)])


async def _spell(prepared: Prepared, group: Group, how: Reviewing) -> _Came:
    name, spelling = storable(how.name), storable(how.text)

    async def lay(log: QueryLog, corrector: Corrector, progress: Tell) -> _Done:
        async with served(prepared) as generation:
            if generation is None:
                raise KzbotError(prepared.phrases.say("cli.review.no_state"))
            record, canonical = await spelling_record(log.ledger, generation, name, spelling, TERMINAL, _now())
        made = await corrector.lay(record, progress=progress)
        if made.overlay is not None:
            laid = made.overlay
            await note_spelling(log.review, group, laid.words or spelling, laid.number, TERMINAL, _now())
        return _Done(made, canonical)

    try:
        try:
            done = await _corrected(prepared, lay)
        except DataFolderError:
            if not is_running(prepared.settings.data.folder):
                raise
            made, record, canonical = await spelled_beside(prepared, group, name, spelling)
            if made is None:
                return _Came("asked", [prepared.phrases.say("cli.review.left_asked")])
            if made.kind == "gone":
                raise KzbotError(prepared.phrases.say("cli.review.erased")) from None
            spelling, done = record.words or spelling, _Done(made, canonical, beside=True)
    except QuestionError as error:
        wrong = "--name" if error.key.rpartition(".")[2] in _OF_THE_NAME else "--spelling"
        said = one_line(prepared.phrases.say(error.key, **error.values))
        raise typer.BadParameter(said, param_hint=wrong) from None
    words = done.made.overlay.words if done.made.overlay is not None else spelling
    said = prepared.phrases.say(f"cli.review.spelled_{_outcome(prepared, done)}", spelling=words, name=done.name)
    return _Came(done.made.kind, [said, _back(prepared, how.number, "spelling")])


async def _unspell(prepared: Prepared, group: Group) -> _Came:
    found = group.review("spelling")
    number = found.overlay if found is not None else None
    if found is None or number is None:
        raise KzbotError(one_line(_said(prepared, "cli.review.nothing.spelling", group)))

    async def lift(log: QueryLog, corrector: Corrector, progress: Tell) -> _Done:
        return _Done(await corrector.undo(number, TERMINAL, progress=progress))

    try:
        done = await _corrected(prepared, lift)
    except DataFolderError:
        if not is_running(prepared.settings.data.folder):
            raise
        made = await unspelled_beside(prepared, found.number)
        if made is None:
            return _Came("asked", [prepared.phrases.say("cli.review.left_asked")])
        done = _Done(made, beside=True)
    said = prepared.phrases.say(f"cli.review.unspelled_{_outcome(prepared, done)}", spelling=found.remark)
    return _Came(done.made.kind, [said])


def _outcome(prepared: Prepared, done: _Done) -> str:
    """What came of it, as the end of a phrase's key; KzbotError where nothing did."""
    say, made = prepared.phrases.say, done.made
    if made.kind == "refused" and made.outcome is not None and made.outcome.reason is not None:
        raise KzbotError(one_line(say(made.outcome.reason, **made.outcome.values)))
    if made.kind in ("nothing", "gone", "refused"):
        raise KzbotError(say(f"cli.review.{'gone' if made.kind == 'gone' else 'no_change'}"))
    return "waits_beside" if made.kind == "waits" and done.beside else made.kind


async def _corrected(
    prepared: Prepared, work: Callable[[QueryLog, Corrector, Tell], Coroutine[Any, Any, _Done]]
) -> _Done:
    """What lays or lifts a correction, while this process holds the data folder; Ctrl+C does not leave it half done."""
    async with AsyncExitStack() as held:
        try:
            keeper, log = await held.enter_async_context(holding(prepared))
        except DataFolderError as error:
            raise DataFolderError(f"{error} {prepared.phrases.say('cli.review.in_the_chat')}") from None
        progress = held.enter_context(build_progress(prepared.phrases))
        task = asyncio.ensure_future(work(log, Corrector(keeper, log.ledger), progress))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            sys.stderr.write(f"{prepared.phrases.say('cli.review.goes_on')}\n")
            return await task


def _said(prepared: Prepared, key: str, group: Group) -> str:
    return prepared.phrases.say(key, question=question_words(group.latest))


def _back(prepared: Prepared, number: int, step: str) -> str:
    return prepared.phrases.say("cli.review.back", number=number, step=step)


def _now() -> datetime:
    return datetime.now(UTC)
