"""Whose year a month or day without one takes: the narrative's, the publication's, or nobody can tell."""

from datetime import date, timedelta
from typing import Literal

from kzbot.language.dates.meaning import Calendar, Meaning, Part, Shift
from kzbot.language.dates.narrative import Setting

MONTHS_OF_SEASON = {21: 3, 22: 6, 23: 9, 24: 12}
"""The month that a season starts in, by its EDTF number."""
_NEWS, _RECENT = 7, 60
"""Days before the publication that are news of the week, and that a report may leave the year away from."""
_OTHER_END = 8
"""Months between two dates from which on the year may have changed between them."""
_NEVER = 400


def whose_year(meaning: Meaning, today: date, setting: Setting) -> Literal["narrative", "publication", "unsure"]:
    """Whose year a phrase without one takes.

    A printed weekday that fits only one of them decides. A narrative that is going on keeps its year; one that an older
    year has opened keeps it too, but a day of the last week may as well be news, and then nobody can tell. An older year
    that only stands nearby gives way to what the publication has near by or reports.
    """
    if setting.year >= today.year:
        return "publication"
    if isinstance(meaning, Shift):
        return "narrative" if setting.firm and not setting.said else "publication"
    month, day = _place(meaning)
    near = _nearest_past(today, month, day)
    if isinstance(meaning, Calendar) and meaning.day is not None:
        there = _weekday_of(setting.year, month, meaning.day)
        if there is None:
            return "publication"
        if meaning.weekday is not None:
            here = near is not None and near.weekday() == meaning.weekday
            if (there == meaning.weekday) != here:
                return "publication" if here else "narrative"
    away = _NEVER if near is None else (today - near).days
    if setting.ahead:
        return "unsure" if setting.firm else "publication"
    if setting.place is not None and _other_end(setting, month):
        return "unsure"
    if setting.going:
        return "publication" if setting.said and away <= _NEWS else "narrative"
    if setting.firm:
        if setting.said:
            return "publication" if away <= _RECENT else "narrative"
        dated = len(setting.by) >= 7
        return "unsure" if away <= _NEWS and not dated else "narrative"
    if setting.said or away <= _RECENT:
        return "publication"
    if setting.place is not None:
        return "narrative" if setting.place <= (month, day) else "publication"
    return "publication" if near is not None and near.year == today.year else "narrative"


def _other_end(setting: Setting, month: int) -> bool:
    """Whether the month lies so far from the date before it that the neighbouring year is nearer: January after December."""
    away = month - (setting.place[0] if setting.place else month)
    return away <= -_OTHER_END or (away >= _OTHER_END and not setting.firm)


def _place(meaning: Meaning) -> tuple[int, int]:
    if isinstance(meaning, Part):
        return MONTHS_OF_SEASON[meaning.number] % 12 + 1, 15
    if isinstance(meaning, Calendar):
        return meaning.month or 1, meaning.day or 15
    return 12, 31


def _nearest_past(today: date, month: int, day: int) -> date | None:
    """The latest such day up to a fortnight after `today`, for a whole month counts from its middle."""
    for year in (today.year, today.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today + timedelta(days=14):
            return found
    return None


def _weekday_of(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None
