"""Dates in Russian text."""

from datetime import date

import pytest

from kzbot.language.dates.marks import find_marks
from kzbot.language.dates.tagger import tag


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("Встреча прошла 3 сентября 2012 года в Астане.", "3 сентября 2012 года", "2012-09-03"),
        ("Учения прошли в сентябре 2012 года.", "сентябре 2012 года", "2012-09"),
        ("Учения прошли 15-21 сентября 1997 г. в Шымкенте.", "15-21 сентября 1997 г.", "1997-09-15/1997-09-21"),
        ("Учения шли с 3 по 7 мая 2012 года.", "с 3 по 7 мая 2012 года", "2012-05-03/2012-05-07"),
        ("Он болел с мая 2010 года по июнь 2011 года.", "с мая 2010 года по июнь 2011 года", "2010-05/2011-06"),
        ("Учения шли 30 апреля - 2 мая 2012 года.", "30 апреля - 2 мая 2012 года", "2012-04-30/2012-05-02"),
        ("С 2007 года они встречаются.", "С 2007 года", "2007/.."),
        ("План действует до 2017 года.", "до 2017 года", "../2017"),
        ("В 2003-2004 годах число росло.", "2003-2004 годах", "2003/2004"),
        ("Соглашение от 14.11.2013 г. в силе.", "14.11.2013 г.", "2013-11-14"),
    ],
)
def test_stated(text: str, words: str, edtf: str) -> None:
    assert [(mark.words, mark.edtf, mark.basis) for mark in find_marks(text, None)] == [(words, edtf, "stated")]


def test_a_day_without_a_year_is_counted_from_the_publication() -> None:
    assert [(mark.words, mark.edtf, mark.anchor) for mark in find_marks("Он прибыл 3 октября.", "2013-11")] == [
        ("3 октября", "2013-10-03", "2013-11")
    ]
    assert [value for _, _, value in tag("Они встретились 3 мая и 5 июня 1998 г.", date(2008, 9, 18))] == [
        "1998-05-03",
        "1998-06-05",
    ]


@pytest.mark.parametrize(
    "text", ["Самая принимая. Пришёл в мае.", "Каждый август жарко.", "2012-й годовой отчёт № 2013"]
)
def test_no_date(text: str) -> None:
    assert find_marks(text, "2013-11-14") == []
