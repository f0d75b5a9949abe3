"""Words that are one word in two spellings, and acts that two words name."""

import pytest

from kzbot.language.alike import same_act, spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defence", "defense"),
        ("centre", "center"),
        ("programme", "program"),
        ("organisation", "organization"),
        ("stabilising", "stabilizing"),
        ("neighbours", "neighbors"),
        ("manoeuvre", "maneuver"),
        ("travelled", "traveled"),
        ("dialogue", "dialog"),
    ],
)
def test_both_sides_of_the_atlantic_find_one_another(one: str, other: str) -> None:
    assert other in spellings(one)
    assert one in spellings(other)


@pytest.mark.parametrize("word", ["tank", "astana", "1997", "nato"])
def test_a_word_of_one_spelling_has_no_other(word: str) -> None:
    assert list(spellings(word)) == []


def test_taking_part_is_participating() -> None:
    assert ("participate",) in same_act(("took", "part"))
    assert ("took", "part") in same_act(("participated",))
    assert same_act(("took",)) == ()
