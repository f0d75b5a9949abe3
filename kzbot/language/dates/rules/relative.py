"""Rules for dates that are told by their distance: today, last year, two days ago, the same day."""

from kzbot.language.dates import kinds as k
from kzbot.language.dates.lexicon import UNKNOWN
from kzbot.language.dates.meaning import Base, Part, Reading, SamePeriod, Shift, Undated
from kzbot.language.dates.rules.quantities import SAID_WITH_IT, duration, quantity
from kzbot.language.dates.rules.rule import Found, Rule, rule, says_when
from kzbot.language.dates.rules.weekdays import PARTS

_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_SHIFTS: dict[str, tuple[int, Base]] = {
    "last": (-1, "published"), "latest": (-1, "published"), "this": (0, "published"), "current": (0, "published"),
    "next": (1, "published"), "coming": (1, "published"), "upcoming": (1, "published"), "previous": (-1, "mention"),
    "following": (1, "mention"), "same": (0, "mention"), "that": (0, "mention"), "entire": (0, "mention"), "whole": (0, "mention"),
}  # fmt: skip
_STRETCH = frozenset(("over", "in", "within", "during", "for", "through", "throughout"))
_SIGNS = frozenset((".", ",", ";", ":", "!", "?", ")", "”", '"', "'", "’", "", "and", "but", "when", "as"))
_CLOSINGS = frozenset(
    ("end", "ended", "ending", "finish", "finished", "close", "closed", "for", "in", "ends", "closing", "finishing")
)


def _today(found: Found) -> tuple[Reading, ...]:
    word = found.word("day") or ""
    part = "NI" if word == "tonight" else PARTS.get(found.word("part") or "")
    vague = found.after == k.POSSESSIVE and word == "today"
    meaning = Shift("day", _DAYS[word], part=part)
    return found.reads(meaning, loose=vague)


def _part_of_day(found: Found) -> tuple[Reading, ...]:
    which, part = found.word("which"), PARTS.get(found.word("part") or "")
    if which == "this" or (which == "last" and part == "NI"):
        return found.reads(Shift("day", -1 if which == "last" else 0, part=part))
    if which in ("that", "same"):
        return found.reads(Shift("day", 0, "mention", part))
    if which == "previous" or (found.has("the") and which in ("next", "following")):
        return found.reads(Shift("day", -1 if which == "previous" else 1, "mention", part))
    return ()


def _beside_today(found: Found) -> tuple[Reading, ...]:
    """The day before yesterday, the day after tomorrow."""
    away, day = found.word("away"), found.word("day")
    if (away, day) == ("before", "yesterday"):
        return found.reads(Shift("day", -2))
    return found.reads(Shift("day", 2)) if (away, day) == ("after", "tomorrow") else ()


def _which_unit(found: Found) -> tuple[Reading, ...]:
    which, unit, the = found.word("which") or "", found.word("unit") or "", found.has("the")
    if found.has("this"):
        if (found.word("this"), which) != ("this", "past"):
            return ()
        which = "last"
    if which == "past" or (the and which in ("last", "next", "coming") and _is_stretch(found, unit)):
        return found.reads(Undated(duration(1, unit)))
    if which not in _SHIFTS or unit in ("hour", "minute"):
        return ()
    count, base = _SHIFTS[which]
    if (which, unit) == ("this", "weekend"):
        base = "tense"
    if unit == "day":
        if which in ("last", "current", "coming", "upcoming", "latest", "entire", "whole", "this"):
            return ()
        if which == "next" and the:
            base = "mention"
    if which == "latest" and unit != "quarter":
        return ()
    loose = which in ("entire", "whole", "latest") or (the and which == "next" and base == "published")
    fiscal = found.has("fiscal")
    return found.reads(Shift(unit, count, base), "fiscal" if fiscal else found.modifier("when"), loose=loose or fiscal)


def _is_stretch(found: Found, unit: str) -> bool:
    """Over the last year, within the next decade: a length of time."""
    if unit in ("decade", "century"):
        return True
    return found.word_before in _STRETCH and unit not in ("day", "weekend", "quarter")


def _which_season(found: Found) -> tuple[Reading, ...]:
    which, number = found.word("which") or "", found.number("season")
    if number is None:
        return ()
    told = which in ("that", "same", "following", "previous") or (which == "next" and found.has("the"))
    if told:
        if which == "that" and not (found.has("when") or says_when(found)):
            return ()
        return found.reads(Part(number, which=which, mentioned=True), found.modifier("when"))
    if which not in ("last", "this", "next", "past", "coming"):
        return ()
    return found.reads(Part(number, which="last" if which == "past" else which), found.modifier("when"))


def _away(found: Found) -> tuple[Reading, ...]:
    """So many units ago, earlier, later; before or after something it is a duration."""
    count = quantity(found.kinds_of("count"), found.tokens("count"))
    unit, word = found.word("unit") or "", found.word("away") or "now"
    if unit in ("hour", "minute", "second") or word in ("early", "mid", "late"):
        return ()
    if found.word_after == "than" or (word in ("before", "after") and found.word_after not in _SIGNS):
        return (Reading(found.token("count")[0], found.token("unit")[1], Undated(duration(count, unit))),)
    if count == UNKNOWN:
        vague = "PAST_REF" if word in ("ago", "earlier", "before") else "FUTURE_REF"
        return found.reads(Undated(vague))
    whole = count if isinstance(count, int) else 0
    if not whole:
        return found.reads(Undated(duration(count, unit)))
    back = word in ("ago", "earlier", "before")
    base: Base = "published" if word in ("ago", "hence", "now") else "mention"
    about = found.has("about") and found.word("about") in SAID_WITH_IT
    start = found.start if about or not found.has("about") else found.token("count")[0]
    return (Reading(start, found.end, Shift(unit, -whole if back else whole, base), "about" if about else None),)


def _unit_beside(found: Found) -> tuple[Reading, ...]:
    """The day before, the year after, the year previous."""
    word, unit = found.word("away"), found.word("unit") or ""
    if unit not in ("day", "week", "month", "year", "quarter") or word in ("ago", "hence", "earlier", "later"):
        return ()
    if word != "previous" and found.word_after not in _SIGNS:
        return ()
    return found.reads(Shift(unit, -1 if word in ("before", "previous") else 1, "mention"))


def _edge_of_unit(found: Found) -> tuple[Reading, ...]:
    """The end of the year, year-end."""
    unit = found.word("unit") or ""
    if unit not in ("year", "month", "week", "quarter"):
        return ()
    return found.reads(Shift(unit, 0, "narrative" if unit == "year" else "published"), found.modifier(0))


def _the_unit(found: Found) -> tuple[Reading, ...]:
    unit = found.word("unit")
    if unit == "weekend" and found.after != k.OF:
        return found.reads(Shift("weekend", 0, "tense"))
    if unit == "day" and str(found.word_before).lower() in _CLOSINGS and found.after != k.OF:
        return found.reads(Shift("day", 0, "mention"), loose=True)
    return ()


def _same_period(found: Found) -> tuple[Reading, ...]:
    if found.word("same") != "same" or (found.has("which") and found.word("which") not in ("last", "previous")):
        return ()
    return found.reads(SamePeriod(-1), loose=True)


def _year_earlier(found: Found) -> tuple[Reading, ...]:
    """The year-earlier quarter, the year-ago period."""
    if found.word("year") != "year" or found.word("away") not in ("ago", "earlier"):
        return ()
    return found.reads(SamePeriod(-1), loose=True)


_UNIT = f"(?P<unit>[{k.UNIT}{k.CENTURY}])"
_WHICH = f"(?P<which>{k.WHICH})"
_UNITS = f"{k.UNIT}{k.UNITS}{k.CENTURY}"
RULES: tuple[Rule, ...] = (
    rule("today", f"{k.PART}?(?P<day>{k.TODAY})(?P<part>{k.DAY_PART})?", k.TODAY, _today),
    rule("this morning", f"(?P<the>{k.THE})?{_WHICH}(?P<part>{k.DAY_PART})", k.DAY_PART, _part_of_day),
    rule("day before yesterday", f"{k.THE}{k.UNIT}(?P<away>{k.AWAY})(?P<day>{k.TODAY})", k.TODAY, _beside_today),
    rule(
        "last year",
        f"(?P<when>{k.WHEN_IN_IT})(?P<the>{k.THE})?(?P<this>{k.WHICH}(?={k.WHICH}))?{_WHICH}(?P<fiscal>{k.FISCAL})?{_UNIT}(?!{k.TIGHT_DASH})",
        k.UNIT + k.CENTURY,
        _which_unit,
        k.WHEN_STARTS + k.WHICH,
    ),
    rule(
        "last summer",
        f"(?P<when>{k.WHEN_IN_IT})(?P<the>{k.THE})?{_WHICH}(?P<season>{k.SEASON})(?!{k.TIGHT_DASH})",
        k.SEASON,
        _which_season,
        k.WHEN_STARTS + k.WHICH,
    ),
    rule(
        "two years ago",
        f"(?P<about>{k.ABOUT})?(?P<count>{k.QUANTITY}){k.TIGHT_DASH}?(?P<unit>[{_UNITS}]){k.TIGHT_DASH}?"
        f"(?:(?P<away>[{k.AWAY}{k.PART}])|{k.BETWEEN}{k.NOW})",
        _UNITS,
        _away,
        k.ABOUT + k.QUANTITY_STARTS,
    ),
    rule("the year before", f"{k.THE}{_UNIT}(?P<away>[{k.AWAY}{k.WHICH}])", k.UNIT, _unit_beside),
    rule(
        "the end of the year",
        f"{k.THE}?{k.EDGE}{k.OF}{k.THE}{_UNIT}",
        k.UNIT,
        _edge_of_unit,
    ),
    rule(
        "year-end",
        f"{k.THE}?{_UNIT}[{k.TIGHT_DASH}{k.POSSESSIVE}]{k.EDGE}",
        k.UNIT,
        _edge_of_unit,
        k.THE + k.UNIT + k.CENTURY,
    ),
    rule("the weekend", f"{k.THE}{_UNIT}(?![{k.TIGHT_DASH}{k.POSSESSIVE}])", k.UNIT, _the_unit),
    rule(
        "the year-earlier quarter",
        f"{k.THE}?(?P<year>{k.UNIT}){k.TIGHT_DASH}(?P<away>[{k.AWAY}{k.PART}])[{k.PERIOD}{k.UNIT}]",
        k.UNIT,
        _year_earlier,
        k.THE + k.UNIT,
    ),
    rule(
        "the same period",
        f"{k.THE}?(?P<same>{k.WHICH})[{k.PERIOD}{k.UNIT}]{k.IN_OR_OF}?(?:{k.THE}?{_WHICH}{k.UNIT}|{k.AN}{k.UNIT}[{k.AWAY}{k.PART}])",
        k.UNIT,
        _same_period,
        k.THE + k.WHICH,
    ),
)
