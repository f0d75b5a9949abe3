import pytest

from kzbot.language.same_text import same_text, wording

WIRE = "The airline said on Monday that it had ordered 20 narrow-body aircraft from the maker for $1.2 billion, its U.S. chief said."


@pytest.mark.parametrize(
    "other",
    [
        WIRE.upper(),
        WIRE.replace("U.S.", "US"),
        WIRE.replace("said on Monday that", "said Monday"),
        WIRE.replace("ordered", "firmly ordered"),
    ],
)
def test_an_editors_hand_leaves_it_one_text(other: str) -> None:
    assert same_text(wording(WIRE), wording(other))
    assert same_text(wording(other), wording(WIRE))


@pytest.mark.parametrize(
    "other",
    [
        WIRE.replace("20 ", "30 "),
        WIRE.replace("had ordered", "had not ordered"),
        WIRE.replace("Monday", "Tuesday"),
        WIRE.replace("ordered", "cancelled"),
        WIRE.replace("from the maker", "to the maker"),
        "The airline said it had ordered 20 aircraft for $1.2 billion.",
    ],
)
def test_what_says_another_thing_is_another_text(other: str) -> None:
    assert not same_text(wording(WIRE), wording(other))


def test_words_that_changed_places_or_that_doubt_make_another_text() -> None:
    told = "The ministry said that {} sold tanks to {} in the spring of last year under a contract of long standing."
    one = wording(told.format("Kazakhstan", "Norway"))
    assert not same_text(one, wording(told.format("Norway", "Kazakhstan")))
    assert not same_text(one, wording(told.format("Kazakhstan reportedly", "Norway")))
    assert same_text(one, wording(told.format("Kazakhstan", "Norway")))
