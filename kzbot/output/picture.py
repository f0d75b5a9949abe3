"""A timeline as a picture that can be read on a phone, and in words."""

import io
from dataclasses import dataclass

from kzbot.answers.model import Answer
from kzbot.output.drawing import letters
from kzbot.output.drawing.alt import alt_text
from kzbot.output.drawing.axis import axis_of
from kzbot.output.drawing.palette import DARK, LIGHT
from kzbot.output.drawing.rows import rows_of, undrawn
from kzbot.output.drawing.sheet import WIDTH, Sheet, Story
from kzbot.output.wording import heading
from kzbot.phrases import Phrases

MOST_ROWS = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG; `alt` says in words what is on it (at most 1024 characters). `width` and `height` are pixels.

    `drawn` of the answer's statements are on it.
    """

    data: bytes
    alt: str
    width: int
    height: int
    drawn: int


def can_draw(answer: Answer) -> bool:
    """Whether the answer has a date to draw."""
    return len(answer.items) + len(answer.undated) > undrawn(answer)


def draw(answer: Answer, phrases: Phrases, *, dark: bool, most: int = MOST_ROWS) -> Picture:
    """The answer's dated items as a timeline, the first `most` rows of them; how many more there are is said below.

    Pure, but slow for an event loop (some 0.1 s): call it in a thread. Raises ValueError where `can_draw` says no.
    """
    rows = rows_of(answer, phrases, most)
    if not rows:
        raise ValueError("no item of this answer has a date")
    missing = undrawn(answer)
    drawn = sum(row.statements for row in rows)
    dateless = sum(item.date is None for item in answer.items)
    more = max(answer.total - answer.offset - drawn - dateless, 0)
    story = Story(
        heading(answer, phrases),
        _shown(answer, phrases, drawn),
        tuple(
            said
            for said in (
                phrases.say("output.picture.more", count=more) if more else "",
                phrases.say("output.picture.undated", count=missing) if missing else "",
            )
            if said
        ),
    )
    sheet = Sheet(letters.load(), DARK if dark else LIGHT, phrases)
    axis = axis_of([(row.first, row.last) for row in rows], *sheet.track)
    image = sheet.draw(story, rows, axis)
    into = io.BytesIO()
    image.save(into, "PNG")
    alt = alt_text(phrases, story.heading, story.shown, rows, more, missing)
    return Picture(into.getvalue(), alt, WIDTH, image.height, drawn)


def _shown(answer: Answer, phrases: Phrases, drawn: int) -> str:
    if drawn >= answer.total:
        return phrases.say("output.picture.all", count=answer.total)
    first = phrases.number(answer.offset + 1)
    last = phrases.number(answer.offset + drawn)
    return phrases.say("output.picture.shown", first=first, last=last, count=phrases.number(answer.total))
