"""Rules for times of day."""

import re

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Calendar, Clock, Meaning, Reading, Shift, Weekday
from kzbot.language.dates.rules.calendar import is_day
from kzbot.language.dates.rules.rule import Found, Rule, rule
from kzbot.language.dates.rules.weekdays import PARTS

_WITH_MERIDIEM = re.compile(r"(\d{1,2})([ap])")
_UNIVERSAL = frozenset(("utc", "gmt"))


def _clock(found: Found) -> tuple[Reading, ...]:
    hour, minute = found.number("hour"), _minute(found)
    if hour is None or minute is None or (not found.has("colon") and not found.has("meridiem")):
        return ()
    if found.has("meridiem"):
        hour = hour % 12 + (12 if str(found.value("meridiem")).startswith("p") else 0)
    return _time(found, f"T{hour:02d}:{minute:02d}") if hour < 25 and minute < 60 else ()


def _minute(found: Found) -> int | None:
    if not found.has("minute"):
        return 0
    start, end, value = found.token("minute")
    return int(value) if end - start == 2 and str(value).isdecimal() else None


def _noon(found: Found) -> tuple[Reading, ...]:
    word = str(found.value("noon"))
    with_meridiem = _WITH_MERIDIEM.fullmatch(word)
    if with_meridiem:
        hour = int(with_meridiem[1]) % 12 + (12 if with_meridiem[2] == "p" else 0)
        return _time(found, f"T{hour:02d}:00")
    return _time(found, "T24:00" if word == "midnight" else "T12:00")


def _military(found: Found) -> tuple[Reading, ...]:
    four = f"{found.number('four') or 0:04d}"
    return _time(found, f"T{four[:2]}:{four[2:]}") if four[:2] < "25" and four[2:] < "60" else ()


def _part_of_a_day(found: Found) -> tuple[Reading, ...]:
    """The morning of Sept. 11, 2001."""
    year, month, day = found.number("year"), found.number("month"), found.number("day")
    if month is None or day is None or not is_day(year, month, day):
        return ()
    part = PARTS[found.word("part") or ""]
    return found.reads(Clock(part if part.startswith("T") else f"T{part}", Calendar(year, month, day)))


def _time(found: Found, time: str) -> tuple[Reading, ...]:
    zone = "Z" if found.word("zone") in _UNIVERSAL else ""
    day: Meaning | None = None
    if found.has("weekday"):
        day = Weekday(found.number("weekday") or 0)
    elif found.has("today"):
        day = Shift("day", {"yesterday": -1, "tomorrow": 1}.get(found.word("today") or "", 0))
    return found.reads(Clock(time + zone, day))


_ZONE = f"(?:{k.OPENING}?(?P<zone>{k.ZONE}))?"
_DAY = f"(?:{k.COMMA}?{k.OTHER_PREPOSITION}?(?:(?P<weekday>{k.WEEKDAY})|(?P<today>{k.TODAY})))?"
_NUMBER = f"[{k.SMALL}{k.NUMBER}]"
RULES: tuple[Rule, ...] = (
    rule(
        "18:00 UTC",
        f"{k.NOT_IN_NUMBER}(?P<hour>{_NUMBER})(?:(?P<colon>{k.COLON})(?P<minute>{_NUMBER})(?:{k.COLON}{_NUMBER})?)?"
        f"(?P<meridiem>{k.MERIDIEM})?{_ZONE}{_DAY}",
        k.COLON + k.MERIDIEM,
        _clock,
    ),
    rule(
        "the morning of June 3",
        f"{k.THE}?(?P<part>{k.DAY_PART}){k.OF}{k.ANY_WEEKDAY}(?P<month>{k.ANY_MONTH})(?P<day>{k.DAY})"
        f"(?:{k.COMMA}?(?P<year>{k.YEAR}))?{k.NUMBER_ENDS}",
        k.DAY_PART,
        _part_of_a_day,
        k.THE + k.DAY_PART,
    ),
    rule("noon", f"(?P<noon>{k.NOON}){_ZONE}{_DAY}", k.NOON, _noon),
    rule(
        "0800 UTC",
        f"{k.NOT_IN_NUMBER}(?P<four>[{k.FOUR}{k.YEAR}{k.OLD_YEAR}])(?P<zone>{k.ZONE}){_DAY}",
        k.ZONE,
        _military,
    ),
)
