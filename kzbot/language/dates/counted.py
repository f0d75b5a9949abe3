"""Days that are counted from a written date: "a week after May 5, 1998"."""

import re
from collections.abc import Sequence

from kzbot.language.dates.lexicon import COUNTS
from kzbot.language.dates.meaning import Calendar, Counted, Reading

_REACH = 40
_SMALLEST = {"day": 3, "week": 3, "month": 2, "year": 1}
"""How many of year, month and day must be told for a unit to be counted from it."""
_COUNTED = re.compile(
    r"(?<![\w-])(?:(?P<count>an?|\d{1,3}|"
    + "|".join(word for word, value in COUNTS.items() if isinstance(value, int))
    + r")\s+"
    r"(?P<unit>day|week|month|year)s?|the\s+(?P<one>day|week|month|year))\s+(?P<side>after|before)\s+\Z",
    re.IGNORECASE,
)
_NOT_ONE_DAY = re.compile(
    r"(?:than|within|least|most|about|around|nearly|almost|over|under|some|in|for|the|first|last|next|to|or|and|until)\s+\Z",
    re.IGNORECASE,
)


def count_from(text: str, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, a written date that something is counted from replaced by what comes out."""
    counted: list[Reading] = []
    for reading in readings:
        found = _counted(text, reading)
        if found is not None:
            while counted and counted[-1].end > found.start:
                counted.pop()
        counted.append(found or reading)
    return counted


def _counted(text: str, reading: Reading) -> Reading | None:
    origin = reading.meaning
    if not isinstance(origin, Calendar) or origin.year is None or reading.edition or reading.joined or reading.modifier:
        return None
    low = max(reading.start - _REACH, 0)
    left = text[low : reading.start]
    if left[-6:-1].lower() not in ("after", "efore"):
        return None
    found = _COUNTED.search(left)
    if found is None or _NOT_ONE_DAY.search(left, 0, found.start()):
        return None
    unit = (found["unit"] or found["one"]).lower()
    if 1 + (origin.month is not None) + (origin.day is not None) < _SMALLEST[unit]:
        return None
    word = (found["count"] or "1").lower()
    count = int(word) if word.isdecimal() else int(COUNTS.get(word, 1))
    back = found["side"].lower() == "before"
    return Reading(low + found.start(), reading.end, Counted(unit, -count if back else count, origin))
