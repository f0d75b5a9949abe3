"""Rules for weekdays by name."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.meaning import Reading, Weekday
from kzbot.language.dates.rules.calendar import NOTHING
from kzbot.language.dates.rules.rule import Found, Rule, rule

PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "T12:00", "midnight": "T24:00"}


def _weekday(found: Found) -> tuple[Reading, ...]:
    number = found.number("weekday")
    if number is None or found.before == k.EACH:
        return ()
    if found.before == k.HOLIDAY:
        return found.reads(NOTHING)
    which = found.word("which")
    part = PARTS.get(found.word("part") or "")
    return found.reads(Weekday(number, which, part), loose=which in ("same", "that"))


RULES: tuple[Rule, ...] = (
    rule(
        "weekday",
        f"(?:{k.PART}(?={k.WEEKDAY}))?(?:{k.THE}(?={k.WHICH}))?(?:{k.WHICH}(?={k.WHICH}))?(?P<which>{k.WHICH})?(?P<weekday>{k.WEEKDAY})(?P<part>{k.DAY_PART})?",
        k.WEEKDAY,
        _weekday,
        k.PART + k.THE + k.WHICH + k.WEEKDAY,
    ),
)
