"""EDTF dates in words, never more precise than they are."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from babel import Locale

_CLOSED = re.compile(
    r"(?P<century>\d\d)XX|(?P<decade>\d{3})X|(?P<year>\d{4})(?:-(?:(?P<part>\d\d)|XX)(?:-(?:(?P<day>\d\d)|XX))?)?",
    re.ASCII,
)
_PARTS = {
    21: "dates.spring",
    22: "dates.summer",
    23: "dates.autumn",
    24: "dates.winter",
    33: "dates.quarter_1",
    34: "dates.quarter_2",
    35: "dates.quarter_3",
    36: "dates.quarter_4",
    40: "dates.half_1",
    41: "dates.half_2",
}
_MODIFIED = {
    "early": "dates.early",
    "mid": "dates.mid",
    "late": "dates.late",
    "about": "dates.about",
    "before": "dates.before",
    "after": "dates.after",
    "fiscal": "dates.fiscal",
}
_ORDINALS = {"one": "dates.ordinal_one", "two": "dates.ordinal_two", "few": "dates.ordinal_few"}
_QUALIFIED = {"~": "dates.about", "?": "dates.perhaps", "%": "dates.perhaps_about"}


class Say(Protocol):
    """How a phrase is said: see `Phrases.say`."""

    def __call__(self, key: str, /, **values: object) -> str:
        """The phrase `key` with its placeholders filled."""


@dataclass(frozen=True, slots=True)
class _Closed:
    """One date without its qualifier; `month` is a month, `part` a season, quarter or half."""

    year: int
    month: int | None = None
    day: int | None = None
    part: int | None = None
    span: str | None = None
    qualifier: str = ""


class DateWords:
    """Words for dates in one language; `locale` is asked only where a month needs its name."""

    def __init__(self, say: Say, ordinal: Callable[[int], str], locale: Callable[[], "Locale"]) -> None:
        self._say = say
        self._ordinal = ordinal
        self._locale = locale

    def words(self, edtf: str, modifier: str | None = None) -> str:
        """See `Phrases.date`."""
        open_end = edtf if modifier is not None and "/" in edtf else ""
        first, _, last = open_end.partition("/")
        if first == ".." or last == "..":
            return self._interval("" if first == ".." else first, "" if last == ".." else last, modifier)
        said = self._unmodified(edtf, plain=modifier == "about")
        return said if modifier is None else self._say(_MODIFIED[modifier], date=said)

    def _unmodified(self, edtf: str, plain: bool) -> str:
        if edtf[:1] == "[" and edtf[-1:] == "]" and ".." in edtf:
            first, _, last = edtf[1:-1].partition("..")
            return self._one_of(first, last)
        if "/" in edtf:
            first, _, last = edtf.partition("/")
            return self._interval("" if first == ".." else first, "" if last == ".." else last)
        return self._closed(edtf, plain)

    def _one_of(self, first: str, last: str) -> str:
        if not first:
            return self._say("dates.or_earlier", date=self._closed(last))
        if not last:
            return self._say("dates.or_later", date=self._closed(first))
        return self._say("dates.between", first=self._beginning(first, last), last=self._closed(last))

    def _interval(self, first: str, last: str, modifier: str | None = None) -> str:
        """Two ends in words, or the one that is known; a modifier belongs to that one ("since early 2010")."""
        if not first or not last:
            known = self._closed(first or last, plain=modifier == "about")
            known = known if modifier is None else self._say(_MODIFIED[modifier], date=known)
            return self._say("dates.since" if first else "dates.until", date=known)
        return self._say("dates.interval", first=self._beginning(first, last), last=self._closed(last))

    def _beginning(self, first: str, last: str) -> str:
        """The first of two ends in words, without what it shares with the other."""
        one, other = _read(first), _read(last)
        if one.month is not None and self._shortens(one, other):
            return self._within_year(one, other)
        return self._closed(first)

    @staticmethod
    def _shortens(one: _Closed, other: _Closed) -> bool:
        """Whether the first end may leave out its year: both are months, or both days, of one year, and certain."""
        same_kind = other.month is not None and (one.day is None) == (other.day is None)
        return one.year == other.year and same_kind and not one.qualifier and not other.qualifier

    def _within_year(self, one: _Closed, other: _Closed) -> str:
        assert one.month is not None
        if one.day is None:
            return self._say("dates.month_alone", month=self._month(one.month, "stand-alone"))
        if one.month == other.month:
            return str(one.day)
        return self._say("dates.day_alone", day=one.day, month=self._month(one.month, "format"))

    def _closed(self, edtf: str, plain: bool = False) -> str:
        date = _read(edtf)
        said = self._certain(date)
        if not date.qualifier or (plain and date.qualifier == "~"):
            return said
        return self._say(_QUALIFIED[date.qualifier], date=said)

    def _certain(self, date: _Closed) -> str:
        if date.span == "century":
            number = date.year // 100 + 1
            ordinal = self._say(_ORDINALS.get(self._ordinal(number), "dates.ordinal_other"), number=number)
            return self._say("dates.century", ordinal=ordinal)
        if date.span == "decade":
            return self._say("dates.decade", year=date.year)
        if date.part is not None:
            return self._say(_PARTS[date.part], year=date.year)
        if date.month is None:
            return self._say("dates.year", year=date.year)
        if date.day is None:
            return self._say("dates.month", month=self._month(date.month, "stand-alone"), year=date.year)
        return self._say("dates.day", day=date.day, month=self._month(date.month, "format"), year=date.year)

    def _month(self, month: int, context: str) -> str:
        return str(self._locale().months[context]["wide"][month])


def _read(edtf: str) -> _Closed:
    qualifier = edtf[-1:] if edtf[-1:] in _QUALIFIED else ""
    found = _CLOSED.fullmatch(edtf.removesuffix(qualifier) if qualifier else edtf)
    if found is None:
        raise ValueError(f"not an EDTF date: {edtf!r}")
    if found["century"]:
        return _Closed(int(found["century"]) * 100, span="century", qualifier=qualifier)
    if found["decade"]:
        return _Closed(int(found["decade"]) * 10, span="decade", qualifier=qualifier)
    part = int(found["part"]) if found["part"] else None
    day = int(found["day"]) if found["day"] else None
    year = int(found["year"])
    if part is None and day is None:
        return _Closed(year, qualifier=qualifier)
    if part in _PARTS and day is None:
        return _Closed(year, part=part, qualifier=qualifier)
    if part is not None and 1 <= part <= 12:
        return _Closed(year, month=part, day=day, qualifier=qualifier)
    raise ValueError(f"not an EDTF date: {edtf!r}")
