"""Dates on which nothing happened."""

import pytest

from kzbot.language.dates.happening import happening
from kzbot.language.dates.mark import DateMark
from kzbot.language.dates.marks import find_marks


def _kind(mark: DateMark) -> str:
    return next((kind for kind in ("dropped", "edition", "compared") if getattr(mark, kind)), "tells")


def judged(text: str) -> list[tuple[str, str]]:
    marks = [happening(text, mark) for mark in find_marks(text, "2008-05-24")]
    return [(mark.words or "", _kind(mark)) for mark in marks]


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
        ("He spoke at this year's Developers Conference.", [("this year", "edition")]),
        ("They showed it at last year's Paris Air Show.", [("last year", "tells")]),
        ("This year's loss was small.", [("This year", "tells")]),
        ("They showed the 2009 version of the engine.", [("2009", "edition")]),
        ("It was planned for June 2007, but held in May 2008.", [("June 2007", "dropped"), ("May 2008", "tells")]),
        ("It was scheduled for June 2007 and cancelled.", [("June 2007", "dropped")]),
        ("It is planned for June 2008 and will be open to all.", [("June 2008", "tells")]),
        ("It had been due in May and opened on 3 May 2008.", [("May", "dropped"), ("3 May 2008", "tells")]),
        ("They had planned to start and end the tests in 2007.", [("2007", "dropped")]),
        ("The maker posted its first loss since 1992.", [("since 1992", "compared")]),
        ("The index fell to its lowest level since October 1997.", [("since October 1997", "compared")]),
        ("It has been the largest maker since 1992.", [("since 1992", "tells")]),
        ("The first troops came. They have stayed since 2003.", [("since 2003", "tells")]),
    ],
)
def test_plans_given_up_and_years_in_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert judged(text) == expected
