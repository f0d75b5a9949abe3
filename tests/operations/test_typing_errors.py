"""Wordings that differ by typing errors only are told from those that differ in what they mean."""

from itertools import combinations

import pytest

from kzbot.operations.typing_errors import clusters, neighbours


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("eagle steppe", "eagel steppe", True),
        ("luftschiff regatta", "luftschif regatta", True),
        ("international", "intrenatoinal", True),
        ("aegle steppe", "eagle steppe", True),
        ("kadex", "kadet", True),
        ("kadex 2014", "kadex 2016", False),
        ("iraq", "iran", False),
        ("north", "south", False),
        ("eagle", "eagle steppe", False),
        ("", "", True),
    ],
)
def test_one_letter_of_a_long_word_is_a_slip_and_a_digit_never(one: str, other: str, near: bool) -> None:
    assert (neighbours([one, other]) == {0: (1,), 1: (0,)}) is near


WORDS = (
    "eagle",
    "eagel",
    "eagles",
    "beagle",
    "international",
    "intrenatoinal",
    "iran",
    "iraq",
    "f15eagle",
    "x" * 33,
    "x" * 32,
)


def test_among_many_the_same_are_near_as_by_twos() -> None:
    wordings = [" ".join(sorted(some)) for count in (1, 2) for some in combinations(WORDS, count)]
    near = neighbours(wordings)
    for at, one in enumerate(wordings):
        by_twos = [to for to, other in enumerate(wordings) if to != at and 0 in neighbours([one, other])]
        assert list(near.get(at, ())) == by_twos, one


def test_what_hangs_together_is_named_once_in_order() -> None:
    assert clusters({0: (2,), 2: (0, 5), 5: (2,), 1: (3,), 3: (1,)}) == [(0, 2, 5), (1, 3)]
