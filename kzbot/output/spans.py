"""The days that a date mark honestly occupies in a calendar."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kzbot.answers.model import DatedMark

Meaning = Literal["day", "within", "lasting", "begins", "ends"]
_END = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?[~?%]?", re.ASCII)
_NOT_THEN = frozenset(("before", "after", "fiscal"))


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included, and what is known to happen there.

    `day`: it happened on this day. `within`: at some time between the two. `lasting`: from the one to the other.
    `begins`, `ends`: what has an open end begins, or ends, at some time between the two.
    """

    first: date
    last: date
    meaning: Meaning


def days_of(dated: DatedMark) -> Days | None:
    """The days of a mark, never fewer than its source leaves open; None where no first and last day can be told.

    None for "before" and "after" a date, for "some day from 2007 on", and for a fiscal year, whose days are not those
    of the calendar year that it is named after. "Since 2007" is known to begin within 2007: these are its days.
    """
    mark = dated.mark
    if mark.modifier in _NOT_THEN:
        return None
    if ".." in mark.edtf and not mark.edtf.startswith("["):
        first, _, last = mark.edtf.partition("/")
        known = _end(last if first == ".." else first)
        return Days(*known, "ends" if first == ".." else "begins") if known else None
    if mark.earliest is None or mark.latest is None:
        return None
    if mark.edtf[:1] != "[" and "/" in mark.edtf:
        return Days(mark.earliest, mark.latest, "lasting")
    return Days(mark.earliest, mark.latest, "day" if mark.earliest == mark.latest else "within")


def _end(edtf: str) -> tuple[date, date] | None:
    """The first and last day of a year, a month or a day; None for what is neither, such as a decade or a season."""
    found = _END.fullmatch(edtf)
    if found is None:
        return None
    year, month, day = int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)
    if year < 1 or month > 12:
        return None
    if day:
        known = date(year, month, day)
        return known, known
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)
