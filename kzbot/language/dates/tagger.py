"""Finds the words that speak of time and gives their TIMEX3 values."""

from datetime import date

from kzbot.language.dates.anchor import Memory, resolve
from kzbot.language.dates.engine import read
from kzbot.language.dates.links import borrow_years
from kzbot.language.dates.meaning import Calendar, Clock, Part, Reading, Shift, Weekday
from kzbot.language.dates.narrative import Narrative
from kzbot.language.dates.tense import Tense, Tenses
from kzbot.language.dates.triggers import lowered

WEEKDAY_REACH = 70
"""How near an announcing verb must stand before a weekday to mean the coming one."""


def tag(text: str, published: date) -> list[tuple[int, int, str]]:
    """(start, end, TIMEX3 value) of every date, time, duration and repeated time, in order; end exclusive."""
    readings = borrow_years(text, read(text))
    tenses = Tenses(lowered(text))
    memory, narrative = Memory(), Narrative(text)
    tagged: list[tuple[int, int, str]] = []
    for reading in readings:
        tense = tense_of(reading, tenses)
        setting = narrative.setting(reading, tense, published.year)
        resolved = resolve(reading.meaning, published, tense, memory, reading.start, setting)
        if resolved is None or not resolved.value:
            continue
        tagged.append((reading.start, reading.end, resolved.value))
        told = setting is not None and resolved.by == setting.by
        if not reading.edition and (told or resolved.by in (None, "published")):
            memory.take(resolved.value, reading.end)
        narrative.take(reading, resolved.value, resolved.by)
    return tagged


def tense_of(reading: Reading, tenses: Tenses) -> Tense:
    """The tense that bears on a reading; not looked up where it does not matter."""
    meaning = reading.meaning
    if isinstance(meaning, Weekday) or (isinstance(meaning, Clock) and isinstance(meaning.day, Weekday)):
        tense = tenses.before(reading.start, WEEKDAY_REACH)
        return tenses.behind(reading.end, WEEKDAY_REACH // 2) if tense == "unknown" else tense
    if isinstance(meaning, Calendar | Part) and meaning.year is None:
        return tenses.at(reading.start, reading.end)
    if isinstance(meaning, Shift) and meaning.base in ("tense", "narrative"):
        return tenses.at(reading.start, reading.end)
    return "unknown"
