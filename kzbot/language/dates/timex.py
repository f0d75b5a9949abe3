"""TIMEX3 values: made from days, and turned into EDTF where they are dates."""

import re
from datetime import date, timedelta
from functools import lru_cache

from kzbot.language.dates import edtf

_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART = re.compile(r"(\d{4})-(?:Q([1-4])|H([12])|(SP|SU|FA|WI))")
_SEASON_NAMES = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_SEASON_NUMBERS = {name: number for number, name in _SEASON_NAMES.items()}
EVERY_YEAR = 4 * "X"
"""The place of a year in the value of what comes again and again: an X for each digit that is not named."""


def week(day: date) -> str:
    """The ISO week of a day: 1998-W30."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def part(number: int, year: int) -> str:
    """A season (21 to 24), quarter (33 to 36) or half (40, 41) of a year."""
    if number in _SEASON_NAMES:
        return f"{year:04d}-{_SEASON_NAMES[number]}"
    return f"{year:04d}-Q{number - 32}" if number < 40 else f"{year:04d}-H{number - 39}"


def shifted(day: date, unit: str, count: int) -> str:
    """The unit that lies `count` units from the one with `day` in it. ValueError or OverflowError outside of the calendar."""
    if unit == "day":
        return (day + timedelta(days=count)).isoformat()
    if unit == "week":
        return week(day + timedelta(weeks=count))
    if unit == "weekend":
        return week(day + timedelta(weeks=count)) + "-WE"
    if unit in ("month", "quarter"):
        size = 1 if unit == "month" else 3
        months = (day.year * 12 + day.month - 1) // size + count
        year, place = divmod(months, 12 // size)
        value = f"{year:04d}-{place + 1:02d}" if unit == "month" else f"{year:04d}-Q{place + 1}"
        return value if 0 < year < 10000 else _outside(value)
    width = {"year": 1, "decade": 10, "century": 100}[unit]
    number = day.year // width + count
    if not 0 < number * width < 10000:
        _outside(str(number))
    return f"{number:0{5 - len(str(width))}d}"


def _outside(value: str) -> str:
    raise ValueError(f"outside of the calendar: {value}")


@lru_cache(maxsize=2048)
def to_edtf(value: str) -> str | None:
    """A TIMEX3 date as EDTF; weeks, quarters and halves become intervals; None for what is no date."""
    try:
        text = _as_edtf(value.split("T", 1)[0])
    except ValueError:  # a week that reaches out of the calendar
        return None
    return text if text is not None and edtf.is_valid(text) else None


def _as_edtf(plain: str) -> str | None:
    if len(plain) in (2, 3) and plain.isdecimal():
        return plain + "X" * (4 - len(plain))
    found = _WEEK.fullmatch(plain)
    if found:
        year, number = int(found[1]), int(found[2])
        first = date.fromisocalendar(year, number, 6 if found[3] else 1)
        return f"{first.isoformat()}/{date.fromisocalendar(year, number, 7).isoformat()}"
    found = _PART.fullmatch(plain)
    if found is None:
        return plain
    if found[4]:
        return f"{found[1]}-{_SEASON_NUMBERS[found[4]]}"
    first_month, months = (int(found[2]) * 3 - 2, 3) if found[2] else (int(found[3]) * 6 - 5, 6)
    return f"{found[1]}-{first_month:02d}/{found[1]}-{first_month + months - 1:02d}"
