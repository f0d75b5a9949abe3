"""Rules for repeated times: they never stand on a timeline."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Reading, Undated
from kzbot.language.dates.rules.quantities import duration, quantity
from kzbot.language.dates.rules.rule import Found, Rule, rule
from kzbot.language.dates.rules.weekdays import PARTS
from kzbot.language.dates.timex import EVERY_YEAR

_REPEATED = {"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P1Q",
             "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y"}  # fmt: skip
_LETTERS = {
    "day": "P1D",
    "week": "P1W",
    "month": "P1M",
    "year": "P1Y",
    "quarter": "P1Q",
    "weekend": f"{EVERY_YEAR}-WXX-WE",
}


_TIMES = frozenset(("once", "twice", "thrice"))


def _each(found: Found) -> tuple[Reading, ...]:
    kind, value = found.kinds[-1], found.value("what")
    if kind == k.WEEKDAY:
        return found.reads(Undated(f"{EVERY_YEAR}-WXX-{int(value) + 1}"))
    if kind == k.DAY_PART:
        return found.reads(Undated(f"{EVERY_YEAR}-XX-XXT{PARTS[str(value)]}"))
    return found.reads(Undated(_LETTERS.get(str(value), "P1Y")))


def _repeated(found: Found) -> tuple[Reading, ...]:
    return found.reads(Undated(_REPEATED[str(found.value(0))]))


def _each_of_several(found: Found) -> tuple[Reading, ...]:
    """Every two years."""
    count = quantity(found.kinds_of("count"), found.tokens("count"))
    return found.reads(Undated(duration(count, found.word("unit") or "")))


def _weekdays(found: Found) -> tuple[Reading, ...]:
    """On Mondays."""
    return found.reads(Undated(f"{EVERY_YEAR}-WXX-{(found.number('what') or 0) + 1}"))


def _rate(found: Found) -> tuple[Reading, ...]:
    """Fifteen a year, three cars a day, twice a week."""
    if found.before == k.BREAK and str(found.word_before).lower() not in _TIMES:
        return ()
    value = _LETTERS.get(found.word("unit") or "")
    return found.reads(Undated(value)) if value else ()


RULES: tuple[Rule, ...] = (
    rule(
        "every year",
        f"{k.EACH}(?P<what>[{k.WEEKDAY}{k.UNIT}{k.DAY_PART}{k.SEASON}{k.MONTH}])",
        k.EACH,
        _each,
    ),
    rule(
        "every two years",
        f"{k.EACH}(?P<count>{k.QUANTITY})(?P<unit>{k.UNITS})",
        k.EACH,
        _each_of_several,
    ),
    rule("Mondays", f"(?P<what>{k.WEEKDAY_PLURAL})", k.WEEKDAY_PLURAL, _weekdays),
    rule("annual", k.REPEATED, k.REPEATED, _repeated),
    rule(
        "a year",
        f"(?:(?<=[{k.SMALL}{k.NUMBER}{k.COUNTED}{k.PERCENT}{k.BREAK}])|(?<=[{k.SMALL}{k.NUMBER}{k.COUNT}]{k.PLURAL}))"
        f"{k.AN}(?P<unit>{k.UNIT})(?![{k.AWAY}{k.PART}])",
        k.UNIT,
        _rate,
    ),
)
