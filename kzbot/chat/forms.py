"""The forms in which a timeline can be taken away, and how its file is made."""

from dataclasses import dataclass, replace
from typing import Literal

from kzbot.answers.model import Answer, Question
from kzbot.phrases import Phrases

Form = Literal["light", "dark", "csv", "json", "ics"]
FORMS: tuple[Form, ...] = ("light", "dark", "csv", "json", "ics")
"""In the order in which they are offered: two pictures, then files of the whole list."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file to send; `alt` says in words what is on a picture, and is None for other files."""

    name: str
    data: bytes
    alt: str | None = None


def form_named(value: str) -> Form | None:
    """The form that was chosen, None for what is not offered."""
    return value if value in FORMS else None


def make(answer: Answer, form: Form, phrases: Phrases, question: Question, first: int) -> Taken | None:
    """The file of a whole answer; None where nothing has a date for a picture, or days for a calendar.

    A picture begins with item `first`.

    Pure, but slow for an event loop: call it in a thread. Raises ValueError where `answer` is only a window of its list.
    """
    from kzbot.output import calendar_file, exports, picture  # noqa: PLC0415 - a start does not wait for what is seldom asked for

    if form == "ics" and not calendar_file.can_hold(answer):
        return None
    if form in ("csv", "json", "ics"):
        made = exports.export(answer, form, phrases, question)
        return Taken(made.name, made.data)
    shown = replace(answer, items=answer.items[first:], offset=first)
    if not picture.can_draw(shown):
        shown = answer
    if not picture.can_draw(shown):
        return None
    drawn = picture.draw(shown, phrases, dark=form == "dark")
    return Taken(exports.file_name(question, answer.generation, "png"), drawn.data, drawn.alt)
