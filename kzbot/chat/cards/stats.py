"""The card of `/log stats`: the log's figures in words and as a picture, and a select of periods."""

import asyncio
import io
from dataclasses import dataclass
from datetime import date, timedelta

import discord
from discord import ui

from kzbot.chat.cards.frame import Tone, framed
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline
from kzbot.chat.handle import PERIOD, Handle
from kzbot.chat.replies import Filed
from kzbot.output.figures import words
from kzbot.output.picture import Picture
from kzbot.phrases import Phrases
from kzbot.querylog.statistics import Statistics

USUAL = "30"
_LENGTHS = {"7": 7, USUAL: 30, "90": 90}
_ALL = "all"
_COMMANDS = 12
_COMMAND, _QUESTION = 40, 110


@dataclass(frozen=True, slots=True)
class Period:
    """From which day to which (UTC), both included; `first` None: from the log's first. `choice`: the one of the select."""

    choice: str | None
    first: date | None
    last: date


def read_period(choice: str, today: date) -> Period | None:
    """The period of a choice in the select, None for what it does not offer."""
    if choice == _ALL:
        return Period(choice, None, today)
    if choice not in _LENGTHS:
        return None
    return Period(choice, today - timedelta(days=_LENGTHS[choice] - 1), today)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period; `picture` is None where there is nothing to draw."""

    period: Period
    statistics: Statistics
    picture: Picture | None


async def figures_of(desk: Desk, period: Period, *, dark: bool) -> Figures:
    """Counts the log of these days, and draws the picture in a thread."""
    statistics = await desk.services.log.statistics(period.first, period.last)
    if not statistics.questions:
        return Figures(period, statistics, None)
    return Figures(period, statistics, await asyncio.to_thread(_drawn, statistics, desk.services.phrases, dark))


def stats_shown(phrases: Phrases, handle: Handle, figures: Figures) -> Filed:
    """The card with its picture; needs a running event loop."""
    statistics, picture = figures.statistics, figures.picture
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=Tone.EVIDENCE.value)
    container.add_item(ui.TextDisplay("\n".join(_lines(phrases, statistics))))
    files = []
    if picture is not None:
        name = f"kzbot-questions-{statistics.first:%Y%m%d}-{statistics.last:%Y%m%d}.png"
        file = discord.File(io.BytesIO(picture.data), name, description=picture.alt)
        container.add_item(ui.MediaGallery(discord.MediaGalleryItem(file, description=picture.alt)))
        files.append(file)
    container.add_item(ui.TextDisplay("\n".join(f"-# {line}" for line in _foot(phrases, statistics))))
    if statistics.begun is not None:
        container.add_item(ui.ActionRow(_select(phrases, handle, figures.period)))
    return Filed(framed(container), files)


def _drawn(statistics: Statistics, phrases: Phrases, dark: bool) -> Picture:
    from kzbot.output.figures.picture import draw  # noqa: PLC0415 - a start does not wait for what is seldom asked for

    return draw(statistics, phrases, dark=dark)


def _lines(phrases: Phrases, statistics: Statistics) -> list[str]:
    """Heading and figures, as markdown."""
    lines = [f"## {phrases.say('output.figures.heading')}"]
    if statistics.begun is None:
        return [*lines, phrases.say("output.figures.empty")]
    if period := words.period(phrases, statistics):
        lines.append(period)
    if not statistics.questions:
        return [*lines, phrases.say("output.figures.none")]
    share = words.share(phrases, statistics.statuses)
    answered = phrases.say("output.figures.answered", share=share)
    facts = (
        f"**{words.asked(phrases, statistics)}**",
        f"{answered}: {words.states(phrases, statistics)}",
        words.times(phrases, statistics),
        words.people(phrases, statistics),
        words.ratings(phrases, statistics),
    )
    lines += [f"- {fact}" for fact in facts if fact]
    lines.append(f"### {phrases.say('output.figures.commands')}")
    lines.append(_commands(phrases, statistics))
    if statistics.most_asked:
        lines.append(f"### {phrases.say('output.figures.most_asked')}")
        lines += [
            f"- **{words.times_asked(phrases, row)}** {inline(words.as_typed(row), _QUESTION)}"
            for row in statistics.most_asked
        ]
    return lines


def _commands(phrases: Phrases, statistics: Statistics) -> str:
    shown, more = statistics.commands[:_COMMANDS], statistics.commands[_COMMANDS:]
    said = [
        f"{inline(f'/{one.command}', _COMMAND)} {words.short(phrases, one.questions)} ({words.share(phrases, one.statuses)})"
        for one in shown
    ]
    return ", ".join([*said, *([words.more_commands(phrases, more)] if more else [])])


def _foot(phrases: Phrases, statistics: Statistics) -> list[str]:
    lines = [phrases.say("output.figures.counted"), words.beside(phrases, statistics)]
    if statistics.begun is not None and (statistics.first is None or statistics.first == statistics.begun):
        lines.insert(0, phrases.say("output.figures.begun", date=phrases.date(statistics.begun.isoformat())))
    return [line for line in lines if line]


def _select(phrases: Phrases, handle: Handle, period: Period) -> ui.Select[ui.LayoutView]:
    options = [
        discord.SelectOption(
            label=phrases.say(f"chat.stats.period.{name}"), value=value, default=value == period.choice
        )
        for value, name in (*((value, f"days_{value}") for value in _LENGTHS), (_ALL, "whole"))
    ]
    return ui.Select(custom_id=str(handle.to(PERIOD)), placeholder=phrases.say("chat.stats.another"), options=options)
