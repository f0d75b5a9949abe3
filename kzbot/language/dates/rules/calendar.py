"""Rules for dates that are written out: day, month and year, numeric dates, month and year, year."""

from calendar import monthrange

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Calendar, Reading, Undated
from kzbot.language.dates.rules.rule import Found, Rule, rule

_MONTH = f"(?P<month>{k.ANY_MONTH})"
_DAY = f"(?P<day>{k.DAY})"
_YEAR = f"(?P<year>{k.ANY_YEAR})"
_YEARS_ONLY = f"{k.YEAR}{k.OLD_YEAR}"
_APPROXIMATE = frozenset(("about", "around", "circa", "approximately", "roughly"))
_TAKES_OLD_YEAR = frozenset(("in", "since", "until", "till", "by", "circa", "before", "after"))
_LICENCE = frozenset(
    (k.IN, k.OF, k.TO, k.BETWEEN, k.OTHER_PREPOSITION, k.THE, k.PART, k.AWAY, k.COMMA, k.OPENING, k.POSSESSIVE, k.AND, k.WHICH, k.DASH,
     k.SEASON, k.ABOUT)
)  # fmt: skip
_COUNTS_TOO = frozenset(
    ("of", "from", "to", "by", "about", "for", "with", "than", "over", "and", "or", "around", "at", "some")
)
_BEFORE_CHRIST = frozenset(("BC", "BCE", "B"))
_COUNT_RATHER = range(1000, 1900)
NOTHING = Undated("")
"""What looks like a date and is none: taken, so that no part of it is read as one."""


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether there is such a day; without a year, in some year."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]


def full_year(short: int) -> int:
    """A year of two digits: 30 to 99 in the 20th century, 00 to 29 in the 21st."""
    return short if short > 99 else 1900 + short if short >= 30 else 2000 + short


def _full_date(found: Found) -> tuple[Reading, ...]:
    year, month, day = found.number("year"), found.number("month"), found.number("day")
    if year is None or month is None or day is None:
        return ()
    return found.reads(Calendar(year, month, day) if is_day(year, month, day) else NOTHING)


def _numeric(found: Found) -> tuple[Reading, ...]:
    """1.9.2012 has the day first, 9/14/2012 the month; 9/1/2012 may be either and is only fit for tagging."""
    first, second, last = found.number("first"), found.number("second"), found.number("last")
    if first is None or second is None or last is None:
        return ()
    year = full_year(last)
    start, end, _ = found.token("last")
    if found.kinds_of("last") != k.YEAR and (end - start != 2 or found.kinds[1] == k.POINT):
        return found.reads(NOTHING)
    day_first = found.kinds[1] == k.POINT or first > 12
    day, month = (first, second) if day_first else (second, first)
    if not is_day(year, month, day):
        return found.reads(NOTHING)
    unsure = found.kinds[1] != k.POINT and first <= 12 and second <= 12 and first != second
    return found.reads(Calendar(year, month, day), loose=unsure)


def _month_year(found: Found) -> tuple[Reading, ...]:
    year = found.number("year")
    if year is None:
        year = full_year(found.number("short") or 0)
    return found.reads(Calendar(year, found.number("month")), found.modifier("when"))


def _year(found: Found) -> tuple[Reading, ...]:
    year = found.number("year")
    if year is None or (not found.has("when") and not _is_year(found)):
        return ()
    if found.has("when"):
        return found.reads(Calendar(year), found.modifier("when"))
    start, end, _ = found.token("year")
    if found.before == k.ABOUT:
        return (Reading(start, end, Calendar(year), "about"),)
    return found.reads(Calendar(year))


def _is_year(found: Found) -> bool:
    """Whether four digits are a year and no count: by what stands before and behind."""
    before, after, word = found.before, found.after, found.word_before
    if before == k.ABOUT and word not in _APPROXIMATE:
        return False
    if after == k.COUNTED and (before not in _LICENCE or word in _COUNTS_TOO or found.number("year") in _COUNT_RATHER):
        return False
    if after in (k.PLURAL, k.UNITS) and (
        before not in _LICENCE or before == k.ABOUT or found.number("year") in _COUNT_RATHER
    ):
        return False
    if before == k.UNIT:
        return word == "year"
    if after == k.NAME and found.word_after in _BEFORE_CHRIST:
        return False
    return found.kinds[-1] == k.YEAR or word in _TAKES_OLD_YEAR


def _edition(found: Found) -> tuple[Reading, ...]:
    """A year right behind a name: KADEX 2014, Steppe Eagle-2012."""
    if found.after in (k.COUNTED, k.PLURAL):
        return ()
    start, end, _ = found.token("year")
    year = found.number("year")
    return (Reading(start, end, Calendar(year), edition=True),)


def _short_year(found: Found) -> tuple[Reading, ...]:
    short = found.value("short")
    if not isinstance(short, int) or (found.before not in _LICENCE and found.before != k.SEASON):
        return ()
    return found.reads(Calendar(full_year(short)))


_ENDS = k.NUMBER_ENDS
RULES: tuple[Rule, ...] = (
    rule("month day year", f"{k.ANY_WEEKDAY}{_MONTH}{k.THE_BEFORE_ORDINAL}{_DAY}{k.COMMA}?{_YEAR}{_ENDS}", _YEARS_ONLY, _full_date,
         k.WEEKDAYS_AND_MONTHS),
    rule(
        "day month year",
        f"{k.NOT_IN_NUMBER}{k.ANY_WEEKDAY}(?:{k.THE}(?={k.ORDINAL}))?{_DAY}{k.TIGHT_DASH}?{k.OF}?{_MONTH}{k.TIGHT_DASH}?{k.COMMA}?{k.OF}?{_YEAR}{_ENDS}",
        _YEARS_ONLY,
        _full_date,
        k.DAYS_BEFORE_A_MONTH,
    ),
    rule(
        "year-month-day",
        f"{k.NOT_IN_NUMBER}{_YEAR}(?P<sign>[{k.TIGHT_DASH}{k.SLASH}{k.POINT}])(?P<month>{k.SMALL})(?P=sign)(?P<day>{k.SMALL}){_ENDS}",
        _YEARS_ONLY,
        _full_date,
        _YEARS_ONLY,
    ),
    rule(
        "numeric",
        f"(?:{k.NOT_IN_NUMBER}|(?<={k.YEAR}{k.TIGHT_DASH}))(?P<first>{k.SMALL})(?P<sign>[{k.POINT}{k.SLASH}])(?P<second>{k.SMALL})(?P=sign)"
        f"(?P<last>[{k.YEAR}{k.SMALL}{k.NUMBER}])(?:(?={k.TIGHT_DASH}{k.SMALL}[{k.POINT}{k.SLASH}])|{_ENDS})",
        f"{k.POINT}{k.SLASH}",
        _numeric,
    ),
    rule(
        "month year",
        f"(?P<when>{k.WHEN_IN_IT}){_MONTH}{k.TIGHT_DASH}?{k.COMMA}?{k.OF}?(?:{_YEAR}|(?P<short>{k.SHORT_YEAR})){_ENDS}",
        _YEARS_ONLY + k.SHORT_YEAR,
        _month_year,
        k.WHEN_STARTS + k.MONTHS,
    ),
    rule(
        "year",
        f"{k.NOT_IN_NUMBER}(?P<when>{k.WHEN_IN_IT})(?<!{k.NAME})(?P<year>{k.ANY_YEAR}){_ENDS}",
        _YEARS_ONLY,
        _year,
        k.WHEN_STARTS + _YEARS_ONLY,
    ),
    rule("the year", f"{k.THE}{k.UNIT}(?P<year>{k.ANY_YEAR}){_ENDS}", _YEARS_ONLY, lambda found: (
        found.reads(Calendar(found.number("year"))) if found.tokens()[1][2] == "year" else ()
    )),
    rule("edition", f"(?<={k.NAME}){k.TIGHT_DASH}?(?P<year>{k.YEAR}){_ENDS}", _YEARS_ONLY, _edition),
    rule("short year", f"(?P<short>{k.SHORT_YEAR})", k.SHORT_YEAR, _short_year),
)  # fmt: skip
