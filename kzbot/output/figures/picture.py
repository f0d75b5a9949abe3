"""The log's figures as a picture that can be read on a phone, and in words."""

from kzbot.output.beginnings import at_most, beginning
from kzbot.output.drawing import letters
from kzbot.output.drawing.sheet import WIDTH
from kzbot.output.figures import axes, words
from kzbot.output.figures.bins import bins_of, unit_of
from kzbot.output.figures.colours import ON_DARK, ON_LIGHT
from kzbot.output.figures.sheet import Sheet, Stack, Tile
from kzbot.output.picture import Picture
from kzbot.phrases import Phrases
from kzbot.querylog.statistics import COUNTED, CommandCount, Statistics

_COMMANDS, _QUESTIONS = 6, 5
_LONGEST = 1024
_WORDS = 60
_IN_ALT = 5


def draw(statistics: Statistics, phrases: Phrases, *, dark: bool) -> Picture:
    """The figures as tiles, bars over time, bars of commands, and the questions that were asked most.

    Pure, but slow for an event loop (some 0.1 s): call it in a thread. The same figures give the same pixels.
    """
    sheet = Sheet(letters.load(), ON_DARK if dark else ON_LIGHT)
    sheet.heading(phrases.say("output.figures.heading"), words.period(phrases, statistics))
    if statistics.questions:
        sheet.tiles(_tiles(phrases, statistics))
        _time(sheet, phrases, statistics)
        _commands(sheet, phrases, statistics)
        if statistics.most_asked:
            sheet.section(phrases.say("output.figures.most_asked"))
            sheet.questions(
                [(words.times_asked(phrases, one), words.as_typed(one)) for one in statistics.most_asked[:_QUESTIONS]]
            )
    else:
        sheet.note(phrases.say("output.figures.none"))
    for said in (phrases.say("output.figures.counted"), words.beside(phrases, statistics)):
        sheet.note(said)
    data, height = sheet.png()
    return Picture(data, _alt(phrases, statistics), WIDTH, height, statistics.questions)


def _tiles(phrases: Phrases, statistics: Statistics) -> tuple[Tile, ...]:
    def words_of(key: str, **values: object) -> str:
        return phrases.say(f"output.figures.tile.{key}", **values)

    questions = statistics.questions

    def number(count: int) -> str:
        return words.short(phrases, count)

    median, p95 = statistics.median_ms or 0.0, statistics.p95_ms or 0.0
    answered = number(statistics.statuses.get("answered", 0))
    rated = statistics.useful + statistics.not_useful
    useful = {"useful": number(statistics.useful), "not_useful": number(statistics.not_useful)}
    return (
        Tile(
            number(questions),
            words_of("questions", count=questions),
            words_of("per_day", mean=words.figure(phrases, statistics.per_day)),
        ),
        Tile(
            words.share(phrases, statistics.statuses),
            words_of("answered"),
            words_of("of", answered=answered, questions=number(questions)),
        ),
        Tile(
            words.milliseconds(phrases, median),
            words_of("median"),
            words_of("p95", time=words.milliseconds(phrases, p95)),
        ),
        Tile(
            number(statistics.people) if statistics.people else "–",
            words_of("people", count=statistics.people) if statistics.people else words_of("people_unknown"),
            words_of("useful", **useful) if rated else words_of("no_ratings"),
        ),
    )


def _time(sheet: Sheet, phrases: Phrases, statistics: Statistics) -> None:
    bins, unit = bins_of(statistics), unit_of(statistics)
    sheet.section(phrases.say(f"output.figures.chart.{unit}"))
    ticks = axes.ticks(phrases, max(one.questions for one in bins))
    labels = axes.labels(phrases, bins, unit, sheet.measure, sheet.room(ticks))
    sheet.columns([Stack(one.statuses) for one in bins], ticks, labels)
    total = statistics.questions
    sheet.legend(
        [
            (status, words.status_word(phrases, status), _figures(phrases, statistics.statuses[status], total))
            for status in COUNTED
            if statistics.statuses.get(status)
        ]
    )


def _figures(phrases: Phrases, count: int, total: int) -> str:
    return f"{words.short(phrases, count)} · {words.share(phrases, {'answered': count, 'partial': total - count})}"


def _commands(sheet: Sheet, phrases: Phrases, statistics: Statistics) -> None:
    shown, more = statistics.commands[:_COMMANDS], statistics.commands[_COMMANDS:]
    sheet.section(phrases.say("output.figures.commands"))
    sheet.rows([Stack(one.statuses, f"/{one.command}", _of_command(phrases, one)) for one in shown])
    if more:
        sheet.note(words.more_commands(phrases, more))


def _of_command(phrases: Phrases, one: CommandCount) -> str:
    return f"{words.short(phrases, one.questions)} · {words.share(phrases, one.statuses)}"


def _alt(phrases: Phrases, statistics: Statistics) -> str:
    """What is on the picture in words, as much of it as Discord takes."""
    period = words.period(phrases, statistics)
    heading = phrases.say("output.figures.heading")
    said = [phrases.say("output.figures.alt", heading=heading, period=period) if period else f"{heading}."]
    if not statistics.questions:
        said.append(phrases.say("output.figures.none"))
    else:
        share = words.share(phrases, statistics.statuses)
        facts = (
            words.asked(phrases, statistics),
            phrases.say("output.figures.answered", share=share),
            words.states(phrases, statistics),
            words.times(phrases, statistics),
            words.people(phrases, statistics),
        )
        said.append("; ".join(filter(None, facts)) + ".")
        commands = ", ".join(
            f"/{one.command} {phrases.number(one.questions)}" for one in statistics.commands[:_COMMANDS]
        )
        said.append(phrases.say("output.figures.alt_commands", commands=commands))
        most = "; ".join(
            f"{words.times_asked(phrases, one)} {beginning(words.as_typed(one), at_most(_WORDS))}"
            for one in statistics.most_asked[:_IN_ALT]
        )
        if most:
            said.append(phrases.say("output.figures.alt_most", questions=most))
    return beginning(" ".join(said), at_most(_LONGEST))
