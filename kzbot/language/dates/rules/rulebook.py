"""All rules; between two that start at the same word the longer wins, then the one that stands first here."""

from kzbot.language.dates.rules import (
    calendar,
    clock,
    decades,
    durations,
    feasts,
    fiscal,
    months_days,
    periods,
    ranges,
    relative,
    seasons,
    sets,
    weekdays,
)
from kzbot.language.dates.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *calendar.RULES,
    *ranges.RULES,
    *months_days.RULES,
    *fiscal.RULES,
    *periods.RULES,
    *seasons.RULES,
    *decades.RULES,
    *relative.RULES,
    *weekdays.RULES,
    *feasts.RULES,
    *clock.RULES,
    *sets.RULES,
    *durations.RULES,
)
