"""Dates on which nothing happened."""

import pytest

from kzbot.language.dates.happening import happening
from kzbot.language.dates.marks import find_marks


def judged(text: str) -> list[tuple[str, str]]:
    marks = [happening(text, mark) for mark in find_marks(text, "2008-05-24")]
    return [(mark.words or "", "dropped" if mark.dropped else "edition" if mark.edition else "tells") for mark in marks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Delivery, originally due in 2006, will begin in 2009.", [("2006", "dropped"), ("2009", "tells")]),
        ("The start was previously planned for May 2006.", [("May 2006", "dropped")]),
        ("They had hoped to open it in 2007.", [("2007", "dropped")]),
        ("It had been scheduled for June 2007.", [("June 2007", "dropped")]),
        ("It would have been delivered by 2011.", [("2011", "dropped")]),
        ("Even if the plant opens in 2009, it is late.", [("2009", "dropped")]),
        ("If they had signed in 2006, it would have opened.", [("2006", "dropped")]),
        ("If they sign in 2009, it will open in 2010.", [("2009", "tells"), ("2010", "tells")]),
        ("It opens in 2009, not in 2007.", [("2009", "tells"), ("2007", "dropped")]),
        ("It opens in 2009 rather than in 2007.", [("2009", "tells"), ("2007", "dropped")]),
        ("It opens in 2009 instead of 2007.", [("2009", "tells"), ("2007", "dropped")]),
        ("It is to open in 2010, and not 2008 as hoped.", [("2010", "tells"), ("2008", "dropped")]),
        ("It was built in 2006 as originally planned.", [("2006", "dropped")]),
        ("It will not open until October 2009.", [("October 2009", "tells")]),
        ("They planned the start in 2006.", [("2006", "tells")]),
        ("It had been open since 2003.", [("since 2003", "tells")]),
        ("The 2010 Winter Olympic Games were near.", [("2010", "edition")]),
        ("In 2010 Olympic officials came.", [("2010", "tells")]),
    ],
)
def test_plans_given_up_and_years_in_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert judged(text) == expected
