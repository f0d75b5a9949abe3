"""A role is understood as people type it, and what is none is left to others."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kzbot.language.names.gazetteer import Gazetteer
from kzbot.language.roles.asked import begins, office_of


@pytest.mark.parametrize(
    ("typed", "office", "owner"),
    [
        ("defence minister", "defence minister", None),
        ("Minister of Defense", "defence minister", None),
        ("the norlandic defense minister", "defence minister", "country:norland"),
        ("Defence Minister of Norland", "defence minister", "country:norland"),
        ("minister of foreign affairs", "foreign minister", None),
        ("us secretary of defense", "defence secretary", "country:united-states"),
        ("US Secretary of State", "secretary of state", "country:united-states"),
        ("who was the president of Norland?", "president", "country:norland"),
        ("CEO of Norvik", "chief executive", "company:norvik"),
        ("brandt chief executive officer", "chief executive", "brandt"),
        ("former deputy defence ministers", "deputy defence minister", None),
        ("Gen.", "general", None),
        ("министр обороны Норландии", "defence minister", "country:norland"),
    ],
)
def test_an_office_is_read_as_it_is_typed(gazetteer: Gazetteer, typed: str, office: str, owner: str | None) -> None:
    assert office_of(typed, gazetteer) == (office, owner)


@pytest.mark.parametrize(
    "typed",
    [
        "General Motors",
        "Secretary Hall",
        "Ann Rivers",
        "Norland",
        "the ministry of defence",
        "president and chairman",
        "",
    ],
)
def test_what_is_no_office_is_not_taken_for_one(gazetteer: Gazetteer, typed: str) -> None:
    assert office_of(typed, gazetteer) is None


@given(some.text(max_size=150))
def test_whatever_is_typed_nothing_fails(typed: str) -> None:
    office_of(typed)
    begins("deputy defence minister", typed)


@pytest.mark.parametrize("typed", ["", "def", "defense m", "minist", "defence minister", "Deputy", "the min"])
def test_an_office_is_offered_as_soon_as_a_word_of_it_begins_so(typed: str) -> None:
    assert begins("deputy defence minister", typed)


@pytest.mark.parametrize("typed", ["foreign", "minister of", "defence x", "fence"])
def test_an_office_is_not_offered_for_other_words(typed: str) -> None:
    assert not begins("deputy defence secretary", typed)
