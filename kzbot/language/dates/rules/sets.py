"""Rules for repeated times: they never stand on a timeline."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Reading, Undated
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


def _each(found: Found) -> tuple[Reading, ...]:
    kind, value = found.kinds[-1], found.value("what")
    if kind == k.WEEKDAY:
        return found.reads(Undated(f"{EVERY_YEAR}-WXX-{int(value) + 1}"))
    if kind == k.DAY_PART:
        return found.reads(Undated(f"{EVERY_YEAR}-XX-XXT{PARTS[str(value)]}"))
    return found.reads(Undated(_LETTERS.get(str(value), "P1Y")))


def _repeated(found: Found) -> tuple[Reading, ...]:
    return found.reads(Undated(_REPEATED[str(found.value(0))]))


def _rate(found: Found) -> tuple[Reading, ...]:
    """Fifteen a year."""
    value = _LETTERS.get(found.word("unit") or "")
    return found.reads(Undated(value)) if value else ()


RULES: tuple[Rule, ...] = (
    rule(
        "every year",
        f"{k.EACH}(?P<what>[{k.WEEKDAY}{k.UNIT}{k.DAY_PART}{k.SEASON}{k.MONTH}])",
        k.EACH,
        _each,
    ),
    rule("annual", k.REPEATED, k.REPEATED, _repeated),
    rule(
        "a year",
        f"(?<=[{k.SMALL}{k.NUMBER}{k.COUNTED}{k.PERCENT}]){k.AN}(?P<unit>{k.UNIT})(?![{k.AWAY}{k.PART}])",
        k.UNIT,
        _rate,
    ),
)
