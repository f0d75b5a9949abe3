"""One way in: a question and a generation give an answer."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from kzbot.answers.arrivals.new import new
from kzbot.answers.commands import commands_of
from kzbot.answers.filters import ReversedDates
from kzbot.answers.model import Answer, Question, Window
from kzbot.answers.profiles.exercise import exercise
from kzbot.answers.profiles.who import who
from kzbot.answers.question import no_such_command
from kzbot.answers.quotations.check import check
from kzbot.answers.receipts import bad_request
from kzbot.answers.searching.search import search
from kzbot.answers.sources.source import source
from kzbot.answers.timelines.timeline import timeline
from kzbot.errors import QuestionError
from kzbot.index.generation import Generation

Way = Callable[[Question, Generation, Window, date], Awaitable[Answer]]
WAYS: dict[str, Way] = {
    "timeline": timeline,
    "who": lambda question, generation, window, today: who(question, generation, window),
    "source": lambda question, generation, window, today: source(question, generation),
    "search": search,
    "new": new,
    "check": lambda question, generation, window, today: check(question, generation),
}


async def answer(question: Question, generation: Generation, window: Window, today: date) -> Answer:
    """The answer to a question, made from this one generation, for this window of its list.

    `today` is what "last year" in from and to is counted from. A wrong question gives `bad_request`, never an error.
    """
    started = time.perf_counter()
    try:
        made = await _way(question, generation)(question, generation, window, today)
    except QuestionError as error:
        made = bad_request(question, generation, error.key, error.values)
    except ReversedDates as error:
        values = {"from": question.options["from"], "to": question.options["to"]}
        made = bad_request(
            question,
            generation,
            "answers.bad_request.reversed",
            values,
            suggestion=error.swapped,
            read_as=error.read_as,
        )
    return replace(made, took_ms=round((time.perf_counter() - started) * 1000, 3))


def _way(question: Question, generation: Generation) -> Way:
    """How this question is answered; QuestionError where the corpus has no such command."""
    if question.command in WAYS:
        return WAYS[question.command]
    if all(kind.profile != question.command for kind in generation.kinds):
        raise no_such_command(question.command, commands_of(generation.kinds))
    return _profile


async def _profile(question: Question, generation: Generation, window: Window, today: date) -> Answer:
    return await exercise(question, generation, window)
