"""From which day to which the log is asked for, as people type it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.answers.days import read_days
from kzbot.errors import QuestionError

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        (None, None, None, TODAY),
        ("", "  ", None, TODAY),
        ("3 days", None, date(2026, 11, 19), TODAY),
        ("last week", "yesterday", date(2026, 11, 9), date(2026, 11, 21)),
        ("2026-10", "2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026", "2026", date(2026, 1, 1), TODAY),
        ("2026-11-20T10:00Z", "2026-11-21T23:59Z", date(2026, 11, 20), date(2026, 11, 21)),
        ("2027", None, date(2027, 1, 1), date(2027, 1, 1)),
        (None, "9999", None, TODAY),
    ],
)
def test_days_are_read_as_they_are_meant(since: str | None, until: str | None, first: date | None, last: date) -> None:
    assert read_days(since, until, TODAY) == (first, last)


@pytest.mark.parametrize(
    ("since", "until", "key"),
    [
        ("blah", None, "since"),
        (None, "blah", "since"),
        ("../1999", None, "open_since"),
        (None, "1999/..", "open_until"),
        ("2026-02", "2026-01", "reversed_days"),
    ],
)
def test_what_cannot_be_read_is_told(since: str | None, until: str | None, key: str) -> None:
    with pytest.raises(QuestionError, match=rf"answers\.bad_request\.{key}"):
        read_days(since, until, TODAY)


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_text_is_read_or_told(since: str, until: str) -> None:
    try:
        first, last = read_days(since, until, TODAY)
    except QuestionError:
        return
    assert first is None or first <= last
