"""Rules for months and days whose year is left out."""

from calendar import monthrange

from kzbot.language.dates import kinds as k
from kzbot.language.dates.mark import Modifier
from kzbot.language.dates.meaning import Calendar, Reading
from kzbot.language.dates.rules.calendar import NOTHING, is_day
from kzbot.language.dates.rules.rule import Found, Rule, rule, says_when

_MONTH = f"(?P<month>{k.ANY_MONTH})"
_MONTH_KINDS = k.MONTHS
_WEEKDAY = f"(?:(?P<weekday>[{k.WEEKDAY}{k.SHORT_WEEKDAY}]){k.COMMA}?)?"
_NO_YEAR = f"(?!{k.COMMA}?{k.ANY_YEAR}){k.NUMBER_ENDS}"
_YEAR_SHIFTS = {"last": -1, "this": 0, "current": 0, "next": 1}
_BESIDE_A_DAY = frozenset(("last", "next", "this", "past"))
_TOLD_SHIFTS = {"previous": -1, "that": 0, "same": 0, "following": 1}
_OF_THAT_YEAR = f"(?:{k.COMMA}?{k.OF}?(?P<the>{k.THE})?(?P<year_which>{k.WHICH})(?P<year_unit>{k.UNIT}))?"
_BEFORE_A_MONTH = frozenset(
    (
        k.IN,
        k.OF,
        k.TO,
        k.BETWEEN,
        k.OTHER_PREPOSITION,
        k.AND,
        k.AWAY,
        k.PART,
        k.COMMA,
        k.OPENING,
        k.TIGHT_DASH,
        k.WEEKDAY,
        k.EACH,
    )
)
_NEEDS_MORE = frozenset((k.COMMA, k.OPENING, k.AND, k.TIGHT_DASH))
_EVENTS = frozenset(("attacks", "attack", "terrorist", "hijackings", "terror"))


def _month_day(found: Found) -> tuple[Reading, ...]:
    month, day = found.number("month"), found.number("day")
    if month is None or day is None:
        return ()
    if not is_day(None, month, day) or (month == 9 and day == 11 and found.word_after in _EVENTS):
        return found.reads(NOTHING)
    shift, told = _year_shift(found)
    if not told:
        own = found.tokens("own")
        which = found.word("which")
        if which is not None and which not in _BESIDE_A_DAY:
            which, own = None, own[1:]
        weekday = found.number("weekday")
        meaning = Calendar(None, month, day, weekday=weekday, which=which if weekday is None else None)
        return (Reading(own[0][0], own[-1][1], meaning),)
    return found.reads(Calendar(None, month, day, year_shift=shift, mentioned=True))


def _week_of_month(found: Found) -> tuple[Reading, ...]:
    """The first day of June is June 1; the first week is early June, and the last days of June are late June."""
    year, month, unit, rank = found.number("year"), found.number("month") or 1, found.word("unit"), found.value("rank")
    edge: Modifier | None = "early" if rank == 1 else "mid" if rank in (2, 3) else "late"
    if unit not in ("day", "week") or (found.has("which") and rank not in ("last", "opening", "closing")):
        return ()
    if unit == "week" or found.kinds_of("unit") != k.UNIT or found.has("count"):
        return found.reads(Calendar(year, month), edge)
    if edge == "mid" or (edge == "late" and month == 2 and year is None):
        return ()
    return found.reads(Calendar(year, month, 1 if edge == "early" else monthrange(year or 2000, month)[1]))


def _ranked_day(found: Found) -> tuple[Reading, ...]:
    year, month, day = found.number("year"), found.number("month"), found.number("day")
    if month is None or day is None or found.word("day") == "final":
        return ()
    return found.reads(Calendar(year, month, day)) if is_day(year, month, day) else ()


def _year_shift(found: Found) -> tuple[int | None, bool]:
    """How far the year behind it is, and whether from the one told of before: "of next year", "of the following year"."""
    which = found.word("year_which")
    if which is None:
        return None, False
    if which in _TOLD_SHIFTS and found.word("year_unit") == "year":
        return _TOLD_SHIFTS[which], True
    if which == "next" and found.has("the"):
        return 1, True
    return _YEAR_SHIFTS.get(which), False


def _month(found: Found) -> tuple[Reading, ...]:
    which = found.word("which")
    shift, told = _year_shift(found)
    if found.has("year_which") and shift is None:
        return ()
    if which in ("that", "same", "following"):
        if which == "that" and not (found.has("when") or says_when(found)):
            return ()
        told = shift is None
    elif which is not None and which not in ("last", "next", "this", "past", "previous"):
        return ()
    if not (found.has("when") or which or shift is not None) and not _is_month(found):
        return ()
    meaning = Calendar(None, found.number("month"), which=which, year_shift=shift, mentioned=told)
    return found.reads(meaning, found.modifier("when"))


def _is_month(found: Found) -> bool:
    """May, March, and months that are first names, count only where their surroundings say so."""
    kind, before = found.kinds[0], found.before
    if kind == k.SHORT_MONTH:
        return False
    if found.after == k.NAME and before != k.IN and (before != k.OTHER_PREPOSITION or kind == k.UNSURE_MONTH):
        return False
    if kind == k.UNSURE_MONTH:
        if found.word_after == "day":
            return False
        return before in _BEFORE_A_MONTH and before not in _NEEDS_MORE and found.word_before not in ("to", "with")
    return True


def _month_beside(found: Found) -> tuple[Reading, ...]:
    """May-June, Sept-Oct: beside another month even these are months."""
    return found.reads(Calendar(None, found.number("month")))


RULES: tuple[Rule, ...] = (
    rule(
        "May-June",
        f"{_MONTH}(?=[{k.TIGHT_DASH}{k.DASH}{k.TO}{k.AND}{k.SLASH}]{k.ANY_MONTH})",
        _MONTH_KINDS,
        _month_beside,
    ),
    rule(
        "from March to May",
        f"(?<=[{_MONTH_KINDS}{k.YEAR}][{k.TIGHT_DASH}{k.DASH}{k.TO}]){_MONTH}(?!{k.COMMA}?{k.ANY_YEAR}|{k.DAY})",
        _MONTH_KINDS,
        _month_beside,
        k.MONTHS,
    ),
    rule(
        "month day",
        f"(?P<own>(?P<which>{k.WHICH})?{_WEEKDAY}{_MONTH}{k.THE_BEFORE_ORDINAL}(?P<day>{k.DAY})){_NO_YEAR}{_OF_THAT_YEAR}",
        _MONTH_KINDS,
        _month_day,
        k.WHICH + k.WEEKDAYS_AND_MONTHS,
    ),
    rule(
        "day month",
        f"{k.NOT_IN_NUMBER}(?P<own>{_WEEKDAY}(?:{k.THE}(?={k.ORDINAL}))?(?P<day>{k.DAY}){k.OF}?{_MONTH}){_NO_YEAR}{_OF_THAT_YEAR}",
        _MONTH_KINDS,
        _month_day,
        k.DAYS_BEFORE_A_MONTH,
    ),
    rule(
        "the last week of June",
        f"{k.THE}(?P<rank>{k.RANK}|(?P<which>{k.WHICH}))(?P<count>{k.COUNT})?{k.MORE}?(?P<unit>[{k.UNIT}{k.UNITS}]){k.IN_OR_OF}{_MONTH}"
        f"(?!{k.DAY})(?:{k.COMMA}?(?P<year>{k.YEAR}){k.NUMBER_ENDS})?",
        _MONTH_KINDS,
        _week_of_month,
        k.THE,
    ),
    rule(
        "the third of June",
        f"{k.THE}(?P<day>{k.RANK}){k.OF}{_MONTH}(?:{k.COMMA}?(?P<year>{k.YEAR}))?(?!{k.POSSESSIVE}){k.NUMBER_ENDS}",
        _MONTH_KINDS,
        _ranked_day,
        k.THE,
    ),
    rule(
        "month",
        f"(?P<when>{k.WHEN_IN_IT})(?:{k.THE}(?={k.WHICH}))?(?P<which>{k.WHICH})?{_MONTH}(?!{k.THE_BEFORE_ORDINAL}{k.DAY}|{k.COMMA}?{k.ANY_YEAR})"
        f"{_OF_THAT_YEAR}",
        _MONTH_KINDS,
        _month,
        k.WHEN_STARTS + k.WHICH + k.MONTHS,
    ),
)
