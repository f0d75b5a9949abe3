"""The log's figures in words, the same in a picture, beside it and at the terminal."""

from collections import Counter
from collections.abc import Sequence

from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.phrases import Phrases
from kzbot.querylog.alike import BESIDE
from kzbot.querylog.rows import AskedRow, QueryStatus
from kzbot.querylog.statistics import COUNTED, CommandCount, Statistics, Statuses

_SECOND = 1000
_COMPACT, _SHORT = 10_000, 10_000_000


def period(phrases: Phrases, statistics: Statistics) -> str:
    """The days that are counted; empty where there are none."""
    first, last = statistics.first, statistics.last
    if first is None or last is None:
        return ""
    days = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return phrases.say("output.figures.period", days=phrases.date(days))


def asked(phrases: Phrases, statistics: Statistics) -> str:
    """How many questions there were in how many days, and on a day."""
    said = phrases.say("output.figures.questions", count=statistics.questions)
    days = phrases.say("output.figures.days", count=statistics.length)
    return phrases.say("output.figures.asked", questions=said, days=days, mean=figure(phrases, statistics.per_day))


def states(phrases: Phrases, statistics: Statistics) -> str:
    """How the questions were answered, by state."""
    return ", ".join(
        f"{status_word(phrases, status)} {phrases.number(statistics.statuses[status])}"
        for status in COUNTED
        if status in statistics.statuses
    )


def status_word(phrases: Phrases, status: str) -> str:
    """What a state is called."""
    return phrases.say(f"chat.log.status.{status}")


def share(phrases: Phrases, statuses: Statuses) -> str:
    """The share that was answered in full, in hundredths; none and all are said only where it is none and all."""
    from babel.numbers import format_percent  # noqa: PLC0415 - as in phrases

    total, answered = sum(statuses.values()), statuses.get("answered", 0)
    exact = answered / total if total else 0.0
    if 0 < answered < total and not 0.01 <= exact <= 0.99:
        return format_percent(
            min(max(exact, 0.001), 0.999), "#,##0.#%", locale=phrases.locale, decimal_quantization=True
        )
    return format_percent(exact, "#,##0%", locale=phrases.locale)


def times(phrases: Phrases, statistics: Statistics) -> str:
    """How long answers took; empty where nothing was answered."""
    if statistics.median_ms is None or statistics.p95_ms is None:
        return ""
    return phrases.say(
        "output.figures.times",
        median=milliseconds(phrases, statistics.median_ms),
        slow=milliseconds(phrases, statistics.p95_ms),
    )


def people(phrases: Phrases, statistics: Statistics) -> str:
    """How many people asked, or that it is not known; empty where nobody did."""
    if not statistics.questions:
        return ""
    if not statistics.people:
        return phrases.say("output.figures.people_unknown")
    said = phrases.say("output.figures.people", count=statistics.people)
    if statistics.nameless:
        said = phrases.say(
            "output.figures.people_partly",
            people=said,
            questions=phrases.say("output.figures.questions", count=statistics.nameless),
        )
    return said


def ratings(phrases: Phrases, statistics: Statistics) -> str:
    """What was said of answers; empty where nothing was."""
    if not statistics.useful + statistics.not_useful:
        return ""
    yes, no = phrases.number(statistics.useful), phrases.number(statistics.not_useful)
    return phrases.say("output.figures.ratings", useful=yes, not_useful=no)


def beside(phrases: Phrases, statistics: Statistics) -> str:
    """What the log holds of these days that was not counted; empty where that is nothing."""
    named = (("denied", statistics.denied), ("failed", statistics.failed), ("others", statistics.others))
    said = ", ".join(phrases.say(f"output.figures.{name}", count=count) for name, count in named if count)
    return phrases.say("output.figures.beside", what=said) if said else ""


def as_typed(row: AskedRow) -> str:
    """A question as a person would type it, without days and the like: those that are alike differ in them."""
    options = {name: value for name, value in row.options.items() if name not in BESIDE}
    return typed(Question(row.command, options))


def times_asked(phrases: Phrases, row: AskedRow) -> str:
    """How often it was asked."""
    return phrases.say("output.figures.times_asked", times=short(phrases, row.asked))


def more_commands(phrases: Phrases, more: Sequence[CommandCount]) -> str:
    """How many commands are not shown, and how many questions they had."""
    total: Counter[QueryStatus] = Counter()
    for one in more:
        total.update(one.statuses)
    questions = phrases.say("output.figures.questions", count=total.total())
    return phrases.say("output.figures.more_commands", count=len(more), questions=questions)


def milliseconds(phrases: Phrases, took: float) -> str:
    """A time with three significant digits at most, in seconds from one second on."""
    unit, value = ("seconds", took / _SECOND) if took >= _SECOND else ("milliseconds", took)
    return phrases.say(f"output.figures.{unit}", time=figure(phrases, value))


def figure(phrases: Phrases, value: float) -> str:
    """A number with three significant digits, or whole."""
    if value >= 100:
        return short(phrases, round(value))
    from babel.numbers import format_decimal  # noqa: PLC0415 - as in phrases

    return format_decimal(value, "@##", locale=phrases.locale)


def short(phrases: Phrases, number: int) -> str:
    """A whole number in at most nine digits: from ten million on only so many millions."""
    return phrases.number(number) if number < _SHORT else compact(phrases, number)


def compact(phrases: Phrases, number: int) -> str:
    """A round number as an axis shows it: 500, 2,000, 20K."""
    if number < _COMPACT:
        return phrases.number(number)
    from babel.numbers import format_compact_decimal  # noqa: PLC0415 - as in phrases

    return format_compact_decimal(number, locale=phrases.locale, fraction_digits=1)
