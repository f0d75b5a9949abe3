"""Date marks: the words of a text that say when, with what they honestly mean."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from kzbot.language.dates import edtf
from kzbot.language.dates.anchor import Memory, Resolved, in_year, resolve
from kzbot.language.dates.counted import count_from
from kzbot.language.dates.datelines import dateline
from kzbot.language.dates.engine import read
from kzbot.language.dates.intervals import Draft, interval, is_planned
from kzbot.language.dates.links import borrow_years, link
from kzbot.language.dates.mark import DateMark, Modifier
from kzbot.language.dates.meaning import Calendar, Clock, Fixed, Part, Reading, Undated
from kzbot.language.dates.narrative import Narrative, Setting
from kzbot.language.dates.openings import Opening, opening
from kzbot.language.dates.publication import Publication, publication
from kzbot.language.dates.tagger import tense_of
from kzbot.language.dates.tense import Tense, Tenses
from kzbot.language.dates.timex import to_edtf
from kzbot.language.dates.triggers import lowered
from kzbot.language.names.book import Mention
from kzbot.language.spans import Span

_PARTS = ("early", "mid", "late")
_BY_THE_END = re.compile(r"\bend\s+of\b", re.IGNORECASE)
_DATELINE_REACH = 140
_ANY_DAYS = (date(1950, 1, 1), date(2049, 12, 28))
"""Two days so far apart that nothing counted from them is the same: for an unknown publication day."""


class Corrected(Protocol):
    """A moderator's word on a date, as `kzbot.corpus.article.Correction` has it."""

    @property
    def words(self) -> str: ...

    @property
    def edtf(self) -> str | None: ...


def published_mark(published: str) -> DateMark:
    """The article's own date as a mark; ValueError where `published` is not EDTF."""
    earliest, latest = edtf.bounds(published)
    return DateMark(published, published, earliest, latest, None, None, None, "published")


def find_marks(
    text: str,
    published: str | None,
    spans: Sequence[Span] | None = None,
    editions: Sequence[Mention] = (),
    corrections: Sequence[Corrected] = (),
) -> list[DateMark]:
    """The date marks of a text in order, none overlapping another; `text[start:end]` are a mark's words.

    `published`: the publication date as EDTF; what it cannot settle gets no mark. `spans`: the stretches to look at, each
    by itself (all of the text where None); datelines are passed over in any case. `editions`: mentions of names; a year
    inside a name is the mention's edition or nothing. `corrections`: what these words mean, or that they mean no date.
    """
    readings = count_from(text, borrow_years(text, read(text, spans)))
    given = [*_corrected(text, corrections, spans, readings), *_editions(editions)]
    readings = _untouched(readings, given)
    readings = _without_datelines(text, readings)
    readings.extend(
        _reading_of(start, end, value, edition) for start, end, value, edition in given if value is not None
    )
    readings.sort(key=lambda reading: reading.start)
    when = publication(published)
    tenses = Tenses(lowered(text))
    return _marks(text, _drafts(text, readings, when, tenses), when, tenses)


_Given = tuple[int, int, str | None, bool]


def _corrected(
    text: str, corrections: Sequence[Corrected], spans: Sequence[Span] | None, readings: Sequence[Reading]
) -> list[_Given]:
    given: list[_Given] = []
    taken: set[int] = set()
    for correction in sorted(corrections, key=lambda one: -len(one.words)):  # "2012" is not for a part of "May 2012"
        for start, end in _places(text, correction.words, spans, readings):
            if taken.isdisjoint(range(start, end)):
                given.append((start, end, correction.edtf, False))
                taken.update(range(start, end))
    return given


def _places(text: str, words: str, spans: Sequence[Span] | None, readings: Sequence[Reading]) -> list[tuple[int, int]]:
    """Where the words stand, over line ends, too: what is said of "May 1" is not said of "May 12" nor "1 May 2012".

    Only where they stand by themselves nowhere, they are meant as a part of something longer.
    """
    if not words.strip():
        return []
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words.split())), text)]
    places = found if spans is None else [place for place in found if _within(place, spans) is not None]
    dates = [Span(reading.start, reading.end) for reading in readings]
    alone = [
        (start, end)
        for start, end in places
        if not (text[start].isalnum() and text[start - 1 : start].isalnum())
        and not (text[end - 1].isalnum() and text[end : end + 1].isalnum())
        and _within((start, end), dates) in (None, (start, end))
    ]
    return alone or places


def _within(place: tuple[int, int], spans: Sequence[Span]) -> Span | None:
    """That of `spans`, which are in order, in which the place lies."""
    at = bisect_right(spans, place[0], key=lambda span: span.start) - 1
    return spans[at] if at >= 0 and place[1] <= spans[at].end else None


def _editions(editions: Sequence[Mention]) -> list[_Given]:
    given: list[_Given] = []
    for mention in editions:
        if mention.edition is None or mention.edition_start is None or mention.edition_end is None:
            given.append((mention.start, mention.end, None, True))
            continue
        given.append((mention.edition_start, mention.edition_end, mention.edition, True))
        given.append((mention.start, mention.end, None, True))
    return given


def _untouched(readings: list[Reading], given: Sequence[_Given]) -> list[Reading]:
    """The readings, in order, that share no code point with what is given."""
    if not given:
        return readings
    spans = sorted((start, end) for start, end, _, _ in given)
    kept: list[Reading] = []
    first = behind = 0
    for reading in readings:
        while first < len(spans) and spans[first][0] < reading.end:
            behind = max(behind, spans[first][1])
            first += 1
        if behind <= reading.start:
            kept.append(reading)
    return kept


def _reading_of(start: int, end: int, value: str, edition: bool) -> Reading:
    return Reading(start, end, Fixed(value), edition=edition)


def _without_datelines(text: str, readings: list[Reading]) -> list[Reading]:
    kept: list[Reading] = []
    line, head = -1, Span(0, 0)
    for reading in readings:
        start = text.rfind("\n", max(reading.start - _DATELINE_REACH, 0), reading.start) + 1
        near = start > 0 or reading.start < _DATELINE_REACH
        if near and start != line:
            line = start
            end = text.find("\n", reading.end)
            head = dateline(text, start, len(text) if end < 0 else end) or Span(0, 0)
        if not (near and head.start <= reading.start and reading.end <= head.end):
            kept.append(reading)
    return kept


def _drafts(text: str, readings: Sequence[Reading], when: Publication, tenses: Tenses) -> list[Draft]:
    memory, narrative = Memory(), Narrative(text)
    years = {day.year for day in when.days}
    year = years.pop() if len(years) == 1 else None
    drafts: list[Draft] = []
    for reading in readings:
        if isinstance(reading.meaning, Undated) or reading.loose:
            continue
        if isinstance(reading.meaning, Clock) and reading.meaning.day is None:
            continue
        tense = tense_of(reading, tenses)
        setting = narrative.setting(reading, tense, year)
        resolved = _resolved(reading, when, tense, memory, setting)
        if resolved is None or resolved.guess:
            continue
        day = to_edtf(resolved.value)
        if day is None:
            continue
        anchor = resolved.by
        if anchor is not None:
            anchor = when.text if anchor == "published" else to_edtf(anchor)
        drafts.append(Draft(reading, resolved.value, day, anchor))
        if not reading.edition:
            memory.take(resolved.value, reading.end)
            narrative.take(reading, resolved.value, resolved.by)
    return drafts


def _resolved(
    reading: Reading, when: Publication, tense: Tense, memory: Memory, setting: Setting | None
) -> Resolved | None:
    """What the reading means whatever the day of publication; None where that day would decide."""
    if len(when.days) == 1:
        return resolve(reading.meaning, when.days[0], tense, memory, reading.start, setting)
    meaning = reading.meaning
    if not isinstance(meaning, Calendar | Part) or meaning.mentioned:
        return _on_all_days(reading, when, tense, memory, setting)
    key = (meaning, tense, setting)
    if key not in memory.worked_out:
        memory.worked_out[key] = _on_all_days(reading, when, tense, memory, setting)
    return memory.worked_out[key]


def _on_all_days(
    reading: Reading, when: Publication, tense: Tense, memory: Memory, setting: Setting | None
) -> Resolved | None:
    if setting is not None and not when.days:
        return in_year(reading.meaning, setting) if setting.firm and not (setting.said or setting.ahead) else None
    days = when.days or _ANY_DAYS
    first = resolve(reading.meaning, days[0], tense, memory, reading.start, setting)
    if first is None or (first.by is None and setting is None):
        return first
    plain = setting is None and isinstance(reading.meaning, Calendar) and reading.meaning.weekday is None
    for day in days[-1:] if plain else days[:0:-1]:
        if resolve(reading.meaning, day, tense, memory, reading.start, setting) != first:
            return None
    return first


def _marks(text: str, drafts: Sequence[Draft], when: Publication, tenses: Tenses) -> list[DateMark]:
    marks: list[DateMark] = []
    index = behind = 0
    while index < len(drafts):
        pair = None
        if index + 1 < len(drafts):
            pair = interval(text, drafts[index], drafts[index + 1], behind, when, tenses)
        marks.append(pair or _single(text, drafts[index], behind, when, tenses))
        index += 2 if pair else 1
        behind = drafts[index - 1].reading.end
        if index < len(drafts) and link(text, drafts[index - 1].reading, drafts[index].reading) == "to":
            behind = drafts[index].reading.start
    return marks


def _single(text: str, draft: Draft, floor: int, when: Publication, tenses: Tenses) -> DateMark:
    reading, value = draft.reading, draft.edtf
    opened = None if reading.edition else opening(text, reading.start, reading.end, floor)
    start, end = (opened.start, opened.end) if opened else (reading.start, reading.end)
    modifier = reading.modifier
    earliest, latest = edtf.bounds(value)
    if opened is not None:
        if opened.side == "before" and _BY_THE_END.search(text, start, end):
            modifier = None  # "before the end of 2015" may be any day of 2015
        else:
            value, earliest, latest, modifier = _opened(opened, value, earliest, latest, modifier)
    return DateMark(
        value,
        draft.value,
        earliest,
        latest,
        text[start:end],
        start,
        end,
        "resolved" if draft.anchor else "stated",
        draft.anchor,
        modifier,
        not reading.edition and is_planned(start, end, earliest, latest, modifier, when, tenses),
        reading.edition,
    )


def _opened(
    opened: Opening, value: str, earliest: date | None, latest: date | None, modifier: Modifier | None
) -> tuple[str, date | None, date | None, Modifier | None]:
    """The date with its open side; before and after keep the date and open its bounds, but for a part of it ("before
    mid-2010" is not before 2010)."""
    match opened.side:
        case "since":
            return f"{value.partition('/')[0]}/..", earliest, None, modifier
        case "until":
            return f"../{value.rpartition('/')[2]}", None, latest, modifier
        case "before" if modifier in _PARTS and "/" not in value:
            return f"../{value}", None, latest, modifier
        case "after" if modifier in _PARTS and "/" not in value:
            return f"{value}/..", earliest, None, modifier
        case "before":
            return value, None, latest, "before"
        case "after":
            return value, earliest, None, "after"
        case "week" if earliest is not None and earliest == latest:
            monday = earliest - timedelta(days=earliest.weekday())
            sunday = monday + timedelta(days=6)
            return f"{monday}/{sunday}", monday, sunday, modifier
        case "week":
            return value, earliest, latest, modifier
        case "about":
            plain = "/" not in value and "X" not in value and "~" not in value
            return f"{value}~" if plain else value, earliest, latest, modifier or "about"
