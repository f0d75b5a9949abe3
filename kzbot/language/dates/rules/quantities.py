"""How many of which unit, as words or digits say it."""

from kzbot.language.dates import kinds
from kzbot.language.dates.lexer import Token
from kzbot.language.dates.lexicon import UNKNOWN, Value

_LETTERS = {
    "year": "Y",
    "month": "M",
    "week": "W",
    "day": "D",
    "quarter": "Q",
    "hour": "H",
    "minute": "M",
    "second": "S",
}
SAID_WITH_IT = frozenset(("about", "over", "nearly", "almost", "around", "approximately", "roughly", "some"))
"""What belongs to the words of a quantity; "more than" and "just" do not."""
_CLOCK_UNITS = frozenset(("hour", "minute", "second"))


def quantity(kinds_found: str, tokens: list[Token]) -> Value:
    """The number that the words of `kinds.QUANTITY` say: 2, 2.5, or X where it is left open."""
    total: float = 0
    point: str | None = None
    for kind, token in zip(kinds_found, tokens, strict=True):
        value = token[2]
        if value == UNKNOWN:
            return UNKNOWN
        if kind == kinds.TIGHT_COMMA:
            total *= 1000
        elif kind == kinds.POINT:
            point = ""
        elif kind in (kinds.COUNT, kinds.SMALL, kinds.NUMBER):
            if point is not None:
                point = str(value) if isinstance(value, int) else ""
            else:
                total = _add(total, value)
        elif kind == kinds.HALF:
            total += 0.5
    if point:
        total = float(f"{int(total)}.{point}")
    if not total:
        total = 1
    return int(total) if total == int(total) else total


def _add(total: float, value: Value) -> float:
    number = float(value) if not isinstance(value, str) or (value.isascii() and value.isdecimal()) else 0.0
    return total * number if total and number >= 100 else total + number


def duration(count: Value, unit: str) -> str:
    """The TIMEX3 value of so many units."""
    if unit in ("decade", "century"):
        years = 10 if unit == "decade" else 100
        if isinstance(count, str):
            return "PXDE" if unit == "decade" else "PXCE"
        return f"P{_plain(count * years)}Y"
    if count == 0.5 and unit == "hour":
        return "PT30M"
    return f"P{'T' if unit in _CLOCK_UNITS else ''}{_plain(count)}{'WE' if unit == 'weekend' else _LETTERS[unit]}"


def _plain(count: Value) -> str:
    return f"{count:g}" if isinstance(count, float) else str(count)
