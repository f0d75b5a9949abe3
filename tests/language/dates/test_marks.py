"""Date marks of single sentences: what they mean, on what ground, and what is no date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from kzbot.language.dates.mark import DateMark
from kzbot.language.dates.marks import find_marks, published_mark
from kzbot.language.names.book import Mention

DAY = "1998-07-20"  # a Monday


def found(text: str, published: str | None = DAY, corrections: Sequence[Any] = ()) -> list[tuple[str | None, str]]:
    return [(mark.words, mark.edtf) for mark in find_marks(text, published, corrections=corrections)]


def only(text: str, published: str | None = DAY) -> DateMark:
    (mark,) = find_marks(text, published)
    return mark


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("It began on 14 November 2013 in Astana.", "14 November 2013", "2013-11-14"),
        ("It began on November 14th, 2013.", "November 14th, 2013", "2013-11-14"),
        ("It began on June 3 , 2005 , he said.", "June 3 , 2005", "2005-06-03"),
        ("Signed on Thursday, Nov. 14, 2013.", "Thursday, Nov. 14, 2013", "2013-11-14"),
        ("The 1st of May 1998 was dry.", "The 1st of May 1998", "1998-05-01"),
        ("Dated 1998-07-20.", "1998-07-20", "1998-07-20"),
        ("Dated 20.07.1998.", "20.07.1998", "1998-07-20"),
        ("Dated 7/20/1998.", "7/20/1998", "1998-07-20"),
        ("They met in March 1997.", "March 1997", "1997-03"),
        ("They met in 1996.", "1996", "1996"),
        ("The 1996 elections were held.", "1996", "1996"),
        ("It began in the 1990s.", "the 1990s", "199X"),
        ("It began in the '80s.", "the '80s", "198X"),
        ("Built in the 19th century.", "the 19th century", "18XX"),
        ("It fell in the summer of 1997.", "the summer of 1997", "1997-22"),
        ("It snowed in winter 1997-98.", "winter 1997-98", "1997-12/1998-02"),
        ("It fell in the third quarter of 1997.", "the third quarter of 1997", "1997-07/1997-09"),
        ("It rose in the first half of 1998.", "the first half of 1998", "1998-01/1998-06"),
        ("It ran 24.06.2012-27.06.2012 there.", "24.06.2012-27.06.2012", "2012-06-24/2012-06-27"),
        ("It was on 14 or 15 November 2013.", "14 or 15 November 2013", "[2013-11-14..2013-11-15]"),
        ("They talked the week of May 5, 1998.", "the week of May 5, 1998", "1998-05-04/1998-05-10"),
        ("It ran from March 1997 to May.", "from March 1997 to May", "1997-03/1997-05"),
        ("In office from May 1998 to the present.", "from May 1998 to the present", "1998-05/.."),
        ("In office 2007-present.", "2007-present", "2007/.."),
        ("Between 2003 and 2004 it grew.", "Between 2003 and 2004", "2003/2004"),
        ("It ran from 24 to 27 June 2012.", "from 24 to 27 June 2012", "2012-06-24/2012-06-27"),
        ("It ran June 28 - July 2, 2012.", "June 28 - July 2, 2012", "2012-06-28/2012-07-02"),
        ("It ran in May-June 1997.", "May-June 1997", "1997-05/1997-06"),
        ("It was in May or June 1997.", "May or June 1997", "[1997-05-01..1997-06-30]"),
        ("In 2001–03 it grew.", "2001–03", "2001/2003"),
        ("It lasted until 1997.", "until 1997", "../1997"),
        ("It was delayed until October 1997.", "October 1997", "1997-10"),
        ("It has run from 1993 onwards.", "from 1993 onwards", "1993/.."),
        ("It began about 1990.", "about 1990", "1990~"),
        ("The FY98 budget rose.", "FY98", "1998"),
        ("UN Resolution 1973 (2011) holds.", "2011", "2011"),
        ("It began in '97 there.", "'97", "1997"),
        ("From 2010 on, it paid.", "From 2010 on", "2010/.."),
        ("They ate on Christmas Day 1996.", "Christmas Day 1996", "1996-12-25"),
        ("The first day of June 1997 was hot.", "The first day of June 1997", "1997-06-01"),
    ],
)
def test_stated(text: str, words: str, edtf: str) -> None:
    mark = only(text, None)
    assert (mark.words, mark.edtf, mark.basis, mark.anchor) == (words, edtf, "stated", None)
    assert found(text) == [(words, edtf)]


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("They signed it Nov. 17.", "Nov. 17", "1997-11-17"),
        ("They signed it on 3 June.", "3 June", "1998-06-03"),
        ("It will open on August 3.", "August 3", "1998-08-03"),
        ("In May, the forces will meet again.", "May", "1999-05"),
        ("In September, the troops took part.", "September", "1997-09"),
        ("They met on Friday.", "Friday", "1998-07-17"),
        ("They met Monday.", "Monday", "1998-07-20"),
        ("They will meet Thursday.", "Thursday", "1998-07-23"),
        ("They met last week.", "last week", "1998-07-13/1998-07-19"),
        ("They met last year.", "last year", "1997"),
        ("They will meet next month.", "next month", "1998-08"),
        ("They met two years ago.", "two years ago", "1996"),
        ("They met yesterday.", "yesterday", "1998-07-19"),
        ("They met last October.", "last October", "1997-10"),
        ("It lasted from Monday to Wednesday.", "from Monday to Wednesday", "1998-07-13/1998-07-15"),
        ("It fell at the end of June.", "the end of June", "1998-06"),
        ("It fell last winter.", "last winter", "1997-24"),
        ("They met over the weekend.", "the weekend", "1998-07-18/1998-07-19"),
        ("They met from October through December.", "from October through December", "1997-10/1997-12"),
        ("They will meet from October through February.", "from October through February", "1998-10/1999-02"),
        ("It was open from late June until early July.", "from late June until early July", "1998-06/1998-07"),
        ("They met in the last week of June.", "the last week of June", "1998-06"),
    ],
)
def test_resolved_from_the_publication_day(text: str, words: str, edtf: str) -> None:
    mark = only(text)
    assert (mark.words, mark.edtf, mark.basis, mark.anchor) == (words, edtf, "resolved", DAY)
    assert found(text, None) == []


@pytest.mark.parametrize(
    "text",
    [
        "He may march on. A second time; in the second place. The March on Washington.",
        "It cost $1998, and 1998 dollars more, or 1990 percent.",
        "More than 1998 people; 1996 people came; some 2000 troops; a force of 2000 troops.",
        "A Boeing 747, Room 1998, Flight 1900, No. 377-98, Resolution 1973.",
        "Call (703)697-1998 or (703) 697-5737, day or night, 24/7.",
        "The score was 3-2. Version 2.2003, 1.1.1; ISO 9001:2000 and ISO 8601-2004.",
        "In 208-2009 their number reached 100. Some 1,998 tons, 19980 things, A1998, 1998B.",
        "On 30 February 2013, February 30, 31.04.1998, 29 February 1900, Nov. 31 and 2013-02-30.",
        "In the year ahead, over the next few years, within five years, during the past year, over the last year.",
        "Every Friday, annually, weekly, at present, currently, recently, a five-year plan, in the future, decades ago.",
        "June Smith and April Ryan met Jan Egeland.",
        "The September 11 attacks. He is in his 80s. Today's army faces today's threats.",
        "On 05/06/1998 it rained.",  # May or June
        "They fired about 1998 rounds, in 1400 sorties, at 1850 feet; on May Day; at March Air Force Base.",
        "It is 1998-style; Black Friday came; in the 300 BC style",
        "They meet on Mondays, twice a week, every two years. The following Monday he left. At Law No. 1998-99.",
    ],
)
def test_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("They met Friday.", "2013-11", []),
        ("They met today and yesterday.", "2013-11", []),
        ("They met on Nov. 14.", "2013-11", [("Nov. 14", "2013-11-14")]),
        ("They met on Nov. 14.", "2013", []),
        ("They met this month.", "2013-11", [("this month", "2013-11")]),
        ("They met this month.", "2013", []),
        ("They met last year.", "2013-11", [("last year", "2012")]),
        ("They met last year.", "[2009-06-24..2011-01-31]", []),
        ("They met last year.", "[2009-06-24..2009-07-31]", [("last year", "2008")]),
        ("They met last year.", "2007/..", []),
        ("They met today.", "not a date", []),
        ("They met in September.", "2013-11", [("September", "2013-09")]),
    ],
)
def test_a_publication_date_gives_no_more_than_it_holds(
    text: str, published: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text, published) == expected


def test_neighbours_share_a_year() -> None:
    assert found("On Dec. 16, 1991 and Dec. 25 they met.", None) == [
        ("Dec. 16, 1991", "1991-12-16"),
        ("Dec. 25", "1991-12-25"),
    ]
    assert found("In March and April 1998 they met.", None) == [("March", "1998-03"), ("April 1998", "1998-04")]


def test_parts_of_a_day_go_back_to_the_last_day_mentioned() -> None:
    text = "On Nov. 14, 1996, they met. That evening he left. The next morning he fell ill."
    assert found(text, None)[1:] == [("That evening", "1996-11-14"), ("The next morning", "1996-11-15")]
    assert found("That evening he left. The next morning he fell ill.") == []


def test_far_away_dates_are_not_counted_from() -> None:
    text = (
        "On Nov. 14, 1996, they met. "
        + "They spoke of many things. " * 40
        + "Two days later he left. The same day he came."
    )
    assert found(text, None)[1:] == [("The same day", "1996-11-14")]


def test_the_same_day_goes_back_to_the_last_day_mentioned() -> None:
    text = "On Nov. 14, 1996, he met Smith. In 1995 and May 1994 he had not. KADEX 2014 opens. The same day he left."
    mark = find_marks(text, None)[-1]
    assert (mark.words, mark.edtf, mark.basis, mark.anchor) == ("The same day", "1996-11-14", "resolved", "1996-11-14")


def test_days_are_counted_from_the_last_day_mentioned() -> None:
    text = "On Nov. 14, 1996, they met. The next day, he left. Two days later he fell ill. That year was bad."
    assert found(text, None)[1:] == [
        ("The next day", "1996-11-15"),
        ("Two days later", "1996-11-17"),
        ("That year", "1996"),
    ]
    assert found("The next day, he left. Two days later, he fell ill. A year earlier he was well.") == []
    assert found("It fell two days after the launch, the day before the vote.") == []


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("early March 1997", "early"), ("mid-November 1997", "mid"), ("in late 1997", "late"), ("the end of 1997", "late"),
        ("the beginning of 1997", "early"), ("before 1997", "before"), ("after May 1997", "after"), ("around 1997", "about"),
        ("fiscal year 1998", "fiscal"), ("the late 1990s", "late"), ("by 1997", None), ("not before 1997", None),
    ],
)  # fmt: skip
def test_modifiers(text: str, modifier: str | None) -> None:
    assert only(text).modifier == modifier


def test_before_a_part_of_a_year_is_not_before_the_year() -> None:
    mark = only("before mid-2010")
    assert (mark.edtf, mark.modifier, mark.earliest, mark.latest) == ("../2010", "mid", None, date(2010, 12, 31))
    assert (only("after early 2010").edtf, only("after early 2010").modifier) == ("2010/..", "early")


def test_before_the_end_of_a_year_may_be_within_it() -> None:
    mark = only("before the end of 2015")
    assert (mark.edtf, mark.modifier, mark.earliest, mark.latest) == (
        "2015",
        None,
        date(2015, 1, 1),
        date(2015, 12, 31),
    )


def test_before_and_after_are_open() -> None:
    assert (only("before 1997").earliest, only("before 1997").latest) == (None, date(1997, 12, 31))
    assert (only("after 14 May 1997").earliest, only("after 14 May 1997").latest) == (date(1997, 5, 14), None)


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("The exercise will be held in September.", True),
        ("It is scheduled for 5 October 1998.", True),
        ("The ministry plans to buy it in 1999.", True),
        ("It is to open on August 3.", True),
        ("The exercise was held in 1997.", False),
        ("The plan, which will help, was signed in 1997.", False),
        ("The fiscal 1999 budget was signed.", False),
        ("Since 1995 they have met.", False),
    ],
)
def test_planned(text: str, planned: bool) -> None:
    assert only(text).planned is planned


def test_a_year_in_a_name_is_an_edition() -> None:
    first, second = find_marks("At Immediate Response 2012 and Steppe Eagle-2011 they met.", None)
    assert (first.words, first.edition, second.words, second.edition) == ("2012", True, "2011", True)


def test_a_mention_hides_the_numbers_inside_it() -> None:
    text = "The Agenda 2030 Group met; KADEX 14 opened in 2014."
    agenda = Mention("programme:agenda", 4, 15, "Agenda 2030")
    start = text.index("KADEX")
    kadex = Mention(
        "exhibition:kadex", start, start + 8, "KADEX 14", edition="2014", edition_start=start + 6, edition_end=start + 8
    )
    marks = find_marks(text, None, editions=[agenda, kadex])
    assert [(mark.words, mark.edtf, mark.edition) for mark in marks] == [("14", "2014", True), ("2014", "2014", False)]


@dataclass(frozen=True)
class Word:
    words: str
    edtf: str | None


def test_corrections_stand_over_everything() -> None:
    text = "In 208-2009 they met. In 1996 they did not. On the spring holiday they rested."
    corrections = [Word("208-2009", "2008/2009"), Word("1996", None), Word("the spring holiday", "1997-03-22")]
    marks = find_marks(text, None, corrections=corrections)
    assert [(mark.words, mark.edtf, mark.basis) for mark in marks] == [
        ("208-2009", "2008/2009", "stated"),
        ("the spring holiday", "1997-03-22", "stated"),
    ]
    assert marks[0].latest == date(2009, 12, 31)


def test_a_correction_is_for_these_words_and_not_for_a_part_of_others() -> None:
    text = (
        "On May 1 they met. On May 12, 2012 they met again.\n\nOn Monday, 3 June 2013 they signed; on Monday they left."
    )
    corrections = [Word("May 1", "2011-05-01"), Word("Monday", "2013-06-10"), Word("3 June", "2014-06-03")]
    marks = found(text, None, corrections=corrections[:2])
    assert marks == [
        ("May 1", "2011-05-01"),
        ("May 12, 2012", "2012-05-12"),
        ("Monday, 3 June 2013", "2013-06-03"),
        ("Monday", "2013-06-10"),
    ]
    assert ("3 June", "2014-06-03") in found(text, None, corrections=corrections)
    both = [Word("2012", "2011"), Word("May 2012", "2012-06")]
    assert found("It began in May 2012.", None, corrections=both) == [("May 2012", "2012-06")]


def test_the_words_of_a_correction_are_found_over_a_line_end() -> None:
    marks = found("It began on the ninth\n  day of the talks.", None, corrections=[Word("the ninth day", "2012-05-09")])
    assert marks == [("the ninth\n  day", "2012-05-09")]


def test_the_published_mark_holds_its_own_ground() -> None:
    mark = published_mark("[2009-06-24..2011-01-31]")
    assert (mark.basis, mark.words, mark.start) == ("published", None, None)
    assert (mark.earliest, mark.latest) == (date(2009, 6, 24), date(2011, 1, 31))
    with pytest.raises(ValueError, match="EDTF"):
        published_mark("July 1998")


def test_a_text_may_end_with_a_single_figure_of_a_date() -> None:
    made = found("In the spring of 1988 it began. They met on June 3, 4 and 5", None)
    assert [edtf for _, edtf in made][1:] == ["1988-06-03", "1988-06-04", "1988-06-05"]
