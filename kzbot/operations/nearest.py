"""What a question that was not answered would have matched nearest, and what it is answered with now."""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kzbot.answers.corrections.checking import names_like
from kzbot.answers.model import Window
from kzbot.index.generation import Generation
from kzbot.index.rows import NameRow
from kzbot.operations.telling import Answering, question_of
from kzbot.querylog.rows import QueryRow

_LOGGER = logging.getLogger(__name__)
SECONDS = 1.2
"""In which the questions of a page are asked; those that are left are shown without it."""
_BREATH = 0.005
_SHOWN = 5
_TELLING, _WORDS, _EACH = 4, 6, 2
"""Letters of a word that is looked for by itself, how many such words, and names for each."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """What the corpus says now. `status`: of the answer, None where it could not be asked. `near`: names, headings or choices that come nearest.
    `missing`: what no passage says; `title`: where the best one stands."""

    status: str | None = None
    near: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    title: str | None = None


async def nearest(
    rows: Sequence[QueryRow], generation: Any, answering: Answering, today: date, seconds: float = SECONDS
) -> list[Nearest]:
    """What each question of the log is answered with by this state, in order; asked for so long at most."""
    until = time.monotonic() + seconds
    found: list[Nearest] = []
    for row in rows:
        left = until - time.monotonic()
        found.append(await _nearest(row, generation, answering, today, left) if left > 0 else Nearest())
        await asyncio.sleep(_BREATH)
    return found


def about(row: QueryRow) -> str:
    """The words of a question that name what it is about: its first text."""
    return next((value for value in row.options.values() if isinstance(value, str)), "")


def names_near(generation: Generation, text: str, count: int) -> list[NameRow]:
    """Names of the book that come nearest to a text, else to its longer words; none for an empty one."""
    if not text.strip():
        return []
    found = {one.id: one for one in names_like(generation, text, count)}
    if not found:
        words = [word for word in text.split() if len(word) >= _TELLING][:_WORDS]
        found = {one.id: one for word in words for one in names_like(generation, word, _EACH)}
    return list(found.values())[:count]


async def _nearest(row: QueryRow, generation: Any, answering: Answering, today: date, seconds: float) -> Nearest:
    try:
        question = question_of(row)
        async with asyncio.timeout(seconds):
            made = await answering(question, generation, Window(0, 1), today)
    except TimeoutError:
        return Nearest()
    except Exception:
        _LOGGER.exception("Question %s could not be asked again", row.number)
        return Nearest()
    near = [*(made.receipt.nearest if made.receipt else ()), *made.choices]
    if not near and made.status != "answered" and isinstance(generation, Generation):
        near = [one.canonical for one in names_near(generation, about(row), _SHOWN)]
    item = next(iter(made.items), None)
    title = item.title if item is not None and made.status == "partial" else None
    return Nearest(made.status, tuple(dict.fromkeys(near))[:_SHOWN], made.missing, title)
