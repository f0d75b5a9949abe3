"""All rules; between two that start at the same word the longer wins, then the one that stands first here."""

from kzbot.language.dates import (
    rules_calendar,
    rules_clock,
    rules_decades,
    rules_durations,
    rules_fiscal,
    rules_months_days,
    rules_periods,
    rules_ranges,
    rules_relative,
    rules_seasons,
    rules_sets,
    rules_weekdays,
)
from kzbot.language.dates.rule import Rule

RULES: tuple[Rule, ...] = (
    *rules_calendar.RULES,
    *rules_ranges.RULES,
    *rules_months_days.RULES,
    *rules_fiscal.RULES,
    *rules_periods.RULES,
    *rules_seasons.RULES,
    *rules_decades.RULES,
    *rules_relative.RULES,
    *rules_weekdays.RULES,
    *rules_clock.RULES,
    *rules_sets.RULES,
    *rules_durations.RULES,
)
