"""`python bot.py ask`: one question or a batch, answered from the applied generation, without a lock and without a log."""

import asyncio
import json
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from kzbot.answers.commands import command_named, commands_of
from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Question, Window
from kzbot.answers.question import parse
from kzbot.answers.receipts import bad_request
from kzbot.cli.prepared import Prepared
from kzbot.errors import GenerationError, QuestionError
from kzbot.index.generation import Generation
from kzbot.index.inspect import is_current, is_readable
from kzbot.index.store import GenerationStore
from kzbot.operations.reload import ReloadReport, reload, start
from kzbot.output.contract import as_json
from kzbot.phrases import Phrases

# Ends of lines that JSON lets stand and readers of lines split at.
_LINE_ENDS = {"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"}
_COMMAND = re.compile(r'\s*(?:\{\s*"command"\s*:\s*")?/?([\w-]+)')


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked and how it is printed: `line` None reads questions from standard input.

    `corpus`: another folder of articles than the configured one; `scratch`: indexed for this once only. `limit`: excerpts
    printed for people, 0 for all. `export`: a file that is written instead; `force`: also where it stands there already.
    """

    line: str | None
    as_json: bool
    limit: int
    corpus: Path | None = None
    scratch: bool = False
    export: Path | None = None
    force: bool = False


def ask_questions(prepared: Prepared, asking: Asking) -> int:
    """Answers and prints, or writes a file; the exit status: 0 for an answer of any status, 1 where no file came of it.

    GenerationError or DataFolderError where there is nothing to answer from; KzbotError where the file is not written.
    """
    if not asking.scratch:
        return asyncio.run(_ask(prepared, asking, prepared.settings.data.folder))
    with tempfile.TemporaryDirectory(prefix="kzbot-") as folder:
        return asyncio.run(_ask(prepared, asking, Path(folder)))


async def _ask(prepared: Prepared, asking: Asking, data: Path) -> int:
    async with _opened(prepared, asking, data) as generation:
        if asking.line is None:
            for line in _lines(sys.stdin.buffer):
                _write(await _answered(line, generation), prepared.phrases)
            return 0
        made = await _answered(asking.line, generation)
        if asking.as_json:
            _write(made, prepared.phrases)
            return 0
    from kzbot.cli.show import print_answer  # noqa: PLC0415 - JSON does without rich
    from kzbot.cli.terminal import console  # noqa: PLC0415

    listed = bool(made.items or made.undated)
    if asking.export is None or not listed:
        print_answer(console(), prepared.phrases, made, asking.limit)
    if asking.export is not None:
        if made.status == "bad_request":
            return 1
        from kzbot.cli.export import export  # noqa: PLC0415 - see above
        from kzbot.cli.terminal import safe  # noqa: PLC0415

        console().print(safe(export(made, prepared.phrases, asking.export, force=asking.force)))
    return 0


async def _answered(line: str, generation: Generation) -> Answer:
    """The answer to a line as it was typed; a line that is no question gives `bad_request`."""
    try:
        question = parse(line, generation.kinds)
    except QuestionError as error:
        found = _COMMAND.match(line)
        name = found[1].lower() if found else ""
        known = command_named(name, commands_of(generation.kinds)) is not None
        return bad_request(Question(name if known else ""), generation, error.key, error.values)
    return await answer(question, generation, Window(), _today())


def _today() -> date:
    return datetime.now().astimezone().date()


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Lines ended by a newline and by nothing else; what is not UTF-8 is replaced."""
    for number, raw in enumerate(stream):
        text = raw.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
        yield text.removeprefix("\ufeff") if number == 0 else text


def _write(made: Answer, phrases: Phrases) -> None:
    line = json.dumps(as_json(made, phrases), ensure_ascii=False, separators=(",", ":"))
    for mark, escaped in _LINE_ENDS.items():
        line = line.replace(mark, escaped)
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


@asynccontextmanager
async def _opened(prepared: Prepared, asking: Asking, data: Path) -> AsyncIterator[Generation]:
    store = GenerationStore(data)
    generation = await Generation.open(store.path(await _applied(prepared, asking, store)))
    try:
        yield generation
    finally:
        await generation.close()


async def _applied(prepared: Prepared, asking: Asking, store: GenerationStore) -> str:
    """The generation to ask. The bot's own is taken as it is; another corpus is brought up to date first."""
    applied = store.applied()
    sources = prepared.sources(asking.corpus)
    if applied is not None:
        path = store.path(applied)
        if is_readable(path) if asking.corpus is None else is_current(path, sources):
            return applied
    from kzbot.cli.terminal import build_progress  # noqa: PLC0415 - rarely needed, and rich takes its time

    with build_progress(prepared.phrases) as progress:
        if asking.corpus is None:
            report = await start(sources, store, progress=progress)
        else:
            report = await reload(sources, store, force=True, progress=progress)
    _tell_rejected(prepared.phrases, report)
    if report.summary is not None and not report.summary.articles:
        sys.stderr.write(f"{prepared.phrases.say('cli.doctor.corpus_empty', folder=sources.folder)}\n")
    if report.generation is None:
        raise GenerationError(prepared.phrases.say(report.reason or "cli.index.none", **report.values))
    return report.generation


def _tell_rejected(phrases: Phrases, report: ReloadReport) -> None:
    if report.summary is not None:
        from kzbot.cli.summary import print_rejected  # noqa: PLC0415 - see above
        from kzbot.cli.terminal import console  # noqa: PLC0415

        print_rejected(console(errors=True), phrases, report.summary)
