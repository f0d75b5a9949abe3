"""TIMEX3 values, also of what never becomes a date mark."""

from datetime import date

import pytest

from kzbot.language.dates.tagger import tag
from kzbot.language.dates.timex import EVERY_YEAR

DAY = date(2008, 9, 18)  # a Thursday


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("a contract lasting 27 years", "27 years", "P27Y"),
        ("almost two and a half years late", "almost two and a half years", "P2.5Y"),
        ("a fifty-year service life", "fifty-year", "P50Y"),
        ("over a decade", "over a decade", "P10Y"),
        ("within a few months", "a few months", "PXM"),
        ("a couple of weeks passed", "a couple of weeks", "P2W"),
        ("after thirty minutes", "thirty minutes", "PT30M"),
        ("the past five trading days were bad", "the past five trading days", "P5D"),
        ("1.5 years on", "1.5 years", "P1.5Y"),
        ("the annual conference", "annual", "P1Y"),
        ("every Friday at home", "every Friday", f"{EVERY_YEAR}-WXX-5"),
        ("15 a year", "a year", "P1Y"),
        ("at 18:00 UTC", "18:00 UTC", "2008-09-18T18:00Z"),
        ("at 0800 UTC", "0800 UTC", "2008-09-18T08:00Z"),
        ("at 6:40 p.m. there", "6:40 p.m.", "2008-09-18T18:40"),
        ("at 12:00 UTC Monday", "12:00 UTC Monday", "2008-09-15T12:00Z"),
        ("noon came", "noon", "2008-09-18T12:00"),
        ("he said this morning", "this morning", "2008-09-18TMO"),
        ("he said Wednesday night", "Wednesday night", "2008-09-17TNI"),
        ("he is now there", "now", "PRESENT_REF"),
        ("in recent years", "recent years", "PAST_REF"),
        ("in the near future", "the near future", "FUTURE_REF"),
        ("markets remain closed until Friday", "Friday", "2008-09-19"),
        ("last weekend", "last weekend", "2008-W37-WE"),
        ("this week", "this week", "2008-W38"),
        ("next quarter", "next quarter", "2008-Q4"),
        ("the third quarter of this year", "the third quarter of this year", "2008-Q3"),
        ("the spring of 2007", "the spring of 2007", "2007-SP"),
        ("the 1980s", "the 1980s", "198"),
        ("the 19th century", "the 19th century", "18"),
        ("ten years ago", "ten years ago", "1998"),
        ("the day before yesterday", "the day before yesterday", "2008-09-16"),
        ("It should be completed in October", "October", "2008-10"),
        ("It was introduced in January", "January", "2008-01"),
        ("They met on the third of June", "the third of June", "2008-06-03"),
        ("They met on June the 3rd", "June the 3rd", "2008-06-03"),
        ("It fell in the first half of the year", "the first half of the year", "2008-H1"),
        ("They ate on Christmas Eve 2006", "Christmas Eve 2006", "2006-12-24"),
        ("They ate at Christmas", "Christmas", "2007-12-25"),
        ("It was signed on New Year's Eve", "New Year's Eve", "2007-12-31"),
        ("They make 300 cars a day", "a day", "P1D"),
        ("They meet twice a week", "a week", "P1W"),
        ("They meet every two years", "every two years", "P2Y"),
        ("They meet on Mondays", "Mondays", f"{EVERY_YEAR}-WXX-1"),
        ("a two-and-a-half-year term", "two-and-a-half-year", "P2.5Y"),
        ("A year and a half passed", "A year and a half", "P1.5Y"),
        ("It lasted an hour", "an hour", "PT1H"),
        ("It lasted half an hour", "half an hour", "PT30M"),
        ("The work took years", "years", "PXY"),
        ("He came years ago", "years ago", "PAST_REF"),
        ("He left less than a year later", "a year later", "2009"),
        ("on the morning of Sept. 11, 2001", "the morning of Sept. 11, 2001", "2001-09-11TMO"),
        ("in the last week of August", "the last week of August", "2008-08"),
        ("on the last day of February 2008", "the last day of February 2008", "2008-02-29"),
        ("It was worse than last Aug. 19", "last Aug. 19", "2008-08-19"),
        ("It was worse than last Sept. 1", "last Sept. 1", "2007-09-01"),
        ("It will open next March 5", "next March 5", "2009-03-05"),
        ("It fell in the year-earlier period", "the year-earlier period", "2007"),
        ("It happened 1,000 years ago", "1,000 years ago", "1008"),
        ("the 1,000-day siege", "1,000-day", "P1000D"),
        ("It began this past weekend", "this past weekend", "2008-W37-WE"),
        ("He left by 5 p.m. ET Monday", "5 p.m. ET Monday", "2008-09-15T17:00"),
        ("It rained over the summer", "the summer", "2008-SU"),
        ("They rested over Christmas", "Christmas", "2007-12-25"),
        ("sent on 2007-11-17T12:30:00Z", "2007-11-17", "2007-11-17"),
    ],
)
def test_value(text: str, words: str, value: str) -> None:
    assert [(text[start:end], found) for start, end, found in tag(text, DAY)] == [(words, value)]


@pytest.mark.parametrize(
    "text",
    [
        "They bought a Christmas tree and a Halloween mask; Christmas sales rose.",
        "Under Law No. 2003-04 and No. 1998.",
        "He was 1998 days late.",
        "In 2000 BC and in 1200 B.C. it stood.",
        "It cost a few dollars an hour.",
    ],
)
def test_no_time(text: str) -> None:
    assert tag(text, DAY) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On June 3, 4 and 5, 2012, they met.", ["2012-06-03", "2012-06-04", "2012-06-05"]),
        ("They met on 3, 4, and 5 June.", ["2008-06-03", "2008-06-04", "2008-06-05"]),
        ("On May 5, 2007, he came. The following Monday he left.", ["2007-05-05", "2007-05-07"]),
        ("On May 5, 2007, he came, and had left the previous Monday.", ["2007-05-05", "2007-04-30"]),
        ("On March 3 he came. That night he left.", ["2008-03-03", "2008-03-03TNI"]),
        ("On March 3 he came. The next morning he left.", ["2008-03-03", "2008-03-04TMO"]),
        ("The spring and summer of 1988 were dry.", ["1988-SP", "1988-SU"]),
        ("It was a third of June's output.", ["2008-06"]),
    ],
)
def test_several_values(text: str, values: list[str]) -> None:
    assert [value for _, _, value in tag(text, DAY)] == values


def test_a_year_ago_beside_a_quarter_means_the_same_quarter() -> None:
    text = "It lost money in the second quarter of 2008. A year earlier, it had gained."
    assert [value for _, _, value in tag(text, DAY)] == ["2008-Q2", "2007-Q2"]


def test_a_time_belongs_to_the_day_beside_it() -> None:
    text = "It flew Tuesday in Everett at 18:00 UTC."
    assert [value for _, _, value in tag(text, DAY)] == ["2008-09-16", "2008-09-16T18:00Z"]


def test_a_heading_that_ends_with_a_weekday_keeps_it() -> None:
    text = "Markets closed until Friday\nSeptember 18, 2008\nThe markets"
    assert [value for _, _, value in tag(text, DAY)] == ["2008-09-19", "2008-09-18"]
