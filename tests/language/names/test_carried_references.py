""" "The aircraft" and "the company" stand for a name where one such thing was plainly spoken of."""

from collections.abc import Callable

import pytest

from kzbot.language.names.carried.mention import Carried
from kzbot.language.names.carried.references import SENTENCES

Find = Callable[..., list[Carried]]


def references(found: list[Carried]) -> list[tuple[str, str]]:
    return [(one.form, one.name) for one in found if one.by == "reference"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The airline Lofting grew. They say that the airline is small.", ("the airline", "Lofting")),
        ("They met at Lofting, an airline. The company is small.", ("The company", "Lofting")),
        ("They say Lofting is a small airline. This airline has grown.", ("This airline", "Lofting")),
        ("They met at Lofting Airways. The company is small.", ("The company", "Lofting Airways")),
        ("So the Norvik T440 airliner landed. The big plane was late.", ("The big plane", "Norvik T440")),
        ("They like Norvik T440 jets. These planes are new.", ("These planes", "Norvik T440")),
    ],
)
def test_a_noun_learned_from_the_article_stands_for_the_name(find: Find, text: str, expected: tuple[str, str]) -> None:
    assert references(find(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "They met Ida Brandt. The company is small.",
        "The airline Lofting met the airline Harlan. The airline is small.",
        "The airline Lofting grew. The rival airline is small.",
        "The airline Lofting grew. The airline industry is small.",
        "The airline Lofting grew. The Harlan airline is small.",
        "The airline Lofting grew. The bank is small.",
        "So the Norvik T440 jet landed. They saw a Harlan R20. The jet was late.",
    ],
)
def test_where_it_is_not_plain_nothing_is_claimed(find: Find, text: str) -> None:
    assert references(find(text)) == []


@pytest.mark.parametrize(("between", "count"), [(0, 1), (SENTENCES - 1, 1), (SENTENCES, 0)])
def test_it_reaches_so_many_sentences_back_where_the_article_has_two_of_the_sort(
    find: Find, between: int, count: int
) -> None:
    rain = " ".join(["It was raining there."] * between)
    assert (
        len(references(find(f"The airline Harlan left. The airline Lofting grew. {rain} The airline is small.")))
        == count
    )


def test_it_reaches_back_over_any_number_of_sentences_where_the_article_has_one_of_the_sort(find: Find) -> None:
    often = 400
    found = references(find("The airline Lofting grew. " + "It was raining. The airline is small. " * often))
    assert found == [("The airline", "Lofting")] * often
