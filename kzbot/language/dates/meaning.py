"""What a rule reads out of words, before anything is supplied from outside."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kzbot.language.dates.mark import Modifier

Unit = str
Base = Literal["published", "mention", "tense", "narrative"]
"""What a shift counts from; `tense`: from the publication day, to the side that the tense says; `narrative`: the year that is
told of, where it is another than the publication's."""


class Calendar(NamedTuple):
    """A day, a month or a year; without `year` it must be supplied.

    `weekday`: the weekday printed beside it (0 is Monday). `which`: last, next or this beside a month. `year_shift`:
    "October of next year" is +1. `mentioned`: the shift counts from the last year mentioned ("October of that year").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    which: str | None = None
    year_shift: int | None = None
    mentioned: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A season (21 to 24), quarter (33 to 36) or half (40, 41) of a year, numbered as in EDTF."""

    number: int
    year: int | None = None
    year_shift: int | None = None
    which: str | None = None
    mentioned: bool = False


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday by name, 0 is Monday."""

    number: int
    which: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units away from the publication day or from the last date mentioned; count 0 is the same one."""

    unit: Unit
    count: int
    base: Base = "published"
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """So many units away from a date that is written out beside it."""

    unit: Unit
    count: int
    origin: Calendar


@dataclass(frozen=True, slots=True)
class SamePeriod:
    """The period spoken of last, so many years away."""

    years: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; its day is the one in the same phrase, else the one spoken of, else the publication day."""

    time: str
    day: "Meaning | None" = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A complete TIMEX3 value that needs nothing: a decade, a century, an interval's half."""

    value: str


@dataclass(frozen=True, slots=True)
class Undated:
    """A TIMEX3 value that is no date: a duration, a repeated time, a vague reference."""

    value: str


Meaning = Calendar | Part | Weekday | Shift | Counted | SamePeriod | Clock | Fixed | Undated


class Reading(NamedTuple):
    """Words (offsets in code points, end exclusive) and what they mean.

    `modifier` as in a date mark. `edition`: the year belongs to a name. `joined`: with the reading before it, it makes
    an interval. `loose`: fit for tagging, too vague to stand as a dated statement.
    """

    start: int
    end: int
    meaning: Meaning
    modifier: Modifier | None = None
    edition: bool = False
    joined: bool = False
    loose: bool = False
