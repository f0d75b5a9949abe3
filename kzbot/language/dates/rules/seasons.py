"""Rules for seasons."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Fixed, Part, Reading
from kzbot.language.dates.rules.calendar import full_year
from kzbot.language.dates.rules.rule import Found, Rule, rule

_SEASON = f"(?P<season>{k.SEASON})"


def _season_of(found: Found) -> tuple[Reading, ...]:
    year = found.number("year") or full_year(found.number("short") or 0)
    return found.reads(Part(found.number("season") or 0, year), found.modifier("when"))


def _season_beside(found: Found) -> tuple[Reading, ...]:
    return found.reads(Part(found.number("season") or 0, found.number("year")), found.modifier("when"))


def _winter_of(found: Found) -> tuple[Reading, ...]:
    """The winter of 1997-98: the one season whose two years are both told."""
    year, second = found.number("year") or 0, found.number("second") or 0
    if found.number("season") != 24 or second not in (year + 1, (year + 1) % 100):
        return ()
    return found.reads(Fixed(f"{year:04d}-12/{year + 1:04d}-02"))


def _bare(found: Found) -> tuple[Reading, ...]:
    """In the spring, since autumn; "fall" and "spring" alone are verbs and water."""
    over = found.has("the") and found.word_before == "over"
    if not found.has("when") and not over and found.before not in (k.IN, k.OTHER_PREPOSITION, k.TO, k.AND):
        return ()
    if found.after in (k.OF, k.COUNTED, k.NAME) or (found.before == k.TO and not found.has("the")):
        return ()
    if not found.has("the") and found.word_before in ("to", "of", "for", "with", "as"):
        return ()
    return found.reads(Part(found.number("season") or 0), found.modifier("when"))


RULES: tuple[Rule, ...] = (
    rule(
        "spring 1998",
        f"(?P<when>{k.WHEN_IN_IT}){k.THE}?{_SEASON}{k.COMMA}?{k.OF}?(?:(?P<year>{k.YEAR})|(?P<short>{k.SHORT_YEAR})){k.NUMBER_ENDS}",
        k.SEASON,
        _season_of,
        k.WHEN_STARTS + k.SEASON,
    ),
    rule(
        "winter 1997-98",
        f"{k.THE}?{_SEASON}{k.OF}?(?P<year>{k.YEAR})[{k.TIGHT_DASH}{k.SLASH}{k.DASH}](?P<second>[{k.YEAR}{k.SMALL}{k.NUMBER}]){k.NUMBER_ENDS}",
        k.SEASON,
        _winter_of,
    ),
    rule(
        "the spring and summer of 1988",
        f"(?P<when>{k.WHEN_IN_IT}){k.THE}?{_SEASON}(?={k.AND}{k.THE}?{k.SEASON}{k.OF}?(?P<year>{k.YEAR}){k.NUMBER_ENDS})",
        k.SEASON,
        _season_beside,
        k.WHEN_STARTS + k.SEASON,
    ),
    rule(
        "in the spring",
        f"(?P<when>{k.WHEN_IN_IT})(?P<the>{k.THE})?{_SEASON}(?!{k.TIGHT_DASH})",
        k.SEASON,
        _bare,
        k.WHEN_STARTS + k.SEASON,
    ),
)
