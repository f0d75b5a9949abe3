"""Which days a date has in a calendar, and which dates have none."""

from collections.abc import Callable

import pytest

from kzbot.answers.model import Evidence
from kzbot.output.spans import days_of

KNOWN = [
    ("2013-11-14", None, "2013-11-14", "2013-11-14", "day"),
    ("2012-09", None, "2012-09-01", "2012-09-30", "within"),
    ("1997-11", "mid", "1997-11-01", "1997-11-30", "within"),
    ("1998", None, "1998-01-01", "1998-12-31", "within"),
    ("199X", "early", "1990-01-01", "1999-12-31", "within"),
    ("1997-09-15/1997-09-21", None, "1997-09-15", "1997-09-21", "lasting"),
    ("2003/2004", None, "2003-01-01", "2004-12-31", "lasting"),
    ("[2009-06-24..2011-01-31]", None, "2009-06-24", "2011-01-31", "within"),
    ("2007/..", None, "2007-01-01", "2007-12-31", "begins"),
    ("2003-07-24/..", None, "2003-07-24", "2003-07-24", "begins"),
    ("../2016-02", None, "2016-02-01", "2016-02-29", "ends"),
]
UNKNOWN = [
    ("2014-09", "before"),
    ("2013", "after"),
    ("1998", "fiscal"),
    ("[2007..]", None),
    ("[..2007]", None),
    ("199X/..", None),
    ("2012-21/..", None),
]


@pytest.mark.parametrize(("edtf", "modifier", "first", "last", "meaning"), KNOWN)
def test_a_date_has_all_days_that_it_may_be(
    made_item: Callable[..., Evidence], edtf: str, modifier: str | None, first: str, last: str, meaning: str
) -> None:
    days = days_of(made_item("x", edtf, modifier).dates[0])
    assert days is not None
    assert (days.first.isoformat(), days.last.isoformat(), days.meaning) == (first, last, meaning)


@pytest.mark.parametrize(("edtf", "modifier"), UNKNOWN)
def test_a_date_without_a_known_first_and_last_day_has_none(
    made_item: Callable[..., Evidence], edtf: str, modifier: str | None
) -> None:
    assert days_of(made_item("x", edtf, modifier).dates[0]) is None
