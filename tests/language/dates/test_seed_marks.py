"""The five articles: every date that a careful reader finds in them, and none that is not there."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest

from kzbot.language.dates.mark import DateMark
from kzbot.language.dates.marks import find_marks
from kzbot.language.names.book import Mention
from kzbot.language.spans import Span

PUBLISHED = {
    "000": "2013-11",
    "001": "[2009-06-24..2011-01-31]",
    "002": "[2012-10-01..2013-12-31]",
    "003": "1997-11-26",
    "004": "1998-07-20",
}
EDITIONS = {"000": ("KADEX 2014", "2014", "2014"), "003": ("CENTRAZBAT 97", "97", "1997")}


class Expected(NamedTuple):
    words: str
    edtf: str
    anchor: str | None = None
    modifier: str | None = None
    edition: bool = False


MARKS = {
    "000": [
        Expected("Nov. 14", "2013-11-14", "2013-11"),
        Expected("2013-2017", "2013/2017"),
        Expected("November 2012", "2012-11"),
        Expected("2014", "2014", edition=True),
        Expected("the same day", "2013-11-14", "2013-11-14"),
    ],
    "001": [Expected("2003-2004", "2003/2004"), Expected("Since 2007", "2007/..")],
    "002": [Expected("September 2012", "2012-09")],
    "003": [
        Expected("mid-November", "1997-11", "1997-11-26", "mid"),
        Expected("fiscal 1998", "1998", None, "fiscal"),
        Expected("Nov. 17", "1997-11-17", "1997-11-26"),
        Expected("September", "1997-09", "1997-11-26"),
        Expected("97", "1997", edition=True),
        Expected("1996", "1996"),
    ],
    "004": [Expected("today", "1998-07-20", "1998-07-20")],
}


def _editions(number: str, text: str) -> list[Mention]:
    if number not in EDITIONS:
        return []
    name, year, edition = EDITIONS[number]
    start = text.index(name)
    end = start + len(name)
    return [Mention("exercise:x", start, end, name, edition=edition, edition_start=end - len(year), edition_end=end)]


def _marks(number: str, text: str) -> list[DateMark]:
    return find_marks(text, PUBLISHED[number], editions=_editions(number, text))


@pytest.mark.parametrize("number", sorted(MARKS))
def test_marks_of_a_seed(number: str, seed_text: Callable[[str], str]) -> None:
    marks = _marks(number, seed_text(number))
    assert [Expected(m.words or "", m.edtf, m.anchor, m.modifier, m.edition) for m in marks] == MARKS[number]
    assert [mark.basis for mark in marks] == ["resolved" if one.anchor else "stated" for one in MARKS[number]]
    assert not any(mark.planned for mark in marks)


@pytest.mark.parametrize("number", sorted(MARKS))
def test_words_are_the_articles_own(number: str, seed_text: Callable[[str], str]) -> None:
    text = seed_text(number)
    for mark in _marks(number, text):
        assert mark.start is not None
        assert text[mark.start : mark.end] == mark.words


def test_since_2007_is_open(seed_text: Callable[[str], str]) -> None:
    _, since = _marks("001", seed_text("001"))
    assert (since.earliest, since.latest) == (date(2007, 1, 1), None)


def test_a_sentence_by_itself_finds_the_same(seed_text: Callable[[str], str]) -> None:
    """Spans that hold the sentences, dateline cut off, give the same marks as the whole text."""
    text = seed_text("003")
    start = text.index("U.S. service members")
    spans = [Span(start, text.index("In September")), Span(text.index("In September"), len(text))]
    whole = _marks("003", text)
    assert find_marks(text, PUBLISHED["003"], spans=spans, editions=_editions("003", text)) == whole
    assert find_marks(text, PUBLISHED["003"], spans=[Span(0, start)]) == []


def test_nothing_is_invented_without_a_publication_date(seed_text: Callable[[str], str]) -> None:
    assert [mark.words for mark in find_marks(seed_text("004"), None)] == []
    assert [mark.words for mark in find_marks(seed_text("003"), None)] == ["fiscal 1998", "1996"]
