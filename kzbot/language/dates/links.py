"""Neighbours that belong together: "June to August 2012", "between 2003 and 2004", "since 2007"."""

import re
from collections.abc import Sequence
from typing import Literal

from kzbot.language.dates.meaning import Calendar, Reading

_TO = re.compile(r"\s*(?:[-–—]|to|through|thru|until|till|по|до)\s*(?:the\s)?", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|or|,|&|/|и(?:ли)?)\s*(?:and\s|or\s)?(?:in\s|on\s|the\s)?", re.IGNORECASE)
_REACH = 16

Link = Literal["to", "and", "or"]


def link(text: str, first: Reading, second: Reading) -> Link | None:
    """How two neighbours are joined by the words between them."""
    if second.start - first.end > _REACH:
        return None
    between = text[first.end : second.start]
    if _TO.fullmatch(between):
        return "to"
    if not _AND.fullmatch(between):
        return None
    return "or" if between.strip().lower() in ("or", "или") else "and"


def borrow_years(text: str, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, those without a year given the one of the neighbour that they are joined with."""
    result = list(readings)
    for index in range(len(result) - 2, -1, -1):
        first, second = result[index].meaning, result[index + 1].meaning
        if not (isinstance(first, Calendar) and isinstance(second, Calendar) and _lacks_year(first)):
            continue
        if second.month is None or (second.day is None) != (first.day is None):
            continue
        joined = link(text, result[index], result[index + 1])
        if joined is None:
            continue
        if second.year is not None:
            earlier = joined == "to" and (first.month or 0) > second.month
            result[index] = result[index]._replace(meaning=first._replace(year=second.year - earlier))
        elif second.year_shift is not None:
            result[index] = result[index]._replace(meaning=first._replace(year_shift=second.year_shift))
    for index in range(1, len(result)):
        first, second = result[index - 1].meaning, result[index].meaning
        if isinstance(first, Calendar) and isinstance(second, Calendar) and _lacks_year(second):
            if first.year is None or first.month is None or (second.day is None) != (first.day is None):
                continue
            joined = link(text, result[index - 1], result[index])
            if joined is not None:
                later = joined == "to" and (second.month or 0) < first.month
                result[index] = result[index]._replace(meaning=second._replace(year=first.year + later))
    return result


def _lacks_year(meaning: Calendar) -> bool:
    return meaning.year is None and meaning.month is not None and meaning.which is None and meaning.year_shift is None
