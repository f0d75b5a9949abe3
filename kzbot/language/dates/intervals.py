"""Two neighbouring dates as one: "from October through December", "Monday to Wednesday", "14 or 15 November"."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from kzbot.language.dates import edtf
from kzbot.language.dates.anchor import AHEAD
from kzbot.language.dates.links import link
from kzbot.language.dates.mark import DateMark, Modifier
from kzbot.language.dates.meaning import Calendar, Reading, Weekday
from kzbot.language.dates.openings import opens_range
from kzbot.language.dates.publication import Publication
from kzbot.language.dates.tense import Tenses


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading with its EDTF date and what supplied it."""

    reading: Reading
    value: str
    edtf: str
    anchor: str | None


def interval(text: str, first: Draft, second: Draft, floor: int, when: Publication, tenses: Tenses) -> DateMark | None:
    """Two neighbours as one date: an interval, or with "or" between them some day within."""
    one, other = first.reading, second.reading
    joined = "to" if other.joined else link(text, one, other)
    if joined is None or one.edition or other.edition:
        return None
    opened = opens_range(text, one.start, floor)
    if joined == "and" and (opened is None or text[opened] not in "bB"):
        return None
    if isinstance(one.meaning, Weekday) and isinstance(other.meaning, Weekday):
        first, second = _one_week(first, second, tenses)
    elif isinstance(one.meaning, Calendar) and isinstance(other.meaning, Calendar) and joined == "to":
        first, second = _one_year(first, second, when, tenses)
    earliest, (second_start, latest) = edtf.bounds(first.edtf)[0], edtf.bounds(second.edtf)
    if earliest is None or latest is None or second_start is None or second_start < earliest:
        return None
    start = one.start if opened is None else opened
    anchor = first.anchor or second.anchor
    modifier: Modifier | None = "fiscal" if "fiscal" in (one.modifier, other.modifier) else None
    return DateMark(
        f"[{earliest}..{latest}]" if joined == "or" else _joined_edtf(first.edtf, second.edtf, earliest, latest),
        f"{first.value}/{second.value}",
        earliest,
        latest,
        text[start : other.end],
        start,
        other.end,
        "resolved" if anchor else "stated",
        anchor,
        modifier,
        is_planned(start, other.end, earliest, latest, modifier, when, tenses),
    )


def _one_week(first: Draft, second: Draft, tenses: Tenses) -> tuple[Draft, Draft]:
    """ "Monday to Wednesday": each by itself may be the latest one; together they lie in one week."""
    start, end = edtf.bounds(first.edtf)[0], edtf.bounds(second.edtf)[0]
    if start is None or end is None or start <= end:
        return first, second
    if tenses.before(first.reading.start) in AHEAD:
        day = (end + timedelta(weeks=1)).isoformat()
        return first, replace(second, edtf=day, value=day)
    day = (start - timedelta(weeks=1)).isoformat()
    return replace(first, edtf=day, value=day), second


def _one_year(first: Draft, second: Draft, when: Publication, tenses: Tenses) -> tuple[Draft, Draft]:
    """ "From October through December": each by itself may be the nearest one; together they follow one another."""
    start, end = edtf.bounds(first.edtf)[0], edtf.bounds(second.edtf)[0]
    if start is None or end is None or start <= end or not (first.anchor == second.anchor == when.text):
        return first, second
    moved, years = (second, 1) if tenses.at(first.reading.start, second.reading.end) in AHEAD else (first, -1)
    value = f"{int(moved.edtf[:4]) + years:04d}{moved.edtf[4:]}"
    if not edtf.is_valid(value):
        return first, second
    moved = replace(moved, edtf=value, value=value)
    return (first, moved) if years > 0 else (moved, second)


def _joined_edtf(first: str, second: str, earliest: date, latest: date) -> str:
    if "/" in first or "/" in second:
        return edtf.days(earliest, latest)
    return f"{first}/{second}"


def is_planned(
    start: int,
    end: int,
    earliest: date | None,
    latest: date | None,
    modifier: Modifier | None,
    when: Publication,
    tenses: Tenses,
) -> bool:
    """Whether the nearest verb announces, or the day lies ahead, and the date is not before the publication."""
    last = earliest if latest is None else latest
    if when.first is not None and last is not None and last < when.first:
        return False
    ahead = when.last is not None and earliest is not None and earliest > when.last
    return (ahead and modifier != "fiscal") or tenses.announced(start, end)
