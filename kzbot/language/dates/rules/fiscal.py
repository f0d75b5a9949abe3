"""Rules for fiscal years: the labelled year is kept, for its first day is not known."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Calendar, Fixed, Reading
from kzbot.language.dates.rules.calendar import full_year
from kzbot.language.dates.rules.rule import Found, Rule, rule


def _fiscal(found: Found) -> tuple[Reading, ...]:
    year = found.number("year")
    if year is None:
        year = full_year(found.number("short") or 0)
    return found.reads(Calendar(year), "fiscal")


def _sign(found: Found) -> tuple[Reading, ...]:
    return found.reads(Calendar(full_year(int(found.value("sign")))), "fiscal")


def _two_years(found: Found) -> tuple[Reading, ...]:
    """Fiscal 2012-13 is one year with two numbers."""
    year, second = found.number("year") or 0, found.number("second") or 0
    if second not in (year + 1, (year + 1) % 100):
        return ()
    return found.reads(Fixed(f"{year:04d}/{year + 1:04d}"), "fiscal")


_FISCAL_YEAR = f"{k.THE}?{k.FISCAL}{k.TIGHT_DASH}?{k.UNIT}?"
RULES: tuple[Rule, ...] = (
    rule(
        "fiscal 1998",
        f"(?:{k.WHEN_IN_IT}){_FISCAL_YEAR}(?:(?P<year>{k.YEAR})|(?P<short>{k.SHORT_YEAR})){k.NUMBER_ENDS}",
        k.FISCAL,
        _fiscal,
    ),
    rule(
        "fiscal 2012-13",
        f"{_FISCAL_YEAR}(?P<year>{k.YEAR})[{k.TIGHT_DASH}{k.SLASH}](?P<second>[{k.YEAR}{k.SMALL}{k.NUMBER}]){k.NUMBER_ENDS}",
        k.FISCAL,
        _two_years,
    ),
    rule("1998 fiscal year", f"{k.NOT_IN_NUMBER}{k.THE}?(?P<year>{k.YEAR}){k.FISCAL}{k.UNIT}", k.FISCAL, _fiscal),
    rule("FY98", f"(?P<sign>{k.FISCAL_SIGN})", k.FISCAL_SIGN, _sign),
)
