"""EDTF: bounds, validity, relations; the `edtf` library is the oracle where it knows the form."""

from datetime import date, timedelta
from math import inf
from time import struct_time

import edtf as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzbot.language.dates import edtf


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2013-11-14", date(2013, 11, 14), date(2013, 11, 14), "day"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "month"),
        ("1996", date(1996, 1, 1), date(1996, 12, 31), "year"),
        ("199X", date(1990, 1, 1), date(1999, 12, 31), "decade"),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), "century"),
        ("00XX", date(1, 1, 1), date(99, 12, 31), "century"),
        ("2013~", date(2013, 1, 1), date(2013, 12, 31), "year"),
        ("1998-21", date(1998, 3, 1), date(1998, 5, 31), "season"),
        ("1998-24", date(1997, 12, 1), date(1999, 2, 28), "season"),
        ("1998-33", date(1998, 1, 1), date(1998, 3, 31), "quarter"),
        ("1998-41", date(1998, 7, 1), date(1998, 12, 31), "half"),
        ("2004-06-XX", date(2004, 6, 1), date(2004, 6, 30), "month"),
        ("2003/2004", date(2003, 1, 1), date(2004, 12, 31), "interval"),
        ("2007/..", date(2007, 1, 1), None, "interval"),
        ("../2017", None, date(2017, 12, 31), "interval"),
        ("[2009-06-24..2011-01-31]", date(2009, 6, 24), date(2011, 1, 31), "one_of"),
        ("[2009-06-24..]", date(2009, 6, 24), None, "one_of"),
    ],
)
def test_bounds(text: str, first: date | None, last: date | None, precision: str) -> None:
    assert edtf.bounds(text) == (first, last)
    assert edtf.precision(text) == precision


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "..",
        "/",
        "[]",
        "[..]",
        "[2003]",
        "0000",
        "2013-13",
        "2013-00",
        "2013-25",
        "2013-02-30",
        "1900-02-29",
        "2013-XX-05",
        "2004/2003",
        "2003/2004/2005",
        "[2003/2004]",
        "2003-1",
        "٢٠١٣",
        "2003\n",
        " 2003",
        "[2011..2009]",
        "2013-13-XX",
        "-0044",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not edtf.is_valid(text)
    with pytest.raises(ValueError, match=r".+"):
        edtf.bounds(text)


_YEARS = st.integers(1000, 2999).map(str)
_DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
_CLOSED = st.one_of(
    _YEARS,
    _DAYS.map(date.isoformat),
    _DAYS.map(lambda day: day.isoformat()[:7]),
    _DAYS.map(lambda day: f"{day.isoformat()}~"),
    st.integers(100, 299).map(lambda decade: f"{decade}X"),
    st.integers(10, 29).map(lambda century: f"{century}XX"),
    st.tuples(_YEARS, st.sampled_from(["21", "22", "23", "33", "34", "35", "36", "40", "41"])).map("-".join),
)


@settings(max_examples=60)  # the library reads 272 dates a second
@given(_CLOSED)
def test_closed_forms_agree_with_the_library(text: str) -> None:
    parsed = oracle.parse_edtf(text)
    assert edtf.bounds(text) == (_day(parsed.lower_strict()), _day(parsed.upper_strict()))


@settings(max_examples=20)
@given(_DAYS, _DAYS)
def test_intervals_agree_with_the_library(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for text in (f"{first}/{last}", f"{first}/..", f"../{last}", f"[{first}..{last}]"):
        parsed = oracle.parse_edtf(text)
        assert edtf.bounds(text) == (_day(parsed.lower_strict()), _day(parsed.upper_strict()))


@given(_DAYS, st.integers(0, 2000))
def test_days_are_written_plainly_and_mean_the_same(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    assert edtf.bounds(edtf.days(first, last)) == (first, last)


def test_days_that_fill_a_month_or_year_are_one() -> None:
    assert edtf.days(date(2012, 2, 1), date(2012, 2, 29)) == "2012-02"
    assert edtf.days(date(2012, 1, 1), date(2012, 12, 31)) == "2012"
    assert edtf.days(date(2012, 1, 1), date(2013, 12, 31)) == "2012/2013"
    assert edtf.days(date(2012, 1, 2), date(2012, 12, 31)) == "2012-01-02/2012-12-31"


@given(_CLOSED, _CLOSED)
def test_two_dates_within_each_other_are_the_same_days(one: str, other: str) -> None:
    first, second = edtf.bounds(one), edtf.bounds(other)
    assert edtf.within(first, first)
    assert (edtf.within(first, second) and edtf.within(second, first)) == (first == second)


def test_open_sides_take_everything() -> None:
    since, year = edtf.bounds("2007/.."), edtf.bounds("2013")
    assert edtf.within(year, since)
    assert not edtf.within(since, year)
    assert not edtf.within(edtf.bounds("2006"), since)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        first, last = edtf.bounds(text)
    except ValueError:
        return
    assert first is None or last is None or first <= last


def _day(moment: struct_time | float) -> date | None:
    if isinstance(moment, float):
        assert moment in (inf, -inf)
        return None
    return date(*moment[:3])
