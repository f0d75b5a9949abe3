"""An answer's dated statements as an iCalendar file (RFC 5545, RFC 7986): all-day events, none on an invented day."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from kzbot.answers.model import Answer, DatedMark, Evidence
from kzbot.answers.timelines.tellings import disputed, folded
from kzbot.output.beginnings import at_most, beginning
from kzbot.output.calendar_text import address_of_page, text
from kzbot.output.spans import Days, days_of
from kzbot.output.wording import date_words, heading
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from icalendar import Calendar, Event

SUMMARY = 90
_PRODUCT = "-//kzbot//kzbot//EN"
_MADE = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_DAY_AFTER = timedelta(days=1)


def can_hold(answer: Answer) -> bool:
    """Whether the answer has a statement whose days a calendar can show; one without events is not iCalendar."""
    return any(_days(item) is not None for item in answer.items)


def as_calendar(answer: Answer, phrases: Phrases, asked: str) -> bytes:
    """One all-day event for each dated entry whose days are known: from its first day to the one after its last.

    What several articles tell of is one event, on the days of its best dated telling, with the others in its description.

    A month or a year is an event over all of its days, labelled as lying somewhere within them. What has no first or
    no last day is left out; the calendar's description says how many statements that are, and how many have no date.
    """
    from icalendar import Calendar  # noqa: PLC0415 - its import takes 0.1 s, which a start without exports need not pay

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    made = _made(answer.generation)
    events: list[Event] = []
    given: set[str] = set()
    told, answer = 0, folded(answer)
    for item in answer.items:
        days = _days(item)
        if days is None:
            continue
        dated = item.dates[0]
        uid = _uid(item, dated, given)
        given.add(uid)
        events.append(_event(item, dated, days, phrases, uid, made))
        told += 1 + len(item.others)
    _describe(calendar, answer, phrases, asked, len(events), told)
    for event in events:
        calendar.add_component(event)
    made_file: bytes = calendar.to_ical()
    return made_file


def _days(item: Evidence) -> Days | None:
    """The days of an item's own date; None where it has none that end and can be told."""
    days = days_of(item.dates[0]) if item.dates and item.date is not None else None
    return None if days is None or days.last == date.max else days


def _describe(calendar: "Calendar", answer: Answer, phrases: Phrases, asked: str, drawn: int, told: int) -> None:
    """The calendar's name and description, under their standard names and those that most programs read.

    `drawn` of the entries are in it, which are `told` in so many statements.
    """
    undated = len(answer.undated) + sum(item.date is None for item in answer.items)
    open_ended = len(answer.items) + len(answer.undated) - undated - drawn
    lines = [phrases.say("output.calendar.question", question=asked)]
    for name, edtf in answer.read_as.items():
        lines.append(phrases.say("output.calendar.read_as", option=name, date=date_words(phrases, edtf), edtf=edtf))
    lines.append(phrases.say("output.calendar.events", count=told))
    if open_ended:
        lines.append(phrases.say("output.calendar.left_out", count=open_ended))
    if undated:
        lines.append(phrases.say("output.calendar.undated", count=undated))
    lines.append(phrases.say("output.calendar.generation", id=answer.generation, count=answer.articles))
    for name, value in (
        ("name", heading(answer, phrases)),
        ("x-wr-calname", heading(answer, phrases)),
        ("description", "\n".join(lines)),
        ("x-wr-caldesc", "\n".join(lines)),
        ("x-kzbot-question", asked),
        ("x-kzbot-read-as", "; ".join(f"{option}: {edtf}" for option, edtf in answer.read_as.items())),
        ("x-kzbot-generation", answer.generation),
        ("x-kzbot-articles", str(answer.articles)),
        ("x-kzbot-without-days", str(open_ended)),
        ("x-kzbot-undated", str(undated)),
    ):
        if value:
            calendar.add(name, text(value), parameters={"VALUE": "TEXT"} if name.startswith("x-kzbot") else {})


def _event(item: Evidence, dated: DatedMark, days: Days, phrases: Phrases, uid: str, made: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - see `as_calendar`

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made)
    event.add("dtstart", days.first)
    event.add("dtend", days.last + _DAY_AFTER)
    event.add("summary", text(_summary(item, dated, days, phrases)))
    event.add("description", text("\n\n".join(_about(item, dated, days, phrases))))
    page = address_of_page(item.link or item.url)
    if page is not None:
        event.add("url", page)
    event.add("transp", "TRANSPARENT")
    event.add("x-kzbot-date", text(dated.mark.edtf), parameters={"VALUE": "TEXT"})
    event.add("x-kzbot-address", text(item.address), parameters={"VALUE": "TEXT"})
    return event


def _summary(item: Evidence, dated: DatedMark, days: Days, phrases: Phrases) -> str:
    """The excerpt's beginning, after the date in words where the event's days do not say it alone."""
    words = beginning(item.excerpt, at_most(SUMMARY))
    edtf, modifier = dated.mark.edtf, dated.mark.modifier
    if days.meaning == "day" and modifier is None and not edtf.endswith(("~", "?", "%")):
        return words
    return phrases.say("output.calendar.summary", date=date_words(phrases, edtf, modifier), words=words)


def _about(item: Evidence, dated: DatedMark, days: Days, phrases: Phrases) -> list[str]:
    """The paragraphs of an event's description: the excerpt to the letter, what its days mean, where it is from."""
    mark = dated.mark
    said = [date_words(phrases, mark.edtf, mark.modifier), phrases.ground(mark, item.published, dated.corrected)]
    if mark.planned:
        said.append(phrases.say("output.planned"))
    if dated.fit == "possible":
        said.append(phrases.say("output.possible"))
    parts = [item.excerpt, " · ".join(said)]
    if days.meaning in ("within", "begins", "ends"):
        parts.append(phrases.say(f"output.calendar.{days.meaning}"))
    parts.append(" · ".join(filter(None, (_title(item, phrases), item.publisher))))
    differing = [date_words(phrases, one.mark.edtf, one.mark.modifier) for one in disputed(item)]
    if differing:
        parts.append(phrases.say("output.calendar.disputed", dates=", ".join(differing)))
    for other in item.others:
        own = other.dates[0].mark
        parts.append(phrases.say("output.calendar.telling", date=date_words(phrases, own.edtf, own.modifier)))
        parts += [other.excerpt, " · ".join(filter(None, (_title(other, phrases), other.publisher, other.url)))]
    return parts


def _title(item: Evidence, phrases: Phrases) -> str:
    return phrases.say("output.title_inferred", title=item.title) if item.title_basis == "inferred" else item.title


def _uid(item: Evidence, dated: DatedMark, given: set[str]) -> str:
    """An id made of the passage's address and the date, the same after a reload; a repeated one is counted on."""
    name = f"kzbot:{item.address}\n{dated.mark.edtf}\n{dated.mark.modifier or ''}".encode("utf-8", "replace").decode()
    uid, times = str(uuid5(NAMESPACE_URL, name)), 1
    while uid in given:
        times += 1
        uid = str(uuid5(NAMESPACE_URL, f"{name}\n{times}"))
    return uid


def _made(generation: str) -> datetime:
    """When the generation was made, as its id says; the year 1970 where it does not. So the same answer gives the same file."""
    found = _MADE.match(generation)
    try:
        return datetime.strptime(found[0] if found else "", "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
