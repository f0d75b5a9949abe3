"""Rules for ranges whose two ends share words: 2003-2004, June 24-27, 2012. Other ranges are joined after all rules."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Calendar, Reading
from kzbot.language.dates.rules.calendar import NOTHING, is_day
from kzbot.language.dates.rules.rule import Found, Rule, rule

_MONTH = f"(?P<month>{k.ANY_MONTH})"
_JOIN = f"(?P<join>[{k.TIGHT_DASH}{k.DASH}{k.TO}{k.AND}{k.SLASH}])"


def _years(found: Found) -> tuple[Reading, ...]:
    """2003-2004, 2003-04; a hyphen and a smaller number may be a month: 2012-09."""
    first, last = found.number("first"), found.number("last")
    if first is None or last is None:
        return ()
    start, middle, _ = found.token("first")
    at, end, _ = found.token("last")
    if found.kinds_of("last") != k.YEAR:
        if end - at != 2:
            return found.reads(NOTHING)
        short = last
        last = first - first % 100 + short
        if last <= first and first % 100 == 99 and short == 0:
            last += 100
        if last <= first:
            return found.reads(Calendar(first, short) if 1 <= short <= 12 else NOTHING)
    if last <= first or (
        found.after in (k.COUNTED, k.PLURAL) and found.before not in (k.IN, k.OF, k.OTHER_PREPOSITION, k.THE)
    ):
        return found.reads(NOTHING)
    return Reading(start, middle, Calendar(first)), Reading(at, end, Calendar(last), joined=True)


def _month_days(found: Found) -> tuple[Reading, ...]:
    return _days(found, (found.start, found.token("first")[1]), (found.token("last")[0], found.end))


def _days_month(found: Found) -> tuple[Reading, ...]:
    return _days(found, (found.token("first")[0], found.token("first")[1]), (found.token("last")[0], found.end))


def _days(found: Found, before: tuple[int, int], behind: tuple[int, int]) -> tuple[Reading, ...]:
    year, month = found.number("year"), found.number("month")
    first, last = found.number("first"), found.number("last")
    if month is None or first is None or last is None:
        return ()
    if first >= last or not (is_day(year, month, first) and is_day(year, month, last)):
        return found.reads(NOTHING)
    consecutive = last == first + 1 and found.value("join") != "or"
    joined = found.kinds_of("join") != k.AND or consecutive or found.before == k.BETWEEN
    return Reading(*before, Calendar(year, month, first)), Reading(*behind, Calendar(year, month, last), joined=joined)


def _listed_days(found: Found) -> tuple[Reading, ...]:
    """June 3, 4 and 5."""
    year, month = found.number("year"), found.number("month")
    days = [token for kind, token in zip(found.kinds, found.tokens(), strict=True) if kind in (k.SMALL, k.ORDINAL)]
    numbers = [int(value) for _, _, value in days]
    if month is None or numbers != sorted(set(numbers)) or not all(is_day(year, month, number) for number in numbers):
        return ()
    starts, ends = [start for start, _, _ in days], [end for _, end, _ in days]
    starts[0], ends[-1] = min(starts[0], found.start), max(ends[-1], found.end)
    return tuple(
        Reading(start, end, Calendar(year, month, number))
        for start, end, number in zip(starts, ends, numbers, strict=True)
    )


_LAST_DAY = f"(?P<last>{k.DAY})"
_YEAR = f"(?P<year>{k.ANY_YEAR})"
RULES: tuple[Rule, ...] = (
    rule(
        "2003-2004",
        f"{k.NOT_IN_NUMBER}(?P<first>{k.ANY_YEAR})(?P<join>[{k.TIGHT_DASH}{k.SLASH}])(?P<last>[{k.YEAR}{k.OLD_YEAR}{k.SMALL}{k.NUMBER}])"
        f"{k.NUMBER_ENDS}",
        f"{k.TIGHT_DASH}{k.SLASH}",
        _years,
    ),
    rule(
        "June 24-27, 2012",
        f"{k.ANY_WEEKDAY}{_MONTH}(?P<first>{k.DAY}){_JOIN}{_LAST_DAY}(?!{k.ANY_MONTH})(?:{k.COMMA}?{_YEAR})?{k.NUMBER_ENDS}",
        k.MONTHS,
        _month_days,
        k.WEEKDAYS_AND_MONTHS,
    ),
    rule(
        "June 3, 4 and 5, 2012",
        f"{_MONTH}{k.DAY}(?:{k.COMMA}{k.DAY}){{1,8}}{k.COMMA}?{k.AND}{k.DAY}(?!{k.ANY_MONTH})(?:{k.COMMA}?{_YEAR})?{k.NUMBER_ENDS}",
        k.MONTHS,
        _listed_days,
        k.MONTHS,
    ),
    rule(
        "3, 4 and 5 June 2012",
        f"{k.NOT_IN_NUMBER}{k.DAY}(?:{k.COMMA}{k.DAY}){{1,8}}{k.COMMA}?{k.AND}{k.DAY}{k.OF}?{_MONTH}(?:{k.COMMA}?{_YEAR})?{k.NUMBER_ENDS}",
        k.MONTHS,
        _listed_days,
        k.SMALL + k.ORDINAL,
    ),
    rule(
        "24-27 June 2012",
        f"{k.NOT_IN_NUMBER}(?P<first>{k.DAY}){_JOIN}{k.THE}?{_LAST_DAY}{k.OF}?{_MONTH}(?:{k.COMMA}?{_YEAR})?{k.NUMBER_ENDS}",
        k.MONTHS,
        _days_month,
        k.SMALL + k.ORDINAL,
    ),
)
