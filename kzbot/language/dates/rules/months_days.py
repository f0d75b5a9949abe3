"""Rules for months and days whose year is left out."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Calendar, Reading
from kzbot.language.dates.rules.calendar import NOTHING, is_day
from kzbot.language.dates.rules.rule import Found, Rule, rule

_MONTH = f"(?P<month>{k.ANY_MONTH})"
_MONTH_KINDS = f"{k.MONTH}{k.UNSURE_MONTH}{k.SHORT_MONTH}"
_WEEKDAY = f"(?:(?P<weekday>[{k.WEEKDAY}{k.SHORT_WEEKDAY}]){k.COMMA}?)?"
_NO_YEAR = f"(?!{k.COMMA}?{k.ANY_YEAR}){k.NUMBER_ENDS}"
_YEAR_SHIFTS = {"last": -1, "this": 0, "current": 0, "next": 1}
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
    return found.reads(Calendar(None, month, day, weekday=found.number("weekday")))


def _month(found: Found) -> tuple[Reading, ...]:
    which = found.word("which")
    shift = _YEAR_SHIFTS.get(found.word("year_which") or "")
    if found.has("year_which") and shift is None:
        return ()
    if which is not None and which not in ("last", "next", "this", "past", "same", "previous"):
        return ()
    if not (found.has("when") or which or shift is not None) and not _is_month(found):
        return ()
    meaning = Calendar(None, found.number("month"), which=which, year_shift=shift)
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
    ),
    rule("month day", f"{_WEEKDAY}{_MONTH}(?P<day>{k.DAY}){_NO_YEAR}", _MONTH_KINDS, _month_day),
    rule(
        "day month",
        f"{k.NOT_IN_NUMBER}{_WEEKDAY}(?:{k.THE}(?={k.ORDINAL}))?(?P<day>{k.DAY}){k.OF}?{_MONTH}{_NO_YEAR}",
        _MONTH_KINDS,
        _month_day,
    ),
    rule(
        "month",
        f"(?P<when>{k.WHEN_IN_IT})(?P<which>{k.WHICH})?{_MONTH}(?!{k.DAY}|{k.COMMA}?{k.ANY_YEAR})"
        f"(?:{k.COMMA}?{k.OF}?(?P<year_which>{k.WHICH}){k.UNIT})?",
        _MONTH_KINDS,
        _month,
    ),
)
