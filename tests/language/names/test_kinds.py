"""What kind of name an article carries, on what ground; and where nothing tells, that nothing does."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kzbot.language.names.book import Kind
from kzbot.language.names.carried.discovery import discover
from kzbot.language.names.carried.kinds import KindWords, kind_of
from kzbot.language.names.carried.mention import Stretch
from kzbot.language.sentences import split

WORDS = KindWords([Kind("exercise", ("exercise", "drill", "war game")), Kind("ship", ("frigate",)), Kind("person")])


def kinds(text: str) -> dict[str, tuple[str, str] | None]:
    """Every name of the text with its kind and the ground."""
    found = [one for one in discover([Stretch(text, split(text, 0, len(text)))], WORDS) if one.by != "reference"]
    names: dict[str, tuple[str, str] | None] = {}
    for name in {one.name for one in found}:
        own = [one for one in found if one.name == name]
        told = Counter(one.told for one in own if one.told)
        names[name] = kind_of(name, [one.form for one in own], told, len(own))
    return names


@pytest.mark.parametrize(
    ("text", "name", "kind", "ground"),
    [
        ("Last week the exercise “Zapad” began in Brest.", "Zapad", "exercise", "quoted"),
        ('In May the "Granite Shield" war games began.', "Granite Shield", "exercise", "quoted"),
        ("There the frigate Grey Heron sank.", "Grey Heron", "ship", "noun"),
        ("They saw that General Hugh Shelton had left.", "Hugh Shelton", "person", "title"),
        ("They met Otto Lindqvist, the chairman of the board.", "Otto Lindqvist", "person", "title"),
        ("They met Hugo Lindqvist there.", "Hugo Lindqvist", "person", "given"),
        ("They met the Northern Lofting Agency (NLA) there.", "Northern Lofting Agency", "organisation", "words"),
        ("In it Norvik, an airline, closed.", "Norvik", "organisation", "sort"),
        ("They flew to Norway on Friday.", "Norway", "country", "country"),
    ],
)
def test_what_stands_around_a_name_tells_its_kind(text: str, name: str, kind: str, ground: str) -> None:
    assert kinds(text)[name] == (kind, ground)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They went to Saltmouth and left Saltmouth. The exercise of power in it was seen.", "Saltmouth"),
        ("They like the Kelm Pact there.", "Kelm Pact"),
        (
            "They saw Norvik exercises. Later Norvik closed. So Norvik opened. Then Norvik failed, and Norvik rose.",
            "Norvik",
        ),
    ],
)
def test_where_nothing_tells_the_kind_is_not_known(text: str, name: str) -> None:
    assert kinds(text)[name] is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In it President of the United States Barack Obama spoke.", {"United States", "Barack Obama"}),
        (
            "The envoy for the Caucasus and Central Asia James Appathurai spoke.",
            {"Caucasus", "Central Asia", "James Appathurai"},
        ),
        ("In it the press secretary of the President of Norvik Hugo Lindqvist spoke.", {"Norvik", "Hugo Lindqvist"}),
        (
            "In it Johann Sebastian Lindqvist and Mary Jane Norvik spoke.",
            {"Johann Sebastian Lindqvist", "Mary Jane Norvik"},
        ),
        ("They saw Zapad-2013 and Zapad 2009.", {"Zapad"}),
        ("They cost 5 USD to a North American.", set()),
    ],
)
def test_whom_an_office_is_of_and_a_year_are_no_part_of_a_name(text: str, names: set[str]) -> None:
    assert set(kinds(text)) == names


@given(some.text(alphabet="AB ab.“”’-&(),`\n19é", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    kinds(text)
