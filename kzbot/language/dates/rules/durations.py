"""Rules for durations: they are no dates, but their words must not be taken for one."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.lexicon import UNKNOWN
from kzbot.language.dates.meaning import Reading, Undated
from kzbot.language.dates.rules.quantities import SAID_WITH_IT, duration, quantity
from kzbot.language.dates.rules.rule import Found, Rule, rule

_ONE_WORD = 14
_BEFORE_BARE = frozenset(
    ("for", "in", "of", "took", "take", "within", "over", "after", "many", "just", "lasted", "last", "spent")
)
_BEFORE_A_RATE = frozenset((k.SMALL, k.NUMBER, k.COUNTED, k.PERCENT))
_AFTER_A_UNIT = frozenset(
    (
        "for",
        "than",
        "in",
        "about",
        "nearly",
        "within",
        "over",
        "half",
        "almost",
        "just",
        "after",
        "around",
        "lasted",
        "lasts",
        "last",
        "took",
        "takes",
        "take",
        "spent",
        "waited",
        "until",
        "quarter",
    )
)


def _quantity_of_units(found: Found) -> tuple[Reading, ...]:
    unit = found.word("unit") or ""
    if found.word_after == "old" or (unit == "quarter" and found.kinds_of("count") == k.AN):
        return ()
    if found.kinds_of("count") == k.AN and (found.before in _BEFORE_A_RATE or not _lasts(found, unit)):
        return ()
    if found.token("unit")[0] - found.tokens("count")[-1][1] > _ONE_WORD:
        return ()
    meaning = Undated(duration(quantity(found.kinds_of("count"), found.tokens("count")), unit))
    about = found.has("about") and found.word("about") in SAID_WITH_IT
    start = found.start if found.has("which") or about else _first(found)
    return (Reading(start, found.end, meaning),)


def _first(found: Found) -> int:
    """Where the quantity starts: "a few years" has its article, "a two-year plan" has not."""
    words, tokens = found.kinds_of("count"), found.tokens("count")
    goes_with_article = len(tokens) > 1 and (tokens[1][2] in (UNKNOWN, 12, 100) or k.OF in words)
    return tokens[1][0] if words.startswith(k.AN + k.COUNT) and not goes_with_article else tokens[0][0]


def _lasts(found: Found, unit: str) -> bool:
    """Whether "a day" is a length of time."""
    if found.has("about") or found.has("which") or str(found.word_before).lower() in _AFTER_A_UNIT:
        return True
    return found.after == k.AWAY or unit == "year"


def _coming_units(found: Found) -> tuple[Reading, ...]:
    which = found.word("which")
    if which in ("next", "coming", "upcoming", "following"):
        return found.reads(Undated("FUTURE_REF"))
    return found.reads(Undated("PAST_REF")) if which in ("past", "last", "previous") else ()


def _one_and_a_half(found: Found) -> tuple[Reading, ...]:
    return found.reads(Undated(duration(1.5, found.word("unit") or "")))


def _long_ago(found: Found) -> tuple[Reading, ...]:
    return found.reads(Undated("PAST_REF")) if found.word("away") in ("ago", "earlier") else ()


def _bare_units(found: Found) -> tuple[Reading, ...]:
    if found.word_after == "old":
        return ()
    if found.after == k.TIGHT_DASH or str(found.word_before).lower() in _BEFORE_BARE:
        return found.reads(Undated(duration(UNKNOWN, found.word("unit") or "")))
    return ()


_UNIT = f"(?P<unit>[{k.UNIT}{k.UNITS}{k.CENTURY}])"
RULES: tuple[Rule, ...] = (
    rule(
        "two years",
        f"(?P<which>{k.THE}?{k.WHICH})?(?P<about>{k.ABOUT})?(?P<count>{k.QUANTITY}){k.MORE}?[{k.TIGHT_DASH}]?{_UNIT}",
        f"{k.UNIT}{k.UNITS}{k.CENTURY}",
        _quantity_of_units,
        k.THE + k.WHICH + k.ABOUT + k.QUANTITY_STARTS,
    ),
    rule(
        "the past five working days",
        f"(?P<which>{k.THE}?{k.WHICH})(?P<count>{k.QUANTITY})[{k.BREAK}{k.NAME}](?P<unit>{k.UNITS})",
        k.UNITS,
        _quantity_of_units,
    ),
    rule("the coming years", f"{k.THE}?(?P<which>{k.WHICH}){k.UNITS}", k.UNITS, _coming_units),
    rule("a year and a half", f"{k.AN}(?P<unit>{k.UNIT}){k.AND}{k.AN}{k.HALF}", k.UNIT, _one_and_a_half, k.AN),
    rule("years ago", f"{k.UNITS}(?P<away>[{k.AWAY}{k.PART}])", k.UNITS, _long_ago),
    rule("for years", f"(?P<unit>{k.UNITS})", k.UNITS, _bare_units),
)
