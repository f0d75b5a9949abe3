"""EDTF dates (ISO 8601-2) of the forms that kzbot emits and accepts: their first and last day, and how they lie.

Forms: `2013-11-14`, `2013-11`, `2013`, `199X`, `19XX`, `2004-XX`, `2004-06-XX`, seasons `1998-21` to `1998-24`, quarters
`1998-33` to `1998-36`, halves `1998-40` and `1998-41`, each with `~`, `?` or `%` behind it; the intervals `a/b`, `a/..`,
`../b`; and "some day within", `[a..b]`, `[a..]`, `[..b]`. Years run from 0001 to 9999.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal

Bounds = tuple[date | None, date | None]
Precision = Literal["day", "month", "season", "quarter", "half", "year", "decade", "century", "interval", "one_of"]

_CLOSED = re.compile(
    r"(?P<century>\d\d)XX|(?P<decade>\d{3})X|(?P<year>\d{4})(?:-(?:(?P<part>\d\d)|XX)(?:-(?:(?P<day>\d\d)|(?P<any>XX)))?)?",
    re.ASCII,
)
_MONTHS_OF_PART = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
_MONTHS_OF_SEASON = {21: (3, 5), 22: (6, 8), 23: (9, 11)}
_WINTER = 24


@lru_cache(maxsize=2048)
def bounds(text: str) -> Bounds:
    """The first and the last day that `text` may mean, None on a side that is open.

    Raises ValueError on what is not EDTF of our forms: impossible days, reversed intervals, other notations.
    Winter is the one season that a single year does not settle ("winter 1998" may start or end in it): both are held.
    An approximate date keeps the bounds of the date itself.
    """
    if text[:1] == "[" and text[-1:] == "]":
        first, dots, last = text[1:-1].partition("..")
        if not dots:
            raise ValueError(f"not an EDTF date: {text!r}")
        return _between(first, last, text)
    if "/" in text:
        first, _, last = text.partition("/")
        return _between("" if first == ".." else first, "" if last == ".." else last, text)
    return _closed(text)


def is_valid(text: str) -> bool:
    """Whether `bounds` accepts `text`."""
    try:
        bounds(text)
    except ValueError:
        return False
    return True


def precision(text: str) -> Precision:
    """How fine a valid EDTF date is; ValueError like `bounds`."""
    bounds(text)
    if text.startswith("["):
        return "one_of"
    if "/" in text:
        return "interval"
    plain = text.rstrip("~?%")
    if plain.endswith("XX") and len(plain) == 4:
        return "century"
    if plain.endswith("X") and len(plain) == 4:
        return "decade"
    pieces = [piece for piece in plain.split("-") if piece != "XX"]
    if len(pieces) < 3:
        return "year" if len(pieces) == 1 else _part_precision(int(pieces[1]))
    return "day"


def within(inner: Bounds, outer: Bounds) -> bool:
    """Whether every day that `inner` may mean lies in `outer`; an open side of `outer` takes everything."""
    starts = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    ends = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return starts and ends


def days(first: date, last: date) -> str:
    """The plainest EDTF text that means exactly the days from `first` to `last`, both included."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        if (first.month, last.month) == (1, 12):
            start, end = f"{first.year:04d}", f"{last.year:04d}"
        else:
            start, end = f"{first.year:04d}-{first.month:02d}", f"{last.year:04d}-{last.month:02d}"
        return start if start == end else f"{start}/{end}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _between(first: str, last: str, text: str) -> Bounds:
    if not first and not last:
        raise ValueError(f"not an EDTF date: {text!r}")
    earliest = _closed(first)[0] if first else None
    latest = _closed(last)[1] if last else None
    if earliest is not None and latest is not None and earliest > latest:
        raise ValueError(f"an interval that ends before it starts: {text!r}")
    return earliest, latest


def _closed(text: str) -> tuple[date, date]:
    found = _CLOSED.fullmatch(text[:-1] if text[-1:] in ("~", "?", "%") else text)
    if found is None:
        raise ValueError(f"not an EDTF date: {text!r}")
    if found["century"] or found["decade"]:
        known = found["century"] or found["decade"]
        width = 10 ** (4 - len(known))
        start = int(known) * width
        return date(max(start, 1), 1, 1), date(start + width - 1, 12, 31)
    year = int(found["year"])
    if found["part"] is None:
        if found["day"]:
            raise ValueError(f"a day without its month: {text!r}")
        return date(year, 1, 1), date(year, 12, 31)
    part = int(found["part"])
    if found["day"]:
        day = date(year, part, int(found["day"]))
        return day, day
    if part > 12 and not found["any"]:
        return _season_or_part(year, part, text)
    return _months(year, part, year, part)


def _season_or_part(year: int, part: int, text: str) -> tuple[date, date]:
    if part == _WINTER:
        start, end = max(year - 1, 1), min(year + 1, 9999)
        return date(start, 12, 1) if start < year else date(year, 1, 1), _months(end, 2, end, 2)[1]
    months = _MONTHS_OF_SEASON.get(part) or _MONTHS_OF_PART.get(part)
    if months is None:
        raise ValueError(f"no such month or season: {text!r}")
    return _months(year, months[0], year, months[1])


def _months(first_year: int, first_month: int, last_year: int, last_month: int) -> tuple[date, date]:
    if not 1 <= first_month <= 12:
        raise ValueError(f"no such month: {first_month}")
    return date(first_year, first_month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _part_precision(part: int) -> Precision:
    if part <= 12:
        return "month"
    if part in _MONTHS_OF_SEASON or part == _WINTER:
        return "season"
    return "quarter" if part <= 36 else "half"
