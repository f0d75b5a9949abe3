"""iCalendar: read back by the library's own parser, every event is honest about its days."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from kzbot.answers.model import Answer, Evidence
from kzbot.output.calendar_file import as_calendar
from kzbot.phrases import Phrases

Item = Callable[..., Evidence]
Made = Callable[..., Answer]
ASKED = "/timeline topic: Steppe Eagle from: 2012"
HOSTILE = st.text(max_size=60) | st.text(st.sampled_from("\\nN;,:\"'\r\n BEGIN:VALARMя^\u2028\x00"), max_size=60)


def read(data: bytes) -> Calendar:
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return found


def test_a_month_stays_an_interval_of_its_days_and_says_so(
    phrases: Phrases, made_item: Item, made_answer: Made
) -> None:
    (event,) = read(as_calendar(made_answer(made_item("Troops trained.", "2012-09")), phrases, ASKED)).events
    assert (event.start, event.end) == (date(2012, 9, 1), date(2012, 10, 1))
    assert str(event["summary"]) == "September 2012: Troops trained."
    assert "all days that it may be" in str(event["description"])


def test_a_day_is_one_day_with_excerpt_ground_title_publisher_and_link(
    phrases: Phrases, made_item: Item, made_answer: Made
) -> None:
    item = made_item("On Nov. 14\nhe spoke, “at length”; then left.", "2013-11-14", planned=True)
    (event,) = read(as_calendar(made_answer(item), phrases, ASKED)).events
    assert (event.start, event.end) == (date(2013, 11, 14), date(2013, 11, 15))
    assert str(event["summary"]) == "On Nov. 14 he spoke, “at length”; then left."
    assert str(event["description"]).split("\n\n") == [
        item.excerpt,
        "14 November 2013 · stated · announced",
        "A title · The Paper",
    ]
    assert (str(event["url"]), str(event["x-kzbot-date"])) == (item.link, "2013-11-14")


def test_what_has_no_days_is_left_out_and_counted(phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    answer = made_answer(
        made_item("a", "2012"),
        made_item("b", "2007/.."),
        made_item("c", "2014", "before"),
        made_item("d", "[2007..]"),
        made_item("e", "9999"),
        undated=(made_item("f"),),
        read_as={"from": "2012"},
    )
    calendar = read(as_calendar(answer, phrases, ASKED))
    assert [str(event["summary"]) for event in calendar.events] == ["2012: a", "since 2007: b"]
    lines = str(calendar["description"]).split("\n")
    assert lines == [
        f"Question: {ASKED}",
        "from: 2012 (2012)",
        "2 dated statements.",
        "3 more have no known first or last day and are left out here.",
        "1 statement has no date of its own and is left out here.",
        "Generation 20261121T203301Z-1a2b3c4d, 5 articles.",
    ]
    assert str(calendar["x-wr-caldesc"]).replace("\\n", "\n").replace("\\,", ",") == "\n".join(lines)
    assert (str(calendar["x-kzbot-question"]), str(calendar["x-kzbot-read-as"])) == (ASKED, "from: 2012")
    assert (str(calendar["x-kzbot-generation"]), str(calendar["x-kzbot-without-days"])) == (answer.generation, "3")


def test_ids_are_those_of_passage_and_date_whatever_stands_around_them(
    phrases: Phrases, made_item: Item, made_answer: Made
) -> None:
    one, other, again = made_item("a", "2012"), made_item("a", "2013"), made_item("b", "2012", address="two#1")

    def ids(*items: Evidence) -> list[str]:
        return [str(event["uid"]) for event in read(as_calendar(made_answer(*items), phrases, ASKED)).events]

    assert len(set(ids(one, other, again, one))) == 4
    assert ids(again, other) == [ids(one, other, again)[at] for at in (2, 1)]


def test_a_link_that_is_no_web_address_is_no_url(phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    for link in (None, "javascript:alert(1)", "https://x/\r\nBEGIN:VALARM", "https://x/ y"):
        item = made_item("x", "2012", link=link, url=None)
        (event,) = read(as_calendar(made_answer(item), phrases, ASKED)).events
        assert "url" not in event


@given(excerpt=HOSTILE, title=HOSTILE, day=st.dates() | st.sampled_from((date.min, date.max)))
def test_hostile_text_adds_nothing_to_the_calendar(
    phrases: Phrases, made_item: Item, made_answer: Made, excerpt: str, title: str, day: date
) -> None:
    item = made_item(excerpt, day.isoformat(), title=title, publisher=title, address=title, event=title)
    data = as_calendar(made_answer(item), phrases, title)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar = read(data)
    assert [part.name for part in calendar.subcomponents] == ([] if day == date.max else ["VEVENT"])
    for event in calendar.events:
        assert (event.start, event.end) == (day, day + timedelta(days=1))
        assert set(event) == {
            *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "TRANSP"),
            *("X-KZBOT-DATE", "X-KZBOT-ADDRESS"),
        }


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t\\nN,;")))
def test_an_excerpt_is_in_its_event_to_the_letter(
    phrases: Phrases, made_item: Item, made_answer: Made, excerpt: str
) -> None:
    (event,) = read(as_calendar(made_answer(made_item(excerpt, "2012-09-01")), phrases, ASKED)).events
    assert str(event["description"]).startswith(f"{excerpt}\n\n")


def test_an_event_told_in_several_articles_is_one_with_every_telling(
    phrases: Phrases, made_item: Item, made_answer: Made
) -> None:
    items = (
        made_item("It began.", "2012-09", event="e", address="a#1", article="a"),
        made_item("It began on the 12th.", "2012-09-12", event="e", address="b#1", article="b"),
        made_item("It began on the 13th.", "2012-09-13", event="e", address="c#1", article="c", publisher="The Post"),
        made_item("It ended.", "2012-09-30", address="d#1", article="d"),
    )
    calendar = read(as_calendar(made_answer(*items), phrases, ASKED))
    began, ended = calendar.events
    assert (began.start, ended.start) == (date(2012, 9, 12), date(2012, 9, 30))
    said = str(began["description"])
    assert "The sources do not agree: also 13 September 2012." in said
    assert "Also told, September 2012:\n\nIt began." in said
    assert "Also told, 13 September 2012:\n\nIt began on the 13th.\n\nA title · The Post" in said
    assert "4 dated statements." in str(calendar["description"])
