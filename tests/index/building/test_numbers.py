"""Numbers of articles rise with the file name, whatever comes later."""

from hypothesis import given
from hypothesis import strategies as st

from kzbot.index.building.numbers import STEP, numbers_in_order

NAMES = st.sets(st.text("abc", min_size=1, max_size=3), max_size=12)


@given(NAMES, NAMES)
def test_kept_numbers_stay_and_all_are_in_order(before: set[str], now: set[str]) -> None:
    first = numbers_in_order(sorted(before), {})
    assert first is not None
    kept = {name: first[name] for name in before & now}
    second = numbers_in_order(sorted(now), kept)
    assert second is not None
    assert kept.items() <= second.items()
    assert list(second) == sorted(now)
    assert list(second.values()) == sorted(set(second.values()))


def test_no_room_is_reported_and_so_is_an_order_that_does_not_hold() -> None:
    assert numbers_in_order(["a", "b", "c"], {"a": 5, "c": 6}) is None
    assert numbers_in_order(["a", "b"], {"a": 9, "b": 3}) is None
    assert numbers_in_order(["a", "b"], {"b": 1}) is None


def test_a_number_leaves_room_behind_and_before() -> None:
    numbers = numbers_in_order(["a", "b"], {})
    assert numbers is not None
    assert numbers["b"] - numbers["a"] == STEP
    assert numbers["a"] == STEP
