"""What people type into from and to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.dates import edtf
from kzbot.language.dates.typed import Typed, read_typed

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1997", "1997"), (" 1997 ", "1997"), ("in 1997", "1997"), ("sept 2012", "2012-09"), ("Sept. 2012", "2012-09"),
        ("SEPTEMBER 2012", "2012-09"), ("14 nov 2013", "2013-11-14"), ("Nov 14, 2013", "2013-11-14"), ("14th november 2013", "2013-11-14"),
        ("2012-09-01", "2012-09-01"), ("2012-09", "2012-09"), ("2009-10", "2009-10"), ("2012/09/01", "2012-09-01"), ("20120901", "2012-09-01"),
        ("01.09.2012", "2012-09-01"), ("1.9.12", "2012-09-01"), ("9/14/2012", "2012-09-14"), ("14/9/2012", "2012-09-14"), ("09.2012", "2012-09"),
        ("1990s", "199X"), ("90s", "199X"), ("the '90s", "199X"), ("nineties", "199X"), ("19th century", "18XX"), ("'97", "1997"),
        ("last year", "2025"), ("today", "2026-11-21"), ("yesterday", "2026-11-20"), ("two years ago", "2024"), ("last month", "2026-10"),
        ("spring 1998", "1998-21"), ("summer of 98", "1998-22"), ("q3 1998", "1998-07/1998-09"), ("third quarter of 1998", "1998-07/1998-09"),
        ("2012/13", "2012/2013"), ("1997-1999", "1997/1999"), ("1997 to 1999", "1997/1999"), ("june - august 2012", "2012-06/2012-08"),
        ("since 2007", "2007/.."), ("2007/..", "2007/.."), ("until 2017", "../2017"), ("about 1998", "1998~"), ("199x", "199X"),
        ("14 ноября 2013 г.", "2013-11-14"), ("сентябрь 2012", "2012-09"), ("мая 1998", "1998-05"), ("fiscal 1998", "1998"), ("mid-1997", "1997"),
    ],
)  # fmt: skip
def test_understood(typed: str, value: str) -> None:
    assert read_typed(typed, TODAY) == Typed(value, *edtf.bounds(value))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hello",
        "kadex 2014",
        "30 feb 2013",
        "31.02.2013",
        "13/13/2013",
        "2012-13-01",
        "0000",
        "1997 2003",
        "week",
        "12",
        "a" * 200,
        "1999-1997",
        "every year",
        "5 years",
        "１９９７",
    ],
)
def test_not_understood(typed: str) -> None:
    assert read_typed(typed, TODAY) is None


@given(st.text(max_size=40))
def test_any_text_is_understood_or_not(typed: str) -> None:
    read = read_typed(typed, TODAY)
    assert read is None or edtf.bounds(read.edtf) == (read.earliest, read.latest)
