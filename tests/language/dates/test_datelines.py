"""Datelines and release lines: the article's own date, and no statement."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.dates.datelines import dateline
from kzbot.language.dates.marks import find_marks


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("WASHINGTON, Nov. 26, 1997 – ", "U.S. service members will help."),
        ("WASHINGTON, D.C., July 20 – ", "Secretary Cohen met him."),
        ("ALMATY (Reuters) - ", "The ministry said."),
        ("ASTANA. November 14. KAZINFORM - ", "The minister met him."),
        ("ASTANA, Kazakhstan (AP) -- ", "The minister met him."),
        ("KABUL, Afghanistan — ", "The minister met him."),
        ("Astana, 14 November 2013 (Interfax) – ", "The minister met him."),
        ("BRUSSELS, 5 Sept. 2012 - ", "NATO said."),
        ("LONDON — ", "“We met,” he said."),
        ("IMMEDIATE RELEASE July 20, 1998", " (703)697-5737(public/industry)"),
        ("Posted: 20 July 1998", ""),
        ("March 01, 2008", ""),
    ],
)
def test_found(head: str, rest: str) -> None:
    text = f"Before.\n  {head}{rest}"
    span = dateline(text, 8, len(text))
    assert span is not None
    assert text[span.start : span.end] == head
    assert find_marks(text, "2013-11-14") == []


@pytest.mark.parametrize(
    "text",
    [
        "NATO – the alliance – said so.",
        "OSCE – The body said so.",
        "Nov. 17 – the day of the talks – was cold.",
        "On Nov. 14 – A Thursday – they met.",
        "The Ministry (MOD) - The owner - said so.",
        "Russia - Ukraine talks were held on May 5.",
        "By Linda D. Kozaryn",
        "March 01, 2008 was a Saturday.",
        "They met in Almaty.",
        "",
    ],
)
def test_not_found(text: str) -> None:
    assert dateline(text, 0, len(text)) is None


def test_the_seed_has_one(seed_text: Callable[[str], str]) -> None:
    text = seed_text("003")
    start = text.index("WASHINGTON")
    span = dateline(text, start, text.index("\n", start))
    assert span is not None
    assert text[span.start : span.end] == "WASHINGTON, Nov. 26, 1997 – "


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    span = dateline(text, 0, len(text))
    assert span is None or 0 <= span.start < span.end <= len(text)
