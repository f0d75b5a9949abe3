"""Unbroken runs of time words: tables are read whole, what no table is as long as is read at its beginning."""

from datetime import date, timedelta

import pytest

from kzbot.language.dates.engine import read, read_everywhere
from kzbot.language.dates.marks import find_marks
from kzbot.language.dates.runs import LONGEST
from kzbot.language.dates.tagger import tag

DAY = date(1998, 7, 20)


def test_a_table_of_four_hundred_dates_is_read_whole() -> None:
    days = [DAY + timedelta(days=11 * number) for number in range(400)]
    text = "The plant was checked on:\n" + "\n".join(f"{day:%B} {day.day}, {day.year}" for day in days)
    assert [value for _, _, value in tag(text, DAY)] == [day.isoformat() for day in days]
    in_line = text.replace("\n", "; ")
    assert [mark.edtf for mark in find_marks(in_line, "1998")] == [day.isoformat() for day in days]


def test_dates_with_words_between_are_read_however_many_they_are() -> None:
    text = "It met in 1991, in May 1992 and on June 3, 1993. " * 500
    assert len(tag(text, DAY)) == 1500


@pytest.mark.parametrize(
    "piece", ["January February March ", "the day after ", "1998 ", "now ", "two years ago ", "3 мая "]
)
def test_of_a_run_without_any_other_word_the_beginning_is_read(piece: str) -> None:
    text = piece * (60_000 // len(piece)) + "They met in May 1997."
    readings = read(text)
    assert readings == read_everywhere(text)
    assert all(reading.end <= LONGEST + 50 or reading.start > 59_000 for reading in readings)
    assert text[readings[-1].start : readings[-1].end] == "May 1997"


def test_what_is_said_again_and_again_reads_the_same_both_ways() -> None:
    text = "In 1991 the union fell apart. On Dec. 16 it said so, and recently in the past five working days. " * 100
    assert read(text) == read_everywhere(text)
    assert len(read(text)) == 400
