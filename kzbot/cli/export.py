"""`--export FILE`: an answer's whole list as a file, in the form that the suffix names."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from kzbot.answers.model import Answer, Question
from kzbot.errors import KzbotError
from kzbot.phrases import Phrases

SUFFIXES = (".csv", ".json", ".ics", ".png")


def fault_of(file: Path, force: bool, suffixes: Sequence[str] = SUFFIXES) -> str | None:
    """What is wrong with this file as a place to export to, in words; None where nothing is."""
    if file.suffix.lower() not in suffixes:
        among = " or ".join(filter(None, (", ".join(suffixes[:-1]), suffixes[-1])))
        return f"FILE ends in {among}, which names the form; not {file.name}"
    if not force and file.exists():
        return f"{file} exists; --force replaces it"
    return None


def export(answer: Answer, phrases: Phrases, file: Path, *, force: bool) -> str:
    """Writes the file and says so in a sentence; `file` is one in which `fault_of` finds no fault.

    Raises KzbotError where the answer has no list or no date to draw, or the file cannot be written; a file that stands
    there is replaced with `force` only.
    """
    if not (answer.items or answer.undated):
        raise KzbotError(phrases.say("cli.export.nothing", file=file))
    data, held = _made(answer, phrases, file)
    write(file, data, phrases, force=force)
    said = phrases.say("cli.export.items", count=len(answer.items))
    if held < len(answer.items):
        said = phrases.say("cli.export.first", shown=phrases.number(held), items=said)
    if answer.undated:
        undated = phrases.say("cli.answer.undated", count=len(answer.undated))
        both = file.suffix.lower() in (".csv", ".json")
        said = phrases.say("cli.export.and" if both else "cli.export.without", items=said, undated=undated)
    return phrases.say("cli.export.written", file=file, items=said, generation=answer.generation)


def _made(answer: Answer, phrases: Phrases, file: Path) -> tuple[bytes, int]:
    """The file, and how many of the items it was made of; a picture has room for the first ones."""
    from kzbot.output import calendar_file, exports, picture  # noqa: PLC0415 - a question without --export does not wait for them

    match file.suffix.lower():
        case ".png":
            if not picture.can_draw(answer):
                raise KzbotError(phrases.say("cli.export.no_dates", file=file))
            drawn = picture.draw(answer, phrases, dark=False)
            return drawn.data, drawn.drawn
        case ".csv":
            form: exports.Form = "csv"
        case ".json":
            form = "json"
        case _:
            if not calendar_file.can_hold(answer):
                raise KzbotError(phrases.say("cli.export.no_days", file=file))
            form = "ics"
    return exports.export(answer, form, phrases, Question(answer.command, answer.options)).data, len(answer.items)


def write(file: Path, data: bytes, phrases: Phrases, *, force: bool) -> None:
    """All of it or nothing: beside the file first, which is then put in its place; KzbotError where that cannot be."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(data)
        if not force:
            file.touch(exist_ok=False)
        part.replace(file)
    except FileExistsError:
        raise KzbotError(phrases.say("cli.export.exists", file=file)) from None
    except OSError as error:
        raise KzbotError(phrases.say("cli.export.unwritable", file=file, reason=error.strerror or error)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
