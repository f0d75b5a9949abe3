"""Reading a question as it is typed: `/command option: value option: value`, or as JSON."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kzbot.answers.commands import CommandSpec, OptionSpec, command_named, commands_of, known_command, title_of
from kzbot.answers.model import Option, Question
from kzbot.errors import QuestionError
from kzbot.language.names.book import Kind

FLAGS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
LONGEST_VALUE = 6000
PRIVATE = OptionSpec("private", kind="flag")
COMMAND = re.compile(r"\s*/?\s*([\w-]+)\s*", re.UNICODE)


def parse(line: str, kinds: Iterable[Kind] = ()) -> Question:
    """The question on one line; raises QuestionError with a phrase key where it is none.

    `kinds`: those of the corpus that is asked, which have commands of their own.

    A value runs to the next option name of this command followed by a colon, or to the end. What stands before the
    first option name is taken for the first option that takes text (`/search peacekeeping` asks the query).
    """
    commands = commands_of(kinds)
    if line.lstrip().startswith("{"):
        return _from_json(line, commands)
    if not line.lstrip().startswith("/"):
        raise QuestionError("answers.bad_request.no_command", example=f"/{commands[0].name}")
    found = COMMAND.match(line)
    command = _command(found[1] if found else "", commands)
    assert found is not None
    return checked(command, _split(command, _past_subcommand(command, line[found.end() :])))


def _from_json(line: str, commands: Sequence[CommandSpec]) -> Question:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise QuestionError("answers.bad_request.json") from None
    options = data.get("options", {}) if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("command"), str) or not isinstance(options, dict):
        raise QuestionError("answers.bad_request.json")
    return checked(_command(data["command"].removeprefix("/"), commands), options)


def _command(name: str, commands: Sequence[CommandSpec]) -> CommandSpec:
    command = command_named(name.lower(), commands)
    if command is None:
        raise no_such_command(name, commands)
    return command


def no_such_command(name: str, commands: Sequence[CommandSpec]) -> QuestionError:
    """What is wrong with a question of a command that is not among `commands`, with the nearest that is."""
    known = [spec.name for spec in commands]
    near = _nearest(name.lower(), known)
    return QuestionError("answers.bad_request.command", name=name[:50], near=near or ", /".join(known))


def _past_subcommand(command: CommandSpec, text: str) -> str:
    """The options of a command whose second word may be typed, as in Discord: `/check quote quote: ...`."""
    word, rest = text[: len(command.subcommand or "")], text[len(command.subcommand or "") :]
    return rest.lstrip() if word.lower() == command.subcommand and (not rest or rest[0].isspace()) else text


def _split(command: CommandSpec, text: str) -> dict[str, str]:
    names = "|".join(re.escape(option.name) for option in (*command.options, PRIVATE))
    marks = list(re.finditer(rf"(?:^|(?<=\s))({names})\s*:", text, re.IGNORECASE))
    options: dict[str, str] = {}
    head = text[: marks[0].start() if marks else len(text)].strip()
    if head:
        options[next(option.name for option in command.options if option.kind == "text")] = head
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        name = mark[1].lower()
        if name in options:
            raise QuestionError("answers.bad_request.twice", option=name)
        options[name] = text[mark.end() : end].strip()
    return options


def checked(command: CommandSpec, options: Mapping[str, object]) -> Question:
    """The question with its options read as their kinds; empty values are as good as not given.

    Raises QuestionError for an unknown option, a wrong kind, a value that is too long, or a required one missing.
    """
    read: dict[str, Option] = {}
    for name, value in options.items():
        option = PRIVATE if name == PRIVATE.name else command.option(name)
        if option is None:
            known = [spec.name for spec in command.options]
            raise QuestionError(
                "answers.bad_request.option", option=name[:50], command=command.name, known=", ".join(known)
            )
        given = _read(option, value)
        if given is not None and option is not PRIVATE:
            read[name] = given
    for option in command.options:
        if option.required and option.name not in read:
            raise QuestionError("answers.bad_request.required", option=option.name, command=command.name)
    return Question(command.name, read)


def _read(option: OptionSpec, value: object) -> Option | None:
    if option.kind == "flag":
        flag = value if isinstance(value, bool) else FLAGS.get(str(value).strip().lower())
        if flag is None and str(value).strip():
            raise QuestionError("answers.bad_request.flag", option=option.name, value=str(value)[:50])
        return flag
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise QuestionError("answers.bad_request.text", option=option.name)
    text = str(value).replace("\x00", "").strip()
    text = text.encode("utf-8", "replace").decode("utf-8")
    if len(text) > LONGEST_VALUE:
        raise QuestionError("answers.bad_request.long", option=option.name, limit=LONGEST_VALUE)
    return text or None


def typed(question: Question) -> str:
    """The question as a person would type it, here or in Discord, so that it can be sent again."""
    parts = [
        f"{name}: {str(value).lower() if isinstance(value, bool) else value}"
        for name, value in question.options.items()
    ]
    return " ".join([f"/{title_of(question.command)}", *parts])


def read_typed(line: str) -> Question:
    """The question that `typed` wrote on this line, of whichever profile's command; QuestionError where there is none."""
    found = COMMAND.match(line)
    if found is None:
        raise QuestionError("answers.bad_request.no_command", example="/timeline")
    command = known_command(found[1].lower())
    return checked(command, _split(command, _past_subcommand(command, line[found.end() :])))


def _nearest(name: str, known: Iterable[str]) -> str | None:
    found = process.extractOne(name, list(known), scorer=OSA.normalized_similarity, score_cutoff=0.5)
    return found[0] if found else None
