"""Addresses of passages depend on the words alone."""

import pytest

from kzbot.index.building.address import Addresses, key_of


@pytest.mark.parametrize(
    "other",
    ["The “Steppe Eagle” exercise, 2012.", "the steppe eagle exercise 2012", "THE STEPPE-EAGLE EXERCISE\n(2012)"],
)
def test_case_typography_and_white_space_do_not_change_a_key(other: str) -> None:
    assert key_of(other) == key_of("The 'Steppe Eagle' exercise, 2012.")


def test_other_words_make_another_key_in_any_script() -> None:
    assert len({key_of(text) for text in ("2012", "2013", "Степной орёл", "Дала қыраны", "演習")}) == 5
    assert len(key_of("x")) == 8


def test_a_repeated_wording_counts_on() -> None:
    addresses = Addresses("folder/a")
    first = addresses.next("Yes, he said.")
    assert first == f"folder/a#{key_of('Yes, he said.')}"
    assert addresses.next("No, he said.") != first
    assert [addresses.next("Yes - he said!") for _ in range(2)] == [f"{first}-2", f"{first}-3"]
