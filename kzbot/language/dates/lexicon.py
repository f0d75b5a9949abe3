"""The words that dates are made of, by kind: data only, read by the lexer and the trigger scan."""

import re

from kzbot.language.dates import kinds

Value = int | float | str


def words_of(listed: str) -> tuple[str, ...]:
    """The words of a list that is written as running text."""
    return tuple(re.findall(r"\S+", listed))


MONTHS = words_of("january february march april may june july august september october november december")
SHORT_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
WEEKDAYS = words_of("monday tuesday wednesday thursday friday saturday sunday")
SHORT_WEEKDAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
UNITS = ("year", "month", "week", "day", "decade", "quarter", "hour", "minute", "weekend")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
DECADES = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}
FEASTS = {"christmas": (12, 25), "halloween": (10, 31)}
"""Feasts of one word by month and day."""
UNKNOWN = "X"
COUNTS: dict[str, Value] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "dozen": 12, "couple": 2, "single": 1, "few": UNKNOWN, "several": UNKNOWN, "many": UNKNOWN,
}  # fmt: skip
RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
         "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
         "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "final": 4}  # fmt: skip

_AS_THEY_ARE: dict[str, str] = {
    kinds.TODAY: "today yesterday tomorrow tonight",
    kinds.DAY_PART: "morning afternoon evening night",
    kinds.NOON: "noon midnight midday",
    kinds.WHICH: "last next this past previous coming upcoming following current same that latest entire whole",
    kinds.THE: "the",
    kinds.PART: "early mid late earlier later",
    kinds.EDGE: "beginning start end middle close",
    kinds.AN: "a an",
    kinds.HALF: "half",
    kinds.AWAY: "ago earlier later before after hence",
    kinds.ABOUT: "about around circa approximately roughly nearly almost over some than least only just barely",
    kinds.MORE: "consecutive straight full more successive",
    kinds.EACH: "every each",
    kinds.REPEATED: "daily weekly monthly yearly annual annually quarterly nightly",
    kinds.PERIOD: "period",
    kinds.NOW: "now present",
    kinds.OLD: "old long high low",
    kinds.MERIDIEM: "am pm a.m. p.m. a.m p.m",
    kinds.ZONE: "utc gmt est edt cst cdt mst mdt pst pdt cet cest msk bst",
    kinds.IN: "in",
    kinds.OF: "of",
    kinds.AND: "and or",
    kinds.TO: "to through until till thru",
    kinds.BETWEEN: "from between",
    kinds.OTHER_PREPOSITION: "on by since during throughout for at into within as with under",
    kinds.ME: "his her their its my our your",
    kinds.FISCAL: "fiscal financial",
    kinds.CENTURY: "century",
    kinds.COUNTED: (
        "people troops soldiers men women meters metres miles kilometers kilometres feet tons tonnes dollars euros pounds "
        "rubles roubles tenge points shares jobs workers employees students units servicemen personnel officers refugees "
        "civilians residents visitors participants delegates vehicles aircraft hectares square index million billion "
        "thousand kilograms kg km cc hp mw copies seats homes houses families deaths cases votes"
    ),
    kinds.PERCENT: "percent percentage",
}  # fmt: skip
_CAPITAL_LABELS = words_of(
    "Room Flight Resolution Boeing Airbus Article Page Highway Route Channel Decree Directive Order Model Windows ISO RFC "
    "STANAG UNSCR IEC GOST DIN Building Suite Box Section Chapter Paragraph Protocol Regulation Apartment Bus Train Extension "
    "Tel Fax Phone Type Version Mach Hill Point Line Platform Gate Lot Number Nr Falcon Bill"
)
_HOLIDAYS = words_of("Black Good Ash Bloody Super Palm Holy Cyber Easter Sheffield Fat Maundy")


MONTHS_IN_RUSSIAN = (
    "январь января январе", "февраль февраля феврале", "март марта марте", "апрель апреля апреле", "май мая мае",
    "июнь июня июне", "июль июля июле", "август августа августе", "сентябрь сентября сентябре", "октябрь октября октябре",
    "ноябрь ноября ноябре", "декабрь декабря декабре",
)  # fmt: skip
"""The forms of each month that stand beside a day or a year."""
_SMALL_WORDS_IN_RUSSIAN = {
    kinds.IN: "в во", kinds.BETWEEN: "с со", kinds.TO: "по до", kinds.AND: "и или", kinds.OTHER_PREPOSITION: "к ко после",
}  # fmt: skip
YEAR_IN_RUSSIAN = r"г(?:од(?:а|у|ом|ы|ах|ов)?|г?\.|г?(?=[,;)]))(?!\w)"
"""What stands behind a year, and belongs to it."""


def _spelled(word: str) -> tuple[str, str, str]:
    return word, word.capitalize(), word.upper()


def _build() -> dict[str, tuple[str, Value]]:
    table: dict[str, tuple[str, Value]] = {}
    for kind, words in _AS_THEY_ARE.items():
        for word in words_of(words):
            for form in _spelled(word):
                table.setdefault(form, (kind, word))
    valued: list[tuple[str, dict[str, Value]]] = [
        (kinds.COUNT, COUNTS),
        (kinds.RANK, dict(RANKS)),
        (kinds.SEASON, dict(SEASONS)),
        (kinds.DECADE_WORD, dict(DECADES)),
    ]
    for kind, values in valued:
        for word, value in values.items():
            for form in _spelled(word):
                table[form] = (kind, value)
    for unit in UNITS:
        for form in _spelled(unit):
            table[form] = (kinds.UNIT, unit)
        for form in _spelled(unit + "s"):
            table[form] = (kinds.UNITS, unit)
    for word, unit in (("seconds", "second"), ("centuries", "century")):
        table[word] = (kinds.UNITS, unit)
    _add_names(table)
    return table


def _add_names(table: dict[str, tuple[str, Value]]) -> None:
    """Words that count with a capital; months without one only beside a day or year."""
    for number, month in enumerate(MONTHS, 1):
        kind = kinds.UNSURE_MONTH if month in ("march", "may") else kinds.MONTH
        table[month.capitalize()] = table[month.upper()] = (kind, number)
        if kind == kinds.MONTH:
            table[month] = (kinds.SHORT_MONTH, number)
    for month, number in SHORT_MONTHS.items():
        table[month] = table[month.capitalize()] = table[month.upper()] = (kinds.SHORT_MONTH, number)
    for number, weekday in enumerate(WEEKDAYS):
        table[weekday.capitalize()] = table[weekday.upper()] = (kinds.WEEKDAY, number)
        table[f"{weekday.capitalize()}s"] = (kinds.WEEKDAY_PLURAL, number)
    for weekday, number in SHORT_WEEKDAYS.items():
        table[weekday.capitalize()] = table[weekday.upper()] = (kinds.SHORT_WEEKDAY, number)
    for number, forms in enumerate(MONTHS_IN_RUSSIAN, 1):
        for form in words_of(forms):
            table[form] = table[form.upper()] = (kinds.SHORT_MONTH, number)
    for kind, words in _SMALL_WORDS_IN_RUSSIAN.items():
        for word in words_of(words):
            table[word] = table[word.capitalize()] = (kind, word)
    for feast in FEASTS:
        table[feast.capitalize()] = (kinds.FEAST, feast)
    for word in _CAPITAL_LABELS:
        table[word] = table[word.upper()] = (kinds.LABEL, word)
    for word in _HOLIDAYS:
        table[word] = (kinds.HOLIDAY, word)
    for zone in ("ET", "PT", "CT", "MT"):
        table[zone] = (kinds.ZONE, zone.lower())
    table["Eve"] = (kinds.NAME, "Eve")
    table["FY"] = (kinds.FISCAL, "fiscal")


WORDS = _build()
"""Word as it is spelled -> (kind, value)."""

VAGUE = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "current": "PRESENT_REF",
    "presently": "PRESENT_REF", "at present": "PRESENT_REF", "at the moment": "PRESENT_REF", "these days": "PRESENT_REF",
    "at this time": "PRESENT_REF", "right now": "PRESENT_REF", "the time being": "PRESENT_REF",
    "recently": "PAST_REF", "more recently": "PAST_REF", "recent": "PAST_REF", "lately": "PAST_REF", "the past": "PAST_REF",
    "recent years": "PAST_REF", "recent months": "PAST_REF", "recent weeks": "PAST_REF", "recent days": "PAST_REF",
    "at the time": "PAST_REF", "at that time": "PAST_REF", "that time": "PAST_REF",
    "the future": "FUTURE_REF", "the near future": "FUTURE_REF", "the foreseeable future": "FUTURE_REF",
    "the near term": "FUTURE_REF", "the long term": "FUTURE_REF", "very soon": "FUTURE_REF",
}  # fmt: skip
"""Words and phrases that speak of time and never of a date -> TIMEX3 value."""

TRIGGERS = (
    *MONTHS, *(short for short in SHORT_MONTHS), *FEASTS, *WEEKDAYS, *UNITS, *SEASONS, *DECADES,
    "today", "yesterday", "tomorrow", "tonight", "morning", "afternoon", "evening", "night", "noon", "midnight", "midday",
    "centur", "seconds", "daily", "annual", "nightly", "fy",
)  # fmt: skip
"""Beginnings of words without which no rule holds."""

TRIGGERS_IN_RUSSIAN = tuple(form for forms in MONTHS_IN_RUSSIAN for form in words_of(forms))
