"""Answers as files to take away: tables, JSON and calendars."""

import re
from dataclasses import dataclass
from typing import Literal

from anyascii import anyascii

from kzbot.answers.model import Answer, Question
from kzbot.answers.question import typed
from kzbot.output import calendar_file, json_file, table
from kzbot.phrases import Phrases

Form = Literal["csv", "json", "ics"]
MEDIA_TYPES: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class File:
    """A file to send: `name` is plain ASCII, made of the question and the generation."""

    name: str
    data: bytes
    media_type: str


def export(answer: Answer, form: Form, phrases: Phrases, question: Question) -> File:
    """The answer's whole list as a file, with the question, how its dates were read, and the generation in it.

    The same answer gives the same bytes. Raises ValueError for an answer that holds only a window of its list: a file
    is never a page.
    """
    held, listed = len(answer.items) + len(answer.undated), answer.listed + answer.undated_in_all
    if answer.offset or answer.undated_offset or held < listed:
        raise ValueError(f"{held} of {listed} statements: a file takes the whole list")
    asked = typed(question)
    match form:
        case "csv":
            data = table.as_csv(answer, phrases, asked)
        case "json":
            data = json_file.as_file(answer, phrases)
        case "ics":
            data = calendar_file.as_calendar(answer, phrases, asked)
    return File(file_name(question, answer.generation, form), data, MEDIA_TYPES[form])


def file_name(question: Question, generation: str, suffix: str) -> str:
    """timeline-steppe-eagle-2012-20261121T203301Z-1a2b3c4d.csv: a name that any system takes."""
    values = [question.command, *(str(value) for value in question.options.values() if not isinstance(value, bool))]
    words = "-".join(filter(None, (_plain(value).lower() for value in values)))[:LONGEST_NAME].strip("-")
    stem = "-".join(filter(None, (words or "answer", _plain(generation)[:LONGEST_NAME])))
    return f"{stem}.{suffix}"


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", anyascii(text[: 2 * LONGEST_NAME])).strip("-")
