"""Months, days and seasons without a year in running narratives: whose year they take, and what they name as the ground."""

import pytest

from kzbot.language.dates.marks import find_marks

DAY = "1998-07-20"  # a Monday


def resolved(text: str, published: str | None = DAY) -> list[tuple[str | None, str, str | None]]:
    return [(m.words, m.edtf, m.anchor) for m in find_marks(text, published) if m.basis == "resolved"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # histories
        ("In 1991 the union fell apart. On Dec. 16 the republic declared independence.", [("Dec. 16", "1991-12-16", "1991")]),
        (
            "In 1991 the union fell apart. Shops were empty and people queued for bread. On Dec. 16 the republic declared independence.",
            [("Dec. 16", "1991-12-16", "1991")],
        ),
        (
            "In 1991 the union fell apart. On Dec. 16 the republic declared independence, and on Dec. 21 eleven states met.",
            [("Dec. 16", "1991-12-16", "1991"), ("Dec. 21", "1991-12-21", "1991-12-16")],
        ),
        ("The union collapsed in 1991. On Dec. 16 the republic declared independence.", [("Dec. 16", "1991-12-16", "1991")]),
        ("By early 1993 the rouble had lost its worth. In November the tenge came.", [("November", "1993-11", "1993")]),
        ("In 1991 the army split and on 8 December three presidents met in a forest.", [("8 December", "1991-12-08", "1991")]),
        ("In March 1986 a minister fell. In December students marched.", [("December", "1986-12", "1986-03")]),
        ("In 1954 the ploughs came. In the autumn the first wheat was cut.", [("the autumn", "1954-23", "1954")]),
        ("In 1991 the army split. By the end of the year it was gone.", [("the end of the year", "1991", "1991")]),
        ("In 1991 the army split. In December it “is no more,” a colonel wrote.", [("December", "1991-12", "1991")]),
        ("Early in 1992 the embassy opened. On May 18 the presidents met.", [("May 18", "1992-05-18", "1992")]),
        ("In 1986 the plant burned. On April 26, at night, a reactor exploded.", [("April 26", "1986-04-26", "1986")]),
        ("“In 1991 we lost it all,” he wrote. On Dec. 16 the parliament voted.", [("Dec. 16", "1991-12-16", "1991")]),
        (
            "In 1990 the first vote was held. On April 24 he became president.\n\nOn Oct. 25 the parliament declared sovereignty.",
            [("April 24", "1990-04-24", "1990"), ("Oct. 25", "1990-10-25", "1990-04-24")],
        ),
        # chronologies
        (
            "1991: In January troops entered. In August the coup failed.",
            [("January", "1991-01", "1991"), ("August", "1991-08", "1991-01")],
        ),
        ("1993 - In May the tanks went north. In July they came back.", [("May", "1993-05", "1993"), ("July", "1993-07", "1993-05")]),
        ("Chronology\n\n1994\nFeb. 14: The two presidents met.", [("Feb. 14", "1994-02-14", "1994")]),
        # biographies
        ("In 1977 he joined the party. In June he moved to Moscow.", [("June", "1977-06", "1977")]),
        ("In 1984 he became premier; in March he was the youngest.", [("March", "1984-03", "1984")]),
        ("In 1950 she left school. That spring, she met a pilot.", [("That spring", "1950-21", "1950")]),
        (
            "In 1994 he became a minister. In December of that year he resigned. The following spring he left the country.",
            [("December of that year", "1994-12", "1994"), ("The following spring", "1995-21", "1994-12")],
        ),
        ("She was elected in October 1990. The following May she resigned.", [("The following May", "1991-05", "1990-10")]),
        ("She sang there in 1970. Later that year she left.", [("Later that year", "1970", "1970")]),
        ("She sang there in 1970. By the end of that year she was known.", [("the end of that year", "1970", "1970")]),
        ("It began in 1991 and ended on May 3 of the following year.", [("May 3 of the following year", "1992-05-03", "1991")]),
        ("It began in 1991 and ended in May of the next year.", [("May of the next year", "1992-05", "1991")]),
        ("He fell ill in May 1990 and died in the same month.", [("the same month", "1990-05", "1990-05")]),
        ("He was in Rome in 1990. On Oct. 4 of the same year he died.", [("Oct. 4 of the same year", "1990-10-04", "1990")]),
        # courts
        ("He was arrested on March 3, 1991. On April 2 a judge released him.", [("April 2", "1991-04-02", "1991-03-03")]),
        (
            "In 1995 a court tried nine men. On Sept. 4 it heard the first witness. On Nov. 30 it freed them all.",
            [("Sept. 4", "1995-09-04", "1995"), ("Nov. 30", "1995-11-30", "1995-09-04")],
        ),
        ("They met a week after May 5, 1997.", [("a week after May 5, 1997", "1997-05-12/1997-05-18", "1997-05-05")]),
        ("It fell two days before Nov. 14, 1996.", [("two days before Nov. 14, 1996", "1996-11-12", "1996-11-14")]),
        ("He was freed three years after 1991.", [("three years after 1991", "1994", "1991")]),
        (
            "On Nov. 14, 1996, he was charged. Two days later he fled. On Dec. 1 he was caught.",
            [("Two days later", "1996-11-16", "1996-11-14"), ("Dec. 1", "1996-12-01", "1996-11-16")],
        ),
        # exercises over years
        (
            "In 1995 some 40 officers took part. In August they flew to Louisiana. In 1996 there were 80. In June they flew to Utah.",
            [("August", "1995-08", "1995"), ("June", "1996-06", "1996")],
        ),
        ("In the summer of 1995 the first was held. In September a second was held.", [("September", "1995-09", "1995-22")]),
        # weekdays that settle it
        (
            "He had been a deputy in 1991. On Monday, Dec. 16, the parliament voted.",
            [("Monday, Dec. 16", "1991-12-16", "1991")],
        ),
        (
            "In 1991 he was a deputy. On Tuesday, Dec. 16, the parliament voted.",  # a Tuesday in 1997
            [("Tuesday, Dec. 16", "1997-12-16", DAY)],
        ),
    ],
)  # fmt: skip
def test_the_narratives_year(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert resolved(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The airline, founded in 1987, said on May 3 that it would close.", [("May 3", "1998-05-03")]),
        ("The company has flown since 1996. It bought two aircraft on Nov. 14.", [("Nov. 14", "1997-11-14")]),
        ("The firm (founded in 1987) closed on May 3.", [("May 3", "1998-05-03")]),
        ("The company was founded in 1987. On Nov. 14 it bought a rival.", [("Nov. 14", "1997-11-14")]),
        ("He was born in 1950. In March he left the ministry.", [("March", "1998-03")]),
        ("The 1996 treaty was bad. On March 14 the parliament left it.", [("March 14", "1998-03-14")]),
        ("Trade was higher than in 1996. In March it fell.", [("March", "1998-03")]),
        ("In 1996 a plant was built. It will be closed in September.", [("September", "1998-09")]),
        ("In 1996 a plant was built. It is to be closed on Sept. 3.", [("Sept. 3", "1998-09-03")]),
        ("In 1996 they met once. This year they met on March 3.", [("This year", "1998"), ("March 3", "1998-03-03")]),
        ("In 1991 it was free. The minister said on July 14 that it was not.", [("July 14", "1998-07-14")]),
        ("On July 14 the ministers met. In March they had met in Rome.", [("July 14", "1998-07-14"), ("March", "1998-03")]),
        ("The minister, who studied there in 1971, arrived on July 14.", [("July 14", "1998-07-14")]),
        ("In 1991 the union fell apart.\n\nA new plant opened in town.\n\nOn March 3 it was sold.", [("March 3", "1998-03-03")]),
        ("The steppe was empty in 1954. A town has grown there. On March 3 it was 40.", [("March 3", "1998-03-03")]),
        ("Between 1991 and 1996 it grew. In March it fell.", [("March", "1998-03")]),
        ("It grew until 1996. In March it fell.", [("March", "1998-03")]),
        ("They trained together at CENTRAZBAT 97 and met on March 3.", [("March 3", "1998-03-03")]),
        ("In 1998 the troops met. On March 3 they left.", [("March 3", "1998-03-03")]),
        ("In 1996 there were 200. Last month 400 came. In March 300 came.", [("Last month", "1998-06"), ("March", "1998-03")]),
    ],
)  # fmt: skip
def test_the_publications_year_after_mere_background(text: str, expected: list[tuple[str, str]]) -> None:
    marks = [(words, edtf) for words, edtf, anchor in resolved(text) if anchor == DAY]
    assert marks == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 1987 he founded the airline. On July 18 it went bankrupt.",  # two days before the publication
        "In 1996 the plant opened. A second one was planned for September.",
        "On Dec. 25, 1991, the president resigned. In January prices rose.",  # of 1992, or told backwards
        "The following spring he left. That spring, he fell ill. In December of that year he died.",
    ],
)
def test_where_nobody_can_tell_there_is_no_mark(text: str) -> None:
    assert resolved(text) == []


def test_a_clause_with_that_does_not_point_back() -> None:
    assert [
        edtf for _, edtf, _ in resolved("It began in 1991. He said that June was hot and that spring was late.")
    ] == []


def test_the_narratives_year_needs_no_publication_date() -> None:
    text = "In 1991 the union fell apart. On Dec. 16 the republic declared independence."
    assert resolved(text, None) == [("Dec. 16", "1991-12-16", "1991")]
    assert resolved("The union fell apart in 1991. On Dec. 16 he said so.", None) == []


def test_a_publication_known_to_the_month_agrees_or_is_silent() -> None:
    text = "In 1991 the union fell apart. On Dec. 16 the republic declared independence."
    assert resolved(text, "1998-07") == [("Dec. 16", "1991-12-16", "1991")]
    assert resolved(text, "1991-12") == [("Dec. 16", "1991-12-16", "1991-12")]


def test_no_day_is_made_up_for_a_year_that_has_none() -> None:
    assert resolved("In 1991 it snowed. On Feb. 29 it thawed.", None) == []
