"""Rules for quarters and halves of a year."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Calendar, Part, Reading, Shift
from kzbot.language.dates.rules.rule import Found, Rule, rule

_YEAR_SHIFTS = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1}
_QUARTER, _HALF = 32, 39
_OF_YEAR = (
    f"(?:{k.COMMA}?{k.IN_OR_OF}?{k.THE}?(?P<fiscal>{k.FISCAL})?{k.UNIT}?(?:(?P<year>{k.YEAR})|(?P<short>{k.SHORT_YEAR}))"
    f"|{k.IN_OR_OF}?{k.THE}?(?P<which>{k.WHICH})(?P<fiscal_too>{k.FISCAL})?{k.UNIT}|{k.OF}{k.THE}(?P<of_the>{k.UNIT}))"
)
_YEAR_FIRST = f"(?:(?P<year_first>{k.YEAR}){k.POSSESSIVE}?|(?P<which_first>{k.WHICH}){k.UNIT}{k.POSSESSIVE})"


def _quarter(found: Found) -> tuple[Reading, ...]:
    rank = found.value("rank")
    if found.word("unit") != "quarter" or not isinstance(rank, int) or rank > 4:
        return ()
    return _of_year(found, _QUARTER + rank)


def _half(found: Found) -> tuple[Reading, ...]:
    rank = found.number("rank")
    return _of_year(found, _HALF + rank) if rank in (1, 2) else ()


def _sign(found: Found) -> tuple[Reading, ...]:
    return _of_year(found, _QUARTER + (found.number("rank") or 1))


def _of_year(found: Found, number: int) -> tuple[Reading, ...]:
    year = found.number("year") or found.number("year_first")
    which = found.word("which") or found.word("which_first")
    if (which is not None and which not in _YEAR_SHIFTS) or found.word("of_the") not in (None, "year"):
        return ()
    if found.has("fiscal") or found.has("fiscal_too") or found.has("fiscal_first") or found.has("fiscal_before"):
        if year is not None:
            return found.reads(Calendar(year), "fiscal")
        return found.reads(Part(number) if which is None else Shift("year", _YEAR_SHIFTS[which]), "fiscal", loose=True)
    if year is None and which is None and found.after in (k.OF, k.HALF):
        return ()
    return found.reads(Part(number, year, _YEAR_SHIFTS[which] if which else None), found.modifier("when"))


RULES: tuple[Rule, ...] = (
    rule(
        "third quarter",
        f"(?P<when>{k.WHEN_IN_IT}){k.THE}?(?P<fiscal_before>{k.FISCAL})?{_YEAR_FIRST}?(?P<rank>{k.RANK}){k.TIGHT_DASH}?"
        f"(?P<fiscal_first>{k.FISCAL})?{k.TIGHT_DASH}?"
        f"(?P<unit>{k.UNIT}){_OF_YEAR}?",
        k.RANK,
        _quarter,
        k.WHEN_STARTS + k.RANK + k.YEAR + k.WHICH + k.FISCAL,
    ),
    rule(
        "first half of",
        f"(?P<when>{k.WHEN_IN_IT}){k.THE}?(?P<rank>{k.RANK})(?P<fiscal_first>{k.FISCAL})?{k.TIGHT_DASH}?{k.HALF}"
        f"{_OF_YEAR}",
        k.RANK,
        _half,
        k.WHEN_STARTS + k.RANK,
    ),
    rule(
        "Q3",
        f"(?P<fiscal_first>{k.FISCAL})?(?P<rank>{k.QUARTER_SIGN}){_OF_YEAR}?",
        k.QUARTER_SIGN,
        _sign,
    ),
)
