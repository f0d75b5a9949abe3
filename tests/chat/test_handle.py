"""What a custom_id remembers, and who answers it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kzbot.chat.handle import KINDS, Handle
from kzbot.chat.presses.all import PRESSES


@given(st.sampled_from(KINDS), st.integers(0, 10**15 - 1), st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1))
def test_a_handle_comes_back_and_fits_a_custom_id(kind: str, row: int, page: int, number: int) -> None:
    handle = Handle(kind, row, page, number, "0123abcd")
    assert Handle.parse(str(handle)) == handle
    assert len(str(handle)) <= 100


def test_no_two_presses_answer_the_same_custom_id() -> None:
    handles = [str(Handle(kind, 12, 3, 4, "0123abcd")) for kind in KINDS]
    for custom_id in [*handles, "kz0:page:1", "kz1:z:1:2:3:0123abcd", "kz1:p:1", "anything\nelse", handles[0] + "\n"]:
        fits = [one.__name__ for one in PRESSES if one.__discord_ui_compiled_template__.fullmatch(custom_id)]
        assert len(fits) == 1, (custom_id, fits)
        assert len(custom_id) <= 100
