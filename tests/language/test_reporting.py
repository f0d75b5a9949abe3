"""Which statements report their article's own day, and how names stand in them."""

import pytest

from kzbot.language.names.standing import Standings
from kzbot.language.predicates import predicates
from kzbot.language.quotations import quoted
from kzbot.language.reporting import reports_own_day
from kzbot.language.spans import Span


def reach(sentence: str, *, heading: bool = False, lead: bool = False) -> str | None:
    found = predicates(sentence, 0, len(sentence), quoted(sentence))
    return reports_own_day(sentence, Span(0, len(sentence)), found, heading=heading, lead=lead)


@pytest.mark.parametrize(
    "heading",
    [
        "Airline buys twelve jets",
        "Troops Returned Home From Exercise",
        "Contract signed in the capital",
        "Carrier to order new aircraft",
    ],
)
def test_a_heading_that_says_what_happened_is_news(heading: str) -> None:
    assert reach(heading, heading=True) == "news"


@pytest.mark.parametrize("heading", ["Military cooperation", "Country profile", "The air force and its aircraft"])
def test_a_heading_that_only_names_its_matter_is_none(heading: str) -> None:
    assert reach(heading, heading=True) is None


@pytest.mark.parametrize(
    ("sentence", "lead", "expected"),
    [
        ("The carrier has ordered six jets.", False, "body"),
        ("The carrier has ordered six jets.", True, "news"),
        ("The spokesman said that the order stands.", False, "body"),
        ("The carrier unveiled its plans.", True, "news"),
        ("The carrier unveiled its plans.", False, None),
        ("When asked for the reason, the spokesman replied that there was none.", False, "body"),
        ("The carrier has repeatedly ordered jets.", True, None),
        ("The carrier has in recent years grown.", True, None),
        ("The carrier has lost market share over the past decade.", True, None),
        ("The carrier has paid no dividend for twelve years.", True, None),
        ("The carrier has lost three chiefs in ten years.", True, None),
        ("The carrier has been with the alliance for nine years.", True, None),
        ("The carrier has been shipping parts for a week.", True, None),
        ("The carrier has long sought a partner.", True, None),
        ("The carrier has bought long-haul jets.", True, "news"),
        ("The carrier has been barred for two years.", True, "news"),
        ("The carrier has posted its first loss since 1992.", True, "news"),
        ("It had, at one point, set a record.", True, None),
        ("The carrier had ordered jets before.", True, None),
        ("The carrier will order jets.", True, None),
        ("The carrier is the largest of the region.", True, None),
        ("The deal was the largest of its kind.", True, None),
        ("“We have ordered jets.”", True, None),
        ("A quiet day.", True, None),
    ],
)
def test_what_has_just_happened_is_told_from_what_was_is_or_will_be(
    sentence: str, lead: bool, expected: str | None
) -> None:
    assert reach(sentence, lead=lead) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Avia has ordered six jets.", "subject"),
        ("The jets were ordered by Avia.", "subject"),
        ("The ministry has fined Avia.", "object"),
        ("The ministry met with Avia.", "object"),
        ("The ministry signed it with plane maker Avia.", "object"),
        ("The shares of Avia have fallen.", "oblique"),
        ("Avia's shares have fallen.", "oblique"),
        ("A consortium, which Avia leads, has won.", "oblique"),
        ("An Avia-led consortium has won.", "oblique"),
        ("The ministry said: “Avia has won.”", "aside"),
        ("The ministry bought an Avia 737.", "aside"),
        ("The carrier sold more than Avia.", "aside"),
        ("Makers such as Avia have won.", "aside"),
        ("The board has named her as the Avia chief.", "oblique"),
        ("The carrier is as large as Avia.", "aside"),
        ("The offer was made a day after Avia, another carrier, left.", "aside"),
        ("Board resigns after Avia losses", "subject"),
        ("Avia's main rival has won.", "related"),
        ("Avia parent Holding has won.", "related"),
    ],
)
def test_how_a_name_stands(sentence: str, expected: str) -> None:
    start = sentence.index("Avia")
    said = quoted(sentence)
    found = predicates(sentence, 0, len(sentence), said)
    stands = Standings(sentence, Span(0, len(sentence)), found, said)
    assert stands.of(start, start + 4) == expected
