"""Rules for feasts that fall on one day of the year: Christmas, New Year's Day."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.lexicon import FEASTS
from kzbot.language.dates.meaning import Calendar, Reading
from kzbot.language.dates.rules.rule import Found, Rule, rule

_HAS_AN_EVE = frozenset(("christmas",))
_BEFORE = frozenset((k.IN, k.TO, k.BETWEEN, k.OTHER_PREPOSITION, k.AWAY, k.AND))
_NO_FEAST = frozenset((k.NAME, k.PLURAL, k.COUNTED, k.TIGHT_DASH))
_ENDS_A_PHRASE = frozenset(".,;:!?)”\"'’")
_GOES_ON = frozenset(("when", "as", "but", "because", "while", "that", "which", "who", "he", "she", "it", "they", "we"))


def _feast(found: Found) -> tuple[Reading, ...]:
    """Christmas Eve 2006, at Christmas; a Christmas tree is no date."""
    feast, year = str(found.value("feast")), found.number("year")
    month, day = FEASTS[feast]
    which = found.value("which") if found.has("which") else None
    if which == "Eve" and feast in _HAS_AN_EVE:
        day -= 1
    elif which not in (None, "day"):
        return ()
    if which is None and year is None and not _stands_alone(found):
        return ()
    return found.reads(Calendar(year, month, day))


def _stands_alone(found: Found) -> bool:
    """Behind a preposition, and with no noun that the feast belongs to."""
    if (found.before not in _BEFORE and found.word_before != "over") or found.after in _NO_FEAST:
        return False
    after = str(found.word_after)
    return found.after != k.BREAK or not after or after in _GOES_ON or after in _ENDS_A_PHRASE


def _new_year(found: Found) -> tuple[Reading, ...]:
    """New Year's Day, New Year's Eve 1999."""
    new, unit, _, last = found.tokens("name")
    year = found.number("year")
    if (new[2], unit[2]) != ("New", "year") or last[2] not in ("day", "Eve"):
        return ()
    return found.reads(Calendar(year, 1, 1) if last[2] == "day" else Calendar(year, 12, 31))


_YEAR = f"(?:{k.COMMA}?(?P<year>{k.YEAR}){k.NUMBER_ENDS})?"
RULES: tuple[Rule, ...] = (
    rule("Christmas", f"(?P<feast>{k.FEAST})(?P<which>[{k.UNIT}{k.NAME}](?!{k.NAME}))?{_YEAR}", k.FEAST, _feast),
    rule(
        "New Year's Day",
        f"(?P<name>{k.NAME}{k.UNIT}{k.POSSESSIVE}[{k.UNIT}{k.NAME}]){_YEAR}",
        k.POSSESSIVE,
        _new_year,
        k.NAME,
    ),
)
