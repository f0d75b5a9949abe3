"""`python bot.py log stats`: the log in figures, for people with small bars, or as JSON, or as a picture."""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.table import Table

from kzbot.answers.days import read_days
from kzbot.cli.export import write
from kzbot.cli.log.narrowed import reading, told
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, one_line
from kzbot.output.figures import words
from kzbot.output.figures.bins import Bin, Unit, bins_of, unit_of
from kzbot.phrases import Phrases
from kzbot.querylog.statistics import Statistics, Statuses

_FULL, _EMPTY = "▇", "░"
_BAR, _SHORTEST = 24, 6
_BESIDE = 10
"""Columns for the share and what stands between the others."""
_ROWS = 31
_LONGEST = 200

Row = tuple[str, str, str, str]
"""What, how many, a bar, the share answered."""
Counted = tuple[str, Statuses]
"""What, and how often it was answered how."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where to draw the picture to, and how."""

    file: Path
    dark: bool
    force: bool


def show_stats(
    prepared: Prepared, since: str | None, until: str | None, *, as_json: bool, picture: Drawn | None
) -> None:
    """Prints the figures of these days, or of the whole log; draws them into a file where one is named.

    QueryLogError where there is no log, a usage error where the days cannot be read, KzbotError where the file cannot be
    written.
    """
    phrases = prepared.phrases
    given = {"since": since, "until": until}
    first, last = told(prepared, given, lambda: read_days(since, until, datetime.now(UTC).date()))
    found = asyncio.run(reading(prepared, lambda reader: reader.statistics(first, last)))
    if as_json:
        sys.stdout.write(json.dumps(_as_json(found)) + "\n")
    else:
        _print(phrases, found)
    if picture is not None:
        _draw(phrases, found, picture)


def _as_json(found: Statistics) -> dict[str, Any]:
    """All figures; days as YYYY-MM-DD, shares from 0 to 1, times in milliseconds."""
    summed = {"questions": found.questions, "answered": found.answered, "per_day": found.per_day}
    made: dict[str, Any] = json.loads(json.dumps({**asdict(found), **summed}, default=date.isoformat))
    return made


def _draw(phrases: Phrases, found: Statistics, picture: Drawn) -> None:
    from kzbot.output.figures.picture import draw  # noqa: PLC0415 - figures without a picture do not wait for it

    write(picture.file, draw(found, phrases, dark=picture.dark).data, phrases, force=picture.force)
    console(errors=True).print(phrases.say("cli.stats.drawn", file=picture.file))


def _print(phrases: Phrases, found: Statistics) -> None:
    out = console()
    for line in _head(phrases, found):
        out.print(line)
    if not found.questions:
        return
    unit = unit_of(found, _ROWS)
    parts = (
        (phrases.say(f"output.figures.chart.{unit}"), _over_time(phrases, found, unit)),
        (phrases.say("output.figures.commands"), _commands(found)),
    )
    for title, counted in parts:
        rows = _rows(phrases, counted, out.width if out.is_terminal else None)
        out.print()
        out.print(title)
        if out.is_terminal:
            out.print(_table(rows))
        else:
            for row in rows:
                sys.stdout.write("\t".join(row) + "\n")
    out.print(phrases.say("cli.stats.bars", answered=_FULL, other=_EMPTY))
    if found.most_asked:
        out.print()
        out.print(phrases.say("output.figures.most_asked"))
        wide = max(len(words.times_asked(phrases, one)) for one in found.most_asked)
        for one in found.most_asked:
            said = one_line(words.as_typed(one))
            said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"
            out.print(f"{words.times_asked(phrases, one):>{wide}}  {said}")


def _head(phrases: Phrases, found: Statistics) -> Iterator[str]:
    """Period and figures, a line each."""
    if found.begun is None:
        yield phrases.say("output.figures.empty")
        return
    yield f"{phrases.say('output.figures.heading')}: {words.period(phrases, found)}".removesuffix(": ")
    if not found.questions:
        yield phrases.say("output.figures.none")
    else:
        share = words.share(phrases, found.statuses)
        answered = phrases.say("output.figures.answered", share=share)
        yield words.asked(phrases, found)
        yield f"{answered}: {words.states(phrases, found)}"
        yield from filter(None, (part(phrases, found) for part in (words.times, words.people, words.ratings)))
    yield phrases.say("output.figures.begun", date=phrases.date(found.begun.isoformat()))
    yield " ".join(filter(None, (phrases.say("output.figures.counted"), words.beside(phrases, found))))


def _over_time(phrases: Phrases, found: Statistics, unit: Unit) -> list[Counted]:
    return [(_named(phrases, one, unit), one.statuses) for one in bins_of(found, _ROWS)]


def _named(phrases: Phrases, one: Bin, unit: Unit) -> str:
    """A day or the first day of a week, a month, a year."""
    written = one.first.isoformat()
    return written if unit in ("day", "week") else phrases.date(written[:7] if unit == "month" else written[:4])


def _commands(found: Statistics) -> list[Counted]:
    return [(one_line(f"/{one.command}"), one.statuses) for one in found.commands]


def _rows(phrases: Phrases, counted: Sequence[Counted], width: int | None) -> list[Row]:
    """With bars as long as usual, or shorter where they would not fit into this width."""
    totals = [sum(statuses.values()) for _, statuses in counted]
    most, bar = max(1, *totals), _BAR
    if width is not None:
        beside = max(cell_len(what) for what, _ in counted) + len(phrases.number(most)) + _BESIDE
        bar = max(_SHORTEST, min(_BAR, width - beside))
    return [_row(phrases, what, statuses, bar, most) for what, statuses in counted]


def _row(phrases: Phrases, what: str, statuses: Statuses, bar: int, most: int) -> Row:
    """`bar`: how long that of `most` questions is."""
    total = sum(statuses.values())
    length = -(-total * bar // most)
    full = round(statuses.get("answered", 0) / total * length) if total else 0
    share = words.share(phrases, statuses) if total else ""
    return (what, phrases.number(total), _FULL * full + _EMPTY * (length - full), share)


def _table(rows: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table
