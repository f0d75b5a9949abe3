"""Reads a date that a person types into a filter."""

import re
from dataclasses import dataclass
from datetime import date

from kzbot.language.dates import edtf
from kzbot.language.dates.lexicon import DECADES, MONTHS, SHORT_MONTHS, WEEKDAYS
from kzbot.language.dates.marks import find_marks
from kzbot.language.dates.rules.calendar import full_year

_LONGEST = 80
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})(?:\2(\d{1,2}))?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[./-](\d{4})")
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SHORT_YEAR = re.compile(r"['’](\d\d)")
_DECADE = re.compile(r"(?:the )?['’]?(\d{3}|\d)0['’]?s")
_TWO_YEARS = re.compile(r"(\d{4}) ?[-–—/] ?(\d\d)")
_RANGE = re.compile(
    r"(?:from |between )?(.+?)(?: ?\.\. ?| ?[–—] ?| - | to | till | until | and |(?<=\d{4})-(?=\d{4}$))(.+)"
)
_SINCE = re.compile(r"(?:since|from|after) (.+)|(.+?)(?: onwards?| ?\.\.| ?-)")
_UNTIL = re.compile(r"(?:until|till|up to|to|before|by) (.+)|(?:\.\. ?|- ?)(.+)")
_ABBREVIATED = re.compile(r"(?<=[^\W\d_]{3})\.(?!\.)")
_YEAR_AT_END = re.compile(r"((?:\d{1,2} [^\W\d_]{3,}|spring|summer|autumn|fall|winter)(?: of)? )(\d\d)")
_WORD = re.compile(r"[^\W\d_]+")
_MONTH_STEMS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_YEAR_WORDS = re.compile(r"(?<=\d) ?(?:года?|г\.?)(?!\w)|\bthe year (?=\d)")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood: an EDTF date with its first and last day, None where open."""

    edtf: str
    earliest: date | None
    latest: date | None


def read_typed(text: str, today: date) -> Typed | None:
    """The date that a person means by `text`, relative words counted from `today`; None when it is not understood.

    Numbers between dots or slashes are read with the day first, unless only the other way makes a date.
    """
    if len(text) > _LONGEST:
        return None
    typed = _ABBREVIATED.sub("", _YEAR_WORDS.sub("", " ".join(text.casefold().split()))).strip(" ,;")
    typed = _YEAR_AT_END.sub(r"\1'\2", typed) if _YEAR_AT_END.fullmatch(typed) else typed
    if not typed:
        return None
    return _one(typed, today) or _open(typed, today) or _range(typed, today)


def _one(typed: str, today: date) -> Typed | None:
    if edtf.is_valid(typed.upper()):
        return _typed(typed.upper())
    return _numeric(typed) or _decade(typed) or _in_words(typed, today)


def _typed(value: str) -> Typed | None:
    return Typed(value, *edtf.bounds(value)) if edtf.is_valid(value) else None


def _numeric(typed: str) -> Typed | None:
    if found := _DAY_FIRST.fullmatch(typed):
        day, month, year = int(found[1]), int(found[3]), full_year(int(found[4]))
        return _typed(f"{year:04d}-{month:02d}-{day:02d}") or _typed(f"{year:04d}-{day:02d}-{month:02d}")
    if found := _YEAR_FIRST.fullmatch(typed):
        tail = f"-{int(found[4]):02d}" if found[4] else ""
        read = _typed(f"{found[1]}-{int(found[3]):02d}{tail}") if int(found[3]) <= 12 else None
        if read is not None or tail:
            return read
    if found := _TWO_YEARS.fullmatch(typed):
        year, short = int(found[1]), int(found[2])
        last = year - year % 100 + short
        return _typed(f"{year:04d}/{last + (100 if last < year else 0):04d}")
    if found := _MONTH_FIRST.fullmatch(typed):
        return _typed(f"{found[2]}-{int(found[1]):02d}") if int(found[1]) <= 12 else None
    if found := _PACKED.fullmatch(typed):
        return _typed("-".join(found.groups()))
    if found := _SHORT_YEAR.fullmatch(typed):
        return _typed(str(full_year(int(found[1]))))
    return None


def _decade(typed: str) -> Typed | None:
    found = _DECADE.fullmatch(typed)
    if found is None:
        return None
    digits = found[1]
    return _typed(f"{digits if len(digits) == 3 else f'{20 if int(digits) < 3 else 19}{digits}'}X")


def _in_words(typed: str, today: date) -> Typed | None:
    """The words as an article would print them, if all of them make one date."""
    if typed == "now":
        return _typed(today.isoformat())
    start = "" if typed.startswith(("in ", "on ", "the ")) else "the " if typed in DECADES else "in "
    printed = start + _WORD.sub(_as_printed, typed)
    marks = [mark for mark in find_marks(printed, today.isoformat()) if not mark.edition]
    if len(marks) != 1 or marks[0].start is None or marks[0].end is None:
        return None
    mark = marks[0]
    rest = printed[: mark.start] + printed[mark.end :]
    if rest.replace("in", "", 1).replace("on", "", 1).replace("the", "", 1).strip(" .,'"):
        return None
    return Typed(mark.edtf, mark.earliest, mark.latest)


def _as_printed(found: re.Match[str]) -> str:
    word = found[0]
    if word in SHORT_MONTHS:
        return MONTHS[SHORT_MONTHS[word] - 1].capitalize()
    if word in MONTHS or word in WEEKDAYS:
        return word.capitalize()
    stem = "май" if word == "мая" else word[:3]
    if stem in _MONTH_STEMS:
        return MONTHS[_MONTH_STEMS.index(stem)].capitalize()
    return word.upper() if word in ("fy", "q") else word


def _open(typed: str, today: date) -> Typed | None:
    if found := _SINCE.fullmatch(typed):
        read = _one(found[1] or found[2], today)
        return _typed(f"{read.edtf.partition('/')[0]}/..") if read and read.earliest else None
    if found := _UNTIL.fullmatch(typed):
        read = _one(found[1] or found[2], today)
        return _typed(f"../{read.edtf.rpartition('/')[2]}") if read and read.latest else None
    return None


def _range(typed: str, today: date) -> Typed | None:
    found = _RANGE.fullmatch(typed)
    if found is None:
        return None
    first, last = _one(found[1], today), _one(found[2], today)
    if first is None or last is None or first.earliest is None or last.latest is None or first.earliest > last.latest:
        return None
    if "/" in first.edtf + last.edtf:
        return _typed(edtf.days(first.earliest, last.latest))
    return _typed(f"{first.edtf}/{last.edtf}")
