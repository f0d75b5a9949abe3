"""`python bot.py ask`: one question or a batch, answered from the applied generation, without a lock and without a log."""

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from kzbot.answers.commands import command_named, commands_of
from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Question, Window
from kzbot.answers.question import parse
from kzbot.answers.receipts import bad_request
from kzbot.cli.opened import opened
from kzbot.cli.prepared import Prepared
from kzbot.cli.scratch import scratch_folder
from kzbot.errors import QuestionError
from kzbot.index.generation import Generation
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
    with scratch_folder() as folder:
        return asyncio.run(_ask(prepared, asking, folder))


async def _ask(prepared: Prepared, asking: Asking, data: Path) -> int:
    async with opened(prepared, asking.corpus, data) as generation:
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
    return datetime.now(UTC).date()


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
