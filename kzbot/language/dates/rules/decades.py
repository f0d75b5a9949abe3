"""Rules for decades and centuries."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Fixed, Reading
from kzbot.language.dates.rules.rule import Found, Rule, rule


def _decade(found: Found) -> tuple[Reading, ...]:
    """The 1990s, the 1800s (a century); "his 80s" are an age, and "80s" alone may be degrees."""
    digits = str(found.value("decade"))
    if found.before == k.ME:
        return ()
    if len(digits) == 2 and not found.has("the") and found.before not in (k.AND, k.PART) and not _quoted(found):
        return ()
    value = f"19{digits[0]}" if len(digits) == 2 else digits[:3]
    if len(digits) == 4 and digits[2] == "0" and digits < "2000":
        value = digits[:2]
    return found.reads(Fixed(value), found.modifier("when"))


def _quoted(found: Found) -> bool:
    start, end, _ = found.token("decade")
    return end - start == 4


def _year_possessive(found: Found) -> tuple[Reading, ...]:
    """The 1990's."""
    year = found.number("year") or 1
    return found.reads(Fixed(str(year)[:3]), found.modifier("when")) if year % 10 == 0 else ()


def _decade_word(found: Found) -> tuple[Reading, ...]:
    number = found.number("decade")
    if number is None or found.before == k.ME or not (found.has("the") or found.has("when")):
        return ()
    return found.reads(Fixed(f"19{number}"), found.modifier("when"))


def _century(found: Found) -> tuple[Reading, ...]:
    number = found.number("number") or 0
    if found.has("tens"):
        tens = found.number("tens")
        number = number + 20 if tens == 20 and number < 10 else 0
    if not 1 <= number <= 21:
        return ()
    return found.reads(Fixed(f"{number - 1:02d}"), found.modifier("when"))


_THE = f"(?P<the>{k.THE})?"
RULES: tuple[Rule, ...] = (
    rule("1990s", f"(?P<when>{k.WHEN_IN_IT}){_THE}(?P<decade>{k.DECADE})(?!{k.TIGHT_DASH})", k.DECADE, _decade),
    rule(
        "1990's",
        f"{k.NOT_IN_NUMBER}(?:(?P<when>{k.THE}{k.PART}{k.TIGHT_DASH}?)|{k.THE})(?P<year>{k.YEAR}){k.POSSESSIVE}",
        k.POSSESSIVE,
        _year_possessive,
    ),
    rule("nineties", f"(?P<when>{k.WHEN_IN_IT}){_THE}(?P<decade>{k.DECADE_WORD})", k.DECADE_WORD, _decade_word),
    rule(
        "19th century",
        f"(?P<when>{k.WHEN_IN_IT}){k.THE}?(?:(?P<tens>{k.COUNT}){k.TIGHT_DASH})?(?P<number>[{k.ORDINAL}{k.RANK}]){k.TIGHT_DASH}?{k.CENTURY}",
        k.CENTURY,
        _century,
    ),
)
