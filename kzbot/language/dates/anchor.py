"""Phase two: supplies what a phrase leaves out, from the publication day, the tense, and the last date mentioned."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from kzbot.language.dates import timex
from kzbot.language.dates.meaning import (
    Calendar,
    Clock,
    Counted,
    Fixed,
    Meaning,
    Part,
    SamePeriod,
    Shift,
    Undated,
    Weekday,
)
from kzbot.language.dates.narrative import Setting
from kzbot.language.dates.tense import Tense
from kzbot.language.dates.whose_year import MONTHS_OF_SEASON, whose_year

AHEAD: tuple[Tense, ...] = ("planned", "future")
_YEARS = (-1, 0, 1)
_FAR = 400
_WEEKS_BACK = 28
_NEAR = 600
"""Code points within which "two days later" still counts from the last date."""
_VALUE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-Q(\d))?")


@dataclass(slots=True)
class Memory:
    """The last date mentioned of each size, as TIMEX3 values, and where the last day stood.

    `worked_out`: what dates come to that no earlier date bears on.
    """

    day: str | None = None
    month: str | None = None
    quarter: str | None = None
    year: str | None = None
    last: str | None = None
    day_end: int = field(default=-1_000_000)
    last_end: int = field(default=-1_000_000)
    worked_out: "dict[tuple[object, ...], Resolved | None]" = field(default_factory=dict)

    def take(self, value: str, end: int) -> None:
        """Remembers a date that ends at offset `end`; what is no date or has no size of its own is passed over."""
        found = _VALUE.match(value)
        if found is None:
            return
        year, month, day, quarter = found.groups()
        if (len(value) > 10 and value[10] != "T") or (month is None and quarter is None and len(value) > 4):
            return
        self.last, self.last_end = found[0], end
        self.year = year
        if quarter:
            self.quarter = found[0]
        if month:
            self.month = f"{year}-{month}"
        if day:
            self.day, self.day_end = found[0], end


class Resolved(NamedTuple):
    """A TIMEX3 value; `by`: what supplied the rest ("published", or the value of an earlier date), None where stated.

    `guess`: the publication day stood in for an earlier date that is not there.
    """

    value: str
    by: str | None = None
    guess: bool = False


def resolve(
    meaning: Meaning, today: date, tense: Tense, memory: Memory, start: int, setting: Setting | None = None
) -> Resolved | None:
    """What the phrase at offset `start` means on `today`, the day of publication; None where it means no date.

    `setting`: the year that the narrative around it is in.
    """
    try:
        if setting is not None:
            told = whose_year(meaning, today, setting)
            if told == "unsure":
                return None
            if told == "narrative":
                return in_year(meaning, setting)
        return _resolve(meaning, today, tense, memory, start)
    except (ValueError, OverflowError):
        return None


def _resolve(meaning: Meaning, today: date, tense: Tense, memory: Memory, start: int) -> Resolved | None:
    match meaning:
        case Undated(value) | Fixed(value):
            return Resolved(value)
        case Calendar():
            if meaning.mentioned:
                return _beside(meaning, memory, start)
            key = (meaning, today, tense)
            if key not in memory.worked_out:
                memory.worked_out[key] = _calendar(meaning, today, tense)
            return memory.worked_out[key]
        case Part():
            return _beside(meaning, memory, start) or _part(meaning, today, tense)
        case Weekday():
            if meaning.which in ("following", "previous"):
                return _beside_a_day(meaning, today, memory, start)
            return Resolved(_weekday(meaning, today, tense), "published")
        case Shift():
            return _shift(meaning, today, tense, memory, start)
        case Counted(unit, count, origin):
            known = _calendar(origin, today, tense)
            return Resolved(timex.shifted(_first_day(known.value), unit, count), known.value) if known else None
        case SamePeriod():
            return _same_period(meaning, today, memory)
        case Clock():
            return _clock(meaning, today, tense, memory, start)


def _beside(meaning: Calendar | Part, memory: Memory, start: int) -> Resolved | None:
    """ "October of that year", "the following spring", "that May": counted from the last date mentioned."""
    if not meaning.mentioned:
        return None
    known = memory.last
    if known is None or start - memory.last_end > _NEAR:
        return Resolved("", "published", guess=True)
    year = int(known[:4]) + (meaning.year_shift or 0)
    month = MONTHS_OF_SEASON[meaning.number] if isinstance(meaning, Part) else meaning.month or 1
    if meaning.which in ("following", "next"):
        year += len(known) < 7 or month <= _first_day(known).month
    elif meaning.which == "previous":
        year -= len(known) < 7 or month >= _first_day(known).month
    if isinstance(meaning, Part):
        return Resolved(timex.part(meaning.number, year), known)
    return Resolved(
        f"{year:04d}-{month:02d}" if meaning.day is None else date(year, month, meaning.day).isoformat(), known
    )


def in_year(meaning: Meaning, setting: Setting) -> Resolved | None:
    """The phrase in the narrative's year."""
    if isinstance(meaning, Part):
        return Resolved(timex.part(meaning.number, setting.year), setting.by)
    if isinstance(meaning, Calendar) and meaning.month is not None:
        value = f"{setting.year:04d}-{meaning.month:02d}"
        return Resolved(value if meaning.day is None else f"{value}-{meaning.day:02d}", setting.by)
    return Resolved(f"{setting.year:04d}", setting.by)


def _calendar(meaning: Calendar, today: date, tense: Tense) -> Resolved | None:
    month, day = meaning.month, meaning.day
    if month is None:
        return Resolved(f"{meaning.year:04d}")
    by = None if meaning.year is not None else "published"
    year = meaning.year
    if year is None:
        year = _year_of_day(meaning, today, tense) if day is not None else _year_of_month(meaning, today, tense)
    if year is None:
        return None
    return Resolved(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else ""), by)


def _year_of_day(meaning: Calendar, today: date, tense: Tense) -> int | None:
    """The nearest such day; a tense that speaks against a side makes that side far. A printed weekday must agree."""
    if meaning.which is not None:
        return _year_of_which(meaning, today)
    best: tuple[int, int] | None = None
    for shift in _YEARS:
        try:
            day = date(today.year + shift, meaning.month or 1, meaning.day or 1)
        except ValueError:
            continue
        away = (day - today).days
        cost = abs(away)
        if away < 0 and tense in AHEAD:
            cost += 200
        elif away > 0:
            cost += {"past": 300, "said": 60}.get(tense, 0)
        if meaning.weekday is not None and day.weekday() != meaning.weekday:
            cost += 2 * _FAR
        if best is None or cost < best[0]:
            best = (cost, day.year)
    return best[1] if best else None


def _year_of_which(meaning: Calendar, today: date) -> int:
    """ "Last Oct. 19" lies some weeks back at least, "next Oct. 19" ahead."""
    day = date(today.year, meaning.month or 1, min(meaning.day or 1, 28))
    if meaning.which in ("last", "past"):
        return today.year if (today - day).days > _WEEKS_BACK else today.year - 1
    return today.year + (meaning.which == "next" and day <= today)


def _year_of_month(meaning: Calendar, today: date, tense: Tense) -> int:
    month = meaning.month or 1
    if meaning.year_shift is not None:
        return today.year + meaning.year_shift
    if meaning.which in ("last", "past", "previous"):
        return today.year if month < today.month else today.year - 1
    if meaning.which == "next":
        return today.year if month > today.month else today.year + 1
    if meaning.which in ("this", "same"):
        return today.year
    return today.year + min(_YEARS, key=lambda shift: _cost(shift * 12 + month - today.month, tense))


def _cost(away: int, tense: Tense, year: int = 12) -> float:
    """How unlikely a month so many months away is (a whole year is `year`)."""
    against = 0.0
    if away < 0 and tense in AHEAD:
        against = 0.9 * year
    elif away > 0:
        against = {"past": 0.9, "said": 0.25, "unknown": 0.2}.get(tense, 0) * year
    return abs(away) + against


def _part(meaning: Part, today: date, tense: Tense) -> Resolved:
    if meaning.year is not None:
        return Resolved(timex.part(meaning.number, meaning.year))
    if meaning.year_shift is not None:
        return Resolved(timex.part(meaning.number, today.year + meaning.year_shift), "published")
    if meaning.number in MONTHS_OF_SEASON:
        return Resolved(timex.part(meaning.number, _year_of_season(meaning, today, tense)), "published")
    months = 3 if meaning.number < 40 else 6
    place = meaning.number - (32 if months == 3 else 39)
    now = (today.month - 1) // months + 1
    turns = 12 // months
    shift = 0 if place <= now else -1
    if tense in AHEAD and place < now:
        shift = 1
    elif tense in AHEAD or (tense == "unknown" and place > now and place - now < turns // 2):
        shift = 0
    return Resolved(timex.part(meaning.number, today.year + shift), "published")


def _year_of_season(meaning: Part, today: date, tense: Tense) -> int:
    first = MONTHS_OF_SEASON[meaning.number]
    if meaning.which == "last":
        return today.year if first + 2 < today.month else today.year - 1
    if meaning.which == "next":
        return today.year if first > today.month else today.year + 1
    if meaning.which == "this":
        return today.year
    middle = first + 1
    return today.year + min(_YEARS, key=lambda shift: _cost(shift * 12 + middle - today.month, tense))


def _beside_a_day(meaning: Weekday, today: date, memory: Memory, start: int) -> Resolved:
    """ "The following Monday": counted from the last day mentioned."""
    known = memory.day if start - memory.day_end <= _NEAR else None
    origin = today if known is None else date.fromisoformat(known)
    away = (meaning.number - origin.weekday() - 1) % 7 + 1
    day = origin + timedelta(days=away if meaning.which == "following" else away - 7 or -7)
    tail = f"T{meaning.part.lstrip('T')}" if meaning.part else ""
    return Resolved(day.isoformat() + tail, known or "published", guess=known is None)


def _weekday(meaning: Weekday, today: date, tense: Tense) -> str:
    """The latest one, publication day included; the next one only where the words beside it announce."""
    back = (today.weekday() - meaning.number) % 7
    ahead = (meaning.number - today.weekday()) % 7
    if meaning.which == "next" or (meaning.which in (None, "this", "coming") and tense in AHEAD):
        day = today + timedelta(days=ahead or (7 if meaning.which == "next" else 0))
    else:
        day = today - timedelta(days=back or (7 if meaning.which in ("last", "past", "previous") else 0))
    return day.isoformat() + (f"T{meaning.part.lstrip('T')}" if meaning.part else "")


def _shift(meaning: Shift, today: date, tense: Tense, memory: Memory, start: int) -> Resolved | None:
    tail = f"T{meaning.part}" if meaning.part else ""
    if meaning.base == "tense":
        return Resolved(timex.shifted(today, meaning.unit, _weekend(today, tense)), "published")
    if meaning.base in ("published", "narrative"):
        return Resolved(timex.shifted(today, meaning.unit, meaning.count) + tail, "published")
    near = meaning.count == 0 or start - memory.last_end <= _NEAR
    known = _mentioned(meaning, memory) if near else None
    if known is None:
        return Resolved(timex.shifted(today, meaning.unit, meaning.count) + tail, "published", guess=True)
    if known == memory.quarter and meaning.unit == "year":
        return Resolved(f"{int(known[:4]) + meaning.count:04d}{known[4:]}", known)
    return Resolved(timex.shifted(_first_day(known), meaning.unit, meaning.count) + tail, known)


def _weekend(today: date, tense: Tense) -> int:
    if tense in AHEAD or today.weekday() >= 5:
        return 0
    return -1


def _mentioned(meaning: Shift, memory: Memory) -> str | None:
    """The last date that is at least as fine as the unit."""
    if meaning.count == 0 or meaning.unit in ("day", "week", "weekend"):
        return {"year": memory.year, "month": memory.month, "quarter": memory.quarter}.get(meaning.unit, memory.day)
    if meaning.unit == "month":
        return memory.last if memory.last and len(memory.last) >= 7 and "Q" not in memory.last else memory.month
    if meaning.unit == "quarter":
        return memory.quarter
    return memory.last


def _first_day(value: str) -> date:
    found = _VALUE.match(value)
    if found is None:
        raise ValueError(value)
    month = int(found[4]) * 3 - 2 if found[4] else int(found[2] or 1)
    return date(int(found[1]), month, int(found[3] or 1))


def _same_period(meaning: SamePeriod, today: date, memory: Memory) -> Resolved | None:
    known = memory.last or f"{today.year:04d}"
    if len(known) > 7:
        known = known[:7]
    return Resolved(f"{int(known[:4]) + meaning.years:04d}{known[4:]}", known)


def _clock(meaning: Clock, today: date, tense: Tense, memory: Memory, start: int) -> Resolved | None:
    if meaning.day is not None:
        day = _resolve(meaning.day, today, tense, memory, start)
        return Resolved(day.value.split("T")[0] + meaning.time, day.by) if day else None
    if memory.day is not None and 0 <= start - memory.day_end < 60:
        return Resolved(memory.day + meaning.time, memory.day)
    return Resolved(today.isoformat() + meaning.time, "published")
